"""From the lines of pages to one text, with its regions and emphasis."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from whereas.document import Kind, Region, Span
from whereas.readers.pdf.bidi import is_rtl
from whereas.readers.pdf.lines import Line
from whereas.readers.pdf.regions import Layout, layout_of, line_kinds, note_marks, starts_note

_INDENT = 0.8  # ems from the margin from which the first line of a paragraph is indented
_SHORT = 6.0  # ems that a line ends before the margin if it is the last of its paragraph
_GAP = 1.25  # line heights between paragraphs
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,4})[.)]\s", re.IGNORECASE)
_STOPS = tuple(".;:,!?。；：，؛،؟")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line in its place: what kind of thing it is, and whether it opens a paragraph."""

    line: Line
    kind: Kind | None
    opens: bool


@dataclass(frozen=True, slots=True)
class _Margin:
    """Where the lines of a column start and end, in the direction of reading."""

    start: float
    end: float
    rtl: bool

    def indent(self, line: Line) -> float:
        return self.start - line.x1 if self.rtl else line.x0 - self.start

    def short(self, line: Line) -> float:
        return line.x0 - self.end if self.rtl else self.end - line.x1


def flow(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[str, tuple[Region, ...], tuple[Span, ...]]:
    """Return the text of a document, its regions that are no clauses, and its emphasis.

    Lines end in one line break, paragraphs in two; a paragraph that goes on after a footnote or
    on the next page is not broken.
    """
    entries = list(_entries(pages, heights))
    parts: list[str] = []
    regions: list[tuple[Kind, list[Span]]] = []
    marks: list[Span] = []
    emphasis: list[Span] = []
    size = 0
    for before, entry in pairwise([None, *entries]):
        assert entry is not None
        between = _between(before, entry)
        parts += (between, entry.line.text)
        start = size + len(between)
        size = start + len(entry.line.text)
        if entry.kind is not None:
            same = before is not None and before.kind == entry.kind
            if not same or starts_note(entry.line):
                regions.append((entry.kind, []))
            regions[-1][1].append((start, size))
        else:
            marks += [(start + a, start + b) for a, b in note_marks(entry.line)]
        _add_emphasis(emphasis, entry.line, start, between)
    structure = [Region(kind=kind, spans=_merged(spans)) for kind, spans in regions]
    structure += [Region(kind="footnote", spans=(mark,)) for mark in marks]
    structure.sort(key=lambda region: region.spans[0])
    return "".join(parts), tuple(structure), tuple(emphasis)


def _between(before: _Entry | None, entry: _Entry) -> str:
    if before is None:
        return ""
    return "\n\n" if entry.opens else "\n"


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join the lines of a region, which follow one another, to one span."""
    return ((spans[0][0], spans[-1][1]),)


def _add_emphasis(emphasis: list[Span], line: Line, start: int, between: str) -> None:
    for a, b in line.emphasis:
        goes_on = emphasis and a == 0 and between == "\n" and emphasis[-1][1] == start - 1
        if goes_on:
            emphasis[-1] = (emphasis[-1][0], start + b)
        else:
            emphasis.append((start + a, start + b))


def _entries(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Iterator[_Entry]:
    """Yield the lines of all pages; each line of text says whether it opens a paragraph.

    What stands between two lines of one paragraph opens none either.
    """
    layout = layout_of(pages)
    above: tuple[Line, int, _Margin] | None = None
    waiting: list[tuple[Line, Kind]] = []
    for number, (page, kinds) in enumerate(
        zip(pages, line_kinds(pages, heights, layout), strict=True)
    ):
        margins = _margins(page, kinds)
        for line, kind in zip(page, kinds, strict=True):
            if kind is not None:
                waiting.append((line, kind))
                continue
            margin = margins[line.column]
            if above is None:
                opens = True
            elif above[1] == number and above[0].column == line.column and not waiting:
                opens = _opens_below(above[0], line, margin, layout)
            else:
                opens = _opens_elsewhere(above[0], above[2], line, margin)
            yield from _asides(waiting, opens)
            yield _Entry(line, None, opens)
            above, waiting = (line, number, margin), []
    yield from _asides(waiting, opens=True)


def _asides(waiting: Sequence[tuple[Line, Kind]], opens: bool) -> Iterator[_Entry]:
    previous: Kind | None = None
    for line, kind in waiting:
        fresh = kind != previous or starts_note(line)
        yield _Entry(line, kind, opens and fresh)
        previous = kind


def _margins(page: Sequence[Line], kinds: Sequence[Kind | None]) -> dict[int, _Margin]:
    """Return the margins of each column: where most lines start, and where the long ones end."""
    columns: dict[int, list[Line]] = {}
    for line, kind in zip(page, kinds, strict=True):
        if kind is None:
            columns.setdefault(line.column, []).append(line)
    margins = {}
    for column, lines in columns.items():
        rtl = is_rtl("".join(line.text for line in lines))
        starts = Counter(round(line.x1 if rtl else line.x0) for line in lines)
        ends = sorted((line.x0 if rtl else line.x1 for line in lines), reverse=rtl)
        margins[column] = _Margin(starts.most_common(1)[0][0], ends[int(len(ends) * 0.9)], rtl)
    return margins


def _opens_below(above: Line, line: Line, margin: _Margin, layout: Layout) -> bool:
    """Say whether a line opens a paragraph, when another stands right above it."""
    step = line.y - above.y
    if not 0.5 < step < _GAP * max(layout.leading, 1.2 * line.size):
        return True
    if line.bold != above.bold or abs(line.size - above.size) > 0.1 * line.size:
        return True
    if not above.text.endswith(_STOPS):
        return False
    indented = margin.indent(line) > max(margin.indent(above), 0) + _INDENT * line.size
    ended = margin.short(above) > _SHORT * line.size and not line.text[:1].islower()
    return indented or ended or bool(_NUMBER.match(line.text))


def _opens_elsewhere(above: Line, above_margin: _Margin, line: Line, margin: _Margin) -> bool:
    """Say whether a line opens a paragraph, when the text before it is on another page."""
    if line.bold != above.bold or abs(line.size - above.size) > 0.1 * line.size:
        return True
    if not above.text.endswith(_STOPS):
        return False
    indented = margin.indent(line) > _INDENT * line.size
    ended = above_margin.short(above) > _SHORT * line.size
    emphatic = bool(line.emphasis) and line.emphasis[0][0] == 0
    opening = not line.text[:1].islower() and (ended or not above.text.endswith((",", "，", "،")))
    return indented or emphatic or opening or bool(_NUMBER.match(line.text))
