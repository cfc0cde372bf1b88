"""Scores of segmentation: are the clauses found where they are, whatever they do?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from whereas.document import Document
from whereas.evaluation.boundaries import (
    TOLERANCE,
    boundary_similarity,
    count_hits,
    find_boundaries,
    window_errors,
)
from whereas.evaluation.estimate import Array, Bootstrap, Estimate
from whereas.evaluation.matching import HALF, Match, match_clauses

OVERLAPS = (1.0, 0.9, 0.75, HALF)
_NEEDS = "documents with text"


@dataclass(frozen=True, slots=True)
class Found:
    """Precision, recall and F1 of finding something."""

    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True)
class Segmentation:
    """Scores of one segmentation of the documents that have text.

    ``clauses`` holds the scores by the overlap from which a clause counts as found; 1.0 is
    exact. ``boundaries`` holds them by the words by which a boundary may be off. ``pk`` and
    ``windowdiff`` are errors, ``boundary_similarity`` is a likeness; all three are means over
    documents. ``whole_documents`` is the share of documents with every clause exact and of the
    right zone, ``zones`` the share of right zones among the clauses matched by at least half.
    """

    documents: int
    gold: int
    predicted: int
    clauses: Mapping[float, Found]
    boundaries: Mapping[int, Found]
    pk: Estimate
    windowdiff: Estimate
    boundary_similarity: Estimate
    whole_documents: Estimate
    zones: Estimate


def score_segmentation(
    gold: Sequence[Document], predicted: Sequence[Document], bootstrap: Bootstrap
) -> Segmentation:
    """Score a segmentation of the same texts.

    Args:
        gold: documents; those without text are left out.
        predicted: the same documents, segmented; in the same order.
    """
    rows = [
        (place, _count(one, other))
        for place, (one, other) in enumerate(zip(gold, predicted, strict=True))
        if one.text is not None
    ]
    places = [place for place, _ in rows]
    table = np.array([row for _, row in rows], dtype=np.float64).reshape(len(rows), len(_NAMES))
    columns = _Columns(places, table, bootstrap)
    sizes = columns.hits("gold"), columns.hits("predicted")
    return Segmentation(
        documents=len(rows),
        gold=int(sizes[0].sum()),
        predicted=int(sizes[1].sum()),
        clauses={each: columns.found(f"overlap {each}") for each in OVERLAPS},
        boundaries={
            each: columns.found(f"boundaries {each}", "boundaries") for each in (0, TOLERANCE)
        },
        pk=columns.mean("pk"),
        windowdiff=columns.mean("windowdiff"),
        boundary_similarity=columns.mean("similarity"),
        whole_documents=columns.mean("whole"),
        zones=bootstrap.ratio(
            columns.hits("zones"), columns.hits(f"overlap {HALF}"), "a matched clause"
        ),
    )


_NAMES = (
    "gold",
    "predicted",
    "boundaries gold",
    "boundaries predicted",
    *(f"overlap {each}" for each in OVERLAPS),
    *(f"boundaries {each}" for each in (0, TOLERANCE)),
    "pk",
    "windowdiff",
    "similarity",
    "whole",
    "zones",
)


@dataclass(frozen=True, eq=False)
class _Columns:
    """What was counted of each document, by name; NaN where there is nothing to count."""

    places: Sequence[int]
    table: Array
    bootstrap: Bootstrap

    def hits(self, name: str) -> Array:
        """Return the counts of all documents of the corpus, 0 for those without text."""
        column = np.zeros(self.bootstrap.documents)
        if self.places:
            column[self.places] = np.nan_to_num(self.table[:, _NAMES.index(name)])
        return column

    def found(self, name: str, of: str = "") -> Found:
        gold, predicted = (self.hits(f"{of} {side}".strip()) for side in ("gold", "predicted"))
        shared, ratio = self.hits(name), self.bootstrap.ratio
        return Found(
            ratio(shared, predicted, "a predicted clause" if self.places else _NEEDS),
            ratio(shared, gold, "a gold clause" if self.places else _NEEDS),
            ratio(2 * shared, gold + predicted, "a clause" if self.places else _NEEDS),
        )

    def mean(self, name: str) -> Estimate:
        counted = np.zeros(self.bootstrap.documents)
        if self.places:
            counted[self.places] = ~np.isnan(self.table[:, _NAMES.index(name)])
        return self.bootstrap.ratio(self.hits(name), counted, _NEEDS)


def _count(gold: Document, predicted: Document) -> list[float]:
    """Return what is counted of one document, in the order of ``_NAMES``."""
    text = gold.text or ""
    matches = match_clauses(text, gold.clauses, predicted.clauses)
    ours, theirs = (find_boundaries(text, each.clauses) for each in (gold, predicted))
    hits = [count_hits(ours, theirs, tolerance) for tolerance in (0, TOLERANCE)]
    overlaps = [sum(match.overlap >= least for match in matches) for least in OVERLAPS]
    pk, windowdiff = window_errors(ours, theirs) or (np.nan, np.nan)
    right = [m for m in matches if m.overlap >= HALF and _same_zone(m, gold, predicted)]
    exact = [match for match in right if match.overlap == 1]
    return [
        len(gold.clauses),
        len(predicted.clauses),
        hits[0].gold,
        hits[0].predicted,
        *overlaps,
        *(each.shared for each in hits),
        pk,
        windowdiff,
        boundary_similarity(ours, theirs),
        len(exact) == len(gold.clauses) == len(predicted.clauses),
        len(right),
    ]


def _same_zone(match: Match, gold: Document, predicted: Document) -> bool:
    return gold.clauses[match.gold].zone == predicted.clauses[match.predicted].zone
