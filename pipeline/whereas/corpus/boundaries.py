"""Boundaries: how similarly two annotations cut a text into clauses."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from whereas.document import Document

_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W\u3040-\u30ff\u4e00-\u9fff]+")
_NEAR = 3  # words; boundaries that are at most this far apart count as one, moved


@dataclass(frozen=True, slots=True)
class Cuts:
    """A text of ``words`` words, and before which of them (1 to words - 1) there is a boundary."""

    words: int
    at: frozenset[int]

    def as_string(self) -> str:
        """Return a 1 for each word that a boundary follows, and a 0 for each other."""
        return "".join("1" if place + 1 in self.at else "0" for place in range(self.words))


def cut_alike(first: Document, second: Document) -> tuple[Cuts, Cuts] | None:
    """Return the boundaries of two annotations of the same words, or None if those differ.

    The words are those of the text, where both have it and all their clauses have spans;
    otherwise those of the clauses, one after the other.
    """
    if first.text is not None and first.text == second.text and _placed(first) and _placed(second):
        starts = [match.start() for match in _WORD.finditer(first.text)]
        one, other = (_text_cuts(document, starts) for document in (first, second))
        return one, other
    words, others = (
        [_WORD.findall(clause.full_text.casefold()) for clause in document.clauses]
        for document in (first, second)
    )
    if [w for own in words for w in own] != [w for own in others for w in own]:
        return None
    return _clause_cuts(words), _clause_cuts(others)


def _placed(document: Document) -> bool:
    return all(clause.spans for clause in document.clauses)


def _text_cuts(document: Document, starts: Sequence[int]) -> Cuts:
    places = set()
    for clause in document.clauses:
        spans = sorted([*clause.spans, *(span for item in clause.items for span in item.spans)])
        places |= {bisect_left(starts, spans[0][0]), bisect_left(starts, spans[-1][1])}
    return Cuts(len(starts), frozenset(places - {0, len(starts)}))


def _clause_cuts(clauses: Sequence[Sequence[str]]) -> Cuts:
    places, at = set(), 0
    for words in clauses:
        at += len(words)
        places.add(at)
    return Cuts(at, frozenset(places - {0, at}))


@dataclass
class Similarity:
    """Similarity of two segmentations, added up over documents.

    ``compared`` documents had the same words in both. ``window_diff`` and ``pk`` are shares of
    windows, half a segment long, in which the two differ: 0 is best. ``boundary_similarity`` is
    1 at best: a boundary that only one has costs 1, one that is moved by up to three words as
    large a part of 1 as it is moved (Fournier's B with one type of boundary).
    ``clause_f1`` is the share of clauses that have the same words in both.
    """

    documents: int = 0
    compared: int = 0
    words: int = 0
    differing: float = 0.0
    missed: float = 0.0
    boundaries: int = 0
    cost: float = 0.0
    same: int = 0
    clauses: int = 0

    def add(self, first: Document, second: Document, same: int) -> None:
        """Count a document, of which ``same`` clauses have the same words in both."""
        self.documents += 1
        self.same += 2 * same
        self.clauses += len(first.clauses) + len(second.clauses)
        cuts = cut_alike(first, second)
        if cuts is None:
            return
        self.compared += 1
        one, other = cuts
        window_diff, pk = window_measures(one, other)
        self.words += one.words
        self.differing += window_diff * one.words
        self.missed += pk * one.words
        boundaries, cost = boundary_edits(one.at, other.at)
        self.boundaries += boundaries
        self.cost += cost

    def as_json(self) -> dict[str, Any]:
        """Return the measures; None where there is nothing to measure."""
        return {
            "documents": self.documents,
            "documents_compared_word_by_word": self.compared,
            "clause_f1": self.same / self.clauses if self.clauses else None,
            "boundary_similarity": (
                (1 - self.cost / self.boundaries if self.boundaries else 1.0)
                if self.compared
                else None
            ),
            "window_diff": self.differing / self.words if self.words else None,
            "pk": self.missed / self.words if self.words else None,
        }


def window_measures(one: Cuts, other: Cuts) -> tuple[float, float]:
    """Return WindowDiff and Pk, with windows half as long as the mean segment of the two."""
    from nltk.metrics.segmentation import pk, windowdiff

    if one.words < 2:
        return 0.0, 0.0
    segments = (len(one.at) + len(other.at)) / 2 + 1
    window = max(1, min(one.words - 1, round(one.words / segments / 2)))
    first, second = one.as_string(), other.as_string()
    return float(windowdiff(first, second, window)), float(pk(first, second, window))


def boundary_edits(one: frozenset[int], other: frozenset[int]) -> tuple[int, float]:
    """Return how many boundaries there are, matched ones counted once, and what differs.

    Near ones are matched from the left, each with the next that is left over.
    """
    matched = one & other
    ours, theirs = sorted(one - matched), sorted(other - matched)
    moved, cost, at = 0, 0.0, 0
    for place in ours:
        while at < len(theirs) and theirs[at] < place - _NEAR:
            at += 1
        if at < len(theirs) and theirs[at] <= place + _NEAR:
            cost += abs(theirs[at] - place) / (_NEAR + 1)
            moved += 1
            at += 1
    alone = len(ours) + len(theirs) - 2 * moved
    return len(matched) + moved + alone, cost + alone
