"""Figures with their intervals, and intervals by bootstrap over documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Array = NDArray[np.float64]

FEWEST_DOCUMENTS = 5  # documents from which a bootstrap over them says anything
LEVEL = 95  # per cent that an interval covers


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95% interval.

    ``value`` is None where the corpus does not allow the figure, ``low`` and ``high`` where it
    does not allow the interval; ``needs`` then says what is lacking.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    needs: str | None = None

    def __str__(self) -> str:
        if self.value is None:
            return f"n/a (needs {self.needs})"
        if self.low is None or self.high is None:
            return f"{self.value:.3f}"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """Resamples of a corpus: whole documents drawn with replacement, since the clauses of one
    document are no independent draws (Efron and Tibshirani 1993, chapters 8 and 13).

    The same resamples serve every figure, so that differences between systems are paired.
    """

    documents: int
    resamples: int = 1000
    seed: int = 0

    @cached_property
    def weights(self) -> Array:
        """How often each resample (row) holds each document (column); no rows if too few."""
        if self.documents < FEWEST_DOCUMENTS:
            return np.zeros((0, self.documents))
        rng = np.random.default_rng(self.seed)
        even = np.full(self.documents, 1 / self.documents)
        return rng.multinomial(self.documents, even, size=self.resamples).astype(np.float64)

    def sums(self, counts: csr_matrix | Array) -> Array:
        """Return, for each resample, the sum of its documents' counts (rows)."""
        if isinstance(counts, np.ndarray):
            return np.asarray(self.weights @ counts)
        return np.asarray((counts.T @ self.weights.T).T)

    def estimate(
        self, value: float | None, samples: Array, needs: str, documents: int | None = None
    ) -> Estimate:
        """Return a figure with the percentile interval of its ``samples``.

        Args:
            value: the figure over the corpus; None or NaN where it is not defined.
            samples: the figure over each resample, NaN where it is not defined.
            needs: what the corpus lacks where there is no figure.
            documents: how many documents the figure rests on, if not all.
        """
        if value is None or np.isnan(value):
            return Estimate(None, needs=needs)
        defined = samples[~np.isnan(samples)]
        few = documents is not None and documents < FEWEST_DOCUMENTS
        if few or len(defined) < self.resamples / 2:
            lacking = f"an interval needs {FEWEST_DOCUMENTS} documents"
            return Estimate(float(value), needs=lacking)
        tail = (100 - LEVEL) / 2
        low, high = np.percentile(defined, (tail, 100 - tail))
        return Estimate(float(value), float(low), float(high))

    def ratio(self, parts: Array, wholes: Array, needs: str) -> Estimate:
        """Return the share of ``parts`` in ``wholes``, both counted by document."""
        total = wholes.sum()
        if not total:
            return Estimate(None, needs=needs)
        sums = self.sums(np.stack([parts, wholes], axis=1))
        samples = divide(sums[:, 0], sums[:, 1])
        return self.estimate(
            float(parts.sum() / total), samples, needs, documents=int(np.count_nonzero(wholes))
        )


def divide(parts: Any, wholes: Any) -> Array:
    """Divide, with NaN where the divisor is 0."""
    parts, wholes = np.asarray(parts, dtype=np.float64), np.asarray(wholes, dtype=np.float64)
    result = np.full(np.broadcast(parts, wholes).shape, np.nan)
    np.divide(parts, wholes, out=result, where=wholes != 0)
    return result


def by_document(documents: Sequence[int], values: Sequence[float] | Array, size: int) -> Array:
    """Add up values by the document that each belongs to."""
    result = np.zeros(size)
    np.add.at(result, np.asarray(documents, dtype=np.intp), values)
    return result
