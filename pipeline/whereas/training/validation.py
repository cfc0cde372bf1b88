"""Measures of cross-validation: every clause is labelled by models that have not seen its family.

These are for choosing and for the model card; ``whereas evaluate`` measures a finished model.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whereas.classify import ClauseClassifier, Thresholds
from whereas.classify.linear import Floats, softmax
from whereas.document import Clause, Document
from whereas.evaluation.calibration import calibration_bins, calibration_error
from whereas.features import Act
from whereas.training.calibration import fit_temperature
from whereas.training.sources import is_supplement

_WHOLE = "whole documents"


@dataclass(frozen=True, eq=False)
class Held:
    """A fold: a classifier, and labelled clauses that it was not trained on."""

    classifier: ClauseClassifier
    documents: Sequence[Document]  # the document of each clause
    clauses: Sequence[Clause]
    acts: Sequence[Sequence[Act]] = field(repr=False)

    def with_thresholds(self, thresholds: Thresholds) -> "Held":
        """Return the fold with other thresholds."""
        return replace(self, classifier=replace(self.classifier, thresholds=thresholds))

    def function_scores(self) -> tuple[Floats, NDArray[np.intp]]:
        """Return the log odds of each function, and which is right (-1: one not trained on)."""
        raw = replace(self.classifier, thresholds=Thresholds())
        scores = raw.function_scores(self.clauses, [acts[0].features for acts in self.acts])
        column = {name: number for number, name in enumerate(raw.functions.classes)}
        right = [column.get(clause.function or "", -1) for clause in self.clauses]
        return scores, np.array(right, dtype=np.intp)

    def functions(self) -> list[str]:
        """Return the function that the classifier gives to each clause."""
        classes = self.classifier.functions.classes
        return [classes[column] for column in self.function_scores()[0].argmax(axis=1)]

    def whole(self) -> NDArray[np.bool_]:
        """Say which clauses come from whole documents that are no supplements."""
        return np.array([_kind(document) == _WHOLE for document in self.documents], dtype=bool)

    def predicted(self) -> list[Clause]:
        """Return the clauses as the classifier labels them."""
        return self.classifier.label_clauses(self.clauses, self.acts)


def _kind(document: Document) -> str:
    if is_supplement(document):
        return "supplements"
    return "single clauses" if document.is_partial else _WHOLE


def also_f1(held: Sequence[Held]) -> Callable[[float], float]:
    """Return how a threshold of further acts gives their micro-averaged F1."""
    found = [
        (clause, acts, function)
        for each in held
        for clause, acts, function in zip(
            each.clauses,
            each.classifier.later_acts(each.clauses, each.acts),
            each.functions(),
            strict=True,
        )
    ]

    def f1(threshold: float) -> float:
        return _micro_f1(
            (
                clause.also,
                [label for _, label, chance in acts if chance >= threshold and label != function],
            )
            for clause, acts, function in found
        )

    return f1


def addressee_f1(held: Sequence[Held]) -> float:
    """Return the micro-averaged F1 of addressees."""
    return _micro_f1(
        (gold.addressees, predicted.addressees)
        for each in held
        for gold, predicted in zip(each.clauses, each.predicted(), strict=True)
    )


def _micro_f1(pairs: Any) -> float:
    shared = total = 0
    for gold, predicted in pairs:
        shared += len({*gold} & {*predicted})
        total += len({*gold}) + len({*predicted})
    return 2 * shared / total if total else 1.0


def measure(held: Sequence[Held], precision: float) -> Mapping[str, Any]:
    """Return the measures of cross-validation as a tree of plain numbers.

    The expected calibration error of each fold is taken with a temperature chosen on the other
    folds, so on clauses that neither trained nor calibrated the model.
    """
    gold = [clause for each in held for clause in each.clauses]
    documents = [document for each in held for document in each.documents]
    predicted = [clause for each in held for clause in each.predicted()]
    groups: dict[str, list[int]] = {"all clauses": list(range(len(gold)))}
    for number, document in enumerate(documents):
        kind = _kind(document)
        groups.setdefault(kind, []).append(number)
        if kind == _WHOLE and document.organ:
            groups.setdefault(f"{_WHOLE}, {document.organ}", []).append(number)
    pairs = list(zip(gold, predicted, strict=True))
    directive = held[0].classifier.scheme.directive
    whole = groups.get(_WHOLE) or groups["all clauses"]
    kept = [number for number in whole if not predicted[number].review]
    return {
        "method": f"cross-validation over {len(held)} folds of title families",
        "groups": {
            name: _scores([pairs[number] for number in numbers], directive)
            for name, numbers in sorted(groups.items())
        },
        "labels": _by_label([pairs[number] for number in whole]),
        "calibration": {"expected_calibration_error": round(_nested_error(held), 4)},
        "review": {
            "wanted_precision": precision,
            "precision": _share([gold[n].function == predicted[n].function for n in kept]),
            "coverage": round(len(kept) / len(whole), 4),
        },
    }


def _scores(pairs: Sequence[tuple[Clause, Clause]], directive: frozenset[str]) -> dict[str, Any]:
    from sklearn.metrics import f1_score

    truth, guess = ([str(pair[side].function) for pair in pairs] for side in (0, 1))
    asked = [
        (gold.addressees[:1], predicted.addressees[:1])
        for gold, predicted in pairs
        if directive & {gold.function, *gold.also}
    ]
    return {
        "clauses": len(pairs),
        "accuracy": _share([gold == found for gold, found in zip(truth, guess, strict=True)]),
        "macro_f1": round(
            float(f1_score(truth, guess, labels=sorted(set(truth)), average="macro")), 4
        ),
        "also_micro_f1": round(_micro_f1((g.also, p.also) for g, p in pairs), 4),
        "first_addressee_accuracy": _share([gold == found for gold, found in asked]),
        "addressees_micro_f1": round(_micro_f1((g.addressees, p.addressees) for g, p in pairs), 4),
    }


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 1.0


def _by_label(pairs: Sequence[tuple[Clause, Clause]]) -> dict[str, dict[str, float]]:
    from sklearn.metrics import precision_recall_fscore_support

    truth, guess = ([str(pair[side].function) for pair in pairs] for side in (0, 1))
    labels = sorted({*truth})
    table = precision_recall_fscore_support(truth, guess, labels=labels, zero_division=0.0)
    names = ("precision", "recall", "f1", "support")
    return {
        label: {
            name: round(float(column[row]), 4) for name, column in zip(names, table, strict=True)
        }
        for row, label in enumerate(labels)
    }


def _nested_error(held: Sequence[Held]) -> float:
    """Return the calibration error over the folds, clauses of whole documents if there are any."""
    raw = [each.function_scores() for each in held]
    confidences, rights = [], []
    anywhole = any(each.whole().any() for each in held)
    for number, (scores, truth) in enumerate(raw):
        others = [pair for place, pair in enumerate(raw) if place != number] or raw
        temperature = fit_temperature(*zip(*others, strict=True))
        chances = softmax(scores / np.float32(temperature))
        chosen = held[number].whole() if anywhole else np.ones(len(truth), dtype=bool)
        confidences.append(chances.max(axis=1)[chosen])
        rights.append((scores.argmax(axis=1) == truth)[chosen])
    return calibration_error(calibration_bins(np.concatenate(confidences), np.concatenate(rights)))
