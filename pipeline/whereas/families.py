"""Families of documents: resolutions of one subject, repeated from year to year.

The same resolution comes back every session with small changes, so training and test data are
divided by family. Two documents are of one family if they share a symbol, if their titles
are equal or near to each other, or, where they have no title, if their clauses are.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

from whereas.document import Document

_NOT_KEY = re.compile(r"[^\w/.()]+")
_NEAR = 0.6  # cosine of TF-IDF vectors from which two titles (or texts) are near
_NOT_SUBJECT = re.compile(r"[^\w\s]|\b\w*\d\w*\b|\b[ivxlc]+\b")
_READ = 4000  # characters of an untitled document that are compared
_LETTERS = str.maketrans("0123456789abcdef", "bdfghjkmnpqrstwz")  # none is a Roman figure


def title_families(documents: Sequence[Document], near: float = _NEAR) -> list[int]:
    """Return the number of the family of each document.

    Families are numbered from 0 in order of first appearance.

    Args:
        documents: whole documents or clauses cut out of some.
        near: cosine of TF-IDF vectors from which two titles (or texts) are near.
    """
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    if not documents:
        return []
    links = list(_same(documents))
    for titled in (True, False):
        chosen = [n for n, document in enumerate(documents) if bool(document.title) == titled]
        links += _near_links([_subject(documents[n]) for n in chosen], chosen, near)
    rows, columns = np.array(links or [(0, 0)]).T
    size = len(documents)
    graph = coo_matrix((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(size, size))
    components = connected_components(graph, directed=False)[1].tolist()
    order: dict[int, int] = {}
    return [order.setdefault(component, len(order)) for component in components]


def family_folds(documents: Sequence[Document], folds: int, seed: int = 0) -> list[int]:
    """Return the fold of each document: folds of about as many clauses, families kept whole.

    Where there are fewer families than folds, documents are divided one by one.
    """
    import numpy as np

    families = title_families(documents)
    if len(set(families)) < folds:
        families = list(range(len(documents)))
    sizes = np.bincount(families, weights=[len(d.clauses) for d in documents], minlength=1)
    shuffled = np.random.RandomState(seed).permutation(len(sizes))
    loads = [0.0] * folds
    fold_of = [0] * len(sizes)
    for family in sorted(shuffled.tolist(), key=lambda number: -sizes[number]):
        fold_of[family] = loads.index(min(loads))
        loads[fold_of[family]] += sizes[family]
    return [fold_of[family] for family in families]


@dataclass(frozen=True)
class KnownFamilies:
    """The families that a model was trained on, kept without the words of their titles.

    ``titles`` are the subjects of the titles, each word replaced by four letters of its hash, so
    that they can be compared but not read; ``symbols`` are the documents' symbols.
    """

    symbols: frozenset[str]
    titles: tuple[str, ...]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Self:
        """Note the families of documents."""
        titles = {_hashed(document) for document in documents} - {""}
        return cls(frozenset(map(_symbol, documents)), tuple(sorted(titles)))

    def joined(self, other: Self) -> Self:
        """Return these families and others."""
        titles = tuple(sorted({*self.titles, *other.titles}))
        return type(self)(self.symbols | other.symbols, titles)

    def hold(self, documents: Sequence[Document]) -> list[bool | None]:
        """Say of each document if it is of one of these families; None if it has no title."""
        titles = [_hashed(document) for document in documents]
        known = [Document(id=f"known {n}", title=title) for n, title in enumerate(self.titles)]
        new = [Document(id=f"new {n}", title=title or None) for n, title in enumerate(titles)]
        families = title_families([*known, *new])
        ours = set(families[: len(known)])
        return [
            _symbol(document) in self.symbols or family in ours or (False if title else None)
            for document, title, family in zip(
                documents, titles, families[len(known) :], strict=True
            )
        ]

    def to_json(self) -> dict[str, Any]:
        """Return the families as a tree for JSON."""
        return {"symbols": sorted(self.symbols), "titles": list(self.titles)}

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> Self:
        """Make of a tree what ``to_json`` made it of."""
        symbols = (symbol_key(str(symbol)) for symbol in tree["symbols"])
        return cls(frozenset(symbols), tuple(map(str, tree["titles"])))


def _hashed(document: Document) -> str:
    words = _subject(document).split() if document.title else []
    digests = (hashlib.sha256(word.encode()).hexdigest()[:4] for word in words)
    return " ".join(digest.translate(_LETTERS) for digest in digests)


def symbol_key(symbol: str) -> str:
    """Return a symbol without spaces, dashes and case, which sources print differently."""
    return _NOT_KEY.sub("", symbol).casefold()


def _symbol(document: Document) -> str:
    return symbol_key(document.symbol or document.id.partition("#")[0])


def _same(documents: Sequence[Document]) -> Iterator[tuple[int, int]]:
    """Yield links between documents of one symbol."""
    groups: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        groups.setdefault(_symbol(document), []).append(number)
    for group in groups.values():
        yield from pairwise(group)


def _subject(document: Document) -> str:
    """Return the words of the title, or of the clauses where there is none, without numbers."""
    text = document.title or " ".join(clause.text for clause in document.clauses)[:_READ]
    return " ".join(_NOT_SUBJECT.sub(" ", text.casefold()).split())


def _near_links(
    subjects: Sequence[str], numbers: Sequence[int], near: float
) -> list[tuple[int, int]]:
    """Return links between the ``numbers`` of documents whose subjects are equal or near."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    groups: dict[str, list[int]] = {}
    for subject, number in zip(subjects, numbers, strict=True):
        groups.setdefault(subject, []).append(number)
    groups.pop("", None)
    links = [link for group in groups.values() for link in pairwise(group)]
    if len(groups) < 2:
        return links
    first = [group[0] for group in groups.values()]
    vectors = TfidfVectorizer(
        token_pattern=r"\w+", sublinear_tf=True, ngram_range=(1, 2)
    ).fit_transform(groups)
    for start in range(0, len(first), 500):  # in blocks, to bound memory
        cosines = (vectors[start : start + 500] @ vectors.T).tocoo()
        for row, column, cosine in zip(cosines.row, cosines.col, cosines.data, strict=True):
            if cosine >= near and start + row < column:
                links.append((first[start + row], first[column]))
    return links
