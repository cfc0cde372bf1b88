"""Errors a user can cause; each message names the place, the value and the way out."""


class WhereasError(Exception):
    """Base of every error that a user's input can cause; a bug stays an ordinary exception.

    What it says is one line of printable characters, whatever names and values are in it.
    """

    def __str__(self) -> str:
        """Return the message, with white space and unprintable characters replaced."""
        words = " ".join(super().__str__().split())
        return "".join(char if char.isprintable() else "\ufffd" for char in words)


class ReadError(WhereasError):
    """A file or stream cannot be read as a document."""


class RecordError(WhereasError):
    """A document record breaks the record format."""


class SchemeError(WhereasError):
    """A label scheme is not well formed, or a label is not in it."""


class ConfigError(WhereasError):
    """A recipe or lexicon is not well formed."""


class CorpusError(WhereasError):
    """A corpus cannot be used for what was asked of it."""


class ModelError(WhereasError):
    """A model bundle is missing, damaged, too old or not to be trusted."""


class WriteError(WhereasError):
    """A result cannot be written."""


class LanguageError(WhereasError):
    """A document is in a language that whereas, or the model in use, does not know."""
