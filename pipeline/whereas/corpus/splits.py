"""Splits: a corpus divided into parts to train and to test on, title families kept whole."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whereas.corpus.counts import year_of
from whereas.document import Document
from whereas.errors import CorpusError
from whereas.families import title_families


@dataclass(frozen=True, slots=True)
class Split:
    """Which part each document goes to, and the number of its family."""

    parts: tuple[str, ...]
    families: tuple[int, ...]

    def of(self, part: str, documents: Sequence[Document]) -> list[Document]:
        """Return the documents of a part, in their order."""
        return [d for d, own in zip(documents, self.parts, strict=True) if own == part]

    @property
    def divided(self) -> list[int]:
        """Families that stand in more than one part: only a split by year has such."""
        homes = defaultdict(set)
        for family, part in zip(self.families, self.parts, strict=True):
            homes[family].add(part)
        return sorted(family for family, parts in homes.items() if len(parts) > 1)


def split_by_family(
    documents: Sequence[Document], shares: Mapping[str, float], seed: int = 0
) -> Split:
    """Divide documents so that each part has its share of the clauses of each function.

    Documents of one family go to one part. Families are placed from that with the most clauses
    down, each where what it holds is missed most; equal ones in an order that ``seed`` shuffles.

    Args:
        shares: the parts and their shares of the clauses, such as ``{"train": 0.8, "test": 0.2}``.

    Raises:
        CorpusError: a share is not positive, or there are fewer families than parts.
    """
    _check_shares(shares)
    families = title_families(documents)
    held: dict[int, Counter[str]] = defaultdict(Counter)
    for document, family in zip(documents, families, strict=True):
        held[family].update(clause.function or clause.zone for clause in document.clauses)
        held[family]["(document)"] += 1
    if len(held) < len(shares):
        raise CorpusError(
            f"{len(held)} title families cannot be divided into {len(shares)} parts; "
            "give fewer parts or more documents"
        )
    order = sorted(held)
    random.Random(seed).shuffle(order)
    order.sort(key=lambda family: -held[family].total())
    home = _place(order, held, shares)
    return Split(tuple(home[family] for family in families), tuple(families))


def _place(
    order: Sequence[int], held: Mapping[int, Counter[str]], shares: Mapping[str, float]
) -> dict[int, str]:
    """Give each family a part: that which lacks the largest share of what the family holds."""
    total: Counter[str] = Counter()
    for family in order:
        total.update(held[family])
    whole = sum(shares.values())
    lacking = {
        part: {label: share / whole * count for label, count in total.items()}
        for part, share in shares.items()
    }
    wanted = {part: sum(labels.values()) for part, labels in lacking.items()}
    home: dict[int, str] = {}
    empty = list(shares)
    for rank, family in enumerate(order):
        parts = empty if len(order) - rank <= len(empty) else list(shares)

        def need(part: str, own: Mapping[str, int] = held[family]) -> float:
            lacks = lacking[part]
            gain = sum(
                count / total[label] * max(-1.0, lacks[label] / (shares[part] * total[label]))
                for label, count in own.items()
            )
            return gain + sum(lacks.values()) / wanted[part]

        part = max(parts, key=need)
        home[family] = part
        if part in empty:
            empty.remove(part)
        for label, count in held[family].items():
            lacking[part][label] -= count
    return home


def split_by_year(documents: Sequence[Document], shares: Mapping[str, float]) -> Split:
    """Divide documents by year of adoption: the earliest go to the first part, and so on.

    Cuts fall between years, where the shares of clauses come nearest to those wanted. Yearly
    repeats may then stand in several parts; ``Split.divided`` has their families.

    Raises:
        CorpusError: a document has no year, or there are fewer years than parts.
    """
    _check_shares(shares)
    sizes: Counter[str] = Counter()
    years = []
    for document in documents:
        year = year_of(document)
        if year is None:
            raise CorpusError(
                f"{document.id}: has no year; give it a date in 'adopted', or split by family"
            )
        years.append(year)
        sizes[year] += len(document.clauses) or 1
    if len(sizes) < len(shares):
        raise CorpusError(
            f"{len(sizes)} years cannot be divided into {len(shares)} parts; give fewer parts"
        )
    home = _cut(sorted(sizes), sizes, shares)
    return Split(tuple(home[year] for year in years), tuple(title_families(documents)))


def _cut(years: Sequence[str], sizes: Counter[str], shares: Mapping[str, float]) -> dict[str, str]:
    home: dict[str, str] = {}
    parts, at, done, wanted = list(shares), 0, 0.0, 0.0
    for number, part in enumerate(parts):
        wanted += shares[part] / sum(shares.values()) * sizes.total()
        left = len(parts) - number - 1
        start = at
        while at < len(years) - left:
            size = sizes[years[at]]
            if at > start and left and done + size / 2 > wanted:
                break
            home[years[at]] = part
            done += size
            at += 1
    return home


def _check_shares(shares: Mapping[str, float]) -> None:
    if len(shares) < 2:
        raise CorpusError("a split has at least two parts; give each a share, such as 0.8 and 0.2")
    for part, share in shares.items():
        if not 0 < share < float("inf"):
            raise CorpusError(f"{part}: share {share} is not a positive number")
