"""Inputs: documents from anything there is, a corpus, a labelling tool's file or a plain text."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from whereas.corpus.formats import FormatName, load_format, sniff_format
from whereas.corpus.records import stream_corpus
from whereas.document import Document
from whereas.errors import WhereasError
from whereas.readers import read_bytes
from whereas.readers.archive import members
from whereas.readers.records import with_language
from whereas.segmenter import segment


def read_inputs(
    paths: Iterable[Path | str],
    given: FormatName | None = None,
    language: str | None = None,
    *,
    failed: Callable[[WhereasError], None],
) -> Iterator[Document]:
    """Yield the documents of files, folders and archives, split into clauses where they are not.

    Args:
        given: the format of the files; found out file by file if not given.
        language: that of all documents which do not say theirs; detected if not given.
        failed: called with the error of each file that cannot be read; the rest of it is left
            out, and reading goes on with the next.
    """
    for path in paths:
        try:
            if given in (None, FormatName.records) and _is_records(path):
                yield from _split(stream_corpus(Path(path)), language)
                continue
            for name, data in _contents(path):
                try:
                    yield from _documents(name, data, given, language)
                except WhereasError as error:
                    failed(error)
        except WhereasError as error:
            failed(error)


def _is_records(path: Path | str) -> bool:
    """Say whether a path is a file of records, which may be larger than memory."""
    if not str(path).endswith(".jsonl"):
        return False
    try:
        with Path(path).open("rb") as lines:
            return sniff_format(str(path), lines.readline()) is FormatName.records
    except OSError:
        return False


def _contents(path: Path | str) -> Iterator[tuple[str, bytes]]:
    if str(path) == "-":
        yield "-", sys.stdin.buffer.read()
    else:
        yield from members(Path(path))


def _documents(
    name: str, data: bytes, given: FormatName | None, language: str | None
) -> Iterator[Document]:
    format_name = given or sniff_format(name, data)
    if format_name is None:
        documents = read_bytes(data, name, language)
    else:
        documents = load_format(format_name).load(data, name)
    yield from _split(documents, language)


def _split(documents: Iterable[Document], language: str | None) -> Iterator[Document]:
    for document in documents:
        yield segment(with_language(document, language))
