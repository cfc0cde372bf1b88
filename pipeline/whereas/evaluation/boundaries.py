"""Scores of boundaries: where clauses begin and end, counted in words.

A text is a row of words cut into segments; the boundaries are where a clause begins or ends, so
that what stands between clauses is a segment too.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from whereas.document import Clause

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+")
TOLERANCE = 2  # words by which a boundary may be off in the tolerant score
_NEAR = 2  # n_t of boundary similarity: boundaries one word apart are a near miss


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The boundaries of a text of ``words`` words; each is the number of words before it.

    Chinese characters count as words.
    """

    words: int
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hits:
    """How many boundaries two segmentations share, and how many each has."""

    shared: int
    gold: int
    predicted: int


def find_boundaries(text: str, clauses: Sequence[Clause]) -> Boundaries:
    """Return where, in words, the clauses of a text begin and end."""
    starts = [word.start() for word in WORD.finditer(text)]
    extents = [clause.extent for clause in clauses]
    places = {bisect_left(starts, at) for extent in extents if extent for at in extent}
    return Boundaries(len(starts), frozenset(places - {0, len(starts)}))


def count_hits(gold: Boundaries, predicted: Boundaries, tolerance: int = 0) -> Hits:
    """Pair boundaries that are at most ``tolerance`` words apart, each with one other."""
    ours, theirs = sorted(gold.places), sorted(predicted.places)
    shared = one = other = 0
    while one < len(ours) and other < len(theirs):
        if abs(ours[one] - theirs[other]) <= tolerance:
            shared, one, other = shared + 1, one + 1, other + 1
        elif ours[one] < theirs[other]:
            one += 1
        else:
            other += 1
    return Hits(shared, len(ours), len(theirs))


def window_errors(gold: Boundaries, predicted: Boundaries) -> tuple[float, float] | None:
    """Return Pk (Beeferman et al. 1999) and WindowDiff (Pevzner and Hearst 2002), by NLTK.

    Both are shares of windows, half as wide as a gold segment is on average, in which the
    segmentations differ: 0 is best. None where the text is shorter than such a window.
    """
    from nltk.metrics.segmentation import pk, windowdiff

    width = max(1, round(gold.words / (len(gold.places) + 1) / 2))
    ours, theirs = _string(gold), _string(predicted)
    if width > len(ours):
        return None
    return float(pk(ours, theirs, width)), float(windowdiff(ours, theirs, width))


def _string(boundaries: Boundaries) -> str:
    """Return a character for each gap between words: "1" where there is a boundary."""
    return "".join("1" if at in boundaries.places else "0" for at in range(1, boundaries.words))


def boundary_similarity(gold: Boundaries, predicted: Boundaries, near: int = _NEAR) -> float:
    """Return boundary similarity B (Fournier 2013, "Evaluating text segmentation using
    boundary edit distance"), 1 where the boundaries are the same.

    A boundary that one side lacks costs 1; two that are less than ``near`` words apart cost
    their distance divided by ``near``. The same as segeval gives for one type of boundary;
    reimplemented since segeval is no longer maintained.
    """
    only_gold, only_predicted = set(gold.places), set(predicted.places)
    same = only_gold & only_predicted
    only_gold -= same
    only_predicted -= same
    moved = []
    for distance in range(1, near):
        for at in sorted(only_gold | only_predicted):
            if _moves(at, at + distance, only_gold, only_predicted):
                moved.append(distance)
                only_gold -= {at, at + distance}
                only_predicted -= {at, at + distance}
    lacking = len(only_gold) + len(only_predicted)
    total = len(same) + len(moved) + lacking
    return 1 - (lacking + sum(moved) / near) / total if total else 1.0


def _moves(at: int, there: int, ours: Collection[int], theirs: Collection[int]) -> bool:
    return (at in ours and there in theirs) or (at in theirs and there in ours)
