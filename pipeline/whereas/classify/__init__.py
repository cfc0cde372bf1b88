"""The classifier: from clauses to functions, further acts and addressees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whereas.classify.encoder import Encoder
from whereas.classify.explain import Explanation, explain_choice
from whereas.classify.linear import Floats, Linear, sigmoid, softmax
from whereas.document import Clause, Document
from whereas.features import Act, addressee_features, addressee_order, document_acts
from whereas.features.cues import Cues
from whereas.labels import Scheme

ACT, NO_ACT = "act", "none"
_IMPOSSIBLE = -30.0  # log odds of a label of the other zone
_MOST_ADDRESSEES = 3


@dataclass(frozen=True)
class Thresholds:
    """Numbers chosen on clauses that the models were not trained on.

    ``temperature`` divides the log odds of functions. Where the likeliest function then has a
    probability below ``doubt``, the encoder is asked, and the log odds of both are added,
    multiplied by ``linear`` and ``encoder``. A further act is given from a probability of
    ``further``, a further addressee from ``addressee``; below ``review`` the function's score
    marks a clause for review.
    """

    temperature: float = 1.0
    doubt: float = 0.0
    linear: float = 1.0
    encoder: float = 0.0
    further: float = 0.5
    addressee: float = 0.5
    review: float = 0.5


@dataclass(frozen=True, eq=False)
class ClauseClassifier:
    """Labels the clauses of documents with the functions and addressees of a scheme.

    ``functions`` chooses the function of an act, and ``encoder`` has a say in that of a clause's
    first act where they leave doubt; ``further`` says whether what may be a later act of a clause
    is one; ``first_addressee`` chooses to whom the directive acts speak first, and ``addressees``
    says to whom else. All but the first may be lacking.
    """

    scheme: Scheme
    cues: Mapping[str, Cues]
    groups: tuple[str, ...]
    functions: Linear
    encoder: Encoder | None = None
    further: Linear | None = None
    first_addressee: Linear | None = None
    addressees: Linear | None = None
    thresholds: Thresholds = Thresholds()

    def label(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with their clauses labelled, whatever labels they had."""
        acts = [self.acts(document) for document in documents]
        flat = [each for document in acts for each in document]
        clauses = [clause for document in documents for clause in document.clauses]
        labelled = iter(self.label_clauses(clauses, flat))
        return [
            document.model_copy(update={"clauses": tuple(next(labelled) for _ in clauses_acts)})
            for document, clauses_acts in zip(documents, acts, strict=True)
        ]

    def explain(self, document: Document) -> list[Explanation]:
        """Say, for each clause, which few features decided on its function."""
        acts = [each[0] for each in self.acts(document)]
        if not acts:
            return []
        linear = self.function_scores(document.clauses, [act.features for act in acts])
        scores = self.second_opinion(document.clauses, linear)
        asked = set(self.doubtful(linear).tolist()) if self.encoder else set()
        weights = [self.thresholds.linear if n in asked else 1.0 for n in range(len(acts))]
        return [
            explain_choice(
                self.functions,
                act.features,
                own,
                act.core,
                scale=weight / self.thresholds.temperature,
                encoder=own - np.float32(weight) * first,
            )
            for act, own, first, weight in zip(acts, scores, linear, weights, strict=True)
        ]

    def acts(self, document: Document) -> list[list[Act]]:
        """Return the acts of each clause."""
        return document_acts(document, self._cues(document), self.groups)

    def _cues(self, document: Document) -> Cues:
        return self.cues.get(document.language or "") or next(iter(self.cues.values()))

    def function_scores(self, clauses: Sequence[Clause], rows: Sequence[Sequence[str]]) -> Floats:
        """Return the calibrated log odds of each function, by the linear models, for acts."""
        scores = self.functions.scores(rows) / np.float32(self.thresholds.temperature)
        return scores + impossible(self.functions.classes, [clause.zone for clause in clauses])

    def first_scores(self, clauses: Sequence[Clause], acts: Sequence[Sequence[Act]]) -> Floats:
        """Return the log odds of each function for clauses, the encoder asked where needed."""
        linear = self.function_scores(clauses, [each[0].features for each in acts])
        return self.second_opinion(clauses, linear)

    def doubtful(self, scores: Floats) -> NDArray[np.intp]:
        """Return the rows of log odds of functions that leave doubt."""
        return np.flatnonzero(softmax(scores).max(axis=1) < self.thresholds.doubt)

    def encoder_scores(self, clauses: Sequence[Clause]) -> Floats:
        """Return the encoder's log odds of each function; what it doesn't know is unlikely."""
        classes = self.functions.classes
        zones = impossible(classes, [clause.zone for clause in clauses])
        if self.encoder is None:
            return zones
        scores = self.encoder.scores(clauses)
        column = {label: number for number, label in enumerate(self.encoder.classes)}
        least = scores.min(axis=1)
        known = [scores[:, column[name]] if name in column else least for name in classes]
        return np.stack(known, axis=1) + zones

    def second_opinion(self, clauses: Sequence[Clause], scores: Floats) -> Floats:
        """Return log odds of functions, those of doubtful clauses after asking the encoder."""
        if self.encoder is None or not len(doubtful := self.doubtful(scores)):
            return scores
        both = scores.copy()
        both[doubtful] *= np.float32(self.thresholds.linear)
        both[doubtful] += np.float32(self.thresholds.encoder) * self.encoder_scores(
            [clauses[number] for number in doubtful]
        )
        return both

    def label_clauses(
        self, clauses: Sequence[Clause], acts: Sequence[Sequence[Act]]
    ) -> list[Clause]:
        """Return clauses labelled, given their acts."""
        if not clauses:
            return []
        classes = self.functions.classes
        chances = softmax(self.first_scores(clauses, acts))
        best = chances.argmax(axis=1)
        functions = [classes[column] for column in best]
        further = self.later_acts(clauses, acts, self.thresholds.further)
        addressees = self._addressees(functions, acts, further)
        labelled = []
        for number, clause in enumerate(clauses):
            function, scores = functions[number], chances[number].tolist()
            also = dict.fromkeys(label for _, label, _ in further[number] if label != function)
            labelled.append(
                clause.model_copy(
                    update={
                        "function": function,
                        "also": tuple(also),
                        "addressees": addressees[number],
                        "score": min(1.0, scores[best[number]]),
                        "scores": dict(zip(classes, scores, strict=True)),
                        "review": scores[best[number]] < self.thresholds.review,
                    }
                )
            )
        return labelled

    def later_acts(
        self, clauses: Sequence[Clause], acts: Sequence[Sequence[Act]], least: float = 0.0
    ) -> list[list[tuple[Act, str, float]]]:
        """Return each clause's later acts, their functions, and how likely each is an act.

        Args:
            least: leave out what is less likely.
        """
        found: list[list[tuple[Act, str, float]]] = [[] for _ in clauses]
        later = [(n, act) for n, each in enumerate(acts) for act in each[1:]]
        if self.further is None or not later:
            return found
        likely = softmax(self.further.scores([act.features for _, act in later]))
        chances = likely[:, self.further.classes.index(ACT)].tolist()
        kept = [
            (*each, chance) for each, chance in zip(later, chances, strict=True) if chance >= least
        ]
        if kept:
            scores = self.function_scores(
                [clauses[number] for number, _, _ in kept], [act.features for _, act, _ in kept]
            )
            for (number, act, chance), column in zip(kept, scores.argmax(axis=1), strict=True):
                found[number].append((act, self.functions.classes[column], chance))
        return found

    def _addressees(
        self,
        functions: Sequence[str],
        acts: Sequence[Sequence[Act]],
        further: Sequence[Sequence[tuple[Act, str, float]]],
    ) -> list[tuple[str, ...]]:
        """Return to whom the directive acts of each clause speak."""
        result: list[tuple[str, ...]] = [() for _ in functions]
        if self.first_addressee is None:
            return result
        asked: list[tuple[int, list[tuple[Act, str]]]] = []
        for number, function in enumerate(functions):
            every = [(acts[number][0], function), *(each[:2] for each in further[number])]
            if directive := [pair for pair in every if pair[1] in self.scheme.directive]:
                asked.append((number, directive))
        if not asked:
            return result
        rows = [addressee_features(directive) for _, directive in asked]
        first = self.first_addressee.scores(rows).argmax(axis=1)
        more = None if self.addressees is None else sigmoid(self.addressees.scores(rows))
        for place, (number, directive) in enumerate(asked):
            name = self.first_addressee.classes[first[place]]
            if name == NO_ACT:
                continue
            chosen = [name]
            if self.addressees is not None and more is not None:
                likely = [
                    other
                    for other, chance in zip(self.addressees.classes, more[place], strict=True)
                    if chance >= self.thresholds.addressee and other != name
                ]
                chosen += addressee_order(directive, likely)
            result[number] = tuple(chosen[:_MOST_ADDRESSEES])
        return result

    def state(self) -> dict[str, Any]:
        """Return the models as plain arrays, lists and estimators, for saving."""
        models = {
            "functions": self.functions,
            "encoder": self.encoder,
            "further": self.further,
            "first_addressee": self.first_addressee,
            "addressees": self.addressees,
        }
        return {name: model.state() for name, model in models.items() if model is not None}


def impossible(classes: Sequence[str], zones: Sequence[str]) -> Floats:
    """Return what to add to log odds so that no clause gets a label of another zone.

    A label without a zone, such as ``other``, is possible anywhere. So is any label where the
    scheme's labels do not start with the names of zones.
    """
    possible = {
        zone: np.array(
            [_IMPOSSIBLE if own in _ZONES and own != zone else 0.0 for own in map(_zone, classes)],
            dtype=np.float32,
        )
        for zone in set(zones)
    }
    rows = [possible[zone] for zone in zones]
    return np.array(rows, dtype=np.float32).reshape(len(zones), len(classes))


_ZONES = ("preambular", "operative")


def _zone(label: str) -> str:
    return label.partition(".")[0] if "." in label else ""
