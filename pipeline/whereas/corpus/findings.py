"""Findings: what is wrong with a corpus, each with its file, line and field."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from whereas.corpus.checks import check_document
from whereas.corpus.prints import Sketch
from whereas.corpus.records import corpus_files, read_lines
from whereas.document import Document
from whereas.errors import CorpusError
from whereas.labels import Scheme, load_scheme

_NEAR = 0.9  # share of five-word sequences from which two documents are near-identical
_FEW = 3  # clauses; shorter documents may well say the same


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: ``where`` is file and line, ``field`` the place in the record."""

    where: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.field}: {self.message}"


@dataclass
class Seen:
    """What the documents before had, to tell repeats."""

    near: float = _NEAR
    ids: dict[str, str] = field(default_factory=dict)
    bands: dict[tuple[int, bytes], list[int]] = field(default_factory=dict)
    sketches: list[tuple[Sketch, str]] = field(default_factory=list)

    def repeats(self, document: Document, where: str) -> Iterator[Finding]:
        """Yield the repeats of earlier documents in this one, and remember it."""
        if first := self.ids.get(document.id):
            yield Finding(where, "id", f"{document.id!r} is also the id at {first}")
        else:
            self.ids[document.id] = where
        if document.is_partial or len(document.clauses) < _FEW or self.near > 1:
            return
        sketch = Sketch(document)
        rivals = {n for band in sketch.bands for n in self.bands.get(band, ())}
        likest = max(rivals, key=lambda n: (sketch.likeness(self.sketches[n][0]), -n), default=None)
        if likest is not None:
            other, first = self.sketches[likest]
            if (likeness := sketch.likeness(other)) >= self.near:
                yield Finding(
                    where, "clauses", f"about {likeness:.0%} the same words as the one at {first}"
                )
        for band in sketch.bands:
            self.bands.setdefault(band, []).append(len(self.sketches))
        self.sketches.append((sketch, where))


def find_faults(
    paths: Iterable[Path], scheme: Scheme | None = None, near: float = _NEAR
) -> Iterator[Finding]:
    """Yield what is wrong with corpora, in the order of files and lines.

    Args:
        paths: files of records, or folders of them.
        scheme: the labels that are allowed; those that come with whereas if not given.
        near: share of five-word sequences, above 1 for never, from which two documents are
            reported as near-identical.
    """
    scheme = scheme or load_scheme()
    seen = Seen(near)
    for path in paths:
        try:
            files = corpus_files(path)
        except CorpusError as error:
            yield _of_file(path, error)
            continue
        for file in files:
            yield from _file_faults(file, scheme, seen)


def _file_faults(file: Path, scheme: Scheme, seen: Seen) -> Iterator[Finding]:
    empty = True
    try:
        for where, line in read_lines(file):
            empty = False
            document, numbers, faults = salvage(line)
            yield from (Finding(where, *fault) for fault in faults)
            if document is not None:
                for place, message in check_document(document, scheme, numbers):
                    yield Finding(where, place, message)
                yield from seen.repeats(document, where)
    except CorpusError as error:
        yield _of_file(file, error)
        return
    if empty:
        yield Finding(str(file), "file", "is empty; a corpus has one record a line")


def _of_file(path: Path, error: CorpusError) -> Finding:
    where, _, message = str(error).removeprefix(str(path)).partition(": ")
    return Finding(f"{path}{where}", "file", message)


Faults = list[tuple[str, str]]


def salvage(line: str) -> tuple[Document | None, Sequence[int], Faults]:
    """Read what can be read of a record.

    Returns:
        The document without its bad parts, or None if too little is good; the number that each
        clause has in the record; and the faults, as field and message.
    """
    faults: Faults = []
    try:
        document = Document.model_validate_json(line)
        return document, range(len(document.clauses)), faults
    except ValidationError as error:
        faults += [_fault(each) for each in error.errors(include_url=False)]
        bad = {_part(each["loc"]) for each in error.errors(include_url=False)}
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None, (), faults
    if not isinstance(record, dict):
        return None, (), faults
    clauses = record.get("clauses")
    numbers: list[int] = []
    if isinstance(clauses, list):
        numbers = [n for n in range(len(clauses)) if ("clauses", n) not in bad]
        record["clauses"] = [clauses[n] for n in numbers]
    dropped = {str(part[0]) for part in bad if len(part) == 1} | {"structure"}
    dropped |= {"text"} if () in bad else set()
    kept = {key: value for key, value in record.items() if key not in dropped - {"id"}}
    try:
        return Document.model_validate_json(json.dumps(kept)), numbers, faults
    except (ValidationError, ValueError):
        return None, (), faults


def _part(place: Sequence[int | str]) -> tuple[int | str, ...]:
    return tuple(place[:2]) if place[:1] in (("clauses",), ("structure",)) else tuple(place[:1])


def _fault(error: Any) -> tuple[str, str]:
    place = ".".join(str(part) for part in error["loc"])
    message = error["msg"].removeprefix("Value error, ")
    if not place and ": " in message:
        place, message = message.split(": ", 1)
    if error["type"] == "json_invalid":
        return "record", f"not JSON: {message.removeprefix('Invalid JSON: ')}"
    if error["type"] in ("missing", "value_error"):
        return place or "record", message
    shown = repr(error["input"])
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    return place or "record", f"{message} (found {shown})"
