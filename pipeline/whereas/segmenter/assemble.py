"""From the parts of a text to a document record."""

import re
from collections.abc import Iterator, Sequence
from typing import cast

from whereas.cleaning import clean
from whereas.document import Clause, Document, Item, Kind, Region, Span
from whereas.lexicon import load_openings, opening_of
from whereas.segmenter.front import date_of, front_parts, title_of
from whereas.segmenter.layout import lay_out
from whereas.segmenter.outline import Outliner, Unit
from whereas.segmenter.pieces import pieces_of
from whereas.segmenter.stream import Piece, Stream
from whereas.segmenter.wording import Wording, load_wording

_ORGANS = {  # by how their symbols begin
    "A/": "General Assembly",
    "S/": "Security Council",
    "A/HRC/": "Human Rights Council",
    "E/": "Economic and Social Council",
}
_FIRST_FORMULA = re.compile(r"[^,،，(]{1,160}")


def assemble(document: Document) -> Document:
    """Return ``document``, which has text and a language, with its parts."""
    language = document.language or "en"
    wording = load_wording(language)
    layout = lay_out(document, wording, load_openings(language))
    stream, begin = layout.stream, layout.front
    heads = [
        Piece(piece.start, min(piece.end, begin), piece.before)
        for piece in stream.pieces
        if piece.start < begin
    ]
    pieces = list(pieces_of(stream, layout.flowing, language, begin))
    units = [
        *(
            Unit(part.kind, part.start, part.end)
            for part in front_parts(stream.text, heads, wording)
        ),
        *Outliner(stream, layout.marks, wording, language).outline(pieces),
    ]
    building = _Building(document.text or "", language, stream, layout.marks)
    for unit in units:
        building.add(unit)
    return document.model_copy(
        update={
            "symbol": layout.symbol,
            "title": document.title or building.title(),
            "organ": document.organ or _organ(building.words("formula"), layout.symbol, wording),
            "adopted": document.adopted or _adopted(building, wording),
            "clauses": tuple(building.clauses()),
            "structure": tuple(
                sorted((*layout.regions, *building.regions), key=lambda region: region.spans)
            ),
        }
    )


def _adopted(building: "_Building", wording: Wording) -> str | None:
    """Return the date that the masthead says, or that stands below the last clause."""
    masthead = building.words("masthead")
    said = wording.adoption.search(masthead)
    date = date_of(masthead[said.start() :], wording) if said else None
    return date or date_of(building.words("adoption"), wording)


def _organ(formula: str, symbol: str | None, wording: Wording) -> str | None:
    """Return the English name of a principal organ, or that of another as its formula has it."""
    for printed, name in wording.organs.items():
        if printed in formula:
            return name
    first = _FIRST_FORMULA.match(formula)
    named = wording.article.sub("", first.group(), count=1).strip() if first else ""
    begun = (symbol or "").partition("RES/")[0]
    return named or _ORGANS.get(begun)


class _Building:
    """Collects clauses and regions from the units of an outline."""

    def __init__(
        self, text: str, language: str, stream: Stream, marks: Sequence[tuple[int, int]]
    ) -> None:
        self.text, self.language, self.stream = text, language, stream
        self.marks = list(marks)
        self._next_mark = 0
        self.regions: list[Region] = []
        self._clauses: list[tuple[Unit, list[Span], list[tuple[Unit, list[Span]]]]] = []

    def add(self, unit: Unit) -> None:
        """Take in the next unit of the running text."""
        spans = self._spans(unit)
        if not spans:
            return
        if unit.part == "clause":
            self._clauses.append((unit, spans, []))
        elif unit.part == "item" and self._clauses:
            self._clauses[-1][2].append((unit, spans))
        elif unit.part == "tail" and self._clauses:
            self._clauses[-1][1].extend(spans)
        else:
            kind = cast("Kind", "other" if unit.part in ("clause", "item", "tail") else unit.part)
            self._add_region(kind, spans)

    def _add_region(self, kind: Kind, spans: list[Span]) -> None:
        last = self.regions[-1] if self.regions else None
        if last and last.kind == kind and _is_next_line(self.text, last.spans[-1][1], spans[0][0]):
            spans = _joined(self.text, [*last.spans, *spans])
            self.regions.pop()
        self.regions.append(Region(kind=kind, spans=tuple(spans)))

    def words(self, kind: Kind) -> str:
        """Return the cleaned words of all regions of a kind."""
        spans = tuple(
            span for region in self.regions if region.kind == kind for span in region.spans
        )
        return clean(self.text, spans, self.language)

    def title(self) -> str | None:
        """Return the title without the resolution's number."""
        return title_of(self.words("title"))

    def _spans(self, unit: Unit) -> list[Span]:
        """Return where a unit is in the source, without the marks in it."""
        spans: list[Span] = []
        at = unit.start
        while self._next_mark < len(self.marks) and self.marks[self._next_mark][0] < unit.end:
            start, end = self.marks[self._next_mark]
            spans += self.stream.spans(at, start)
            at = end
            self._next_mark += 1
        spans += self.stream.spans(at, unit.end)
        return _joined(self.text, spans)

    def clauses(self) -> Iterator[Clause]:
        for unit, spans, items in self._clauses:
            number, words = self._without_number(unit, spans)
            yield Clause(
                zone=unit.zone,
                number=number,
                text=words,
                spans=tuple(spans),
                opening=opening_of(words, unit.zone, self.language),
                items=tuple(self._item(item, where) for item, where in items),
            )

    def _item(self, unit: Unit, spans: list[Span]) -> Item:
        number, words = self._without_number(unit, spans)
        return Item(number=number, text=words, level=max(2, unit.level), spans=tuple(spans))

    def _without_number(self, unit: Unit, spans: list[Span]) -> tuple[str | None, str]:
        if unit.number is None:
            return None, clean(self.text, tuple(spans), self.language)
        number = self.stream.text[unit.number.start : unit.number.end]
        cut = spans[0][0] + unit.number.end - unit.number.start
        own = [(max(start, cut), end) for start, end in spans if end > cut]
        return number, clean(self.text, tuple(own), self.language)


def _is_next_line(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return (
        not between.strip()
        and between.count("\n") + between.count("\r") <= 2
        and "\n\n" not in between
    )


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Join spans between which there is only white space."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
