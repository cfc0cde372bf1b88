"""What a page shows of a document, in order, with names and colours for its functions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from whereas.document import Clause, Document, Item, Kind, Spans
from whereas.labels import load_scheme

_FIRST_HUE = {"preambular": 205.0, "operative": 25.0}
_SCORES = 6  # most functions whose scores are shown
_MARK = 4  # most characters of a footnote mark
_RTL = ("ar", "fa", "he", "ur")
_SHOWN: tuple[Kind, ...] = ("formula", "heading", "adoption", "annex", "other")


@dataclass(frozen=True, slots=True)
class Name:
    """How a function is called and coloured; ``hue`` is in degrees."""

    label: str
    title: str
    zone: str
    definition: str
    hue: int


@dataclass(frozen=True, slots=True)
class Score:
    """A function's share of the whole, in per cent."""

    title: str
    percent: float


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause; ``opening`` and ``rest`` make up its text."""

    zone: str
    number: str
    opening: str
    rest: str
    items: tuple[Item, ...]
    name: Name
    also: tuple[Name, ...]
    addressees: tuple[str, ...]
    percent: float | None
    scores: tuple[Score, ...]
    review: bool


@dataclass(frozen=True, slots=True)
class Block:
    """What stands in one place of the page: a clause, or words of a region of some kind."""

    kind: Literal["clause"] | Kind
    clause: ClauseView | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page shows; ``legend`` counts the clauses of each function."""

    title: str
    symbol: str
    facts: tuple[str, ...]
    language: str
    rtl: bool
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    legend: tuple[tuple[Name, int], ...]
    clauses: int
    review: int


def view_of(document: Document) -> Page:
    """Arrange a document as a page."""
    clauses = [_clause(clause) for clause in document.clauses]
    counts = Counter(clause.name for clause in clauses)
    symbol = document.symbol or document.id
    return Page(
        title=document.title or symbol,
        symbol=symbol,
        facts=tuple(fact for fact in (document.organ, document.adopted) if fact),
        language=document.language or "",
        rtl=document.language in _RTL,
        blocks=tuple(_blocks(document, clauses)),
        notes=tuple(_notes(document)),
        legend=tuple(counts.most_common()),
        clauses=len(clauses),
        review=sum(clause.review for clause in clauses),
    )


def _blocks(document: Document, clauses: Sequence[ClauseView]) -> Iterator[Block]:
    """Yield clauses and regions in the order of the text; without places, the clauses."""
    placed: list[tuple[int, int, Block]] = []
    at = 0
    for order, (clause, view) in enumerate(zip(document.clauses, clauses, strict=True)):
        at = clause.extent[0] if clause.extent else at
        placed.append((at, order, Block("clause", clause=view)))
    placed += [
        (region.spans[0][0], -1, Block(region.kind, words=words))
        for region in document.structure
        if region.kind in _SHOWN and (words := _words(document, region.spans))
    ]
    return (block for _, _, block in sorted(placed, key=lambda entry: entry[:2]))


def _notes(document: Document) -> Iterator[str]:
    for region in document.structure:
        words = _words(document, region.spans) if region.kind == "footnote" else ""
        if len(words) > _MARK:
            yield words


def _words(document: Document, spans: Spans) -> str:
    """Return the words of a region, its paragraphs divided by empty lines."""
    if document.text is None:
        return ""
    text = "\n\n".join(document.text[start:end] for start, end in spans)
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n\n".join(part for part in paragraphs if part)


def _clause(clause: Clause) -> ClauseView:
    opening = clause.opening or ""
    if not clause.text.startswith(opening):
        opening = ""
    scores = sorted((clause.scores or {}).items(), key=lambda entry: -entry[1])
    return ClauseView(
        zone=clause.zone,
        number=clause.number or "",
        opening=opening,
        rest=clause.text[len(opening) :],
        items=clause.items,
        name=name_of(clause.function, clause.zone),
        also=tuple(name_of(label, clause.zone) for label in clause.also),
        addressees=tuple(_addressee(label) for label in clause.addressees),
        percent=None if clause.score is None else _percent(clause.score),
        scores=tuple(
            Score(name_of(label, clause.zone).title, _percent(score))
            for label, score in scores[:_SCORES]
        ),
        review=bool(clause.review),
    )


def _percent(score: float) -> float:
    return round(100 * score, 1)


@cache
def name_of(label: str | None, zone: str) -> Name:
    """Return how a function is shown; a scheme of the user's own is named by its labels."""
    if label is None:
        return Name(zone, f"{zone.capitalize()} clause", zone, "", round(_FIRST_HUE[zone]))
    prefix, dot, own = label.partition(".")
    known = load_scheme()
    labels = [one for one in known.function_labels if one.startswith(f"{prefix}.")]
    if label in labels:
        hue = round(_FIRST_HUE[prefix] + 360 * labels.index(label) / len(labels)) % 360
    else:
        hue = sum(label.encode()) * 7 % 360
    for function in known.functions:
        if function.label == label:
            return Name(label, function.title, zone, function.definition, hue)
    title = (own if dot else prefix).replace("_", " ").capitalize()
    return Name(label, title, zone, "", hue)


@cache
def _addressee(label: str) -> str:
    known = {one.label: one.title for one in load_scheme().addressees}
    return known.get(label) or label.replace("_", " ").capitalize()
