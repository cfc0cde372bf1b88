"""Pairs of a gold clause and what a system says of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whereas.document import Clause, Document
from whereas.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold clause and the prediction for it; None where the system gave no such clause.

    ``document`` and ``number`` count from 0: the place of the document among the gold documents
    and of the clause in it.
    """

    document: int
    number: int
    gold: Clause
    predicted: Clause | None

    @property
    def right(self) -> bool:
        """Whether the predicted function is the gold one."""
        return self.predicted is not None and self.predicted.function == self.gold.function


def pair_up(gold: Sequence[Document], predicted: Sequence[Document]) -> list[Pair]:
    """Pair the clauses that have a gold function with the predictions for the same clauses.

    Raises:
        CorpusError: the documents or their clauses are not the same, in the same order.
    """
    return list(_pairs(gold, predicted))


def _pairs(gold: Sequence[Document], predicted: Sequence[Document]) -> Iterator[Pair]:
    if len(gold) != len(predicted):
        raise CorpusError(f"{len(gold)} gold documents, but predictions of {len(predicted)}")
    for place, (one, other) in enumerate(zip(gold, predicted, strict=True)):
        if (one.id, len(one.clauses)) != (other.id, len(other.clauses)):
            raise CorpusError(
                f"{one.id}: {len(one.clauses)} gold clauses, but the prediction in its place "
                f"is of {other.id} with {len(other.clauses)}"
            )
        for number, (clause, found) in enumerate(zip(one.clauses, other.clauses, strict=True)):
            if clause.function is not None:
                yield Pair(place, number, clause, found)
