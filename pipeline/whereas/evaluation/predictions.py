"""What a system says of gold documents: of their clauses, and of their texts alone."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TypeVar

from whereas.classify import ClauseClassifier
from whereas.classify.baselines import OpeningLookup, opening_phrase
from whereas.document import Clause, Document
from whereas.evaluation.flatten import flatten, has_places, is_whole
from whereas.evaluation.mistakes import Explain, Progress
from whereas.evaluation.slices import UNKNOWN, Values
from whereas.families import KnownFamilies

T = TypeVar("T")
Segmenter = Callable[[Document], Document]

_BATCH = 50  # documents between two reports of progress
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
LOOKUP, MAJORITY, PARAGRAPHS = "opening lookup", "majority of the zone", "a clause a paragraph"


@dataclass(frozen=True, eq=False)
class Predictions:
    """Predictions for gold documents, in the same order.

    ``labelled`` are the documents with the gold clauses; ``segmented`` those made of the texts
    alone, unlabelled documents and all, or None if that was not done. ``baselines`` and
    ``segmented_baselines`` are the same of simpler systems, by name. ``labels`` are the
    functions that the system can give, if that is known; ``properties`` are further ones to
    slice by (or what a system would need for them to be known).
    """

    labelled: Sequence[Document]
    segmented: Sequence[Document] | None = None
    baselines: Mapping[str, Sequence[Document]] = field(default_factory=dict)
    segmented_baselines: Mapping[str, Sequence[Document]] = field(default_factory=dict)
    labels: Collection[str] | None = None
    properties: Mapping[str, Values | str] = field(default_factory=dict)
    explain: Explain | None = None


def with_texts(gold: Sequence[Document]) -> list[Document]:
    """Return gold documents with the texts on which segmentation is measured.

    A whole document keeps its text if all its clauses have a place in it, or gets one made of
    its clauses; it is then marked ``flattened``. Of a clause cut out of its document there is
    nothing to segment: it has no text.
    """
    result = []
    for document in gold:
        if not is_whole(document):
            result.append(document.model_copy(update={"text": None}))
        elif has_places(document):
            result.append(document)
        else:
            result.append(flatten(document).model_copy(update={"flattened": True}))
    return result


def predict(
    classifier: ClauseClassifier,
    gold: Sequence[Document],
    *,
    baseline: OpeningLookup | None = None,
    families: KnownFamilies | None = None,
    segmenter: Segmenter | None = None,
    progress: Progress | None = None,
) -> Predictions:
    """Let a classifier, and the baseline fitted on the same clauses, label documents.

    Args:
        gold: documents as ``with_texts`` returns them.
        families: those that the classifier was trained on, if they are known.
        segmenter: finds the clauses of a text, if this is to be measured too.
    """
    simple = {} if baseline is None else {LOOKUP: baseline, MAJORITY: baseline.zone_majority()}
    cut = segmented = None
    if segmenter is not None:
        cut = list(_each(gold, partial(_segmented, segmenter=segmenter), "segmenting", progress))
        what = "labelling what was segmented"
        segmented = _label(classifier, cut, what, progress, scores=False)
    return Predictions(
        labelled=_label(classifier, gold, "labelling", progress),
        segmented=segmented,
        baselines={name: own.label(gold) for name, own in simple.items()},
        segmented_baselines={
            **{name: own.label(cut) for name, own in simple.items() if cut is not None},
            PARAGRAPHS: [_paragraphs(document) for document in gold],
        },
        labels=classifier.functions.classes,
        properties={
            "opening in training": _opening_seen(gold, baseline),
            "title family in training": _family_seen(gold, families),
        },
        explain=classifier.explain,
    )


def _label(
    classifier: ClauseClassifier,
    documents: Sequence[Document],
    what: str,
    progress: Progress | None,
    *,
    scores: bool = True,
) -> list[Document]:
    """Label documents; without the scores of every function, which take much memory, if wished."""
    labelled: list[Document] = []
    for start in range(0, len(documents), _BATCH):
        batch = classifier.label(documents[start : start + _BATCH])
        labelled += batch if scores else map(_without_scores, batch)
        if progress:
            progress(what, len(labelled), len(documents))
    return labelled


def _without_scores(document: Document) -> Document:
    clauses = (clause.model_copy(update={"scores": None}) for clause in document.clauses)
    return document.model_copy(update={"clauses": tuple(clauses)})


def _each(
    documents: Sequence[Document], do: Segmenter, what: str, progress: Progress | None
) -> Iterator[Document]:
    for number, document in enumerate(documents, start=1):
        yield do(document)
        if progress and (number % _BATCH == 0 or number == len(documents)):
            progress(what, number, len(documents))


def _segmented(document: Document, segmenter: Segmenter) -> Document:
    """Segment a document of which nothing is known but its text."""
    if document.text is None:
        return document.model_copy(update={"clauses": ()})
    return segmenter(Document(id=document.id, text=document.text))


def _paragraphs(document: Document) -> Document:
    """Take each paragraph for a clause; in the operative part if it begins with a figure."""
    text = document.text or ""
    clauses = [
        Clause(
            zone="operative" if text[found.start()].isdigit() else "preambular",
            text=" ".join(found.group().split()),
            spans=((found.start(), found.start() + len(found.group().rstrip())),),
        )
        for found in _PARAGRAPH.finditer(text)
    ]
    return document.model_copy(update={"clauses": tuple(clauses)})


def _opening_seen(gold: Sequence[Document], baseline: OpeningLookup | None) -> Values | str:
    if baseline is None:
        return "a model that stores the openings it was trained on"
    return [
        [
            "seen"
            if opening_phrase(clause, document.language) in baseline.openings.get(clause.zone, {})
            else "not seen"
            for clause in document.clauses
        ]
        for document in gold
    ]


def _family_seen(gold: Sequence[Document], families: KnownFamilies | None) -> Values | str:
    if families is None:
        return "a model that stores the title families it was trained on"
    words = {True: "seen", False: "not seen", None: UNKNOWN}
    return [
        [words[held]] * len(document.clauses)
        for document, held in zip(gold, families.hold(gold), strict=True)
    ]


def merge(
    parts: Sequence[tuple[Sequence[int], Predictions]], gold: Sequence[Document]
) -> Predictions:
    """Put predictions for parts of a corpus together, such as the folds of cross-validation.

    Args:
        parts: for each part, the places of its documents in ``gold``, and their predictions.
    """
    places = [place for own_places, _ in parts for place in own_places]
    order = sorted(range(len(places)), key=places.__getitem__)
    each = [own for _, own in parts]

    def joined(lists: Iterable[Sequence[T]]) -> list[T]:
        flat = list(chain.from_iterable(lists))
        return [flat[number] for number in order]

    first = each[0]
    explain = {
        gold[place].id: own.explain
        for own_places, own in parts
        for place in own_places
        if own.explain is not None
    }
    segmented = [own.segmented for own in each if own.segmented is not None]
    return Predictions(
        labelled=joined(own.labelled for own in each),
        segmented=joined(segmented) if segmented else None,
        baselines={name: joined(own.baselines[name] for own in each) for name in first.baselines},
        segmented_baselines={
            name: joined(own.segmented_baselines[name] for own in each)
            for name in first.segmented_baselines
        },
        labels=sorted({label for own in each for label in own.labels or ()}),
        properties={
            name: value if isinstance(value, str) else joined(own.properties[name] for own in each)
            for name, value in first.properties.items()
        },
        explain=(lambda document: explain[document.id](document)) if explain else None,
    )
