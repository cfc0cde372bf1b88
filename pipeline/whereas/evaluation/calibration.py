"""Calibration: do scores mean what they say, and what does leaving unsure clauses out buy?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whereas.evaluation.estimate import Bootstrap, Estimate, by_document
from whereas.evaluation.pairs import Pair

BINS = 15
_POINTS = 50  # of the risk-coverage curve


@dataclass(frozen=True, slots=True)
class Bin:
    """The clauses with scores from ``low`` to ``high``: how sure of them, how often right."""

    low: float
    high: float
    clauses: int
    score: float
    accuracy: float


@dataclass(frozen=True)
class Calibration:
    """What the scores of functions are worth.

    ``error`` is the expected calibration error (Naeini et al. 2015; Guo et al. 2017) over bins
    of equal width; ``bins`` leaves empty ones out. ``risk_coverage`` pairs the share of clauses
    kept, the surest first, with the share of wrong ones among them (El-Yaniv and Wiener 2010);
    ``risk_area`` is the area under it. ``kept`` is the share of clauses not marked for review,
    ``kept_accuracy`` how often these are right.
    """

    error: Estimate
    bins: tuple[Bin, ...]
    risk_area: Estimate
    risk_coverage: tuple[tuple[float, float], ...]
    kept: Estimate
    kept_accuracy: Estimate


def score_calibration(pairs: Sequence[Pair], bootstrap: Bootstrap) -> Calibration:
    """Measure scores on the clauses that have one."""
    scored = [p for p in pairs if p.predicted is not None and p.predicted.score is not None]
    score = np.array([p.predicted.score for p in scored if p.predicted], dtype=np.float64)
    right = np.array([p.right for p in scored], dtype=np.float64)
    lacking = Estimate(None, needs="predictions with scores")
    bins = tuple(calibration_bins(score, right))
    marked = [p for p in pairs if p.predicted is not None and p.predicted.review is not None]
    kept = np.array([not p.predicted.review for p in marked if p.predicted], dtype=np.float64)
    good = np.array([p.right for p in marked], dtype=np.float64)
    places = [p.document for p in marked]
    size = bootstrap.documents
    every = by_document(places, np.ones(len(marked)), size)
    own = by_document(places, kept, size)
    return Calibration(
        error=Estimate(calibration_error(bins)) if bins else lacking,
        bins=bins,
        risk_area=Estimate(float(_risks(score, right).mean())) if bins else lacking,
        risk_coverage=_risk_coverage(score, right),
        kept=bootstrap.ratio(own, every, "predictions marked for review or not"),
        kept_accuracy=bootstrap.ratio(
            by_document(places, kept * good, size), own, "predictions not marked for review"
        ),
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the mean distance of scores from accuracy over bins, weighted by their clauses."""
    total = sum(each.clauses for each in bins)
    distances = (each.clauses * abs(each.score - each.accuracy) for each in bins)
    return sum(distances) / total if total else 0.0


def calibration_bins(score: NDArray[Any], right: NDArray[Any]) -> list[Bin]:
    """Divide clauses into bins of equal width by their scores; empty bins are left out."""
    place = np.minimum((score * BINS).astype(int), BINS - 1)
    return [
        Bin(
            at / BINS,
            (at + 1) / BINS,
            int((place == at).sum()),
            float(score[place == at].mean()),
            float(right[place == at].mean()),
        )
        for at in range(BINS)
        if (place == at).any()
    ]


def _risks(score: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """Return the share of wrong clauses among the surest 1, 2, 3 ... clauses."""
    order = np.argsort(-score, kind="stable")
    return np.cumsum(1 - right[order]) / np.arange(1, len(order) + 1)


def _risk_coverage(score: NDArray[Any], right: NDArray[Any]) -> tuple[tuple[float, float], ...]:
    size = len(score)
    if not size:
        return ()
    risks = _risks(score, right)
    ends = np.unique(np.linspace(1, size, min(_POINTS, size)).round().astype(int))
    return tuple((float(end / size), float(risks[end - 1])) for end in ends)
