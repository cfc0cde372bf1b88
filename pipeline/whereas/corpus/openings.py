"""The opening phrases of marked-up resolutions, from which lexicons are built."""

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from whereas.document import Document
from whereas.errors import CorpusError, WhereasError
from whereas.lexicon import Lexicon
from whereas.lexicon.build import build_lexicon, printed_openings
from whereas.readers import read_all


def collect_lexicon(
    paths: Iterable[Path],
    language: str,
    *,
    skip: Collection[str] = (),
    failed: Callable[[WhereasError], None],
) -> Lexicon:
    """Build a language's lexicon from the clauses of files, folders and archives.

    Args:
        skip: parts of names; members of folders and archives with one in theirs are left out.
        failed: called with the error of each file that cannot be read.

    Raises:
        CorpusError: no document of the language has a clause.
    """
    paths = list(paths)
    documents = read_language(paths, language, skip=skip, failed=failed)
    openings = [opening for each in documents for opening in printed_openings(each)]
    if not openings:
        where = ", ".join(map(str, paths))
        raise CorpusError(f"{where}: no marked-up document in language {language!r}")
    return build_lexicon(openings, language)


def read_language(
    paths: Iterable[Path],
    language: str,
    *,
    skip: Collection[str],
    failed: Callable[[WhereasError], None],
) -> Iterator[Document]:
    """Yield the documents of a language; the arguments are as in ``collect_lexicon``."""

    def wanted(name: str) -> bool:
        return not any(part in name for part in skip)

    for document in read_all(paths, failed=failed, wanted=wanted):
        if document.language == language:
            yield document
