"""The learning curve: how scores grow with the documents that a model is trained on."""

from dataclasses import dataclass

from whereas.evaluate.estimate import Estimate


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The scores of a model trained on a share of the training documents, families kept whole."""

    documents: int
    clauses: int
    accuracy: Estimate
    macro_f1: Estimate


@dataclass(frozen=True)
class LearningCurve:
    """Points by growing training data; ``method`` says how they were made."""

    method: str
    points: tuple[CurvePoint, ...]
