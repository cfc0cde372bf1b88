"""Prodigy: JSON Lines, one text a line with its ``spans``; further labels are keys of a span."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from whereas.corpus.annotations import CARRIED, Annotated, Mark, annotate, restore
from whereas.corpus.formats import lines
from whereas.document import Document


def dump(documents: Iterable[Document]) -> Iterator[bytes]:
    """Yield a line for each document; clauses with scores are left for a person to accept."""
    for document in documents:
        annotated = annotate(document)
        task: dict[str, Any] = {
            "text": annotated.text,
            "spans": [_span(mark) for mark in annotated.marks],
            "meta": lines.head(annotated),
            CARRIED: annotated.carried,
        }
        if not any(mark.score is not None for mark in annotated.marks):
            task["answer"] = "accept"
        yield lines.json_line(task)


def _span(mark: Mark) -> dict[str, Any]:
    span: dict[str, Any] = {"start": mark.start, "end": mark.end, "label": mark.label}
    if mark.also is not None:
        span["also"] = list(mark.also)
    if mark.addressees is not None:
        span["addressees"] = list(mark.addressees)
    if mark.score is not None:
        span["score"] = mark.score
    return span


def load(data: bytes, source: str) -> Iterator[Document]:
    """Yield the documents of a Prodigy file; what was rejected or ignored, without its spans.

    Raises:
        CorpusError: a line is not as Prodigy writes it.
    """
    for where, task in lines.read_objects(data, source):
        text = lines.as_text(task.get("text"), f"{where}: text")
        answer = task.get("answer")
        spans = lines.as_list(task.get("spans"), f"{where}: spans")
        if answer not in (None, "accept"):
            spans = []
        marks = [_mark(span, text, f"{where}: spans.{n}") for n, span in enumerate(spans)]
        carried = lines.carried(task, CARRIED, where)
        annotated = Annotated(text, tuple(marks), carried, checked=answer is not None)
        yield restore(annotated, where, _name(task, where))


def _mark(span: Any, text: str, where: str) -> Mark:
    span = lines.as_object(span, where)
    mark = lines.as_mark(span.get("start"), span.get("end"), span.get("label"), text, where)
    also, addressees = (
        lines.as_labels(span[key], f"{where}.{key}") if key in span else None
        for key in ("also", "addressees")
    )
    return replace(mark, also=also, addressees=addressees)


def _name(task: dict[str, Any], where: str) -> str:
    meta = task.get("meta")
    return str((meta.get("id") if isinstance(meta, dict) else None) or task.get("id") or where)
