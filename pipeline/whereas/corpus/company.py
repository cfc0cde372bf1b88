"""The company that words keep in resolutions without labels, from which classes are built."""

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from whereas.errors import CorpusError, WhereasError
from whereas.features import tokens
from whereas.features.classes import build_classes
from whereas.readers import read_all


def collect_classes(
    paths: Iterable[Path],
    language: str,
    *,
    count: int,
    skip: Collection[str] = (),
    failed: Callable[[WhereasError], None],
) -> list[list[str]]:
    """Divide the words of a language's clauses, each counted once, into ``count`` classes.

    Args:
        skip: parts of names; members of folders and archives with one in theirs are left out.
        failed: called with the error of each file that cannot be read.

    Raises:
        CorpusError: no document of the language has a clause.
    """
    paths = list(paths)
    texts = dict.fromkeys(_texts(paths, language, skip, failed))
    if not texts:
        where = ", ".join(map(str, paths))
        raise CorpusError(f"{where}: no document with clauses in language {language!r}")
    return build_classes((tokens(text) for text in texts), count=count)


def _texts(
    paths: list[Path],
    language: str,
    skip: Collection[str],
    failed: Callable[[WhereasError], None],
) -> Iterator[str]:
    def wanted(name: str) -> bool:
        return not any(part in name for part in skip)

    for document in read_all(paths, failed=failed, wanted=wanted):
        if document.language == language:
            yield from (clause.full_text for clause in document.clauses)
