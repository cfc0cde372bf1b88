"""Alignment: which documents and clauses of two annotations are the same."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from whereas.corpus.prints import fingerprint, normalise
from whereas.document import Clause, Document
from whereas.errors import CorpusError

_ALIKE = 0.5  # share of words in common from which two clauses are versions of one


@dataclass(frozen=True, slots=True)
class Match:
    """The numbers, from 0, of a clause in two annotations; None where one lacks it.

    ``same`` tells whether the clause has the same words in both.
    """

    first: int | None
    second: int | None
    same: bool


def pair_documents(
    first: Sequence[Document], second: Sequence[Document]
) -> tuple[list[tuple[Document, Document]], list[str]]:
    """Pair two annotations' documents by id, else by symbol and language.

    Returns:
        The pairs, in the order of the first annotation; and the ids that have no counterpart.

    Raises:
        CorpusError: an id stands twice in one annotation.
    """
    for documents in (first, second):
        repeated = [key for key, count in Counter(d.id for d in documents).items() if count > 1]
        if repeated:
            raise CorpusError(
                f"{repeated[0]}: id of more than one document of the same annotation; "
                "whereas corpus validate names the places"
            )
    ours = {document.id for document in first}
    by_id = {document.id: document for document in second}
    left: dict[tuple[str, str | None], list[Document]] = {}
    for document in second:
        if document.id not in ours and document.symbol:
            left.setdefault((document.symbol, document.language), []).append(document)
    pairs: list[tuple[Document, Document]] = []
    unpaired = []
    for document in first:
        others = left.get((document.symbol or "", document.language), [])
        if other := by_id.get(document.id):
            pairs.append((document, other))
        elif len(others) == 1:
            pairs.append((document, others.pop()))
        else:
            unpaired.append(document.id)
    found = {other.id for _, other in pairs}
    return pairs, unpaired + [document.id for document in second if document.id not in found]


def align_clauses(first: Sequence[Clause], second: Sequence[Clause]) -> list[Match]:
    """Match the clauses of two annotations of a document, in the order of the text.

    Clauses with the same words are matched first; between them, those that share at least half
    of their words.
    """
    ours, theirs = ([fingerprint(clause) for clause in clauses] for clauses in (first, second))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    matches: list[Match] = []
    for kind, start, end, other, other_end in blocks:
        if kind == "equal":
            matches += [
                Match(a, b, True)
                for a, b in zip(range(start, end), range(other, other_end), strict=True)
            ]
        else:
            matches += _match_alike(
                first, second, list(range(start, end)), list(range(other, other_end))
            )
    return matches


def _match_alike(
    first: Sequence[Clause], second: Sequence[Clause], ours: list[int], theirs: list[int]
) -> Iterator[Match]:
    words = {n: Counter(first[n].full_text.casefold().split()) for n in ours}
    others = {n: Counter(second[n].full_text.casefold().split()) for n in theirs}
    at = 0
    for number in ours:
        likest = max(
            range(at, len(theirs)),
            key=lambda n: _alike(words[number], others[theirs[n]]),
            default=None,
        )
        if likest is None or _alike(words[number], others[theirs[likest]]) < _ALIKE:
            yield Match(number, None, False)
            continue
        yield from (Match(None, each, False) for each in theirs[at:likest])
        other = theirs[likest]
        same = normalise(first[number].full_text) == normalise(second[other].full_text)
        yield Match(number, other, same)
        at = likest + 1
    yield from (Match(None, each, False) for each in theirs[at:])


def _alike(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)
