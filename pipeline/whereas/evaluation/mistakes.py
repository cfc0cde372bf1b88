"""Mistakes: every wrong clause with its evidence, and which labels are confused most."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from whereas.classify.explain import Explanation
from whereas.document import Document
from whereas.evaluation.functions import label_of
from whereas.evaluation.pairs import Pair

Explain = Callable[[Document], Sequence[Explanation]]
Progress = Callable[[str, int, int], None]  # is told what is being done, how many of how many
WORST = 10  # confusions that are listed
EXAMPLES = 3  # of each


@dataclass(frozen=True, slots=True)
class Mistake:
    """A clause with a wrong function.

    ``clause`` counts from 1 within the document; ``score`` is that of the predicted function,
    ``gold_score`` that of the right one; ``evidence`` says in words what decided.
    """

    document: str
    clause: int
    zone: str
    text: str
    gold: str
    predicted: str
    score: float | None
    gold_score: float | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confusion:
    """A gold label taken for another, how often, and the clauses where the system was surest."""

    gold: str
    predicted: str
    clauses: int
    share: float  # of the gold label's clauses
    examples: tuple[Mistake, ...]


def find_mistakes(
    documents: Sequence[Document],
    pairs: Sequence[Pair],
    explain: Explain | None = None,
    progress: Progress | None = None,
) -> tuple[Mistake, ...]:
    """Return the wrong clauses in order of the corpus.

    Args:
        explain: gives the evidence for the clauses of a document.
    """
    wrong: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if not pair.right:
            wrong[pair.document].append(pair)
    mistakes = []
    for number, (place, own) in enumerate(wrong.items(), start=1):
        why = explain(documents[place]) if explain else None
        for pair in own:
            evidence = () if why is None else why[pair.number].evidence
            mistakes.append(_mistake(documents[place].id, pair, [each.text for each in evidence]))
        if progress and (number % 50 == 0 or number == len(wrong)):
            progress("explaining mistakes", number, len(wrong))
    return tuple(mistakes)


def _mistake(document: str, pair: Pair, evidence: Sequence[str]) -> Mistake:
    predicted = pair.predicted
    gold = str(pair.gold.function)
    scores = predicted.scores if predicted is not None else None
    return Mistake(
        document,
        pair.number + 1,
        pair.gold.zone,
        pair.gold.full_text,
        gold,
        label_of(pair),
        None if predicted is None else predicted.score,
        None if scores is None else scores.get(gold),
        tuple(evidence),
    )


def worst_confusions(
    mistakes: Sequence[Mistake], pairs: Sequence[Pair], most: int = WORST
) -> tuple[Confusion, ...]:
    """Return the most frequent confusions of one label with another."""
    support: dict[str, int] = defaultdict(int)
    for pair in pairs:
        support[str(pair.gold.function)] += 1
    groups: dict[tuple[str, str], list[Mistake]] = defaultdict(list)
    for mistake in mistakes:
        groups[mistake.gold, mistake.predicted].append(mistake)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(
        Confusion(
            gold,
            predicted,
            len(own),
            len(own) / support[gold],
            tuple(sorted(own, key=lambda each: -(each.score or 0))[:EXAMPLES]),
        )
        for (gold, predicted), own in ranked[:most]
    )
