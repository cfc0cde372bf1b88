"""Annotations: a document as labelling tools see it, a text with labelled marks.

A tool holds the text and the marks, which people edit, and carries the rest of the record along
untouched. On the way back the marks win: a clause whose spans are still marked keeps what the
record said of it, with the labels of its mark; a mark of other words becomes a new clause.

The label of a clause's mark is its function, written ``zone:function`` where the function does
not name the zone, or the zone where there is no function. Sub-paragraphs are marked ``item``.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from whereas.document import Clause, Document, Item, Span, Spans, Zone
from whereas.errors import CorpusError, RecordError

ITEM = "item"
CARRIED = "whereas"  # the key under which tools carry the rest of the record
_ZONES: tuple[Zone, ...] = get_args(Zone)
_NUMBER = re.compile(r"(\d{1,3}[.)]|\([^\W_]{1,5}\))\s+")
_PREDICTED = ("score", "scores", "review")


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled stretch of text; ``also`` and ``addressees`` are None if the tool has no say."""

    start: int
    end: int
    label: str
    also: tuple[str, ...] | None = None
    addressees: tuple[str, ...] | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with marks, and what else the record holds.

    ``checked`` says that a person made the marks, so that scores of a model no longer count.
    """

    text: str
    marks: tuple[Mark, ...]
    carried: Mapping[str, Any] = field(default_factory=dict)
    checked: bool = False


def label_of(clause: Clause) -> str:
    """Return the label of a clause's mark."""
    if clause.function is None:
        return clause.zone
    if clause.function.startswith(f"{clause.zone}."):
        return clause.function
    return f"{clause.zone}:{clause.function}"


def parse_label(label: str) -> tuple[Zone | None, str | None]:
    """Return zone and function of a mark's label; no zone where the label does not tell it."""
    for zone in _ZONES:
        if label == zone:
            return zone, None
        if label.startswith(f"{zone}:"):
            return zone, label.removeprefix(f"{zone}:")
        if label.startswith(f"{zone}."):
            return zone, label
    return None, label


def annotate(document: Document) -> Annotated:
    """Return a document as labelling tools see it.

    A document without text, or with clauses that are not placed in it, is laid out anew: its
    clauses one below the other.
    """
    record = json.loads(document.to_json())
    placed = _lay_out(document)
    laid_out = placed is not document
    if not laid_out:
        del record["text"]
    text = placed.text or ""
    marks: list[Mark] = []
    for clause in placed.clauses:
        for start, end in fragments(clause.spans, text):
            marks.append(
                Mark(start, end, label_of(clause), clause.also, clause.addressees, clause.score)
            )
        for item in clause.items:
            marks += [Mark(start, end, ITEM) for start, end in fragments(item.spans, text)]
    return Annotated(text, tuple(marks), {"record": record, "laid_out": laid_out})


def fragments(spans: Spans, text: str) -> list[Span]:
    """Return spans without white space at their ends, those joined between which is only such."""
    joined: list[Span] = []
    for start, end in spans:
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start >= end:
            continue
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _lay_out(document: Document) -> Document:
    """Return the document itself if its clauses are placed in its text, else one that is."""
    if document.text is not None and all(c.spans or not c.text for c in document.clauses):
        return document
    paragraphs: list[str] = []
    size = 0

    def place(part: Clause | Item) -> Spans:
        nonlocal size
        words = f"{part.number} {part.text}" if part.number else part.text
        start = size + 2 if paragraphs else 0
        if not words.strip():
            return ()
        paragraphs.append(words)
        size = start + len(words)
        return ((start, size),)

    clauses = []
    for clause in document.clauses:
        spans = place(clause)
        items = tuple(item.model_copy(update={"spans": place(item)}) for item in clause.items)
        clauses.append(clause.model_copy(update={"spans": spans, "items": items}))
    changed = {"text": "\n\n".join(paragraphs), "clauses": tuple(clauses), "structure": ()}
    return document.model_copy(update=changed)


def restore(annotated: Annotated, where: str, name: str) -> Document:
    """Return the record of an annotated text.

    Args:
        where: the place to name in errors.
        name: the id of a document that the tool did not get from here.

    Raises:
        CorpusError: what was carried along is no record any more.
    """
    text = annotated.text
    record: dict[str, Any] = dict(annotated.carried.get("record") or {"id": name})
    laid_out = bool(annotated.carried.get("laid_out"))
    if not laid_out:
        record["text"] = text
    try:
        before = Document.from_json(json.dumps(record), where)
    except RecordError as error:
        raise CorpusError(f"{error}; it came from {CARRIED!r}, which tools must not edit") from None
    placed = _lay_out(before) if laid_out else before
    if placed.text != text:  # the tool changed the text: what was laid out no longer fits
        record["text"], laid_out = text, False
        placed = before.model_copy(update={"clauses": (), "text": text})
    return _Restored(annotated, placed, record, laid_out).document(where)


class _Restored:
    """The clauses of a record as the marks have them."""

    def __init__(
        self, annotated: Annotated, placed: Document, record: dict[str, Any], laid_out: bool
    ) -> None:
        self.annotated, self.placed = annotated, placed
        self.record, self.laid_out = record, laid_out
        self.marks: dict[Span, list[Mark]] = {}
        self.items: dict[Span, int] = {}
        for mark in annotated.marks:
            for span in fragments(((mark.start, mark.end),), annotated.text):
                if mark.label == ITEM:
                    self.items[span] = self.items.get(span, 0) + 1
                else:
                    self.marks.setdefault(span, []).append(mark)

    def document(self, where: str) -> Document:
        old = self.record.get("clauses", []) if self.placed.clauses else []
        kept = [
            (clause.extent, self._relabelled(dict(own), clause, marks))
            for own, clause in zip(old, self.placed.clauses, strict=True)
            if (marks := self._take(clause.spans)) is not None
        ]
        new = list(self._new())
        if new:
            kept = sorted([*kept, *new], key=lambda each: each[0] or (0, 0))
        clauses = [fields for _, fields in kept]
        self._attach(kept)
        if clauses or "clauses" in self.record:
            self.record["clauses"] = clauses
        return Document.from_json(json.dumps(self.record), where)

    def _take(self, spans: Spans) -> list[Mark] | None:
        """Take the marks of a clause, none if it has no words; return None if one is gone."""
        wanted = fragments(spans, self.annotated.text)
        if not all(self.marks.get(span) for span in wanted):
            return None
        return [self.marks[span].pop(0) for span in wanted]

    def _relabelled(
        self, fields: dict[str, Any], clause: Clause, marks: Sequence[Mark]
    ) -> dict[str, Any]:
        if marks:
            fields |= _labels(marks[0], clause.zone, fields)
        if self.annotated.checked:
            fields = {key: value for key, value in fields.items() if key not in _PREDICTED}
        items = []
        for own, item in zip(fields.get("items", []), clause.items, strict=True):
            wanted = fragments(item.spans, self.annotated.text)
            if all(self.items.get(span) for span in wanted):
                for span in wanted:
                    self.items[span] -= 1
                items.append(own)
        if "items" in fields:
            fields["items"] = items
        return fields

    def _new(self) -> Iterator[tuple[Span, dict[str, Any]]]:
        """Yield a clause for each mark that no clause of the record has."""
        zone: Zone = "operative"
        for span, mark in sorted(
            ((span, mark) for span, marks in self.marks.items() for mark in marks),
            key=lambda each: each[0],
        ):
            zone = parse_label(mark.label)[0] or zone
            yield span, self._part(span, numbered=zone == "operative") | _labels(mark, zone, {})

    def _attach(self, clauses: Sequence[tuple[Span | None, dict[str, Any]]]) -> None:
        """Add the marked sub-paragraphs that the record has not to the clauses before them."""
        for span in sorted(span for span, count in self.items.items() if count):
            before = [own for place, own in clauses if place is not None and place[0] <= span[0]]
            if before:
                before[-1].setdefault("items", []).append(self._part(span, numbered=True))

    def _part(self, span: Span, *, numbered: bool) -> dict[str, Any]:
        words = " ".join(self.annotated.text[slice(*span)].split())
        number = _NUMBER.match(words) if numbered else None
        part: dict[str, Any] = {"number": number[1]} if number else {}
        part["text"] = words[number.end() :] if number else words
        return part if self.laid_out else {**part, "spans": [list(span)]}


def _labels(mark: Mark, zone: Zone, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the labels of a mark; what is the default and was not there stays away."""
    named, function = parse_label(mark.label)
    labels: dict[str, Any] = {"zone": named or zone}
    if function is not None or "function" in before:
        labels["function"] = function
    for name, values in (("also", mark.also), ("addressees", mark.addressees)):
        if values or (values is not None and name in before):
            labels[name] = list(values)
    return labels
