"""The document record: a resolution, its clauses and its other parts.

One set of frozen models serves as data inside the program and as the record format outside it
(JSON Lines, schema 1). Offsets are half-open ``(start, end)`` positions, counted in characters
(Unicode code points), into the untouched ``Document.text``. Keys that the schema does not know
are kept and written back.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic import NonNegativeInt as Offset

from whereas.errors import RecordError

Span = tuple[Offset, Offset]
Spans = tuple[Span, ...]
Zone = Literal["preambular", "operative"]
Kind = Literal[
    "masthead",
    "title",
    "formula",
    "heading",
    "footnote",
    "furniture",
    "adoption",
    "annex",
    "other",
]


def check_spans(spans: Spans) -> Spans:
    """Return ``spans`` if each is non-empty and they follow one another, else raise ValueError."""
    previous = 0
    for start, end in spans:
        if start >= end:
            raise ValueError(f"span [{start}, {end}] is empty or backwards")
        if start < previous:
            raise ValueError(f"span [{start}, {end}] overlaps or precedes the one before it")
        previous = end
    return spans


class Record(BaseModel):
    """Frozen base of the record's parts; unknown keys are kept, wrong types refused."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True, populate_by_name=True)


class Region(Record):
    """A part of the text that is no clause: a title, a footnote, a running head ...

    Where the part is cut (by a page break, say), it has several spans.
    """

    kind: Kind
    spans: Spans = ()

    @model_validator(mode="after")
    def _spans_in_order(self) -> Self:
        check_spans(self.spans)
        return self


class Item(Record):
    """A sub-paragraph, such as (a) or (i), of a clause.

    ``text`` is cleaned and without the number; ``spans`` include the number.
    ``level`` is 2 for (a) under a clause, 3 for (i) under (a), and so on.
    """

    number: str | None = None
    text: str
    level: Annotated[int, Field(ge=2)] = 2
    spans: Spans = ()

    @model_validator(mode="after")
    def _spans_in_order(self) -> Self:
        check_spans(self.spans)
        return self


class Clause(Record):
    """One preambular or operative paragraph.

    ``text`` is the clause's own words, cleaned, without its number and without its items;
    ``spans`` cover its own words and its number, not its items. ``opening`` is the opening
    phrase as printed. ``function``, ``also`` and ``addressees`` are labels of a scheme;
    ``score`` (of ``function``), ``scores`` (of each function, adding up to 1) and ``review``
    (a person should look) are set by predictions only.
    """

    zone: Zone
    number: str | None = None
    text: str
    spans: Spans = ()
    opening: str | None = None
    items: tuple[Item, ...] = ()
    function: str | None = None
    also: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    score: Annotated[float, Field(ge=0, le=1)] | None = None
    scores: Mapping[str, float] | None = None
    review: bool | None = None

    @model_validator(mode="after")
    def _spans_in_order(self) -> Self:
        check_spans(self.spans)
        return self

    @property
    def full_text(self) -> str:
        """The clause's words followed by those of its items, with the items' numbers."""
        items = (f"{item.number} {item.text}" if item.number else item.text for item in self.items)
        return " ".join((self.text, *items))

    @property
    def extent(self) -> Span | None:
        """From the first to past the last character of the clause with its items, or None."""
        spans = [*self.spans, *(span for item in self.items for span in item.spans)]
        if not spans:
            return None
        return min(start for start, _ in spans), max(end for _, end in spans)


class Document(Record):
    """A resolution, as read (no clauses), segmented (clauses) or labelled (functions).

    ``text`` is the source text, untouched; ``structure`` what in it belongs to no clause.
    ``emphasis`` is where the source prints italics or bold; a reader sets it as evidence for
    the segmenter, which drops it.
    """

    schema_version: Literal[1] = Field(default=1, alias="schema")
    id: str
    symbol: str | None = None
    language: str | None = None
    organ: str | None = None
    adopted: str | None = None
    title: str | None = None
    source: str | None = None
    text: str | None = None
    structure: tuple[Region, ...] = ()
    emphasis: Spans = ()
    clauses: tuple[Clause, ...] = ()

    @model_validator(mode="after")
    def _spans_inside_text(self) -> Self:
        if self.text is None:
            return self
        size = len(self.text)
        for place, spans in self._placed_spans():
            for start, end in spans:
                if end > size:
                    raise ValueError(
                        f"{place}: span [{start}, {end}] ends after the text ({size} characters)"
                    )
        return self

    @property
    def is_partial(self) -> bool:
        """Whether it is clauses cut out of a document (the record says ``partial``)."""
        return bool((self.model_extra or {}).get("partial"))

    def _placed_spans(self) -> list[tuple[str, Spans]]:
        placed = [(f"structure.{n}", region.spans) for n, region in enumerate(self.structure)]
        for n, clause in enumerate(self.clauses):
            placed.append((f"clauses.{n}", clause.spans))
            placed += [
                (f"clauses.{n}.items.{m}", item.spans) for m, item in enumerate(clause.items)
            ]
        return placed

    @classmethod
    def from_json(cls, line: str | bytes, where: str) -> Self:
        """Parse one record.

        Args:
            line: one JSON object.
            where: the place to name in errors, such as ``"corpus.jsonl:12"``.

        Raises:
            RecordError: the line is not JSON, or a field is missing or of the wrong type.
        """
        try:
            return cls.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"]) or "record"
            value = "" if first["type"] == "missing" else f" (found {_shorten(first['input'])})"
            raise RecordError(f"{where}: {field}: {first['msg']}{value}") from None

    def to_json(self) -> str:
        """Return the record as one line of JSON, without the fields that were never set."""
        empty = None if self.emphasis else {"emphasis"}
        record = self.model_dump_json(by_alias=True, exclude_unset=True, exclude=empty)
        return record if '"schema":' in record[:12] else f'{{"schema":1,{record[1:]}'


def _shorten(value: Any, limit: int = 60) -> str:
    shown = repr(value)
    return shown if len(shown) <= limit else f"{shown[: limit - 3]}..."
