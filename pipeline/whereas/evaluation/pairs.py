"""Pairs of a gold clause and what a system says of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from whereas.document import Clause, Document
from whereas.errors import CorpusError
from whereas.evaluation.matching import HALF, match_clauses


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
        yield from _labelled(place, one, other.clauses)


def _labelled(place: int, gold: Document, found: Sequence[Clause | None]) -> Iterator[Pair]:
    for number, (clause, own) in enumerate(zip(gold.clauses, found, strict=True)):
        if clause.function is not None:
            yield Pair(place, number, clause, own)


def pair_loosely(
    gold: Sequence[Document], others: Sequence[Document]
) -> tuple[list[int], list[Pair]]:
    """Pair gold clauses with predictions of anybody's, whatever their order and segmentation.

    Documents are found by their id (of several with one id, in order). Where a document has
    other clauses than gold, they are matched by the characters they cover in the same text, or
    else by their words.

    Returns:
        The places of the gold documents that were predicted, and the pairs of their clauses,
        whose ``document`` counts among these documents only.
    """
    waiting: dict[str, list[Document]] = defaultdict(list)
    for document in reversed(others):
        waiting[document.id].append(document)
    found = [(n, d, waiting[d.id].pop()) for n, d in enumerate(gold) if waiting[d.id]]
    pairs = [
        pair
        for place, (_, document, other) in enumerate(found)
        for pair in _labelled(place, document, _clauses_for(document, other))
    ]
    return [number for number, _, _ in found], pairs


def _clauses_for(gold: Document, other: Document) -> Sequence[Clause | None]:
    """Return the clause of ``other`` for each gold clause, or None."""
    if len(gold.clauses) == len(other.clauses):
        return other.clauses
    found: list[Clause | None] = [None] * len(gold.clauses)
    if gold.text is not None and gold.text == other.text:
        for match in match_clauses(gold.text, gold.clauses, other.clauses):
            if match.overlap >= HALF:
                found[match.gold] = other.clauses[match.predicted]
        return found
    ours, theirs = ([_words(clause) for clause in each.clauses] for each in (gold, other))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for start, there, size in matcher.get_matching_blocks():
        found[start : start + size] = other.clauses[there : there + size]
    return found


def _words(clause: Clause) -> str:
    return "".join(char for char in clause.full_text.casefold() if char.isalnum())
