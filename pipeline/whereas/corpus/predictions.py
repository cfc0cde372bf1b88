"""Labels that a model gave: which of them a model of another language can learn from.

A clause with a ``score`` was labelled by a model. ``whereas train`` learns from such clauses and
never measures with them.
"""

from collections.abc import Iterable, Iterator

from whereas.corpus.prints import normalise
from whereas.document import Clause, Document


def worth_learning(
    predicted: Iterable[Document], least: float, known: Iterable[Document] = ()
) -> Iterator[Document]:
    """Yield predicted documents with the labels that are sure and new; the others are removed.

    A clause keeps its label if its score is at least ``least`` and no clause before it, in
    ``predicted`` or ``known``, has the same words. Documents that keep none are left out.
    """
    seen = {normalise(clause.text) for document in known for clause in document.clauses}
    for document in predicted:
        clauses = []
        for clause in document.clauses:
            words = normalise(clause.text)
            sure = clause.score is None or clause.score >= least
            clauses.append(clause if sure and words not in seen else _unlabelled(clause))
            seen.add(words)
        if any(clause.function for clause in clauses):
            yield document.model_copy(update={"clauses": tuple(clauses)})


def _unlabelled(clause: Clause) -> Clause:
    without = {"function": None, "also": (), "addressees": ()}
    return clause.model_copy(update={**without, "score": None, "scores": None, "review": None})
