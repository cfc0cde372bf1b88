"""Counts: how much of what a corpus holds."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from whereas.document import Document

_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W\u3040-\u30ff\u4e00-\u9fff]+")
UNKNOWN = "(not given)"
UNLABELLED = "(none)"


def year_of(document: Document) -> str | None:
    """Return the year of adoption, from the date or else from the symbol."""
    for text in (document.adopted, document.symbol):
        if text and (found := _YEAR.search(text)):
            return found[1]
    return None


def word_count(text: str) -> int:
    """Count words; a Chinese or Japanese character counts as one."""
    return sum(1 for _ in _WORD.finditer(text))


@dataclass
class Counts:
    """Counts over documents, added one by one; lengths are in words, items included."""

    documents: int = 0
    clauses: int = 0
    items: int = 0
    with_text: int = 0
    partial: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    organs: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    zones: Counter[str] = field(default_factory=Counter)
    functions: Counter[tuple[str, str]] = field(default_factory=Counter)
    also: Counter[str] = field(default_factory=Counter)
    addressees: Counter[str] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)

    def add(self, document: Document) -> None:
        """Count a document."""
        self.documents += 1
        self.clauses += len(document.clauses)
        self.with_text += document.text is not None
        self.partial += document.is_partial
        self.languages[document.language or UNKNOWN] += 1
        self.organs[document.organ or UNKNOWN] += 1
        self.years[year_of(document) or UNKNOWN] += 1
        for clause in document.clauses:
            self.items += len(clause.items)
            self.zones[clause.zone] += 1
            self.functions[clause.zone, clause.function or UNLABELLED] += 1
            self.also.update(clause.also)
            self.addressees.update(clause.addressees)
            self.lengths[word_count(clause.full_text)] += 1

    def as_json(self) -> dict[str, Any]:
        """Return the counts as plain data; the commonest come first, years in order."""
        functions: dict[str, dict[str, int]] = {}
        for (zone, label), count in sorted(self.functions.items(), key=lambda e: (-e[1], e[0])):
            functions.setdefault(zone, {})[label] = count
        return {
            "documents": self.documents,
            "partial_documents": self.partial,
            "documents_with_text": self.with_text,
            "clauses": self.clauses,
            "items": self.items,
            "languages": _commonest(self.languages),
            "organs": _commonest(self.organs),
            "years": dict(sorted(self.years.items())),
            "zones": _commonest(self.zones),
            "functions": functions,
            "also": _commonest(self.also),
            "addressees": _commonest(self.addressees),
            "words_per_clause": lengths_summary(self.lengths),
        }


def count_corpus(documents: Iterable[Document]) -> Counts:
    """Count what documents hold; they are read one by one."""
    counts = Counts()
    for document in documents:
        counts.add(document)
    return counts


def lengths_summary(lengths: Counter[int]) -> dict[str, float]:
    """Return mean, least, greatest and quartiles of a distribution; nothing if it is empty."""
    total = lengths.total()
    if not total:
        return {}
    mean = sum(length * count for length, count in lengths.items()) / total
    shares = {"median": 0.5, "upper_quartile": 0.75, "ninth_decile": 0.9}
    return {
        "mean": round(mean, 1),
        "least": min(lengths),
        "lower_quartile": _quantile(lengths, 0.25),
        **{name: _quantile(lengths, share) for name, share in shares.items()},
        "greatest": max(lengths),
    }


def _quantile(lengths: Counter[int], share: float) -> int:
    wanted = share * lengths.total()
    below = 0
    for length in sorted(lengths):
        below += lengths[length]
        if below >= wanted:
            break
    return length


def _commonest(counter: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counter.items(), key=lambda entry: (-entry[1], entry[0])))
