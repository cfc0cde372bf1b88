"""Evaluation: how well a system labels clauses, measured against gold documents.

``predict`` lets a classifier and its baselines make predictions, ``evaluate`` compares them with
gold, and ``compare_with`` with the predictions of another system, whoever made them.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from whereas.document import Document
from whereas.evaluation.calibration import Calibration, score_calibration
from whereas.evaluation.comparison import Comparison, compare
from whereas.evaluation.end_to_end import EndToEnd, score_end_to_end
from whereas.evaluation.estimate import Bootstrap, Estimate, by_document
from whereas.evaluation.functions import FunctionScores, score_functions
from whereas.evaluation.miscuts import Miscut, find_miscuts
from whereas.evaluation.mistakes import (
    Confusion,
    Mistake,
    Progress,
    find_mistakes,
    worst_confusions,
)
from whereas.evaluation.pairs import Pair, pair_loosely, pair_up
from whereas.evaluation.predictions import Predictions, predict, with_texts
from whereas.evaluation.segmentation import Segmentation, score_segmentation
from whereas.evaluation.sets import SetScores, score_sets
from whereas.evaluation.slices import Slicing, slice_scores

__all__ = [
    "Bootstrap",
    "Evaluation",
    "Predictions",
    "compare_with",
    "evaluate",
    "predict",
    "with_texts",
]


@dataclass(frozen=True, slots=True)
class UnknownLabels:
    """Gold functions that the model was not trained to give.

    Clauses that have one count as errors everywhere; ``accuracy_elsewhere`` is the accuracy on
    the other clauses.
    """

    labels: Mapping[str, int]
    accuracy_elsewhere: Estimate


@dataclass(frozen=True)
class FromText:
    """Scores on clauses that were found in texts of one kind.

    ``segmentation`` and ``end_to_end`` are by system: the ``model``, then simpler ones.
    ``miscuts`` are the errors of the model's segmentation.
    """

    documents: int
    segmentation: Mapping[str, Segmentation]
    end_to_end: Mapping[str, EndToEnd]
    miscuts: tuple[Miscut, ...]


@dataclass(frozen=True)
class Evaluation:
    """What was measured of one system on one corpus.

    ``unlabelled`` counts the clauses without a gold function, which are not scored.
    ``functions``, ``also``, ``addressees`` and what follows are on the gold clauses;
    ``baselines`` too, which is empty where the model stores none. ``texts`` holds the scores on
    clauses found in texts as they are, ``flattened`` those on texts that were made of records;
    None where there are none of the kind or segmentation was not done.
    """

    documents: int
    clauses: int
    unlabelled: int
    unknown: UnknownLabels | None
    functions: FunctionScores
    baselines: Mapping[str, FunctionScores]
    also: SetScores
    addressees: SetScores
    calibration: Calibration
    texts: FromText | None
    flattened: FromText | None
    slices: tuple[Slicing, ...]
    confusions: tuple[Confusion, ...]
    mistakes: tuple[Mistake, ...]


def evaluate(
    gold: Sequence[Document],
    predictions: Predictions,
    bootstrap: Bootstrap | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Measure predictions against gold documents.

    Args:
        bootstrap: the resamples that intervals come from; made anew if not given.

    Raises:
        CorpusError: predictions are not of the same documents and clauses.
    """
    bootstrap = bootstrap or Bootstrap(len(gold))
    pairs = pair_up(gold, predictions.labelled)
    labels = predictions.labels
    order = tuple(labels or ())
    clauses = sum(len(document.clauses) for document in gold)
    mistakes = find_mistakes(gold, pairs, predictions.explain, progress)
    return Evaluation(
        documents=len(gold),
        clauses=clauses,
        unlabelled=clauses - len(pairs),
        unknown=None if labels is None else _unknown(pairs, labels, bootstrap),
        functions=score_functions(pairs, bootstrap, order),
        baselines={
            name: score_functions(pair_up(gold, own), bootstrap, order)
            for name, own in predictions.baselines.items()
        },
        also=score_sets(pairs, "also", bootstrap),
        addressees=score_sets(pairs, "addressees", bootstrap),
        calibration=score_calibration(pairs, bootstrap),
        texts=_from_text(gold, predictions, bootstrap, flattened=False),
        flattened=_from_text(gold, predictions, bootstrap, flattened=True),
        slices=slice_scores(gold, pairs, bootstrap, predictions.properties),
        confusions=worst_confusions(mistakes, pairs),
        mistakes=mistakes,
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
    every = by_document(places, [1.0] * len(known), size)
    needs = "a label that the model knows"
    return UnknownLabels(dict(counts.most_common()), bootstrap.ratio(right, every, needs))


def _from_text(
    gold: Sequence[Document], predictions: Predictions, bootstrap: Bootstrap, *, flattened: bool
) -> FromText | None:
    if predictions.segmented is None:
        return None
    chosen = [
        document
        if bool((document.model_extra or {}).get("flattened")) == flattened
        else document.model_copy(update={"text": None})
        for document in gold
    ]
    if all(document.text is None for document in chosen):
        return None
    systems = {"model": predictions.segmented, **predictions.segmented_baselines}
    return FromText(
        documents=sum(document.text is not None for document in chosen),
        segmentation={
            name: score_segmentation(chosen, own, bootstrap)
            for name, own in systems.items()
            if name not in predictions.baselines
        },
        end_to_end={
            name: score_end_to_end(chosen, own, bootstrap)
            for name, own in systems.items()
            if name == "model" or name in predictions.baselines
        },
        miscuts=find_miscuts(chosen, predictions.segmented),
    )


def compare_with(
    other: str,
    gold: Sequence[Document],
    labelled: Sequence[Document],
    others: Sequence[Document],
    bootstrap: Bootstrap | None = None,
) -> Comparison:
    """Compare a system's labels of gold clauses with those of another, anybody's.

    Args:
        other: the name of the other system.
        labelled: the gold documents, labelled by the first system.
        others: the second system's documents, in any order; see ``pair_loosely``.
        bootstrap: the resamples, if not new ones; used if every document is compared.
    """
    places, theirs = pair_loosely(gold, others)
    chosen = [gold[place] for place in places]
    ours = pair_up(chosen, [labelled[place] for place in places])
    if bootstrap is None or bootstrap.documents != len(chosen):
        bootstrap = Bootstrap(len(chosen))
    ids = [document.id for document in chosen]
    return compare(other, ids, ours, theirs, bootstrap, left_out=len(gold) - len(chosen))
