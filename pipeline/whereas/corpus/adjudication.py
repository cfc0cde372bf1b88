"""Adjudication: a sheet on which a third person decides between two annotations."""

from collections.abc import Sequence

from whereas.corpus.alignment import align_clauses, pair_documents
from whereas.document import Clause, Document

FIELDS = ("function", "also", "addressees")
ABSENT = "(no such clause)"


def adjudication_sheet(first: Sequence[Document], second: Sequence[Document]) -> list[Document]:
    """Return the documents that both annotations have, with what is disputed left open.

    What they agree on stays. Where they differ, the label is empty, and the keys ``first`` and
    ``second`` of the clause say what each gave: its function, further acts after a +,
    addressees after a >. Clauses that only one has stand in their place.

    Raises:
        CorpusError: an id stands twice in one annotation.
    """
    return [_sheet(one, other) for one, other in pair_documents(first, second)[0]]


def _sheet(one: Document, other: Document) -> Document:
    clauses = []
    for match in align_clauses(one.clauses, other.clauses):
        ours = None if match.first is None else one.clauses[match.first]
        theirs = None if match.second is None else other.clauses[match.second]
        if ours is not None and theirs is not None:
            clauses.append(_decided(ours, theirs))
        elif (lone := ours or theirs) is not None:
            clauses.append(_open(lone, FIELDS, labels_of(ours), labels_of(theirs)))
    return one.model_copy(update={"clauses": tuple(clauses)})


def _decided(ours: Clause, theirs: Clause) -> Clause:
    disputed = [name for name in FIELDS if _set(ours, name) != _set(theirs, name)]
    if not disputed:
        return ours
    return _open(ours, disputed, labels_of(ours), labels_of(theirs))


def _open(clause: Clause, fields: Sequence[str], first: str, second: str) -> Clause:
    """Return a clause without some of its labels, with what was said of it."""
    update: dict[str, object] = {name: None if name == "function" else () for name in fields}
    return clause.model_copy(update={**update, "first": first, "second": second})


def _set(clause: Clause, name: str) -> frozenset[str]:
    value = getattr(clause, name)
    return frozenset([value] if isinstance(value, str) else value or ())


def labels_of(clause: Clause | None) -> str:
    """Return the labels of a clause on one line."""
    if clause is None:
        return ABSENT
    also = "".join(f" +{label}" for label in clause.also)
    to = "".join(f" >{label}" for label in clause.addressees)
    return f"{clause.function or '(none)'}{also}{to}"
