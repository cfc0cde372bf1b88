"""JSON as tools write it: read with errors that name the place and what was expected."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from whereas.corpus.annotations import Annotated, Mark
from whereas.errors import CorpusError


def json_line(record: Mapping[str, Any]) -> bytes:
    """Return a record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False).encode("utf-8") + b"\n"


def read_objects(data: bytes, source: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of a JSON Lines file, each with its place.

    Raises:
        CorpusError: a line is not a JSON object.
    """
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield f"{source}:{number}", as_object(parse(line, f"{source}:{number}"), source)


def parse(data: bytes, where: str) -> Any:
    """Return what a piece of JSON says, or raise CorpusError."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{where}: not JSON ({error})") from None


def as_object(value: Any, where: str) -> dict[str, Any]:
    """Return an object as it is, or raise CorpusError."""
    if not isinstance(value, dict):
        raise CorpusError(f"{where}: expected an object {{...}}, found {_shown(value)}")
    return value


def as_list(value: Any, where: str) -> list[Any]:
    """Return a list as it is, nothing as an empty one, or raise CorpusError."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise CorpusError(f"{where}: expected a list [...], found {_shown(value)}")
    return value


def as_text(value: Any, where: str) -> str:
    """Return a string as it is, or raise CorpusError."""
    if not isinstance(value, str):
        raise CorpusError(f"{where}: expected a string, found {_shown(value)}")
    return value


def as_labels(value: Any, where: str) -> tuple[str, ...]:
    """Return a list of strings as a tuple, or raise CorpusError."""
    return tuple(as_text(each, where) for each in as_list(value, where))


def as_mark(start: Any, end: Any, label: Any, text: str, where: str) -> Mark:
    """Return a mark, or raise CorpusError where it does not lie in the text."""
    if not (type(start) is int and type(end) is int and 0 <= start <= end <= len(text)):
        raise CorpusError(
            f"{where}: span [{start!r}, {end!r}] does not lie in the text "
            f"({len(text)} characters); expected 0 <= start <= end <= {len(text)}"
        )
    return Mark(start, end, as_text(label, where))


def carried(record: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    """Return what a tool carried along under a key; nothing if it did not."""
    value = record.get(key)
    if isinstance(value, str):  # some tools turn objects into strings
        value = parse(value.encode("utf-8"), f"{where}: {key}")
    return {} if value is None else as_object(value, f"{where}: {key}")


def head(annotated: Annotated) -> dict[str, Any]:
    """Return what a person wants to see of a document beside its text."""
    record = annotated.carried["record"]
    wanted = ("id", "symbol", "language", "organ", "adopted", "title")
    return {key: record[key] for key in wanted if record.get(key) is not None}


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
