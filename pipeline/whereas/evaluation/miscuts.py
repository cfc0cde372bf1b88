"""Miscuts: the clauses that segmentation missed, made up, cut elsewhere or put in a wrong zone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from whereas.document import Clause, Document
from whereas.evaluation.matching import HALF, match_clauses

Kind = Literal["missed", "made up", "cut elsewhere", "wrong zone"]


@dataclass(frozen=True, slots=True)
class Miscut:
    """A difference between gold and found clauses.

    ``gold`` and ``found`` are the words of both, or None where there is no such clause; ``clause``
    is the number of the gold clause, or else of the found one, counted from 1; ``overlap`` is
    the share of characters that both have.
    """

    document: str
    kind: Kind
    clause: int
    gold: str | None
    found: str | None
    overlap: float


def find_miscuts(gold: Sequence[Document], predicted: Sequence[Document]) -> tuple[Miscut, ...]:
    """Return the miscuts of each document that has text, in order."""
    return tuple(
        miscut
        for one, other in zip(gold, predicted, strict=True)
        if one.text is not None
        for miscut in _miscuts(one.id, one.text, one.clauses, other.clauses)
    )


def _miscuts(
    document: str, text: str, gold: Sequence[Clause], found: Sequence[Clause]
) -> Iterator[Miscut]:
    matches = {m.gold: m for m in match_clauses(text, gold, found) if m.overlap >= HALF}
    for number, clause in enumerate(gold):
        match = matches.get(number)
        if match is None:
            yield Miscut(document, "missed", number + 1, clause.full_text, None, 0.0)
            continue
        own = found[match.predicted]
        kind: Kind | None = "cut elsewhere" if match.overlap < 1 else None
        if own.zone != clause.zone:
            kind = "wrong zone"
        if kind is not None:
            texts = clause.full_text, own.full_text
            yield Miscut(document, kind, number + 1, *texts, match.overlap)
    matched = {match.predicted for match in matches.values()}
    for number, clause in enumerate(found):
        if number not in matched:
            yield Miscut(document, "made up", number + 1, None, clause.full_text, 0.0)
