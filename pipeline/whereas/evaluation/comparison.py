"""Comparison of two systems on the same clauses: is one better, or is it chance?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from whereas.evaluation.estimate import LEVEL, Array, Bootstrap, Estimate, divide
from whereas.evaluation.functions import OVERALL, label_of, overall_scores, resampled_confusion
from whereas.evaluation.pairs import Pair
from whereas.evaluation.sets import Field, labels_in

Verdict = Literal["better", "worse", "no difference shown"]
_LEAST = 1 - LEVEL / 100  # chance above which a difference is not shown


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of both systems, and what the first has more than the second.

    ``difference`` has the interval of a paired bootstrap over documents (Efron and Tibshirani
    1993; Berg-Kirkpatrick et al. 2012), ``p`` is twice the share of resamples on the other side
    of zero.
    """

    metric: str
    ours: float | None
    theirs: float | None
    difference: Estimate
    p: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class McNemar:
    """The exact test of McNemar (1947) on clauses of which one system is right and one wrong.

    It takes clauses for independent draws, which they are not quite: read it beside the
    bootstrap over documents.
    """

    what: str
    wins: int
    losses: int
    p: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LabelDifference:
    """Clauses of a gold label that only we, or only they, have right, and F1 of both."""

    label: str
    support: int
    wins: int
    losses: int
    f1: Difference


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A clause to which the systems give different functions; ``clause`` counts from 1."""

    document: str
    clause: int
    text: str
    gold: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Comparison:
    """One system against another on the documents that both labelled.

    ``left_out`` counts the documents that the other did not label, ``unmatched`` the clauses of
    the compared documents that it has no clause for; these count as its errors.
    """

    other: str
    documents: int
    clauses: int
    left_out: int
    unmatched: int
    metrics: tuple[Difference, ...]
    tests: tuple[McNemar, ...]
    labels: tuple[LabelDifference, ...]
    disagreements: tuple[Disagreement, ...]
    words: str


def compare(
    other: str,
    ids: Sequence[str],
    ours: Sequence[Pair],
    theirs: Sequence[Pair],
    bootstrap: Bootstrap,
    left_out: int = 0,
) -> Comparison:
    """Compare predictions for the same gold clauses.

    Args:
        other: the name of the second system.
        ids: the ids of the gold documents.
        ours: the first system's pairs; ``theirs`` are of the same clauses, in the same order.
        left_out: documents that could not be compared.
    """
    gold = [str(pair.gold.function) for pair in ours]
    labels = sorted({*gold, *map(label_of, ours), *map(label_of, theirs)})
    places = [pair.document for pair in ours]
    both = [
        resampled_confusion(gold, [label_of(p) for p in each], places, labels, bootstrap)
        for each in (ours, theirs)
    ]
    points = [overall_scores(total[None]) for total, _ in both]
    samples = [overall_scores(resampled) for _, resampled in both]
    metrics = [
        _difference(
            name,
            (float(points[0][name][0]), float(points[1][name][0])),
            (samples[0][name], samples[1][name]),
            bootstrap,
        )
        for name in OVERALL
    ]
    metrics += [_micro(field, ours, theirs, bootstrap) for field in ("also", "addressees")]
    return Comparison(
        other=other,
        documents=len(set(places)),
        clauses=len(ours),
        left_out=left_out,
        unmatched=sum(pair.predicted is None for pair in theirs),
        metrics=tuple(metrics),
        tests=tuple(_tests(ours, theirs)),
        labels=tuple(_labels(labels, ours, theirs, both, bootstrap)),
        disagreements=tuple(
            Disagreement(
                ids[a.document],
                a.number + 1,
                a.gold.full_text,
                str(a.gold.function),
                label_of(a),
                label_of(b),
            )
            for a, b in zip(ours, theirs, strict=True)
            if label_of(a) != label_of(b)
        ),
        words=_words(metrics, other) if ours else "n/a (needs documents that both labelled)",
    )


def _difference(
    metric: str, points: tuple[float, float], resampled: tuple[Array, Array], bootstrap: Bootstrap
) -> Difference:
    ours, theirs = points
    samples = resampled[0] - resampled[1]
    samples = samples[~np.isnan(samples)]
    estimate = bootstrap.estimate(ours - theirs, samples, "a labelled clause")
    p = None
    verdict: Verdict = "no difference shown"
    if estimate.low is not None:
        p = min(1.0, 2 * float(min((samples <= 0).mean(), (samples >= 0).mean())))
        if p < _LEAST:
            verdict = "better" if ours > theirs else "worse"
    known = [None if np.isnan(value) else float(value) for value in (ours, theirs)]
    return Difference(metric, known[0], known[1], estimate, p, verdict)


def _micro(
    field: Field, ours: Sequence[Pair], theirs: Sequence[Pair], bootstrap: Bootstrap
) -> Difference:
    points, samples = [], []
    for pairs in (ours, theirs):
        counts = np.zeros((bootstrap.documents, 2))
        for pair in pairs:
            gold, found = ({*labels_in(c, field)} for c in (pair.gold, pair.predicted))
            counts[pair.document] += 2 * len(gold & found), len(gold) + len(found)
        points.append(float(divide(*counts.sum(axis=0))))
        samples.append(divide(*bootstrap.sums(counts).T))
    name = "further acts, micro_f1" if field == "also" else "addressees, micro_f1"
    return _difference(name, (points[0], points[1]), (samples[0], samples[1]), bootstrap)


def _tests(ours: Sequence[Pair], theirs: Sequence[Pair]) -> list[McNemar]:
    right: dict[str, Callable[[Pair], bool]] = {
        "function": lambda pair: pair.right,
        "further acts, the whole set": lambda pair: _same_set(pair, "also"),
        "addressees, the whole set": lambda pair: _same_set(pair, "addressees"),
    }
    return [
        mcnemar(what, [is_right(p) for p in ours], [is_right(p) for p in theirs])
        for what, is_right in right.items()
    ]


def _same_set(pair: Pair, field: Field) -> bool:
    return pair.predicted is not None and (
        {*labels_in(pair.gold, field)} == {*labels_in(pair.predicted, field)}
    )


def mcnemar(what: str, ours: Sequence[bool], theirs: Sequence[bool]) -> McNemar:
    """Test if two systems that are right of the same clauses, or not, differ (exact test)."""
    from scipy.stats import binomtest

    wins = sum(a and not b for a, b in zip(ours, theirs, strict=True))
    losses = sum(b and not a for a, b in zip(ours, theirs, strict=True))
    p = float(binomtest(wins, wins + losses).pvalue) if wins + losses else None
    verdict: Verdict = "no difference shown"
    if p is not None and p < _LEAST:
        verdict = "better" if wins > losses else "worse"
    return McNemar(what, wins, losses, p, verdict)


def _labels(
    labels: Sequence[str],
    ours: Sequence[Pair],
    theirs: Sequence[Pair],
    both: Sequence[tuple[Array, Array]],
    bootstrap: Bootstrap,
) -> list[LabelDifference]:
    result = []
    for at, label in enumerate(labels):
        own = [(a, b) for a, b in zip(ours, theirs, strict=True) if a.gold.function == label]
        points = [_f1(total[None], at) for total, _ in both]
        samples = [_f1(resampled, at) for _, resampled in both]
        result.append(
            LabelDifference(
                label,
                len(own),
                sum(a.right and not b.right for a, b in own),
                sum(b.right and not a.right for a, b in own),
                _difference(
                    "f1",
                    (float(points[0][0]), float(points[1][0])),
                    (samples[0], samples[1]),
                    bootstrap,
                ),
            )
        )
    return result


def _f1(counts: Array, at: int) -> Array:
    return divide(2 * counts[:, at, at], counts[:, at].sum(axis=1) + counts[:, :, at].sum(axis=1))


def _words(metrics: Sequence[Difference], other: str) -> str:
    """Say which figures differ, if any."""
    names = {
        verdict: ", ".join(each.metric for each in metrics if each.verdict == verdict)
        for verdict in ("better", "worse")
    }
    parts = [f"{verdict} than {other} in {own}" for verdict, own in names.items() if own]
    return "; ".join(parts) or "no difference shown"
