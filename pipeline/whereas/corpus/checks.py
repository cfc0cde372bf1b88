"""Checks of one document: labels, spans, text and order. Each yields fields and messages."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import get_args

from whereas.document import Clause, Document, Item, Region, Span, Spans, Zone
from whereas.labels import Scheme

Fault = tuple[str, str]

_ZONES = get_args(Zone)
_MOST_ADDRESSEES = 3
_NUMBER = re.compile(r"\s*+(\d+)\s*+[.、)．٫]?\s*+")
_TATWEEL = "\u0640"
_EDGE = 40  # letters of a clause, at either end, that must be found in an unmarked text


def check_document(
    document: Document, scheme: Scheme, numbers: Sequence[int] | None = None
) -> Iterator[Fault]:
    """Yield the faults of a well-formed record.

    Args:
        numbers: what number each clause has in the record, if some were left out.
    """
    numbers = range(len(document.clauses)) if numbers is None else numbers
    named = [(f"clauses.{n}", clause) for n, clause in zip(numbers, document.clauses, strict=True)]
    labelled = any(clause.function for _, clause in named)
    for place, clause in named:
        yield from _label_faults(place, clause, scheme, labelled)
        yield from _text_faults(place, clause, document.text)
    yield from _span_faults(document, named)
    yield from _order_faults(named)


def spans_of(part: Clause | Item | Region) -> Spans:
    """Return where a part is; the key ``span`` of older records counts if ``spans`` is empty."""
    if part.spans:
        return part.spans
    match (part.model_extra or {}).get("span"):
        case [int(start), int(end)] if 0 <= start < end:
            return ((start, end),)
    return ()


def _label_faults(place: str, clause: Clause, scheme: Scheme, labelled: bool) -> Iterator[Fault]:
    functions = scheme.function_labels
    own = [] if clause.function is None else [(f"{place}.function", clause.function)]
    own += [(f"{place}.also.{n}", label) for n, label in enumerate(clause.also)]
    for where, label in own:
        zone = label.partition(".")[0]
        if label not in functions:
            yield where, _unknown(label, functions)
        elif zone in _ZONES and zone != clause.zone:
            yield where, f"{label!r} does not fit the zone, {clause.zone!r}"
    for label in dict.fromkeys(label for label in clause.also if clause.also.count(label) > 1):
        yield f"{place}.also", f"{label!r} stands there more than once"
    if clause.function is not None and clause.function in clause.also:
        yield f"{place}.also", f"repeats the function, {clause.function!r}"
    for number, label in enumerate(clause.addressees):
        if label not in scheme.addressee_labels:
            yield f"{place}.addressees.{number}", _unknown(label, scheme.addressee_labels)
        elif label in clause.addressees[:number]:
            yield f"{place}.addressees.{number}", f"{label!r} stands there more than once"
    if len(clause.addressees) > _MOST_ADDRESSEES:
        yield f"{place}.addressees", f"{len(clause.addressees)} given; at most 3 are allowed"
    if clause.function is None:
        if labelled or clause.also or clause.addressees:
            yield f"{place}.function", f"missing; expected one of {sorted(functions)}"
    elif clause.addressees and not {clause.function, *clause.also} & scheme.directive:
        yield (
            f"{place}.addressees",
            f"given, but {clause.function!r} asks nobody to act; "
            f"functions with addressees are {sorted(scheme.directive)}",
        )
    for label in clause.scores or ():
        if label not in functions:
            yield f"{place}.scores", _unknown(label, functions)


def _unknown(label: str, known: Collection[str]) -> str:
    return f"unknown label {label!r}; expected one of {sorted(known)}"


def _text_faults(place: str, clause: Clause, text: str | None) -> Iterator[Fault]:
    """Check that each part of a clause says something, and that the source says it."""
    if not clause.text.strip() and not clause.items:
        yield f"{place}.text", "is empty"
    if clause.opening and clause.opening.casefold() not in clause.text.casefold():
        yield f"{place}.opening", f"{clause.opening!r} is not in the clause's text"
    parts: list[tuple[str, Clause | Item]] = [(place, clause)]
    parts += [(f"{place}.items.{n}", item) for n, item in enumerate(clause.items)]
    for where, part in parts:
        if part is not clause and not part.text.strip():
            yield f"{where}.text", "is empty"
        if text is not None and not _is_found(part, text):
            places = " ".join(f"[{start}, {end}]" for start, end in spans_of(part))
            found = f"at {places} of the document's text" if places else "in the document's text"
            yield f"{where}.text", f"these words do not stand {found}"


def _is_found(part: Clause | Item, text: str) -> bool:
    words = _letters(part.text)
    if spans := spans_of(part):
        quoted = " ".join(text[start:end] for start, end in spans)
        found = _letters(quoted)
        numbered = _letters(part.number or "") + words
        digits = iter(char for char in quoted if char.isdigit())
        same_digits = all(char in digits for char in part.text if char.isdigit())
        return found in (words, numbered) and same_digits
    whole = _letters(text)
    return words in whole or (words[:_EDGE] in whole and words[-_EDGE:] in whole)


def _letters(text: str) -> str:
    """Return the letters of a text, folded, without the strokes that stretch Arabic words."""
    folded = unicodedata.normalize("NFKC", text).replace(_TATWEEL, "")
    return "".join(filter(str.isalpha, folded)).casefold()


def _span_faults(document: Document, named: Sequence[tuple[str, Clause]]) -> Iterator[Fault]:
    """Check that spans are inside the text, in the order of the clauses, and disjoint."""
    placed: list[tuple[Span, str]] = []
    for number, region in enumerate(document.structure):
        placed += [(span, f"structure.{number}") for span in spans_of(region)]
    last, last_place = -1, ""
    for place, clause in named:
        own = spans_of(clause)
        placed += [(span, place) for span in own]
        for number, item in enumerate(clause.items if clause.spans else ()):
            placed += [(span, f"{place}.items.{number}") for span in item.spans]
        if own:
            if own[0][0] < last:
                yield f"{place}.spans", f"starts at {own[0][0]}, before {last_place} at {last}"
            last, last_place = own[0][0], place
        starts = [spans[0][0] for item in clause.items if (spans := spans_of(item))]
        if starts != sorted(starts):
            yield f"{place}.items", "their spans are not in the order of the text"
    size = None if document.text is None else len(document.text)
    placed.sort()
    for number, ((start, end), place) in enumerate(placed):
        if size is not None and end > size:
            yield f"{place}.spans", f"[{start}, {end}] ends after the text ({size} characters)"
        if number and start < (before := placed[number - 1])[0][1]:
            yield (
                f"{place}.spans",
                f"[{start}, {end}] overlaps [{before[0][0]}, {before[0][1]}] of {before[1]}",
            )


def _order_faults(named: Sequence[tuple[str, Clause]]) -> Iterator[Fault]:
    """Check that operative clauses follow the preamble, with numbers that go up.

    Numbers may start anew with 1: so they do in each part of a text that has several.
    """
    last: int | None = None
    preamble: str | None = None  # the preambular clause since the last operative number
    for place, clause in named:
        if clause.zone == "preambular":
            preamble = place
        elif clause.number and (found := _NUMBER.fullmatch(clause.number)):
            number = int(found[1])
            if last is not None and number != 1:
                if number <= last:
                    yield f"{place}.number", f"{clause.number!r} comes after {last}"
                elif preamble is not None and number == last + 1:
                    yield f"{preamble}.zone", "a preambular clause between operative ones"
            last, preamble = number, None
    if last is not None and preamble is not None:
        yield f"{preamble}.zone", "a preambular clause after the operative ones"
