"""Slices: the same scores over parts of a corpus, and where they are best and worst."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from whereas.document import Document
from whereas.evaluation.boundaries import WORD
from whereas.evaluation.estimate import (
    FEWEST_DOCUMENTS,
    LEVEL,
    Bootstrap,
    Estimate,
    by_document,
    divide,
)
from whereas.evaluation.functions import label_of
from whereas.evaluation.pairs import Pair

FEWEST = 30  # clauses from which a slice may be called the best or the worst
UNKNOWN = "unknown"
_YEAR = re.compile(r"\d{4}")
_LENGTHS = ((10, "up to 10 words"), (25, "11 to 25 words"), (50, "26 to 50 words"))

Values = Sequence[Sequence[str]]  # of each clause of each document


@dataclass(frozen=True, slots=True)
class Slice:
    """The scores over the clauses that have one ``value``."""

    value: str
    documents: int
    clauses: int
    accuracy: Estimate
    macro_f1: float


@dataclass(frozen=True, slots=True)
class Slicing:
    """A corpus cut up ``by`` some property; ``gap`` says in words how much that matters."""

    by: str
    slices: tuple[Slice, ...]
    gap: str


def slice_scores(
    documents: Sequence[Document],
    pairs: Sequence[Pair],
    bootstrap: Bootstrap,
    further: Mapping[str, Values | str] | None = None,
) -> tuple[Slicing, ...]:
    """Score slices by language, organ, decade, zone and length, and by ``further`` properties.

    Args:
        further: for each property, its value for each clause of each document, or what a system
            would need for it to be known.
    """
    result = []
    for by, value in _OWN.items():
        values = [value(documents[pair.document], pair) for pair in pairs]
        result.append(_slicing(by, values, pairs, bootstrap))
    for by, given in (further or {}).items():
        if isinstance(given, str):
            result.append(Slicing(by, (), f"n/a (needs {given})"))
        else:
            values = [given[pair.document][pair.number] for pair in pairs]
            result.append(_slicing(by, values, pairs, bootstrap))
    return tuple(result)


def _decade(document: Document, _: Pair) -> str:
    year = _YEAR.search(document.adopted or "")
    return f"{year.group()[:3]}0s" if year else UNKNOWN


def _length(_: Document, pair: Pair) -> str:
    words = len(WORD.findall(pair.gold.text))
    return next((name for most, name in _LENGTHS if words <= most), "over 50 words")


_OWN: Mapping[str, Callable[[Document, Pair], str]] = {
    "language": lambda document, _: document.language or UNKNOWN,
    "organ": lambda document, _: document.organ or UNKNOWN,
    "decade": _decade,
    "zone": lambda _, pair: pair.gold.zone,
    "clause length": _length,
}


def _slicing(
    by: str, values: Sequence[str], pairs: Sequence[Pair], bootstrap: Bootstrap
) -> Slicing:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for value, pair in zip(values, pairs, strict=True):
        groups[value].append(pair)
    slices = [_score(value, own, bootstrap) for value, own in groups.items()]
    slices.sort(key=lambda each: (-each.clauses, each.value))
    return Slicing(by, tuple(slices), _gap(slices, groups, bootstrap))


def _counts(pairs: Sequence[Pair], size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return how many clauses of each document are right, and how many there are."""
    places = [pair.document for pair in pairs]
    right = by_document(places, [float(pair.right) for pair in pairs], size)
    return right, by_document(places, [1.0] * len(pairs), size)


def _score(value: str, pairs: Sequence[Pair], bootstrap: Bootstrap) -> Slice:
    from sklearn.metrics import f1_score

    gold = [str(pair.gold.function) for pair in pairs]
    found = [label_of(pair) for pair in pairs]
    return Slice(
        value,
        len({pair.document for pair in pairs}),
        len(pairs),
        bootstrap.ratio(*_counts(pairs, bootstrap.documents), needs="a labelled clause"),
        float(f1_score(gold, found, average="macro", zero_division=0.0)),
    )


def _gap(
    slices: Sequence[Slice], groups: Mapping[str, Sequence[Pair]], bootstrap: Bootstrap
) -> str:
    """Say how far the best and the worst slice are apart, and if that may be chance."""
    if len(slices) == 1:
        return f"all clauses: {slices[0].value}"
    able = [
        each
        for each in slices
        if each.clauses >= FEWEST and each.documents >= FEWEST_DOCUMENTS and each.value != UNKNOWN
    ]
    if len(able) < 2:
        return f"n/a (needs two slices of {FEWEST} clauses in {FEWEST_DOCUMENTS} documents)"
    able.sort(key=lambda each: -(each.accuracy.value or 0))
    best, worst = able[0], able[-1]
    size = bootstrap.documents
    rates = [
        divide(*bootstrap.sums(np.stack(_counts(groups[each.value], size), axis=1)).T)
        for each in (best, worst)
    ]
    gap = 100 * ((best.accuracy.value or 0) - (worst.accuracy.value or 0))
    differences = rates[0] - rates[1]
    differences = 100 * differences[~np.isnan(differences)]
    words = (
        f"{best.value} is best (accuracy {best.accuracy.value:.3f}), {worst.value} worst "
        f"({worst.accuracy.value:.3f}): {gap:.1f} points apart"
    )
    if len(differences) < bootstrap.resamples / 2:
        return f"{words}; too few documents to say if by chance"
    tail = (100 - LEVEL) / 2
    low, high = np.percentile(differences, (tail, 100 - tail))
    shown = f"{LEVEL}% interval {low:.1f} to {high:.1f}"
    return f"{words} ({shown}){'' if low > 0 else '; no difference shown'}"
