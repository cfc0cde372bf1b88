"""The company that words keep in resolutions without labels, from which classes are built."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from whereas.corpus.openings import read_language
from whereas.errors import CorpusError, WhereasError
from whereas.features import tokens
from whereas.features.classes import build_classes


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
    documents = read_language(paths, language, skip=skip, failed=failed)
    texts = dict.fromkeys(clause.full_text for each in documents for clause in each.clauses)
    if not texts:
        where = ", ".join(map(str, paths))
        raise CorpusError(f"{where}: no document with clauses in language {language!r}")
    return build_classes((tokens(text) for text in texts), count=count)
