"""From the parts of a text to a document record."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from whereas.cleaning import clean
from whereas.document import Clause, Document, Item, Kind, Region, Span, Spans
from whereas.lexicon import load_lexicon, opening_of
from whereas.segment.flow import Cut, flowing_cuts
from whereas.segment.front import date_of, find_front, front_parts, symbol_of, title_of
from whereas.segment.furniture import Furniture, Note
from whereas.segment.lines import Break, Line, flows, measure, split_lines
from whereas.segment.marks import find_marks
from whereas.segment.numbering import clause_number
from whereas.segment.outline import Outliner, Unit, pieces_of
from whereas.segment.stream import Piece, Stream, make_stream
from whereas.segment.wording import Wording, load_wording


def assemble(document: Document) -> Document:
    """Return ``document``, which has text and a language, with its parts."""
    text, language = document.text or "", document.language or "en"
    wording, lexicon = load_wording(language), load_lexicon(language)
    lines = split_lines(text)
    flowing = flows(text, lines)
    front = find_front(text, lines, wording, lexicon, flowing)
    symbol = document.symbol or symbol_of(text[: front or 4000])
    cuts: list[Cut]
    if flowing:
        head = title_of(_head_words(text[:front], wording)) or ""
        cuts, notes = flowing_cuts(text, front, head, symbol, wording)
    else:
        furniture = Furniture(text, lines, front, wording, symbol)
        cuts = [
            (line.start, line.end, kind)
            for line, kind in zip(lines, furniture.kinds, strict=True)
            if kind is not None
        ]
        notes = furniture.notes
    stream = make_stream(text, _flowing(text, cuts) if flowing else _running(lines, cuts))
    marks = find_marks(stream.text, _note_pages(notes, stream))
    begin = stream.position(front)
    heads = [piece for piece in stream.pieces if piece.end <= begin]
    inside = next((piece for piece in stream.pieces if piece.start < begin < piece.end), None)
    if inside:
        heads.append(Piece(inside.start, begin, inside.before))
    pieces = list(pieces_of(stream, flowing, language, begin))
    numbered = any(
        (found := clause_number(stream.text, piece.start, wording.section)) and found[1] == 1
        for piece in pieces
    )
    units = Outliner(stream, marks, wording, language).outline(pieces, numbered)
    units = [
        *(
            Unit(part.kind, part.start, part.end)
            for part in front_parts(stream.text, heads, wording)
        ),
        *units,
    ]
    building = _Building(text, language, stream, marks)
    for unit in units:
        building.add(unit)
    regions = [*building.regions, *_cut_regions(text, cuts), *building.mark_regions()]
    regions.sort(key=lambda region: region.spans)
    titles = [unit for unit in units if unit.part == "title"]
    title = clean(text, building.spans(titles), language) if titles else ""
    formula = next((unit for unit in units if unit.part == "formula"), None)
    organ = stream.text[formula.start : formula.end] if formula else ""
    mast = "\n".join(
        stream.text[unit.start : unit.end] for unit in units if unit.part == "masthead"
    )
    adopted = wording.adoption.search(mast)
    adoption = mast[adopted.start() :] if adopted else ""
    adoption += "\n".join(
        stream.text[unit.start : unit.end] for unit in units if unit.part == "adoption"
    )
    return document.model_copy(
        update={
            "symbol": symbol,
            "title": document.title or title_of(title),
            "organ": document.organ or _organ(organ, wording.organs),
            "adopted": document.adopted or date_of(adoption, wording),
            "clauses": tuple(building.clauses()),
            "structure": tuple(regions),
        }
    )


def _organ(formula: str, organs: Any) -> str | None:
    words = " ".join(formula.split())
    return next((name for printed, name in organs.items() if printed in words), None)


def _head_words(front: str, wording: Wording) -> str:
    piece = Piece(0, len(front), Break.BLANK)
    parts = front_parts(front, [piece], wording) if front.strip() else []
    return next((front[part.start : part.end] for part in parts if part.kind == "title"), "")


def _flowing(text: str, cuts: Sequence[Cut]) -> Iterator[tuple[int, int, Break]]:
    """Yield what is between the cuts."""
    at = 0
    for start, end, _ in [*cuts, (len(text), len(text), "other")]:
        part = text[at:start]
        if part.strip():
            first = at + len(part) - len(part.lstrip())
            yield first, at + len(part.rstrip()), Break.PAGE if at else Break.BLANK
        at = max(at, end)


def _running(lines: Sequence[Line], cuts: Sequence[Cut]) -> Iterator[tuple[int, int, Break]]:
    """Yield the lines of running text, each with the break above it."""
    cut_starts = {start for start, _, _ in cuts}
    running = [line for line in lines if line.start not in cut_starts]
    width = measure(running)
    paragraphs = width > 160
    last: Line | None = None
    cut = False
    for line in lines:
        if line.start in cut_starts:
            cut = True
            continue
        before = Break.LINE
        if last is None:
            before = Break.BLANK
        elif cut or line.page:
            before = Break.PAGE
        elif line.blank or paragraphs:
            before = Break.BLANK
        elif (last.end - last.start) + 8 < width * 0.9:
            before = Break.SHORT
        yield line.start, line.end, before
        last, cut = line, False


def _note_pages(notes: Iterable[Note], stream: Stream) -> list[tuple[int, int]]:
    return [(note.number, stream.position(note.start)) for note in notes if note.number is not None]


def _cut_regions(text: str, cuts: Iterable[Cut]) -> Iterator[Region]:
    for start, end, kind in cuts:
        part = text[start:end]
        first = start + len(part) - len(part.lstrip())
        yield Region(kind=kind, spans=((first, start + len(part.rstrip())),))


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
            self.regions.append(Region(kind=kind, spans=tuple(spans)))

    def spans(self, units: Iterable[Unit]) -> Spans:
        return tuple(span for unit in units for span in self.stream.spans(unit.start, unit.end))

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

    def mark_regions(self) -> Iterator[Region]:
        for start, end in self.marks:
            yield Region(kind="footnote", spans=tuple(self.stream.spans(start, end)))

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


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Join spans between which there is only white space."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
