"""Sources: the public files in which the clauses of stand-off labels are found again."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from lxml import etree

from whereas.corpus.prints import fingerprint, normalise
from whereas.corpus.standoff import ItemPlace, Labels
from whereas.document import Clause, Document, Item, Spans
from whereas.errors import ReadError, WhereasError
from whereas.families import symbol_key
from whereas.readers import read_bytes
from whereas.readers.akn.text import FlatText
from whereas.readers.archive import members
from whereas.readers.xml import parse_xml

_NUMBERS = re.compile(rb"<(?:\w+:)?docNumber\b[^>]*>(.{0,2000}?)</(?:\w+:)?docNumber>", re.S)
_TAGS = re.compile(rb"<[^<>]*>")
_SAME_START = 60  # letters and digits by which a clause is known whose text was mended


@dataclass(frozen=True)
class Source:
    """A public file: its name, content and language, where that is known."""

    name: str
    data: bytes
    language: str | None = None

    @cached_property
    def document(self) -> Document | None:
        """The document in it; None if it is damaged, or a text of no known format."""
        try:
            return next(read_bytes(self.data, self.name, self.language), None)
        except WhereasError:
            return None

    @cached_property
    def text(self) -> str:
        """The content as text, for offsets."""
        return self.data.decode("utf-8-sig", "replace")

    @cached_property
    def _elements(self) -> dict[str, etree._Element]:
        try:
            root = parse_xml(self.data, self.name)
        except ReadError:
            return {}
        return {name: element for element in root.iter("{*}*") if (name := element.get("eId"))}

    @cached_property
    def symbols(self) -> frozenset[str]:
        """What it gives as its symbol, without spaces and case, found without parsing it."""
        found = _NUMBERS.findall(self.data)
        return frozenset(
            symbol_key(html.unescape(_TAGS.sub(b"", each).decode("utf-8", "replace")))
            for each in found
        )

    def candidates(self, labels: Labels) -> Iterator[Clause]:
        """Yield what may be the clause of some labels: as read, then as marked up."""
        if labels.spans:
            yield self._quoted(labels)
            return
        for clause in self.document.clauses if self.document is not None else ():
            if labels.eId in (None, (clause.model_extra or {}).get("eId")):
                yield clause
        if (element := self._elements.get(labels.eId or "")) is not None:
            words = FlatText().paragraph(element).text
            yield Clause(zone=labels.zone, number=_number(element), text=words)

    def find(self, labels: Labels) -> Clause | None:
        """Return the clause that has the fingerprint of the labels, or None."""
        return next(
            (each for each in self.candidates(labels) if fingerprint(each) == labels.fingerprint),
            None,
        )

    def find_alike(self, labels: Labels, clause: Clause) -> Clause | None:
        """Return the clause of the labels, also where its words differ a little from ``clause``.

        So they do where one was cleaned better: a footnote mark is gone, an item is found.
        """
        same = self.find(labels)
        if same is not None:
            return same
        start = normalise(clause.full_text)[:_SAME_START]
        return next(
            (e for e in self.candidates(labels) if normalise(e.full_text)[:_SAME_START] == start),
            None,
        )

    def _quoted(self, labels: Labels) -> Clause:
        """Return a clause whose words are quoted from the text by offsets."""
        return Clause(
            zone=labels.zone,
            number=labels.number,
            text=self._words(labels.spans, labels.number),
            spans=labels.spans,
            items=tuple(self._item(item) for item in labels.items),
        )

    def _item(self, place: ItemPlace) -> Item:
        words = self._words(place.spans, place.number)
        return Item(number=place.number, text=words, level=place.level, spans=place.spans)

    def _words(self, spans: Spans, number: str | None) -> str:
        words = " ".join(" ".join(self.text[start:end] for start, end in spans).split())
        return words.removeprefix(number).lstrip() if number else words


def _number(element: etree._Element) -> str | None:
    """Return the number that stands before an element, or in it."""
    parent = element.getparent()
    for place in (element, parent):
        num = None if place is None else next(place.iterchildren("{*}num"), None)
        if num is not None:
            return " ".join("".join(num.itertext()).split()) or None
    return None


def same_name(name: str, wanted: str) -> int:
    """Return how many parts of two paths are the same, counted from the end."""
    ours, theirs = (PurePosixPath(each.replace("\\", "/")).parts[::-1] for each in (name, wanted))
    count = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            break
        count += 1
    return count


def read_sources(paths: Iterable[Path], names: frozenset[str] | None) -> Iterator[Source]:
    """Yield the files in folders and archives.

    Args:
        names: the file names that are wanted; all if not given.

    Raises:
        ReadError: a path cannot be read.
    """

    def wanted(name: str) -> bool:
        return names is None or PurePosixPath(name.replace("\\", "/")).name in names

    for path in paths:
        for name, data in members(path, wanted):
            yield Source(name.removeprefix(f"{path}/"), data)
