"""CSV: a table with a row for each document, clause and sub-paragraph, to edit in a spreadsheet.

``part`` says which; the row of a document has what all its clauses share, and its text. What has
no column of its own is JSON in ``extra``. Tables from elsewhere need a column ``text`` and may
have any of the others; a row without ``part`` is a clause, rows with one ``id`` a document.
"""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from whereas.document import Document
from whereas.errors import CorpusError

_SHARED = ("id", "symbol", "language", "organ", "adopted", "title", "source")
_WORDS = ("zone", "number", "opening", "text", "function")
_LISTS = ("also", "addressees")
_VALUES = ("level", "score", "review", "spans")
COLUMNS = (*_SHARED, "part", *_WORDS, *_LISTS, *_VALUES, "extra")
_PARTS = ("document", "clause", "item")


def dump(documents: Iterable[Document]) -> Iterator[bytes]:
    """Yield the table, with a byte order mark, by which spreadsheets know that it is UTF-8.

    Words under further keys of clauses, such as ``eId``, get columns of their own.
    """
    records = [json.loads(document.to_json()) for document in documents]
    more = _further(records)
    columns = (*COLUMNS, *more)

    def line(cells: Mapping[str, str]) -> bytes:
        sheet = io.StringIO(newline="")
        csv.DictWriter(sheet, columns, lineterminator="\r\n").writerow(cells)
        return sheet.getvalue().encode("utf-8")

    yield b"\xef\xbb\xbf" + line(dict(zip(columns, columns, strict=True)))
    for record in records:
        clauses = record.pop("clauses", None)
        if clauses == []:
            record["clauses"] = []
        yield line(_row("document", record, _SHARED))
        shared = {"id": record["id"]}
        for clause in clauses or ():
            items = clause.pop("items", None)
            if items == []:
                clause["items"] = []
            yield line(shared | _row("clause", clause, more))
            for item in items or ():
                yield line(shared | _row("item", item, more))


def _further(records: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the keys of clauses that have no column yet and hold words."""
    keys = {
        key: None
        for record in records
        for clause in record.get("clauses", ())
        for key, value in clause.items()
        if key not in COLUMNS and isinstance(value, str) and key
    }
    return tuple(keys)


def _row(part: str, record: Mapping[str, Any], more: tuple[str, ...]) -> dict[str, str]:
    """Return the cells of a part; what a cell cannot tell goes into ``extra``.

    Args:
        more: columns, beside those of all parts, that it may use.
    """
    cells = {"part": part}
    extra = {}
    for key, value in record.items():
        cell = _cell(key, value) if key in (*more, *_WORDS, *_LISTS, *_VALUES) else None
        if cell and _value(key, cell) == value:
            cells[key] = cell
        else:
            extra[key] = value
    if extra:
        cells["extra"] = json.dumps(extra, ensure_ascii=False)
    return cells


def _cell(key: str, value: Any) -> str | None:
    """Return how a value is shown; None if it cannot be."""
    if key in _VALUES:
        return json.dumps(value)
    if key in _LISTS and isinstance(value, list):
        return "; ".join(map(str, value))
    return value if isinstance(value, str) else None


def _value(key: str, cell: str) -> Any:
    """Return what a cell says."""
    if key in _VALUES:
        return json.loads(cell.lower() if key == "review" else cell)
    if key in _LISTS:
        return [label for each in cell.split(";") if (label := each.strip())]
    return cell


def load(data: bytes, source: str) -> Iterator[Document]:
    """Yield the documents of a table, with commas, semicolons or tabs.

    Raises:
        CorpusError: it is no such table.
        RecordError: a document of it breaks the record format.
    """
    record: dict[str, Any] | None = None
    where = source
    for place, row in _rows(data, source):
        part = row.pop("part", "") or "clause"
        if part not in _PARTS:
            raise CorpusError(f"{place}: part: {part!r} is not one of {', '.join(_PARTS)}")
        name = row.get("id") or (place if record is None or part == "document" else record["id"])
        if part == "document" or record is None or name != record["id"]:
            if record is not None:
                yield _document(record, where)
            shared = {key: row[key] for key in _SHARED if row.get(key)}
            record, where = {"id": name, **shared}, place
        if part == "document":
            record |= _read(row, place, shared=True)
            continue
        fields = _read({key: cell for key, cell in row.items() if key not in _SHARED}, place)
        clauses = record.setdefault("clauses", [])
        if part == "clause":
            clauses.append({"zone": "operative", **_named_zone(fields), "text": "", **fields})
        elif clauses:
            clauses[-1].setdefault("items", []).append({"text": "", **fields})
        else:
            raise CorpusError(f"{place}: an item before any clause of {name}")
    if record is not None:
        yield _document(record, where)


def _rows(data: bytes, source: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows with their places, by column; cells beyond the columns are left out."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{source}: not UTF-8 text ({error.reason}); save it as UTF-8") from None
    head = text.split("\n", 1)[0]
    limit = csv.field_size_limit(sys.maxsize)
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True
        )
        rows = [(reader.line_num, row) for row in reader if any(row)]
    except csv.Error as error:
        raise CorpusError(f"{source}: not a table ({error})") from None
    finally:
        csv.field_size_limit(limit)
    columns = rows[0][1] if rows else []
    if "text" not in columns:
        raise CorpusError(f"{source}: has no column 'text'; columns may be {', '.join(COLUMNS)}")
    for number, row in rows[1:]:
        yield f"{source}:{number}", dict(zip(columns, row, strict=False))


def _read(row: Mapping[str, str], where: str, *, shared: bool = False) -> dict[str, Any]:
    """Return the fields of a row; columns that are not ours are kept as they are."""
    fields: dict[str, Any] = {}
    for key, cell in row.items():
        if key == "extra":
            try:
                extra = json.loads(cell or "{}")
            except ValueError as error:
                raise CorpusError(f"{where}: extra: not JSON ({error})") from None
            if not isinstance(extra, dict):
                raise CorpusError(f"{where}: extra: expected an object {{...}}")
            fields = extra | fields
        elif cell:
            try:
                fields[key] = _value(key, cell)
            except ValueError:
                raise CorpusError(f"{where}: {key}: {cell!r} is not JSON") from None
    return fields


def _named_zone(fields: Mapping[str, Any]) -> dict[str, str]:
    zone = str(fields.get("function", "")).partition(".")[0]
    return {"zone": zone} if zone in ("preambular", "operative") else {}


def _document(record: Mapping[str, Any], where: str) -> Document:
    return Document.from_json(json.dumps(record), where)
