"""Columns: the order in which the parts of a page are read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

T = TypeVar("T")

_GUTTER = 0.8  # least width of the white between columns, in ems
_ROWS = 4  # least number of lines a column has
_SHARE = 0.2  # least width of a column, as a share of that of the text
_STEPS = 24  # places that are tried for a gutter


@dataclass(frozen=True)
class Cell(Generic[T]):
    """A stretch of a row without wide white space in it; ``row`` counts down the page."""

    row: int
    x0: float
    x1: float
    content: T


def in_columns(cells: Sequence[Cell[T]], em: float, rtl: bool) -> list[list[Cell[T]]]:
    """Group ``cells`` into columns, in reading order; each column's cells go down, then across.

    Args:
        em: the size of the main type.
        rtl: whether the right column is read first.
    """
    cells = sorted(cells, key=lambda cell: (cell.row, -cell.x1 if rtl else cell.x0))
    found = _widest_run(cells, em)
    if found is None:
        return [list(cells)] if cells else []
    first, last, gutter = found
    inside = [cell for cell in cells if first <= cell.row <= last]
    left = [cell for cell in inside if cell.x1 <= gutter]
    right = [cell for cell in inside if cell.x0 >= gutter]
    before = [cell for cell in cells if cell.row < first]
    after = [cell for cell in cells if cell.row > last]
    halves = (right, left) if rtl else (left, right)
    return [column for part in (before, *halves, after) for column in in_columns(part, em, rtl)]


def _widest_run(cells: Sequence[Cell[T]], em: float) -> tuple[int, int, float] | None:
    """Return the longest run of rows that one gutter divides, as (first row, last row, gutter)."""
    if len(cells) < 2 * _ROWS:
        return None
    width = max(cell.x1 for cell in cells) - min(cell.x0 for cell in cells)
    best, most = None, 0
    for gutter in _candidates(cells, em):
        for crossed, rows in groupby(
            (list(row) for _, row in groupby(cells, key=lambda cell: cell.row)),
            key=lambda row: any(cell.x0 < gutter < cell.x1 for cell in row),
        ):
            run = [cell for row in rows for cell in row]
            if not crossed and len(run) > most and _is_divided(run, gutter, width, em):
                best, most = (run[0].row, run[-1].row, gutter), len(run)
    return best


def _candidates(cells: Sequence[Cell[T]], em: float) -> list[float]:
    """Return the places where most cells start: just left of each may be a gutter."""
    starts = Counter(round(cell.x0 / (em / 2)) for cell in cells)
    return [step * (em / 2) - em / 2 for step, _ in starts.most_common(_STEPS)]


def _is_divided(run: Sequence[Cell[T]], gutter: float, width: float, em: float) -> bool:
    left = [cell for cell in run if cell.x1 <= gutter]
    right = [cell for cell in run if cell.x0 >= gutter]
    for side in (left, right):
        if len({cell.row for cell in side}) < _ROWS:
            return False
        if max(cell.x1 for cell in side) - min(cell.x0 for cell in side) < _SHARE * width:
            return False
    white = min(cell.x0 for cell in right) - max(cell.x1 for cell in left)
    return white >= _GUTTER * em
