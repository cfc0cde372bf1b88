"""A table with one row a clause, as CSV that a spreadsheet can open safely."""

import csv
import io
from collections.abc import Iterable

from whereas.document import Clause, Document

COLUMNS = (
    *("document", "symbol", "language", "organ", "adopted", "title", "clause", "zone", "number"),
    *("opening", "function", "also", "addressees", "score", "review", "text"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BETWEEN = "; "


def _line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_safe(cell) for cell in cells])
    return line.getvalue()


def _safe(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str):
        cell = cell.replace("\0", "")
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return cell


HEADER = _line(COLUMNS)


def write(document: Document) -> str:
    """Return the rows of a document's clauses; a clause's text includes its items."""
    facts = (
        *(document.id, document.symbol, document.language),
        *(document.organ, document.adopted, document.title),
    )
    return "".join(
        _line((*facts, number, *_cells(clause)))
        for number, clause in enumerate(document.clauses, start=1)
    )


def _cells(clause: Clause) -> tuple[object, ...]:
    return (
        clause.zone,
        clause.number,
        clause.opening,
        clause.function,
        _BETWEEN.join(clause.also),
        _BETWEEN.join(clause.addressees),
        None if clause.score is None else round(clause.score, 4),
        None if clause.review is None else "yes" if clause.review else "no",
        clause.full_text,
    )
