"""Scores of functions: one label a clause.

Figures over the corpus are scikit-learn's (Pedregosa et al. 2011); their intervals come from the
confusion counts of each document, so that a thousand resamples cost one product of matrices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.sparse import coo_matrix

from whereas.evaluation.estimate import Array, Bootstrap, Estimate, divide
from whereas.evaluation.pairs import Pair

NONE = "(none)"  # the "label" of a gold clause for which a system gave none


@dataclass(frozen=True, slots=True)
class LabelScores:
    """How well one label is found; ``support`` counts gold clauses, ``predicted`` predictions."""

    label: str
    precision: Estimate
    recall: Estimate
    f1: Estimate
    support: int
    predicted: int


@dataclass(frozen=True)
class FunctionScores:
    """Scores of one system.

    ``macro_f1`` is the mean over the labels that occur in gold or among the predictions, as is
    scikit-learn's default; ``weighted_f1`` weighs labels by support. ``confusion`` counts gold
    labels (rows) given as predicted labels (columns), in the order of ``labels``.
    """

    clauses: int
    accuracy: Estimate
    macro_f1: Estimate
    weighted_f1: Estimate
    kappa: Estimate
    matthews: Estimate
    per_label: tuple[LabelScores, ...]
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]

    @property
    def overall(self) -> Mapping[str, Estimate]:
        """The figures over all labels, by name."""
        return {name: getattr(self, name) for name in OVERALL}


OVERALL = ("accuracy", "macro_f1", "weighted_f1", "kappa", "matthews")


def label_of(pair: Pair) -> str:
    """Return the predicted function of a pair."""
    return (pair.predicted and pair.predicted.function) or NONE


def score_functions(
    pairs: Sequence[Pair], bootstrap: Bootstrap, labels: Sequence[str] = ()
) -> FunctionScores:
    """Score predicted functions against gold ones.

    Args:
        labels: the order in which to list labels; those that occur elsewhere follow.
    """
    gold = [str(pair.gold.function) for pair in pairs]
    found = [label_of(pair) for pair in pairs]
    order = tuple(dict.fromkeys((*labels, *sorted({*gold, *found}))))
    places = [pair.document for pair in pairs]
    total, samples = resampled_confusion(gold, found, places, order, bootstrap)
    points = _points(gold, found)
    resampled = overall_scores(samples)
    needs = dict.fromkeys(OVERALL, "a labelled clause")
    needs |= dict.fromkeys(("kappa", "matthews"), "clauses of two labels")
    return FunctionScores(
        clauses=len(pairs),
        **{
            name: bootstrap.estimate(points[name], resampled[name], needs[name]) for name in OVERALL
        },
        per_label=tuple(score_labels(gold, found, places, order, samples, bootstrap)),
        labels=order,
        confusion=tuple(tuple(int(n) for n in row) for row in total),
    )


def resampled_confusion(
    gold: Sequence[str],
    found: Sequence[str],
    documents: Sequence[int],
    labels: Sequence[str],
    bootstrap: Bootstrap,
) -> tuple[Array, Array]:
    """Count clauses by gold (row) and predicted label (column).

    Args:
        documents: the place of the document that each clause is of.

    Returns:
        The confusion matrix of the corpus, and one for each resample.
    """
    index = {label: number for number, label in enumerate(labels)}
    size = len(labels)
    columns = [index[one] * size + index[other] for one, other in zip(gold, found, strict=True)]
    ones = np.ones(len(columns))
    shape = bootstrap.documents, size * size
    counts = coo_matrix((ones, (documents, columns)), shape=shape).tocsr()
    samples = bootstrap.sums(counts)
    total = np.asarray(counts.sum(axis=0)).reshape(size, size)
    return total, samples.reshape(len(samples), size, size)


def _points(gold: Sequence[str], found: Sequence[str]) -> dict[str, float | None]:
    from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score, matthews_corrcoef

    if not gold:
        return dict.fromkeys(OVERALL)
    several = len({*gold, *found}) > 1
    return {
        "accuracy": float(accuracy_score(gold, found)),
        "macro_f1": float(f1_score(gold, found, average="macro", zero_division=0.0)),
        "weighted_f1": float(f1_score(gold, found, average="weighted", zero_division=0.0)),
        "kappa": float(cohen_kappa_score(gold, found)) if several else None,
        "matthews": float(matthews_corrcoef(gold, found)) if len({*gold}) > 1 else None,
    }


def overall_scores(confusion: Array) -> dict[str, Array]:
    """Return the figures of ``OVERALL`` for each confusion matrix (the last two axes).

    NaN where a figure is not defined. Kappa is Cohen's (1960), Matthews' coefficient that of
    Gorodkin (2004) for many classes, which is 0 by convention where a single label is predicted.
    """
    hits = np.diagonal(confusion, axis1=-2, axis2=-1)
    gold, found = confusion.sum(axis=-1), confusion.sum(axis=-2)
    total, right = gold.sum(axis=-1), hits.sum(axis=-1)
    f1 = divide(2 * hits, gold + found)
    known = ~np.isnan(f1)
    chance = (gold * found).sum(axis=-1)
    spread_of_gold = total**2 - (gold**2).sum(axis=-1)
    spread_of_found = total**2 - (found**2).sum(axis=-1)
    matthews = divide(total * right - chance, np.sqrt(spread_of_gold * spread_of_found))
    return {
        "accuracy": divide(right, total),
        "macro_f1": divide(np.where(known, f1, 0).sum(axis=-1), known.sum(axis=-1)),
        "weighted_f1": divide((np.where(known, f1, 0) * gold).sum(axis=-1), total),
        "kappa": divide(total * right - chance, total**2 - chance),
        "matthews": np.where((spread_of_found == 0) & (spread_of_gold > 0), 0, matthews),
    }


def score_labels(
    gold: Sequence[str],
    found: Sequence[str],
    documents: Sequence[int],
    labels: Sequence[str],
    samples: Array,
    bootstrap: Bootstrap,
) -> list[LabelScores]:
    """Score each label that occurs, given the confusion of the resamples."""
    from sklearn.metrics import precision_recall_fscore_support

    if not gold:
        return []
    names = [label for label in labels if label in {*gold, *found}]
    columns = precision_recall_fscore_support(
        gold, found, labels=names, average=None, zero_division=np.nan
    )
    result = []
    for name, precision, recall, f1, support in zip(names, *columns, strict=True):
        at = labels.index(name)
        hits = samples[:, at, at]
        wanted, given = samples[:, at, :].sum(axis=1), samples[:, :, at].sum(axis=1)
        triples = zip(gold, found, documents, strict=True)
        resting = len({document for a, b, document in triples if name in (a, b)})
        estimate = partial(bootstrap.estimate, documents=resting)
        result.append(
            LabelScores(
                name,
                estimate(precision, divide(hits, given), "a prediction of this label"),
                estimate(recall, divide(hits, wanted), "a gold clause of this label"),
                estimate(f1, divide(2 * hits, wanted + given), "a clause of this label"),
                int(support),
                found.count(name),
            )
        )
    return result
