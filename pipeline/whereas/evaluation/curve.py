"""The learning curve: how scores grow with the documents that a model is trained on."""

from collections.abc import Sequence
from dataclasses import dataclass

from whereas.document import Document
from whereas.evaluation.estimate import Bootstrap, Estimate
from whereas.evaluation.functions import score_functions
from whereas.evaluation.pairs import pair_up


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The scores of a model trained on ``documents`` with so many labelled ``clauses``."""

    documents: int
    clauses: int
    accuracy: Estimate
    macro_f1: Estimate


@dataclass(frozen=True)
class LearningCurve:
    """Points by growing training data; ``method`` says how they were made."""

    method: str
    points: tuple[CurvePoint, ...]


def curve_point(
    training: Sequence[Document],
    gold: Sequence[Document],
    predicted: Sequence[Document],
    bootstrap: Bootstrap,
) -> CurvePoint:
    """Score the predictions of a model trained on ``training``."""
    scores = score_functions(pair_up(gold, predicted), bootstrap)
    labelled = sum(c.function is not None for document in training for c in document.clauses)
    return CurvePoint(len(training), labelled, scores.accuracy, scores.macro_f1)
