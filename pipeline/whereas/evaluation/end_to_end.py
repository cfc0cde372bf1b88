"""Scores end to end: functions of clauses that were found in the text, not given."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from whereas.document import Document
from whereas.evaluation.estimate import Bootstrap, Estimate, divide
from whereas.evaluation.functions import (
    NONE,
    LabelScores,
    resampled_confusion,
    score_labels,
)
from whereas.evaluation.matching import HALF, match_clauses


@dataclass(frozen=True)
class EndToEnd:
    """Scores of clauses found and labelled.

    A predicted clause is right if it shares at least half of its characters with a gold clause
    (Jaccard) and has its function; a gold clause without such a clause is missed, a predicted
    one without a gold clause is spurious. ``precision``, ``recall`` and ``f1`` are
    micro-averaged, ``macro_f1`` is the mean over labels.
    """

    gold: int
    predicted: int
    matched: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    macro_f1: Estimate
    per_label: tuple[LabelScores, ...]


def score_end_to_end(
    gold: Sequence[Document], predicted: Sequence[Document], bootstrap: Bootstrap
) -> EndToEnd:
    """Score labelled segmentations of the same texts; documents without text are left out."""
    rows = [
        (place, truth, guess)
        for place, (one, other) in enumerate(zip(gold, predicted, strict=True))
        if one.text is not None
        for truth, guess in _pairs(one, other)
    ]
    places, truths, guesses = zip(*rows, strict=True) if rows else ((), (), ())
    real = sorted({*truths, *guesses} - {NONE})
    labels = [*real, NONE]
    total, samples = resampled_confusion(truths, guesses, places, labels, bootstrap)
    points, resampled = (_micro(counts) for counts in (total[None], samples))
    needs = ("a predicted clause", "a gold clause", "a clause", "a clause")
    scores = [
        bootstrap.estimate(float(point[0]), own, lacking)
        for point, own, lacking in zip(points, resampled, needs, strict=True)
    ]
    return EndToEnd(
        gold=int(total[:-1].sum()),
        predicted=int(total[:, :-1].sum()),
        matched=int(total[:-1, :-1].sum()),
        precision=scores[0],
        recall=scores[1],
        f1=scores[2],
        macro_f1=scores[3],
        per_label=tuple(
            each
            for each in score_labels(truths, guesses, places, labels, samples, bootstrap)
            if each.label != NONE
        ),
    )


def _micro(counts: np.ndarray) -> list[np.ndarray]:
    """Return micro precision, recall, F1 and macro F1, leaving the last label out."""
    right = np.trace(counts[:, :-1, :-1], axis1=1, axis2=2)
    gold, found = counts[:, :-1].sum(axis=(1, 2)), counts[:, :, :-1].sum(axis=(1, 2))
    hits = np.diagonal(counts, axis1=1, axis2=2)[:, :-1]
    f1 = divide(2 * hits, (counts.sum(axis=1) + counts.sum(axis=2))[:, :-1])
    known = ~np.isnan(f1)
    macro = divide(np.where(known, f1, 0).sum(axis=1), known.sum(axis=1))
    return [divide(right, found), divide(right, gold), divide(2 * right, gold + found), macro]


def _pairs(gold: Document, predicted: Document) -> list[tuple[str, str]]:
    """Return gold and predicted labels; clauses without a gold function are left out."""
    matches = [
        match
        for match in match_clauses(gold.text or "", gold.clauses, predicted.clauses)
        if match.overlap >= HALF
    ]
    found_for = {match.gold: match.predicted for match in matches}
    labels = [clause.function or NONE for clause in predicted.clauses]
    pairs = [
        (clause.function, labels[found_for[number]] if number in found_for else NONE)
        for number, clause in enumerate(gold.clauses)
        if clause.function is not None
    ]
    spurious = set(range(len(labels))) - {*found_for.values()}
    return [*pairs, *((NONE, labels[number]) for number in sorted(spurious))]
