"""Evaluation: how well a system labels clauses, measured against gold documents.

``evaluate`` compares two lists of documents, whoever made the predictions; ``evaluate_model``
lets a model and its baselines make the predictions first.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from whereas.bundle import Bundle
from whereas.document import Document
from whereas.evaluate.estimate import Bootstrap, Estimate, by_document
from whereas.evaluate.functions import FunctionScores, score_functions
from whereas.evaluate.pairs import Pair, pair_up
from whereas.evaluate.sets import SetScores, score_sets

Progress = Callable[[str, int, int], None]  # is told what is being done, how many of how many


@dataclass(frozen=True)
class UnknownLabels:
    """Gold functions that the model was not trained to give.

    Clauses that have one count as errors everywhere; ``accuracy_elsewhere`` is the accuracy on
    the other clauses.
    """

    labels: Mapping[str, int]
    accuracy_elsewhere: Estimate


@dataclass(frozen=True)
class Evaluation:
    """What was measured of one system on one corpus.

    ``unlabelled`` counts the clauses without a gold function, which are not scored.
    ``baselines`` are scored on the same clauses; it is empty where the model stores none.
    """

    documents: int
    clauses: int
    unlabelled: int
    unknown: UnknownLabels | None
    functions: FunctionScores
    also: SetScores
    addressees: SetScores
    baselines: Mapping[str, FunctionScores]


def evaluate(
    gold: Sequence[Document],
    predicted: Sequence[Document],
    *,
    baselines: Mapping[str, Sequence[Document]] | None = None,
    labels: Collection[str] | None = None,
    bootstrap: Bootstrap | None = None,
) -> Evaluation:
    """Measure predictions against gold documents.

    Args:
        predicted: the same documents with the same clauses, labelled by the system.
        baselines: the same documents, labelled by other systems, by their names.
        labels: the functions that the system can give, if that is known.
        bootstrap: the resamples that intervals come from; made anew if not given.

    Raises:
        CorpusError: predictions are not of the same documents and clauses.
    """
    bootstrap = bootstrap or Bootstrap(len(gold))
    pairs = pair_up(gold, predicted)
    order = tuple(labels or ())
    clauses = sum(len(document.clauses) for document in gold)
    return Evaluation(
        documents=len(gold),
        clauses=clauses,
        unlabelled=clauses - len(pairs),
        unknown=None if labels is None else _unknown(pairs, labels, bootstrap),
        functions=score_functions(pairs, bootstrap, order),
        also=score_sets(pairs, "also", bootstrap),
        addressees=score_sets(pairs, "addressees", bootstrap),
        baselines={
            name: score_functions(pair_up(gold, own), bootstrap, order)
            for name, own in (baselines or {}).items()
        },
    )


def _unknown(
    pairs: Sequence[Pair], labels: Collection[str], bootstrap: Bootstrap
) -> UnknownLabels | None:
    counts = Counter(str(p.gold.function) for p in pairs if p.gold.function not in labels)
    if not counts:
        return None
    known = [pair for pair in pairs if pair.gold.function in labels]
    places = [pair.document for pair in known]
    size = bootstrap.documents
    right = by_document(places, [float(pair.right) for pair in known], size)
    return UnknownLabels(
        dict(counts.most_common()),
        bootstrap.ratio(
            right, by_document(places, [1.0] * len(known), size), "a label that the model knows"
        ),
    )


def evaluate_model(
    bundle: Bundle, gold: Sequence[Document], progress: Progress | None = None
) -> Evaluation:
    """Measure a model on gold documents: their clauses are given, it labels them."""
    baselines = {}
    if bundle.baseline is not None:
        baselines = {
            "opening lookup": bundle.baseline.label(gold),
            "majority of the zone": bundle.baseline.zone_majority().label(gold),
        }
    return evaluate(
        gold,
        predict(bundle, gold, progress),
        baselines=baselines,
        labels=bundle.classifier.functions.classes,
    )


def predict(
    bundle: Bundle, gold: Sequence[Document], progress: Progress | None = None
) -> list[Document]:
    """Return the documents with their clauses labelled by a model."""
    size = 50
    labelled: list[Document] = []
    for start in range(0, len(gold), size):
        labelled += bundle.classifier.label(gold[start : start + size])
        if progress:
            progress("labelling", len(labelled), len(gold))
    return labelled
