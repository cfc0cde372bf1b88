"""Linear models over named features: scikit-learn estimators and the names of their columns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

if TYPE_CHECKING:  # what only splits texts starts in half the time without it
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

Floats = NDArray[np.float32]
Rows = Sequence[Sequence[str]]
_MARGIN = 3.5  # margins times this are about log odds


@dataclass(frozen=True, eq=False)
class Linear:
    """A linear model over features that are present or absent.

    ``estimators`` of scikit-learn, or what was saved of them, are fitted on matrices whose columns
    are ``features``, in order: one that chooses among the ``classes``, or one for each class where
    any number of them may hold.
    """

    features: tuple[str, ...]
    classes: tuple[str, ...]
    estimators: tuple["LogisticRegression | LinearSVC | SimpleNamespace", ...]

    @cached_property
    def index(self) -> dict[str, int]:
        """The column of each feature."""
        return {feature: column for column, feature in enumerate(self.features)}

    @cached_property
    def weights(self) -> Floats:
        """One row a feature, one column a class."""
        return np.ascontiguousarray(self._of_classes("coef_").T)

    @cached_property
    def intercept(self) -> Floats:
        """What each class starts from."""
        return self._of_classes("intercept_")

    def _of_classes(self, name: str) -> Floats:
        parts = np.concatenate([np.asarray(getattr(e, name)) for e in self.estimators])
        two = len(self.classes) == 2 and len(self.estimators) == 1
        return np.concatenate([-parts / 2, parts / 2] if two else [parts]).astype(np.float32)

    def scores(self, rows: Rows) -> Floats:
        """Return the unnormalised log odds of each class for each row."""
        result: Floats = _matrix(rows, self.index) @ self.weights + self.intercept
        return result

    def state(self) -> dict[str, Any]:
        """Return what to save: names as one array of bytes, which loads fast, and estimators."""
        names = "\n".join(self.features).encode()
        return {
            "features": np.frombuffer(names, dtype=np.uint8),
            "classes": list(self.classes),
            "estimators": list(self.estimators),
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """Make a model of what ``state`` returned."""
        names = state["features"].tobytes().decode()
        features = tuple(names.split("\n")) if names else ()
        return cls(features, tuple(state["classes"]), tuple(state["estimators"]))


def fit_choice(
    rows: Rows,
    labels: Sequence[str],
    *,
    strength: float,
    least: int = 2,
    most: int = 100_000,
    margin: bool = False,
    sample_weights: Sequence[float] | None = None,
) -> Linear:
    """Fit a model that chooses one label.

    Args:
        rows: the features of each example.
        labels: the label of each example; at least two different ones.
        strength: the inverse of regularisation (``C``).
        least: in how many rows a feature must occur.
        most: how many features to keep, those with the largest weights.
        margin: fit support vector machines, one a class, and no logistic regression; they learn
            faster, and their scores have to be calibrated.
        sample_weights: how much each row counts.
    """
    from sklearn.svm import LinearSVC

    features = _common(rows, least)
    matrix = _matrix(rows, {feature: column for column, feature in enumerate(features)})
    weights = None if sample_weights is None else np.asarray(sample_weights, dtype=np.float32)
    estimator = LinearSVC(C=strength, random_state=0) if margin else _regression(strength)
    estimator.fit(matrix, np.asarray(labels), sample_weight=weights)
    if margin:
        estimator.coef_ *= _MARGIN
        estimator.intercept_ *= _MARGIN
    return _pruned(Linear(features, tuple(map(str, estimator.classes_)), (estimator,)), most)


def fit_any(
    rows: Rows,
    labels: Sequence[Sequence[str]],
    *,
    strength: float,
    least: int = 2,
    most: int = 100_000,
) -> Linear:
    """Fit a model of which labels, any number of them, hold; arguments as in ``fit_choice``."""
    features = _common(rows, least)
    matrix = _matrix(rows, {feature: column for column, feature in enumerate(features)})
    found = [(name, [name in each for each in labels]) for name in sorted(set(chain(*labels)))]
    kept = [(name, holds) for name, holds in found if not all(holds)]
    estimators = tuple(_regression(strength).fit(matrix, holds) for _, holds in kept)
    return _pruned(Linear(features, tuple(name for name, _ in kept), estimators), most)


def _regression(strength: float) -> "LogisticRegression":
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, tol=1e-3, max_iter=300)


def _common(rows: Rows, least: int) -> tuple[str, ...]:
    counts = Counter(feature for row in rows for feature in set(row))
    return tuple(sorted(feature for feature, count in counts.items() if count >= least))


def _pruned(model: Linear, most: int) -> Linear:
    """Keep the features that weigh most, at most ``most`` of them, with three digits each.

    Both make the saved model small; neither changes its results to speak of.
    """
    if not model.estimators:
        return model
    largest = np.abs(model.weights).max(axis=1)
    kept = np.sort(np.argsort(-largest, kind="stable")[:most])
    for estimator in model.estimators:
        short = estimator.coef_[:, kept].astype(np.float16)
        estimator.coef_ = np.ascontiguousarray(short, dtype=np.float32)
        estimator.n_features_in_ = len(kept)
    return Linear(tuple(model.features[k] for k in kept), model.classes, model.estimators)


def _matrix(rows: Rows, index: Mapping[str, int]) -> csr_matrix:
    width = max(len(index), 1)
    sizes = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    found = np.array([*map(index.get, chain.from_iterable(rows), repeat(-1))], dtype=np.int64)
    cells = np.sort((np.repeat(np.arange(len(rows)) * width, sizes) + found)[found >= 0])
    cells = cells[np.diff(cells, prepend=-1) > 0]  # each once; faster than numpy.unique
    ends = np.searchsorted(cells, np.arange(len(rows) + 1) * width)
    ones = np.ones(len(cells), dtype=np.float32)
    return csr_matrix((ones, cells % width, ends), shape=(len(rows), len(index)))


def softmax(scores: Floats) -> Floats:
    """Turn log odds into probabilities that add up to 1 in each row."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(scores: Floats) -> Floats:
    """Turn log odds into probabilities, each by itself."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float32)
