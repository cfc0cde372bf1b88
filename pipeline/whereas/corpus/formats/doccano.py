"""doccano: JSON Lines, one text a line with ``label``: start, end and label of each mark.

A mark holds one label, so further acts and addressees are marks of their own over the same
words, written ``+function`` and ``>addressee``; the project must allow overlapping spans.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from whereas.corpus.annotations import CARRIED, ITEM, Annotated, Mark, annotate, restore
from whereas.corpus.formats import lines
from whereas.document import Document

_ALSO, _TO = "+", ">"


def dump(documents: Iterable[Document]) -> Iterator[bytes]:
    """Yield a line for each document."""
    for document in documents:
        annotated = annotate(document)
        labels = [label for mark in annotated.marks for label in _labels(mark)]
        head = lines.head(annotated)
        name = head.pop("id")
        yield lines.json_line(
            {
                "id": name,
                "text": annotated.text,
                "label": labels,
                **head,
                CARRIED: annotated.carried,
            }
        )


def _labels(mark: Mark) -> Iterator[tuple[int, int, str]]:
    yield mark.start, mark.end, mark.label
    for label in mark.also or ():
        yield mark.start, mark.end, f"{_ALSO}{label}"
    for label in mark.addressees or ():
        yield mark.start, mark.end, f"{_TO}{label}"


def load(data: bytes, source: str) -> Iterator[Document]:
    """Yield the documents of a doccano file, with ``label``, ``labels`` or ``entities``.

    Raises:
        CorpusError: a line is not as doccano writes it.
    """
    for where, task in lines.read_objects(data, source):
        text = lines.as_text(task.get("text", task.get("data")), f"{where}: text")
        key = next((key for key in ("label", "labels", "entities") if key in task), "label")
        found = lines.as_list(task.get(key), f"{where}: {key}")
        marks = [_mark(each, text, f"{where}: {key}.{n}") for n, each in enumerate(found)]
        carried = _carried(task, where)
        yield restore(
            Annotated(text, tuple(_gathered(marks)), carried), where, str(task.get("id", where))
        )


def _mark(entry: Any, text: str, where: str) -> Mark:
    if isinstance(entry, dict):
        start, end = entry.get("start_offset"), entry.get("end_offset")
        return lines.as_mark(start, end, entry.get("label"), text, where)
    start, end, label = (*lines.as_list(entry, where), None, None, None)[:3]
    return lines.as_mark(start, end, label, text, where)


def _gathered(marks: list[Mark]) -> list[Mark]:
    """Give each clause's mark the further acts and addressees over the same words."""
    gathered: list[Mark] = []
    last: dict[tuple[int, int], int] = {}
    later: list[Mark] = []
    for mark in marks:
        if mark.label.startswith((_ALSO, _TO)):
            later.append(mark)
            place = last.get((mark.start, mark.end))
            if place is not None:
                gathered[place] = _with(gathered[place], mark.label)
                later.pop()
            continue
        if mark.label != ITEM:
            mark = replace(mark, also=(), addressees=())
            last[mark.start, mark.end] = len(gathered)
        gathered.append(mark)
    for mark in later:  # listed before the mark that they belong to
        place = last.get((mark.start, mark.end))
        if place is not None:
            gathered[place] = _with(gathered[place], mark.label)
    return gathered


def _with(mark: Mark, label: str) -> Mark:
    if label.startswith(_ALSO):
        return replace(mark, also=(*(mark.also or ()), label[1:]))
    return replace(mark, addressees=(*(mark.addressees or ()), label[1:]))


def _carried(task: dict[str, Any], where: str) -> dict[str, Any]:
    meta = task.get("meta")  # older versions gather there what they do not know
    if CARRIED not in task and isinstance(meta, dict):
        return lines.carried(meta, CARRIED, where)
    return lines.carried(task, CARRIED, where)
