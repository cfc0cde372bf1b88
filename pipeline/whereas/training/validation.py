"""Measures of cross-validation: every clause is labelled by models that have not seen its family.

These are for choosing and for the model card; ``whereas evaluate`` measures a finished model.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whereas.classify import ClauseClassifier, Thresholds
from whereas.classify.linear import Floats, softmax
from whereas.config import Recipe
from whereas.document import Clause, Document
from whereas.evaluation.calibration import calibration_bins, calibration_error
from whereas.features import Act
from whereas.training.calibration import fit_temperature, fit_weights
from whereas.training.sources import is_supplement

_WHOLE = "whole documents"
_FEWEST = 50  # doubtful clauses from which it is worth asking an encoder


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

    def linear_scores(self) -> Floats:
        """Return the log odds of each function by the linear models, as calibrated."""
        rows = [acts[0].features for acts in self.acts]
        return self.classifier.function_scores(self.clauses, rows)

    def truth(self) -> NDArray[np.intp]:
        """Say which function of each clause is right (-1: one not trained on)."""
        column = {name: n for n, name in enumerate(self.classifier.functions.classes)}
        right = [column.get(clause.function or "", -1) for clause in self.clauses]
        return np.array(right, dtype=np.intp)

    def asked(self) -> tuple[Floats, Floats, NDArray[np.intp]]:
        """Return the scores of both for doubtful clauses, and which function is right."""
        scores = self.linear_scores()
        doubtful = self.classifier.doubtful(scores)
        some = [self.clauses[number] for number in doubtful]
        return scores[doubtful], self.classifier.encoder_scores(some), self.truth()[doubtful]

    def scores(self) -> Floats:
        """Return the log odds of each function as calibrated, the encoder asked where needed."""
        return self.classifier.first_scores(self.clauses, self.acts)

    def functions(self) -> list[str]:
        """Return the function that the classifier gives to each clause."""
        classes = self.classifier.functions.classes
        return [classes[column] for column in self.scores().argmax(axis=1)]

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


def calibrate(held: Sequence[Held], doubt: float) -> Thresholds:
    """Choose what turns scores into probabilities, on clauses that the models haven't seen.

    Args:
        doubt: the probability below which the encoder is asked, if there is one.
    """
    held = [each.with_thresholds(Thresholds()) for each in held]
    truth = [each.truth() for each in held]
    temperature = fit_temperature([each.linear_scores() for each in held], truth)
    alone = Thresholds(temperature=temperature)
    if any(each.classifier.encoder is None for each in held):
        return alone
    chosen = replace(alone, doubt=doubt)
    asked = [each.with_thresholds(chosen).asked() for each in held]
    if sum(len(linear) for linear, _, _ in asked) < _FEWEST:
        return alone
    linear, encoder = fit_weights(asked)
    return replace(chosen, linear=linear, encoder=encoder)


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


def measure(held: Sequence[Held], recipe: Recipe) -> Mapping[str, Any]:
    """Return the measures of cross-validation as a tree of plain numbers.

    Each fold is labelled with what was calibrated on the other folds, so by a model that its
    clauses neither trained nor calibrated.
    """
    held = list(nested(held, recipe.doubt))
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
        "calibration": {"expected_calibration_error": round(_error(held), 4)},
        "review": {
            "wanted_precision": recipe.review.precision,
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


def nested(held: Sequence[Held], doubt: float) -> Iterator[Held]:
    """Yield the folds, each calibrated on the others."""
    for number, own in enumerate(held):
        others = [each for place, each in enumerate(held) if place != number] or held
        chosen, kept = calibrate(others, doubt), own.classifier.thresholds
        yield own.with_thresholds(
            replace(chosen, further=kept.further, addressee=kept.addressee, review=kept.review)
        )


def _error(held: Sequence[Held]) -> float:
    """Return the calibration error over the folds, clauses of whole documents if there are any."""
    confidences, rights = [], []
    anywhole = any(each.whole().any() for each in held)
    for own in held:
        chances = softmax(own.scores())
        chosen = own.whole() if anywhole else np.ones(len(chances), dtype=bool)
        confidences.append(chances.max(axis=1)[chosen])
        rights.append((chances.argmax(axis=1) == own.truth())[chosen])
    return calibration_error(calibration_bins(np.concatenate(confidences), np.concatenate(rights)))
