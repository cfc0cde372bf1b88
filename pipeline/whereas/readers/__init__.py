"""Readers: what people have, as documents.

Each format is one module here with two functions: ``sniff(data, name)`` says whether the bytes
look like the format, ``read(data, source, language=None)`` yields their documents. The order of
``_FORMATS`` decides between formats that both feel at home.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from whereas.document import Document
from whereas.errors import ReadError, WhereasError
from whereas.readers.archive import contents_of, members

_FORMATS = ("pdf", "docx", "akn", "docling", "argmining", "records", "html", "text")


class Reader(Protocol):
    """What each module of this package is."""

    def sniff(self, data: bytes, name: str) -> bool:
        """Say whether ``data``, called ``name``, looks like this format."""

    def read(self, data: bytes, source: str, language: str | None = None) -> Iterator[Document]:
        """Yield the documents of ``data``; ``source`` names it in documents and errors."""


def reader_for(data: bytes, name: str) -> Reader:
    """Return the reader for ``data``, chosen by content, then by the extension of ``name``.

    Raises:
        ReadError: no reader knows the format, or there is nothing to read.
    """
    if not data.strip():
        raise ReadError(f"{name}: is empty; nothing to read")
    for format_name in _FORMATS:
        reader = cast("Reader", import_module(f"whereas.readers.{format_name}"))
        if reader.sniff(data, name):
            return reader
    raise ReadError(f"{name}: no reader knows this format; known are {', '.join(_FORMATS)}")


def read_bytes(data: bytes, name: str, language: str | None = None) -> Iterator[Document]:
    """Yield the documents of ``data``.

    Args:
        name: where it comes from, to name in documents and errors; its extension is a hint.
        language: their language, where it is known; else what the format says or detection finds.

    Raises:
        ReadError: they cannot be read.
    """
    name = printable_name(name)
    return reader_for(data, name).read(data, name, language)


def printable_name(name: str) -> str:
    """Return a file's name as text: bytes that are no UTF-8 are written out, such as \\udcff."""
    return name.encode("utf-8", "backslashreplace").decode()


def read(path: Path | str, language: str | None = None) -> Iterator[Document]:
    """Yield the documents of a file, or of standard input for ``"-"``.

    Raises:
        ReadError: it cannot be read.
    """
    if str(path) == "-":
        return read_bytes(contents_of(sys.stdin.buffer, "-"), "-", language)
    return _read_each([Path(path)], language, None, lambda name: True)


def read_all(
    paths: Iterable[Path | str],
    language: str | None = None,
    *,
    failed: Callable[[WhereasError], None],
    wanted: Callable[[str], bool] = lambda name: True,
) -> Iterator[Document]:
    """Yield the documents of files, folders and archives; what cannot be read is reported.

    Args:
        failed: called with the error of each file or member that cannot be read; raising the
            error there ends the reading.
        wanted: says by name which members of folders and archives to read at all.
    """
    return _read_each(map(Path, paths), language, failed, wanted)


def _read_each(
    paths: Iterable[Path],
    language: str | None,
    failed: Callable[[WhereasError], None] | None,
    wanted: Callable[[str], bool],
) -> Iterator[Document]:
    for path in paths:
        try:
            for name, data in members(path, wanted):
                try:
                    yield from read_bytes(data, name, language)
                except WhereasError as error:
                    if failed is None:
                        raise
                    failed(error)
        except WhereasError as error:
            if failed is None:
                raise
            failed(error)
