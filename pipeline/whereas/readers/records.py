"""Reading the project's own record format, JSON Lines."""

import re
from collections.abc import Iterator

from whereas.document import Document
from whereas.errors import ReadError

_RECORD = re.compile(rb'\s*\{(?=[^\n]*"(schema|clauses|text)"\s*:)(?=[^\n]*"id"\s*:)')


def sniff(data: bytes, name: str) -> bool:
    """Say whether the first line looks like a document record."""
    return bool(_RECORD.match(data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1_000_000])) or (
        name.lower().endswith(".jsonl")
    )


def read(data: bytes, source: str, language: str | None = None) -> Iterator[Document]:
    """Yield the documents, one a line; empty lines are passed over.

    Args:
        language: the language of documents that name none.

    Raises:
        ReadError: the bytes are not UTF-8.
        RecordError: a line is no document record.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadError(f"{source}:{line}: not UTF-8; records are JSON Lines in UTF-8") from None
    for number, line_text in enumerate(text.split("\n"), start=1):
        if line_text.strip():
            document = Document.from_json(line_text, f"{source}:{number}")
            yield with_language(document, language)


def with_language(document: Document, language: str | None) -> Document:
    """Return a document with the language it names, ``language`` if it names none.

    An empty name is none.
    """
    own = document.language or language or None
    return document if own == document.language else document.model_copy(update={"language": own})
