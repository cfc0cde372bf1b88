"""Suggestions: which clauses are worth labelling next, for a round of active learning."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from whereas.corpus.prints import fingerprint
from whereas.document import Clause, Document
from whereas.errors import CorpusError

_POOL = 20  # times as many clauses as are wanted are compared, the most uncertain ones
_LEAST = 500  # but at least so many


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that is not labelled yet, with a model's guess."""

    document: Document
    number: int
    clause: Clause
    uncertainty: float


def uncertainty(clause: Clause) -> float:
    """Return how unsure a guess is: 1 less the margin between the two likeliest functions."""
    chances = sorted((clause.scores or {}).values(), reverse=True)
    if len(chances) < 2:
        return 1.0 - (clause.score or 0.0)
    return 1.0 - (chances[0] - chances[1])


def suggest(
    documents: Sequence[Document],
    guessed: Sequence[Document],
    count: int,
    known: Sequence[Document] = (),
) -> list[Document]:
    """Return the clauses worth labelling next, the most useful first, each as a document.

    A clause is the more useful the less sure the model is of it and the less it resembles those
    chosen before it and those that are known. What is labelled already is not suggested, nor
    the same words twice.

    Args:
        documents: documents some or all of whose clauses have no function.
        guessed: the same documents with a model's guesses.
        known: labelled documents that one has.

    Raises:
        CorpusError: all clauses are labelled already, or there are none.
    """
    labelled = [c for d in (*known, *documents) for c in d.clauses if c.function is not None]
    pool = _candidates(documents, guessed, {fingerprint(clause) for clause in labelled})
    if not pool:
        raise CorpusError("nothing to suggest: no clauses, or all of them are labelled already")
    pool.sort(key=lambda each: -each.uncertainty)
    pool = pool[: max(_LEAST, _POOL * count)]
    chosen = _choose(pool, count, [clause.full_text for clause in labelled])
    return [_as_document(pool[number]) for number in chosen]


def _candidates(
    documents: Sequence[Document], guessed: Sequence[Document], known: set[str]
) -> list[Candidate]:
    found = []
    seen = set(known)
    for document, labelled in zip(documents, guessed, strict=True):
        pairs = zip(document.clauses, labelled.clauses, strict=True)
        for number, (clause, guess) in enumerate(pairs, start=1):
            name = fingerprint(clause)
            if clause.function is None and name not in seen:
                seen.add(name)
                found.append(Candidate(document, number, guess, uncertainty(guess)))
    return found


def _choose(pool: Sequence[Candidate], count: int, known: Sequence[str]) -> list[int]:
    """Choose, one after the other, what is most uncertain times least like the rest."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(token_pattern=r"\w+", sublinear_tf=True, ngram_range=(1, 2))
    vectors: Any = vectorizer.fit_transform([each.clause.full_text or "_" for each in pool])
    nearest = np.zeros(len(pool))
    for start in range(0, len(known), 2000):  # in blocks, to bound memory
        others = vectorizer.transform(known[start : start + 2000])
        nearest = np.maximum(nearest, (vectors @ others.T).max(axis=1).toarray().ravel())
    unsure = np.array([each.uncertainty for each in pool])
    left = np.ones(len(pool), dtype=bool)
    chosen: list[int] = []
    while len(chosen) < min(count, len(pool)):
        worth = np.where(left, unsure * (1 - nearest), -1)
        best = int(worth.argmax())
        chosen.append(best)
        left[best] = False
        nearest = np.maximum(nearest, (vectors @ vectors[best].T).toarray().ravel())
    return chosen


def _as_document(candidate: Candidate) -> Document:
    """Return a clause as a document of its own, marked as a part."""
    whole, clause = candidate.document, candidate.clause
    items = tuple(item.model_copy(update={"spans": ()}) for item in clause.items)
    fields: dict[str, Any] = {
        name: value
        for name in ("symbol", "language", "organ", "adopted", "title", "source")
        if (value := getattr(whole, name)) is not None
    }
    fields["clauses"] = (clause.model_copy(update={"spans": (), "items": items}),)
    uncertain = round(candidate.uncertainty, 4)
    return Document(
        id=f"{whole.id}#{candidate.number}", **fields, partial=True, uncertainty=uncertain
    )
