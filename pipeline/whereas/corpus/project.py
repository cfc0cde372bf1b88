"""Projecting labels: what a clause does, it does in every language version of its resolution.

A labelled clause is placed in its own language's version by element id and words; the versions
are aligned clause by clause where each zone has as many clauses in both; and what survives
translation (numbers of clauses, years, symbols, long numbers) must agree in each pair.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from whereas.corpus.prints import normalise
from whereas.corpus.standoff import without_spans
from whereas.corpus.versions import Versions
from whereas.document import Clause, Document, Zone
from whereas.families import symbol_key

_ANCHOR = re.compile(r"\d+(?:/\d+)+|\d{4,}|\d+(?=\s?\(\d{4}\))")
_DIGITS = re.compile(r"\d+")
_BEGINNING = 200  # characters by which two copies of a clause are compared
_ALIKE = 0.9  # share of a clause's beginning that two copies of it have in common
_IN_COMMON = 0.5  # share of the anchors of a pair that must be in both
_WRONG_PAIRS = 0.1  # share of pairs that may disagree before the whole document is refused
_ZONES: tuple[Zone, ...] = ("preambular", "operative")


class MisalignedError(Exception):
    """Two versions of a document do not align; says why."""


@dataclass
class Report:
    """What became of the labelled documents: counts, and for the refused ones the reasons."""

    documents: int = 0
    clauses: int = 0
    wrong_pairs: int = 0
    unplaced: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def reasons(self) -> Counter[str]:
        """How many documents were refused for each reason, figures and places aside."""
        return Counter(_DIGITS.sub("N", reason) for _, reason in self.refused)


def anchors(text: str) -> Counter[str]:
    """Count what in a text is the same in every language: years, symbols, long numbers."""
    return Counter(_latin_digits(anchor) for anchor in _ANCHOR.findall(text))


def _latin_digits(token: str) -> str:
    return "".join(str(int(char)) if char.isdecimal() else char for char in token)


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause in two languages, and whether what survives translation agrees in them."""

    first: Clause
    second: Clause
    agrees: bool


def pair_agrees(first: Clause, second: Clause) -> bool:
    """Say whether two clauses can be versions of one: their numbers and anchors agree."""
    numbers = [_DIGITS.findall(clause.number or "") for clause in (first, second)]
    if all(numbers) and [int(n) for n in numbers[0]] != [int(n) for n in numbers[1]]:
        return False
    mine, theirs = anchors(first.full_text), anchors(second.full_text)
    if not mine and not theirs:
        return True
    common = (mine & theirs).total()
    return common >= _IN_COMMON * max(mine.total(), theirs.total())


def align_versions(first: Document, second: Document, zones: Iterable[Zone] = _ZONES) -> list[Pair]:
    """Pair the clauses of two language versions in the given zones.

    Where the versions have not as many operative clauses, but as many numbered ones, those are
    paired and the rest is left out: headings and stray lines pass for clauses in some versions.

    Raises:
        MisalignedError: a zone has more clauses in one than in the other, or too many pairs
            disagree.
    """
    pairs: list[Pair] = []
    for zone in zones:
        ours = [clause for clause in first.clauses if clause.zone == zone]
        theirs = [clause for clause in second.clauses if clause.zone == zone]
        if zone == "operative" and len(ours) != len(theirs):
            ours = [clause for clause in ours if clause.number]
            theirs = [clause for clause in theirs if clause.number]
        if len(ours) != len(theirs):
            raise MisalignedError(f"{len(ours)} and {len(theirs)} {zone} clauses")
        pairs += [Pair(a, b, pair_agrees(a, b)) for a, b in zip(ours, theirs, strict=True)]
    wrong = sum(not pair.agrees for pair in pairs)
    if wrong > max(1, _WRONG_PAIRS * len(pairs)):
        raise MisalignedError(f"{wrong} of {len(pairs)} pairs of clauses disagree")
    return pairs


def project(
    labelled: Iterable[Document], versions: Versions, language: str, report: Report
) -> Iterator[Document]:
    """Yield the labelled documents in another language, with the labels of their clauses.

    A document of which not all clauses are placed has the extra key ``partial``. Clauses without
    a label stay without; the score of a label that a model gave is carried along.

    Args:
        versions: the documents in their own language and in ``language``.
        report: is filled with what became of them.
    """
    for document in labelled:
        try:
            projected = _project(document, versions, language, report)
        except MisalignedError as reason:
            report.refused.append((document.id, str(reason)))
            continue
        report.documents += 1
        report.clauses += sum(clause.function is not None for clause in projected.clauses)
        yield projected


def _project(document: Document, versions: Versions, language: str, report: Report) -> Document:
    key = symbol_key(document.symbol or "")
    targets = versions.get((key, language), ())
    if not targets:
        raise MisalignedError(f"no version in {language}")
    source, labels = _placed_best(document, versions.get((key, document.language or ""), ()))
    report.unplaced += len(document.clauses) - len(labels)
    if not labels:
        raise MisalignedError(f"none of its clauses found in the version in {document.language}")
    zones = [z for z in _ZONES if any(clause.zone == z for clause in document.clauses)]
    target, pairs = _aligned_best(source, targets, zones)
    clauses = []
    for pair in pairs:
        label = labels.get(id(pair.first))
        if label is not None and pair.agrees:
            clauses.append(_labelled(pair.second, label))
        report.wrong_pairs += label is not None and not pair.agrees
    if not clauses:
        raise MisalignedError("its pairs of clauses disagree")
    changes: dict[str, object] = {
        "id": f"{document.id}.{language}",
        "clauses": tuple(clauses),
        "emphasis": (),
    }
    if len(clauses) < len(target.clauses):
        bare = tuple(map(without_spans, clauses))
        changes |= {"partial": True, "text": None, "structure": (), "clauses": bare}
    return target.model_copy(update=changes)


def _placed_best(
    document: Document, sources: Iterable[Document]
) -> tuple[Document, dict[int, Clause]]:
    """Return the version in which most labelled clauses are found, and the label of each clause.

    Without a version the document stands for itself, if it is whole.
    """
    placed = [(source, _placed(document, source)) for source in sources]
    if not placed and not document.is_partial:
        return document, {id(clause): clause for clause in document.clauses}
    return max(placed, key=lambda each: len(each[1]), default=(document, {}))


def _placed(document: Document, source: Document) -> dict[int, Clause]:
    by_id: dict[str, list[Clause]] = {}
    by_words: dict[str, list[Clause]] = {}
    for clause in source.clauses:
        by_id.setdefault(_element_id(clause), []).append(clause)
        by_words.setdefault(normalise(clause.text), []).append(clause)
    labels: dict[int, Clause] = {}
    for labelled in document.clauses:
        candidates = by_id.get(_element_id(labelled) or "-", [])
        candidates = candidates or by_words.get(normalise(labelled.text), [])
        for clause in candidates:
            if id(clause) not in labels and _same_words(labelled, clause):
                labels[id(clause)] = labelled
                break
    return labels


def _element_id(clause: Clause) -> str:
    return str((clause.model_extra or {}).get("eId") or "")


def _same_words(first: Clause, second: Clause) -> bool:
    """Say whether two clauses begin alike; copies differ by footnote marks and items."""
    mine, theirs = normalise(first.text), normalise(second.text)
    size = min(len(mine), len(theirs), _BEGINNING)
    mine, theirs = mine[:size], theirs[:size]
    return mine == theirs or SequenceMatcher(None, mine, theirs, False).ratio() >= _ALIKE


def _aligned_best(
    source: Document, targets: Iterable[Document], zones: list[Zone]
) -> tuple[Document, list[Pair]]:
    problem: MisalignedError | None = None
    for target in targets:
        try:
            return target, align_versions(source, target, zones)
        except MisalignedError as error:
            problem = error
    raise problem or MisalignedError("no version to align with")


def _labelled(clause: Clause, label: Clause) -> Clause:
    return clause.model_copy(
        update={
            "function": label.function,
            "also": label.also,
            "addressees": label.addressees,
            "score": label.score,
        }
    )
