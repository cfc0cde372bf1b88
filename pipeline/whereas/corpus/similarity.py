"""Similarity of segmentations: how alike two annotations cut a text into clauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from whereas.document import Clause, Document
from whereas.evaluation.boundaries import (
    Boundaries,
    boundary_similarity,
    find_boundaries,
    window_errors,
)


def cut_alike(first: Document, second: Document) -> tuple[Boundaries, Boundaries] | None:
    """Return the boundaries of two annotations of the same words, or None if those differ.

    The words are those of the text, where both have it and all their clauses have spans;
    otherwise those of the clauses, one after the other.
    """
    if first.text is not None and first.text == second.text and _placed(first) and _placed(second):
        return find_boundaries(first.text, first.clauses), find_boundaries(
            first.text, second.clauses
        )
    (text, ours), (other_text, theirs) = _one_line(first.clauses), _one_line(second.clauses)
    if text.split() != other_text.split():
        return None
    return find_boundaries(text, ours), find_boundaries(other_text, theirs)


def _placed(document: Document) -> bool:
    return all(clause.spans for clause in document.clauses)


def _one_line(clauses: Sequence[Clause]) -> tuple[str, list[Clause]]:
    """Return clauses written one after the other, and where each of them is."""
    text = ""
    placed = []
    for clause in clauses:
        start = len(text)
        text += f"{clause.full_text} "
        placed.append(Clause(zone=clause.zone, text="", spans=((start, len(text)),)))
    return text, placed


@dataclass
class Similarity:
    """Similarity of two segmentations, as means over documents, each with its number of words.

    ``compared`` documents had the same words in both. ``window_diff`` and ``pk`` are errors, 0
    at best, and means of both directions. ``boundary_similarity`` is 1 at best. ``clause_f1`` is
    the share of clauses that have the same words in both.
    """

    documents: int = 0
    compared: int = 0
    words: int = 0
    pk: float = 0.0
    window_diff: float = 0.0
    boundary_similarity: float = 0.0
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
        one, other = cuts
        errors, back = window_errors(one, other), window_errors(other, one)
        if errors is None or back is None:
            return
        self.compared += 1
        self.words += one.words
        self.pk += one.words * (errors[0] + back[0]) / 2
        self.window_diff += one.words * (errors[1] + back[1]) / 2
        self.boundary_similarity += one.words * boundary_similarity(one, other)

    def as_json(self) -> dict[str, Any]:
        """Return the measures; None where there is nothing to measure."""
        sums = {
            "boundary_similarity": self.boundary_similarity,
            "window_diff": self.window_diff,
            "pk": self.pk,
        }
        return {
            "documents": self.documents,
            "documents_compared_word_by_word": self.compared,
            "clause_f1": self.same / self.clauses if self.clauses else None,
            **{name: each / self.words if self.words else None for name, each in sums.items()},
        }
