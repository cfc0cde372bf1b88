"""What the layout of a PDF proves to be no clause: running heads and feet, footnotes, marks."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median

from whereas.document import Kind
from whereas.readers.pdf.lines import MARKS, Line

_HEAD, _FOOT = 0.13, 0.87  # of a page's height: heads end above, feet start below
_GAP = 1.4  # white, in line heights, between them and the text
_ROWS = 4  # most lines of a head or foot
_SMALL = 0.93  # of the main size, below which type is small
_RULE = re.compile(r"[_*\s\-–—.=]{3,}|[_*]")
_NUMBERED = re.compile(
    r"(?:page |p\. ?)?[-–— ]*\d{1,4}[-–— ]*(?:(?:/|of|de) ?\d{1,4})?"  # page numbers
    r"|\*?\d{7}\*?|\d\d-\d{5}(?: .{1,24})?"  # job numbers
    r"|(?:please recycle|merci de recycler).*"
    r"|[A-Z]+(?:/[\w.()\- ]+){1,5}",  # document symbols
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Layout:
    """How a document is set: the size of its main type and the height of its lines, in points."""

    size: float
    leading: float


def layout_of(pages: Sequence[Sequence[Line]]) -> Layout:
    """Measure the main type of a document."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    steps = [
        below.y - above.y
        for page in pages
        for above, below in pairwise(page)
        if above.column == below.column and 0.9 * size < below.y - above.y < 1.6 * size
    ]
    return Layout(size, median(steps) if steps else 1.2 * size)


def line_kinds(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], layout: Layout
) -> Iterator[list[Kind | None]]:
    """Yield the kinds of each page's lines: ``furniture``, ``footnote``, or None for text."""
    repeated = _repeated(pages, heights)
    for number, (page, height) in enumerate(zip(pages, heights, strict=True)):
        kinds: list[Kind | None] = [None] * len(page)
        for at in _edges(page, height, number, repeated, layout):
            kinds[at] = "furniture"
        _mark_notes(page, kinds, layout)
        yield kinds


def _place(line: Line) -> tuple[str, int]:
    """Return what is the same in a running head on every page: its words and its height."""
    return re.sub(r"\d+", "0", " ".join(line.text.split())).casefold(), round(line.y / 4)


def _repeated(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[tuple[str, int]]:
    places = Counter(
        place
        for page, height in zip(pages, heights, strict=True)
        for place in {
            _place(line)
            for line in page
            if not _HEAD * height <= line.y <= _FOOT * height and not starts_note(line)
        }
    )
    return {place for place, count in places.items() if count > 1}


def _edges(
    page: Sequence[Line],
    height: float,
    number: int,
    repeated: set[tuple[str, int]],
    layout: Layout,
) -> Iterator[int]:
    """Yield the lines of the page's running head and foot."""
    downwards = sorted(range(len(page)), key=lambda at: page[at].y)
    for order, sign in ((downwards, 1), (downwards[::-1], -1)):
        edge: list[int] = []
        for at, following in zip_longest(order, order[1:]):
            line = page[at]
            inside = line.y < _HEAD * height if sign > 0 else line.y > _FOOT * height
            certain = _place(line) in repeated or _NUMBERED.fullmatch(line.text.strip())
            beside = bool(edge) and line.y == page[edge[-1]].y
            likely = number > 0 and (line.size < _SMALL * layout.size or line.bold or beside)
            if not inside or not (certain or likely) or starts_note(line) or _is_rule(line):
                break
            edge.append(at)
            gap = abs(page[following].y - line.y) if following is not None else height
            if len(edge) > _ROWS:
                break
            if gap >= _GAP * layout.leading or (certain and gap > 0.5):
                yield from edge
                edge = []


def starts_note(line: Line) -> bool:
    """Say whether a line starts with a raised mark, as footnotes do."""
    return bool(line.raised) and line.raised[0][0] == 0 and line.raised[0][1] < len(line.text)


def _is_rule(line: Line) -> bool:
    return _RULE.fullmatch(line.text.strip()) is not None


def _mark_notes(page: Sequence[Line], kinds: list[Kind | None], layout: Layout) -> None:
    """Mark footnotes and the rules above them: from the first note to the end of the column."""
    in_note = False
    for at, line in enumerate(page):
        if at and page[at - 1].column != line.column:
            in_note = False
        if kinds[at] is not None:
            continue
        small = line.size < _SMALL * layout.size
        if _is_rule(line):
            kinds[at] = "furniture"
            in_note = False
            continue
        if starts_note(line) or (small and at > 0 and _is_rule(page[at - 1])):
            in_note = True
        elif in_note and line.size > page[at - 1].size + 0.5 and not small:
            in_note = False
        if in_note:
            kinds[at] = "footnote"


def note_marks(line: Line) -> list[tuple[int, int]]:
    """Return the spans of the footnote marks in a line of text: raised digits and asterisks.

    A raised 2 or 3 after a unit of length is its power; commas around a mark are not part of it.
    """
    marks = []
    for start, end in line.raised:
        raised = line.text[start:end]
        mark = raised.strip(", ")
        power = mark in ("2", "3") and re.search(r"\b[kcm]?m$", line.text[:start])
        if mark and not power and all(char in MARKS for char in mark.replace(" ", "")):
            first = start + raised.index(mark)
            marks.append((first, first + len(mark)))
    return marks
