"""Writers: documents in the formats that people need.

Each format is one module here with a function ``write(document) -> str``; where a file of
several documents needs more than their texts one after the other, it has a ``HEADER``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Literal, get_args

from whereas.document import Document

FormatName = Literal["jsonl", "csv", "akn", "html", "text", "argmining"]
FORMATS: tuple[FormatName, ...] = get_args(FormatName)


@dataclass(frozen=True, slots=True)
class _Module:
    """A format's module, the extension of its files, and if a file holds several documents.

    ``told`` is whether a file's extension tells the format.
    """

    module: str
    extension: str
    joins: bool
    told: bool = True


_MODULES: dict[FormatName, _Module] = {
    "jsonl": _Module("records", ".jsonl", joins=True),
    "csv": _Module("table", ".csv", joins=True),
    "akn": _Module("akn", ".xml", joins=False),
    "html": _Module("html", ".html", joins=False),
    "text": _Module("terminal", ".txt", joins=True),
    "argmining": _Module("argmining", ".json", joins=False, told=False),
}


@dataclass(frozen=True, slots=True)
class Format:
    """How documents are written.

    ``header`` comes first in a file, then what ``write`` returns for each document.
    ``joins`` says whether a file may hold several documents.
    """

    name: FormatName
    extension: str
    joins: bool
    header: str
    write: Callable[[Document], str]


def load_format(name: FormatName, *, bom: bool = False, colour: bool = False) -> Format:
    """Return a format and import what it needs.

    Args:
        bom: put a byte order mark before CSV, for spreadsheets that need one to see UTF-8.
        colour: colour text for a terminal.
    """
    entry = _MODULES[name]
    module = import_module(f"whereas.writers.{entry.module}")
    header = getattr(module, "HEADER", "")
    if bom and name == "csv":
        header = f"\ufeff{header}"
    write = partial(module.render, colour=True) if colour and name == "text" else module.write
    return Format(name, entry.extension, entry.joins, header, write)


def format_of(path: str) -> FormatName | None:
    """Return the format whose extension a file name has, or None."""
    for name, entry in _MODULES.items():
        if entry.told and path.lower().endswith(entry.extension):
            return name
    return None
