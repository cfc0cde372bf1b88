"""Building a corpus: stand-off labels joined again with the public files that have the text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from whereas.corpus.prints import fingerprint
from whereas.corpus.sources import Source, read_sources, same_name
from whereas.corpus.standoff import Labels, Standoff, labelled_clause, take_off, without_spans
from whereas.document import Clause, Document, Region
from whereas.families import symbol_key


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Labels that found no clause, and why."""

    id: str
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.id}: {self.place}: {self.reason}"


@dataclass
class _Found:
    """The best source yet for a document: how well its name fits, and what it gave."""

    fit: int
    clauses: list[Clause | None]
    source: Source

    @property
    def rank(self) -> tuple[int, int]:
        return sum(clause is not None for clause in self.clauses), self.fit


def build_corpus(
    labels: Sequence[Standoff], sources: Iterable[Path], *, text: bool = False
) -> tuple[list[Document], list[Unplaced]]:
    """Restore the documents of stand-off labels.

    A clause is placed if it has the fingerprint of its labels. A document none of whose clauses
    is placed is left out.

    Args:
        sources: files, folders and archives as one gets them from the public repositories.
        text: also give each document its whole text, with all offsets into it.

    Raises:
        ReadError: a source cannot be read.
    """
    found: dict[int, _Found] = {}
    for source, numbers in _matches(labels, sources):
        for number in numbers:
            wanted = labels[number]
            clauses = [source.find(each) for each in wanted.clauses]
            new = _Found(same_name(source.name, wanted.source or ""), clauses, source)
            if number not in found or new.rank > found[number].rank:
                found[number] = new
    documents: list[Document] = []
    unplaced: list[Unplaced] = []
    for number, wanted in enumerate(labels):
        best = found.get(number)
        if best is None:
            name = wanted.source or f"{wanted.symbol} in {wanted.language}"
            unplaced.append(Unplaced(wanted.id, "all clauses", f"{name} is not in the sources"))
            continue
        for each, clause in zip(wanted.clauses, best.clauses, strict=True):
            if clause is None:
                unplaced.append(Unplaced(wanted.id, _place(each), _reason(each, best.source.name)))
        if any(best.clauses):
            documents.append(_restored(wanted, best, text))
    return documents, unplaced


def strip_corpus(
    documents: Sequence[Document],
    sources: Iterable[Path],
    failed: Callable[[Unplaced], None],
) -> list[Standoff]:
    """Return the stand-off labels of documents, checked against the files that have the text.

    The fingerprints are those of the clauses as the files give them now, so that the labels can
    be placed again. Labels of clauses that are not found are left out.

    Args:
        failed: called with each clause that is not in the sources, or reads differently there.
    """
    labels = [take_off(document) for document in documents]
    found: dict[int, _Found] = {}
    for source, numbers in _matches(labels, sources):
        for number in numbers:
            own = labels[number]
            pairs = zip(own.clauses, documents[number].clauses, strict=True)
            clauses = [source.find_alike(each, clause) for each, clause in pairs]
            new = _Found(same_name(source.name, own.source or ""), clauses, source)
            if number not in found or new.rank > found[number].rank:
                found[number] = new
    stripped = []
    for number, own in enumerate(labels):
        best = found.get(number)
        if best is None or not any(best.clauses):
            failed(Unplaced(own.id, "all clauses", f"{own.source} is not in the sources"))
            continue
        parts = []
        for each, there in zip(own.clauses, best.clauses, strict=True):
            if there is None:
                failed(Unplaced(own.id, _place(each), "is not in the source as it is here"))
            else:
                parts.append(_reprinted(each, there))
        update = _not_in(best.source, own) | {"clauses": tuple(parts)}
        if "." not in PurePosixPath(own.source or "").name:
            update["source"] = best.source.name
        stripped.append(own.model_copy(update=update))
    return stripped


def _matches(
    labels: Sequence[Standoff], sources: Iterable[Path]
) -> Iterator[tuple[Source, list[int]]]:
    """Yield the sources that may have documents, with the numbers of those documents."""
    by_name: dict[str, list[int]] = defaultdict(list)
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, each in enumerate(labels):
        name = PurePosixPath(each.source or "").name
        if "." in name:
            by_name[name].append(number)
        else:
            by_key[each.key].append(number)
    names = None if by_key else frozenset(by_name)
    symbols = {key[0] for key in by_key}
    for source in read_sources(sources, names):
        numbers = by_name.get(PurePosixPath(source.name.replace("\\", "/")).name, [])
        if symbols & source.symbols and source.document is not None:
            document = source.document
            key = symbol_key(document.symbol or document.id), document.language or ""
            numbers = [*numbers, *by_key.get(key, [])]
        if numbers:
            yield source, numbers


def _not_in(source: Source, own: Standoff) -> dict[str, Any]:
    """Return updates without those facts that the source states as well."""
    read = source.document
    same = read is not None and not any(each.spans for each in own.clauses)
    fields = ("organ", "adopted") if same else ()
    return {name: None for name in fields if getattr(own, name) == getattr(read, name)}


def _reprinted(labels: Labels, clause: Clause) -> Labels:
    """Return labels with the fingerprint of a clause, which states its number itself."""
    update: dict[str, Any] = {"fingerprint": fingerprint(clause)}
    if labels.eId and clause.number == labels.number:
        update["number"] = None
    return labels.model_copy(update=update)


def _place(labels: Labels) -> str:
    return labels.eId or " ".join(f"[{start}, {end}]" for start, end in labels.spans)


def _reason(labels: Labels, name: str) -> str:
    what = "has no such element, or other words in it" if labels.eId else "has other words there"
    return f"{name} {what}"


def _restored(wanted: Standoff, best: _Found, text: bool) -> Document:
    """Return a document with its labelled clauses; what the labels do not say, the source does."""
    read = best.source.document
    if read is not None and any(labels.spans for labels in wanted.clauses):
        read = read.model_copy(update={"text": best.source.text, "structure": ()})
    whole = text and read is not None and not wanted.partial
    clauses = [
        labelled_clause(clause if whole else without_spans(clause), labels)
        for labels, clause in zip(wanted.clauses, best.clauses, strict=True)
        if clause is not None
    ]
    fields: dict[str, Any] = {
        "id": wanted.id,
        "symbol": wanted.symbol or (read.symbol if read else None),
        "language": wanted.language or (read.language if read else None),
        "organ": wanted.organ or (read.organ if read else None),
        "adopted": wanted.adopted or (read.adopted if read else None),
        "title": read.title if read else None,
        "source": wanted.source or best.source.name,
        "clauses": tuple(clauses),
    }
    if wanted.partial:
        fields["partial"] = True
    if whole and read is not None:
        fields["text"] = read.text
        fields["structure"] = read.structure or tuple(
            Region.model_validate({"kind": each.kind, "spans": each.spans})
            for each in wanted.structure
        )
    return Document(**fields)
