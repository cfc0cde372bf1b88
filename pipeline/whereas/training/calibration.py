"""Calibration: probabilities that mean what they say, and the thresholds chosen with them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from whereas.classify.linear import Floats, softmax


def fit_temperature(scores: Sequence[Floats], truth: Sequence[NDArray[np.intp]]) -> float:
    """Return the number by which to divide log odds so that their likelihood is greatest.

    Args:
        scores: log odds, in parts whose columns may differ.
        truth: the right column for each row of each part, or -1 where there is none.
    """
    from scipy.optimize import minimize_scalar

    known = [(own[gold >= 0], gold[gold >= 0]) for own, gold in zip(scores, truth, strict=True)]

    def loss(log_temperature: float) -> float:
        scale = np.float32(np.exp(-log_temperature))
        parts = (softmax(own * scale)[np.arange(len(gold)), gold] for own, gold in known)
        return float(-np.log(np.concatenate(list(parts)) + 1e-12).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x))


def fit_weights(parts: Sequence[tuple[Floats, Floats, NDArray[np.intp]]]) -> tuple[float, float]:
    """Return what to multiply two models' log odds with so that their sum is likeliest.

    Args:
        parts: the log odds of both, and the right column of each row, or -1 where there is none.
    """
    from scipy.optimize import minimize

    known = [(one[gold >= 0], two[gold >= 0], gold[gold >= 0]) for one, two, gold in parts]

    def loss(weights: NDArray[np.float64]) -> float:
        first, second = weights.astype(np.float32)
        found = (
            softmax(first * one + second * two)[np.arange(len(gold)), gold]
            for one, two, gold in known
        )
        return float(-np.log(np.concatenate(list(found)) + 1e-12).mean())

    best = minimize(loss, (1.0, 0.5), method="Nelder-Mead", bounds=[(0, 10), (0, 10)])
    return float(best.x[0]), float(best.x[1])


def review_threshold(confidence: Floats, right: NDArray[np.bool_], precision: float) -> float:
    """Return the least confidence above which the share of right answers is ``precision``.

    If no confidence is high enough, 1: everything is to be reviewed.
    """
    order = np.argsort(-confidence, kind="stable")
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(shares >= precision)
    return float(confidence[order[enough[-1]]]) if len(enough) else 1.0
