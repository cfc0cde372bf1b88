"""Stand-off labels: what a labelled corpus says of the clauses of public documents, without text.

A line is a document: where its text is to be had, and for each clause where it is in it (the
``eId`` of its element, or the ``spans`` in a plain text), its labels and a fingerprint of its
words, by which it is known again.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from whereas.corpus.checks import spans_of
from whereas.corpus.prints import fingerprint
from whereas.corpus.records import read_lines
from whereas.document import Clause, Document, Spans, Zone
from whereas.errors import CorpusError
from whereas.families import symbol_key


class Part(BaseModel):
    """Frozen base of the parts of a stand-off record; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ItemPlace(Part):
    """Where a sub-paragraph is in a plain text; marked-up texts say so themselves."""

    spans: Spans
    number: str | None = None
    level: Annotated[int, Field(ge=2)] = 2


class Labels(Part):
    """A clause's place, labels and fingerprint.

    ``eId`` or ``spans`` tell the place; where neither does, the fingerprint alone.
    """

    eId: str | None = None  # noqa: N815 - the name that Akoma Ntoso gives it
    spans: Spans = ()
    items: tuple[ItemPlace, ...] = ()
    zone: Zone
    number: str | None = None
    function: str | None = None
    also: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class RegionPlace(Part):
    """A part of a plain text that is no clause."""

    kind: str
    spans: Spans


class Standoff(Part):
    """The stand-off labels of a document.

    ``source`` is the path of its file in the repository that it comes from; without one, the
    file is found by ``symbol`` and ``language``. ``partial`` marks clauses cut out of
    their document.
    """

    standoff: Literal[1] = 1
    id: str
    symbol: str | None = None
    language: str | None = None
    organ: str | None = None
    adopted: str | None = None
    source: str | None = None
    partial: bool = False
    structure: tuple[RegionPlace, ...] = ()
    clauses: tuple[Labels, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Symbol, without spaces, and language: by which a document is found."""
        return symbol_key(self.symbol or self.id), self.language or ""


def take_off(document: Document, source: str | None = None) -> Standoff:
    """Return the labels of a document without any of its text.

    Args:
        source: the file that has the text, if not the one that the record names.
    """
    clauses = []
    for clause in document.clauses:
        eid = (clause.model_extra or {}).get("eId")
        spans = () if eid else spans_of(clause)
        clauses.append(
            Labels(
                eId=eid,
                spans=spans,
                items=tuple(
                    ItemPlace(spans=spans_of(item), number=item.number, level=item.level)
                    for item in clause.items
                    if spans
                ),
                zone=clause.zone,
                number=clause.number,
                function=clause.function,
                also=clause.also,
                addressees=clause.addressees,
                fingerprint=fingerprint(clause),
            )
        )
    placed = any(each.spans for each in clauses)
    return Standoff(
        id=document.id,
        symbol=document.symbol,
        language=document.language,
        organ=document.organ,
        adopted=document.adopted,
        source=source or document.source,
        partial=document.is_partial,
        structure=tuple(
            RegionPlace(kind=region.kind, spans=spans_of(region))
            for region in (document.structure if placed else ())
        ),
        clauses=tuple(clauses),
    )


def standoff_line(labels: Standoff) -> bytes:
    """Return stand-off labels as one line of JSON, without what is not given."""
    record: dict[str, Any] = {"standoff": 1}
    record |= labels.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def read_standoff(path: Path) -> Iterator[Standoff]:
    """Yield the stand-off labels of a file.

    Raises:
        CorpusError: the file cannot be read, or a line has no stand-off labels.
    """
    for where, line in read_lines(path):
        try:
            yield Standoff.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"]) or "record"
            raise CorpusError(f"{where}: {field}: {first['msg']}; not stand-off labels") from None


def is_standoff(path: Path) -> bool:
    """Say whether a path is a file of stand-off labels, or a folder with such files."""
    return bool(standoff_files([path]))


def standoff_files(paths: Iterable[Path]) -> list[Path]:
    """Return those files, among the given ones and in the given folders, that have labels."""
    found = []
    for path in paths:
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        found += [file for file in files if file.suffix == ".jsonl" and _has_labels(file)]
    return found


def _has_labels(file: Path) -> bool:
    try:
        with file.open("rb") as lines:
            return b'"standoff"' in lines.read(200)
    except OSError:
        return False


def labelled_clause(clause: Clause, labels: Labels) -> Clause:
    """Return a clause of the source with its labels."""
    update: dict[str, Any] = {"zone": labels.zone, "function": labels.function}
    update |= {"also": labels.also, "addressees": labels.addressees}
    if labels.eId:
        update["eId"] = labels.eId
    if labels.number is not None:
        update["number"] = labels.number
    return clause.model_copy(update=update)


def without_spans(clause: Clause) -> Clause:
    """Return a clause that is in no text."""
    items = tuple(item.model_copy(update={"spans": ()}) for item in clause.items)
    return clause.model_copy(update={"spans": (), "items": items})
