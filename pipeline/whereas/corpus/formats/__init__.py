"""Formats of labelling tools and of other programs, read and written.

Each is one module here with ``dump(documents)``, which yields the pieces of a file, and
``load(data, source)``, which yields the documents of one.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import Any

from whereas.document import Document


class FormatName(StrEnum):
    """The formats that a corpus can be converted to and from."""

    records = "records"
    label_studio = "label-studio"
    prodigy = "prodigy"
    doccano = "doccano"
    conll = "conll"
    spacy = "spacy"
    csv = "csv"


_EXTENSIONS = {
    ".jsonl": FormatName.records,
    ".json": FormatName.label_studio,
    ".conll": FormatName.conll,
    ".bio": FormatName.conll,
    ".iob": FormatName.conll,
    ".spacy": FormatName.spacy,
    ".csv": FormatName.csv,
}


@dataclass(frozen=True, slots=True)
class Format:
    """How documents are written to, and read from, the bytes of a file."""

    name: FormatName
    dump: Callable[[Iterable[Document]], Iterator[bytes]]
    load: Callable[[bytes, str], Iterator[Document]]


def load_format(name: FormatName) -> Format:
    """Return a format and import what it needs."""
    module = import_module(f"{__name__}.{name.name}")
    return Format(name, module.dump, module.load)


def format_of(name: str) -> FormatName | None:
    """Return the format whose extension a file name has, or None."""
    return _EXTENSIONS.get(PurePath(name).suffix.lower())


def sniff_format(name: str, data: bytes) -> FormatName | None:
    """Return the format that a file is in, or None if it is none of these.

    Args:
        data: the file, or as much of its beginning as holds its first record.
    """
    guess = format_of(name)
    if guess in (FormatName.conll, FormatName.spacy, FormatName.csv):
        return guess
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if guess is FormatName.label_studio and start[:1] in (b"[", b"{") and not _is_json(start):
        return guess  # to say what is wrong with it
    if start[:1] == b"[":
        return FormatName.label_studio if b'"annotations"' in data or b'"data"' in data else None
    if start[:1] != b"{":
        return guess if guess is FormatName.records else None
    try:
        first = json.loads(start.split(b"\n", 1)[0])
    except ValueError:
        return guess if guess is FormatName.records else None
    return _kind_of(first)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _kind_of(record: dict[str, Any]) -> FormatName | None:
    if "clauses" in record or "schema" in record:
        return FormatName.records
    if "text" in record and isinstance(record.get("spans"), list):
        return FormatName.prodigy
    if "text" in record and any(key in record for key in ("label", "labels", "entities")):
        return FormatName.doccano
    return FormatName.records if "id" in record else None
