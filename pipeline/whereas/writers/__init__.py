"""Writers: documents in the formats that people need.

Each format is one module here with a function ``write(document) -> str``; where a file of
several documents needs more than their texts one after the other, it has a ``HEADER``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, get_args

from whereas.document import Document

FormatName = Literal["jsonl", "argmining"]
FORMATS: tuple[FormatName, ...] = get_args(FormatName)


@dataclass(frozen=True, slots=True)
class _Module:
    """A format's module, the extension of its files, and if a file holds several documents."""

    module: str
    extension: str
    joins: bool


_MODULES: dict[FormatName, _Module] = {
    "jsonl": _Module("records", ".jsonl", joins=True),
    "argmining": _Module("argmining", ".json", joins=False),
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


def load_format(name: FormatName) -> Format:
    """Return a format and import what it needs."""
    entry = _MODULES[name]
    module = import_module(f"whereas.writers.{entry.module}")
    header = getattr(module, "HEADER", "")
    return Format(name, entry.extension, entry.joins, header, module.write)


def format_of(path: str) -> FormatName | None:
    """Return the format whose extension a file name has, or None."""
    for name, entry in _MODULES.items():
        if path.lower().endswith(entry.extension):
            return name
    return None
