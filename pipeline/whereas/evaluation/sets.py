"""Scores of labels of which a clause may have any number: further acts, addressees."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from whereas.document import Clause
from whereas.evaluation.estimate import Array, Bootstrap, Estimate, by_document, divide
from whereas.evaluation.functions import LabelScores
from whereas.evaluation.pairs import Pair

Field = Literal["also", "addressees"]


@dataclass(frozen=True)
class SetScores:
    """Scores of a field of sets.

    ``set_accuracy`` is the share of clauses whose set is right as a whole; ``set_accuracy_used``
    is the same over the clauses that have such a label in gold or in the prediction, since most
    have none. ``first_accuracy`` is the share of clauses with such a label in gold whose first
    one is right.
    """

    micro_precision: Estimate
    micro_recall: Estimate
    micro_f1: Estimate
    macro_f1: Estimate
    set_accuracy: Estimate
    set_accuracy_used: Estimate
    first_accuracy: Estimate
    per_label: tuple[LabelScores, ...]


def labels_in(clause: Clause | None, field: Field) -> tuple[str, ...]:
    """Return the labels of a field; none where there is no clause."""
    return () if clause is None else getattr(clause, field)


def score_sets(pairs: Sequence[Pair], field: Field, bootstrap: Bootstrap) -> SetScores:
    """Score further acts or addressees, micro- and macro-averaged as scikit-learn does."""
    gold = [labels_in(pair.gold, field) for pair in pairs]
    found = [labels_in(pair.predicted, field) for pair in pairs]
    labels = sorted({label for each in (*gold, *found) for label in each})
    places = [pair.document for pair in pairs]
    size = bootstrap.documents
    truth, guess = (_indicators(each, labels) for each in (gold, found))
    both = np.stack([truth * guess, truth, guess])  # hits, gold, predicted
    counts = np.zeros((size, 3 * len(labels)))
    np.add.at(counts, places, both.transpose(1, 0, 2).reshape(len(pairs), 3 * len(labels)))
    samples = bootstrap.sums(counts)
    samples = samples.reshape(len(samples), 3, len(labels))
    same = (truth == guess).all(axis=1)
    used = np.array([bool(a or b) for a, b in zip(gold, found, strict=True)])
    first = np.array([bool(a) and a[:1] == b[:1] for a, b in zip(gold, found, strict=True)])
    given = np.array([bool(each) for each in gold])
    needs = f"a clause with {'a further act' if field == 'also' else 'an addressee'}"

    def share(parts: Array, wholes: Array, needs: str) -> Estimate:
        wholes = wholes.astype(np.float64)
        right = by_document(places, parts * wholes, size)
        return bootstrap.ratio(right, by_document(places, wholes, size), needs)

    micro = _points(truth, guess)
    summed = samples.sum(axis=2)
    f1 = divide(2 * samples[:, 0], samples[:, 1] + samples[:, 2])
    known = ~np.isnan(f1)
    macro = divide(np.where(known, f1, 0).sum(axis=1), known.sum(axis=1))
    estimate = bootstrap.estimate
    return SetScores(
        micro_precision=estimate(micro[0], divide(summed[:, 0], summed[:, 2]), needs),
        micro_recall=estimate(micro[1], divide(summed[:, 0], summed[:, 1]), needs),
        micro_f1=estimate(micro[2], divide(2 * summed[:, 0], summed[:, 1] + summed[:, 2]), needs),
        macro_f1=estimate(micro[3], macro, needs),
        set_accuracy=share(same, np.ones(len(pairs)), "a labelled clause"),
        set_accuracy_used=share(same, used, needs),
        first_accuracy=share(first, given, needs),
        per_label=tuple(_by_label(labels, counts, samples, bootstrap)),
    )


def _indicators(sets: Sequence[Sequence[str]], labels: Sequence[str]) -> Array:
    return np.array([[float(label in each) for label in labels] for each in sets]).reshape(
        len(sets), len(labels)
    )


def _points(truth: Array, guess: Array) -> tuple[float, float, float, float]:
    """Return micro precision, recall, F1 and macro F1; NaN where not defined."""
    from sklearn.metrics import f1_score, precision_score, recall_score

    if not truth.size:
        return (np.nan,) * 4
    nan = {"zero_division": np.nan}
    return (
        float(precision_score(truth, guess, average="micro", **nan)),
        float(recall_score(truth, guess, average="micro", **nan)),
        float(f1_score(truth, guess, average="micro", **nan)),
        float(f1_score(truth, guess, average="macro", **nan)),
    )


def _by_label(
    labels: Sequence[str], counts: Array, samples: Array, bootstrap: Bootstrap
) -> list[LabelScores]:
    by_document = counts.reshape(len(counts), 3, len(labels))
    result = []
    for at, label in enumerate(labels):
        hits, gold, found = by_document[:, :, at].sum(axis=0)
        own = samples[:, :, at]
        resting = int(np.count_nonzero(by_document[:, 1, at] + by_document[:, 2, at]))
        estimate = partial(bootstrap.estimate, documents=resting)
        result.append(
            LabelScores(
                label,
                estimate(
                    float(divide(hits, found)),
                    divide(own[:, 0], own[:, 2]),
                    "a prediction of this label",
                ),
                estimate(
                    float(divide(hits, gold)),
                    divide(own[:, 0], own[:, 1]),
                    "a gold clause of this label",
                ),
                estimate(
                    float(divide(2 * hits, gold + found)),
                    divide(2 * own[:, 0], own[:, 1] + own[:, 2]),
                    "a clause of this label",
                ),
                int(gold),
                int(found),
            )
        )
    return result
