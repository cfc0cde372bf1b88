"""The lines of a PDF page, in reading order, with their words put together from glyphs."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from whereas.document import Span
from whereas.readers.pdf.bidi import is_rtl, mirrored, reading_order
from whereas.readers.pdf.columns import Cell, in_columns
from whereas.readers.pdf.glyphs import Glyph, Page

# White, in ems, that is a space: as a rule, beside Chinese, and where the file prints a space;
# beside Arabic, whose letters overlap, less if PDFium parts words there, and more if it does not.
_SPACE, _SPACE_CJK, _SPACE_PRINTED = 0.15, 0.45, 0.08
_SPACE_PARTED, _SPACE_JOINED = 0.03, 0.35
_CELL, _APART = 0.8, 5.0  # ems of white that part cells, and that part lines
_SAME_BASELINE = 0.15  # ems
_SMALL = 0.85  # of the size of a neighbour: below it, a glyph may be raised or lowered
_LOWERED, _RAISED = -0.3, 0.85  # how far above the baseline, in ems, it may be
_RISE, _RISE_LARGE = 0.12, 0.4  # ems above the baseline from which a glyph is raised
_MARK_LENGTH = 5  # characters of the longest footnote mark
_BESIDE = 1.5  # ems between a raised glyph and its neighbour
_DOUBLE = 0.1  # ems between two prints of one glyph, as in false bold


MARKS = frozenset("0123456789*†‡§,")  # what footnote marks are made of


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print.

    ``emphasis`` (italic or bold) and ``raised`` (small and above the line) are spans of ``text``;
    lengths are in points; ``y``, the baseline, grows downwards; ``bold`` is whether all of it is;
    ``column`` counts the columns of a page in reading order.
    """

    text: str
    emphasis: tuple[Span, ...]
    raised: tuple[Span, ...]
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    column: int


@dataclass(frozen=True, slots=True)
class _Row:
    """Glyphs on one baseline, or raised above it, from left to right; spaces among them."""

    y: float
    size: float
    glyphs: list[Glyph]


def page_lines(page: Page) -> list[Line]:
    """Return the lines of ``page`` in reading order."""
    printed = "".join(glyph.char for glyph in page.glyphs if not glyph.char.isspace())
    if not printed:
        return []
    em = _main_size(page.glyphs)
    rtl = is_rtl(printed)
    cells = [
        Cell(number, part[0].x0, part[-1].x1, (row, part))
        for number, row in enumerate(_rows(page.glyphs, em))
        for part in _parts(row.glyphs, _CELL * row.size)
    ]
    lines = []
    for column, group in enumerate(in_columns(cells, em, rtl)):
        for _, same in groupby(group, key=lambda cell: cell.row):
            pieces = [cell.content for cell in same]
            row = pieces[0][0]
            glyphs = sorted((glyph for _, part in pieces for glyph in part), key=_middle)
            stretches = _parts(glyphs, _APART * row.size)
            ordered = stretches[::-1] if rtl else stretches
            lines += [_line(stretch, row, column) for stretch in ordered]
    return lines


def _middle(glyph: Glyph) -> tuple[float, int]:
    """Sort glyphs across; letters that share a place (a ligature's) stay in reading order."""
    return (glyph.x0 + glyph.x1) / 2, glyph.order


def _main_size(glyphs: Sequence[Glyph]) -> float:
    """Return the size in which most glyphs are set."""
    sizes = Counter(round(glyph.size, 1) for glyph in glyphs if not glyph.char.isspace())
    return max(sizes.most_common(1)[0][0], 1.0)


def _rows(glyphs: Sequence[Glyph], em: float) -> list[_Row]:
    """Group glyphs by baseline, from the top down; raised ones join the row they stand beside."""
    rows: list[_Row] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if rows and glyph.y - rows[-1].y <= _SAME_BASELINE * em:
            rows[-1].glyphs.append(glyph)
        else:
            rows.append(_Row(glyph.y, em, [glyph]))
    rows = [
        _Row(row.y, _main_size(row.glyphs), _without_doubles(row.glyphs))
        for row in rows
        if any(not glyph.char.isspace() for glyph in row.glyphs)
    ]
    alone = [_is_mark("".join(glyph.char for glyph in row.glyphs)) for row in rows]
    homes: list[list[Glyph]] = [[] for _ in rows]
    for number, row in enumerate(rows):
        for glyph in row.glyphs:
            homes[_home(rows, alone, number, glyph)].append(glyph)
    return [
        _Row(row.y, row.size, sorted(home, key=_middle))
        for row, home in zip(rows, homes, strict=True)
        if any(not glyph.char.isspace() for glyph in home)
    ]


def _without_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Leave out glyphs that are printed twice in one place to make them look bold."""
    kept: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.char, glyph.x0)):
        if kept and kept[-1].char == glyph.char and not glyph.char.isspace():
            apart = glyph.x0 - kept[-1].x0
            if apart < _DOUBLE * glyph.size and abs(glyph.order - kept[-1].order) > 1:
                continue
        kept.append(glyph)
    return kept


def _home(rows: Sequence[_Row], alone: Sequence[bool], number: int, glyph: Glyph) -> int:
    """Return the row that a glyph belongs to: its own, or that of larger type beside it.

    Footnote marks that stand ``alone`` above a line belong to it whatever their size.
    """
    if glyph.char.isspace():
        return number
    for other in (number + 1, number + 2, number - 1):
        row = rows[other] if 0 <= other < len(rows) and not alone[other] else None
        if row is None or not _LOWERED <= (row.y - glyph.y) / row.size <= _RAISED:
            continue
        for large in row.glyphs:
            smaller = glyph.size < _SMALL * large.size
            reach = _BESIDE * large.size
            if (smaller or alone[number]) and large.x0 - reach <= glyph.x0 <= large.x1 + reach:
                return other
    return number


def _is_mark(text: str) -> bool:
    text = "".join(text.split())
    return len(text) <= _MARK_LENGTH and all(char in MARKS for char in text)


def _parts(glyphs: Sequence[Glyph], white: float) -> list[list[Glyph]]:
    """Part glyphs of a row where more than ``white`` lies between two; spaces at ends fall away."""
    parts: list[list[Glyph]] = []
    spaces: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.isspace():
            spaces.append(glyph)
            continue
        if parts and glyph.x0 - parts[-1][-1].x1 <= white:
            parts[-1] += [*spaces, glyph]
        else:
            parts.append([glyph])
        spaces = []
    return parts


def _line(glyphs: Sequence[Glyph], row: _Row, column: int) -> Line:
    chars: list[Glyph | None] = []  # None is a space
    printed = [glyph for glyph in glyphs if not glyph.char.isspace()]
    spaced = {b.order for a, b in pairwise(glyphs) if a.char.isspace()}
    gaps = [b.x0 - a.x1 for a, b in pairwise(printed) if b.order not in spaced]
    tracking = median(gaps) if len(gaps) > 3 else 0.0
    for before, glyph in pairwise([None, *printed]):
        if before is not None and glyph is not None:
            gap = (glyph.x0 - before.x1 - tracking) / max(before.size, glyph.size, 1.0)
            if gap >= _least_space(before, glyph, glyph.order in spaced):
                chars.append(None)
        chars.append(glyph)
    letters = "".join(glyph.char if glyph else " " for glyph in chars)
    if is_rtl(letters):
        chars = [chars[at] for at in reading_order([g.char if g else " " for g in chars])]
        text = mirrored("".join(glyph.char if glyph else " " for glyph in chars))
    else:
        text = letters
    upright = [glyph for glyph in chars if glyph and not _is_raised(glyph, row)]
    return Line(
        text=text,
        emphasis=_stretches([g is None or g.italic or g.bold for g in chars], text),
        raised=_stretches([g is not None and _is_raised(g, row) for g in chars], text),
        x0=printed[0].x0,
        x1=max(glyph.x1 for glyph in printed),
        y=row.y,
        size=_main_size(upright or printed),
        bold=all(glyph.bold for glyph in upright),
        column=column,
    )


def _least_space(left: Glyph, right: Glyph, printed: bool) -> float:
    """Return the white, in ems, from which there is a space between two glyphs."""
    if printed:
        return _SPACE_PRINTED
    arabic = is_rtl(left.char) + is_rtl(right.char)
    if arabic and left.word != right.word:
        return _SPACE_PARTED
    if arabic == 2:
        return _SPACE_JOINED
    wide = any(unicodedata.east_asian_width(glyph.char) in "WF" for glyph in (left, right))
    return _SPACE_CJK if wide else _SPACE


def _is_raised(glyph: Glyph, row: _Row) -> bool:
    least = _RISE if glyph.size < _SMALL * row.size else _RISE_LARGE
    return row.y - glyph.y > least * row.size


def _stretches(marked: Sequence[bool], text: str) -> tuple[Span, ...]:
    """Return the spans of marked characters, without white space at their ends."""
    spans: list[Span] = []
    start = 0
    for flag, group in groupby(marked):
        end = start + len(list(group))
        if flag and (stretch := text[start:end]).strip():
            lead = len(stretch) - len(stretch.lstrip())
            spans.append((start + lead, start + len(stretch.rstrip())))
        start = end
    return tuple(spans)
