"""The body of a marked-up resolution: its preambular and operative clauses with their items.

The mark-up says what a clause is; where it says less than it should (sub-items and numbers that
are only typed, headings marked up as paragraphs), the words decide.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from whereas.document import Item, Kind, Region, Span, Zone
from whereas.readers.akn.numbers import Levels, clause_number, item_number
from whereas.readers.akn.text import EMBEDDED, FlatText, Written, clean, local

_HEADINGS = frozenset({"heading", "subheading", "subhheading", "crossHeading"})
_LISTS = frozenset({"list", "blockList"})
_POINTS = frozenset({"point", "item"})
_SUBLISTS = frozenset({"sublist", *_LISTS})
_INTRODUCTIONS = frozenset({"intro", "listIntroduction"})
_CLOSINGS = frozenset({"wrapUp", "listWrapUp"})
_NOT_WORDS = frozenset({"num", *_POINTS, *_SUBLISTS})
_HEADING_CLASS = re.compile(r"H(\d|Ch)")
_SENTENCE_END = re.compile(r"[.,;:،؛؟。；：，]\W*$")
_COMMA_END = re.compile(r"[,،，]\W*$")
_LONGEST_HEADING = 250  # characters


@dataclass
class Draft:
    """A clause while its items and closing words are still to come."""

    zone: Zone
    number: str | None
    words: list[str]
    spans: list[Span]
    emphasised: str | None
    element_id: str | None
    items: list[Item] = field(default_factory=list)
    levels: Levels = field(default_factory=Levels)

    def add(self, number: str | None, written: Written, level: int | None = None) -> None:
        """Add an item; without a ``level`` its number tells how deep it lies."""
        level = level or self.levels.level(number or "")
        self.items.append(Item(number=number, text=written.text, level=level, spans=written.spans))

    def go_on(self, written: Written) -> None:
        """Add words that come after the items, or in a paragraph of their own.

        Their span begins with the line end before them, so that spans joined read as the text.
        """
        (start, end), *rest = written.spans
        self.spans += [(start - 1, end), *rest]
        self.words.append(written.text)

    @property
    def text(self) -> str:
        """Its own words."""
        return " ".join(filter(None, self.words))

    @property
    def is_open(self) -> bool:
        """Whether it ends in a colon, or in a line without a number that follows one."""
        last = self.items[-1] if self.items else None
        words = last.text if last else self.words[-1]
        return words.endswith((":", "：")) or (last is not None and last.number is None)


class Body:
    """Collects the clauses of a document while writing its text."""

    def __init__(self, flat: FlatText) -> None:
        self.drafts: list[Draft] = []
        self._flat = flat
        self._voted = False  # whether the record of the vote has begun, which ends a resolution
        self._loose_number: str | None = None  # one in a paragraph of its own, before its clause

    def preamble(self, preamble: Iterable[etree._Element]) -> None:
        """Read the formula and the preambular clauses."""
        for child in preamble:
            if "formula" in (local(child), child.get("name")):
                self._flat.region("formula", child)
            elif local(child) == "block":
                self._flat.region("heading", child)
            elif local(child) in _LISTS and self.drafts:
                self._list(child, self.drafts[-1], 2)
            else:
                self._block(child, "preambular")

    def main(self, body: etree._Element) -> None:
        """Read the operative clauses, and the headings and tables between them."""
        for child in body:
            name = local(child)
            if name == "paragraph":
                self._paragraph(child)
            elif name in _HEADINGS or name == "num" or _is_only_heading(child):
                self._flat.region("heading", child)
            elif name == "container":
                self._flat.region("other", child)
            elif any(local(inner) in ("paragraph", "content") for inner in child.iter()):
                self.main(child)
            else:
                self._block(child, "operative")

    def _paragraph(self, paragraph: etree._Element) -> None:
        headings = [child for child in paragraph if local(child) in _HEADINGS]
        rest = [child for child in paragraph if local(child) not in _HEADINGS]
        has_words = any(_words(child) for child in rest if local(child) != "num")
        if headings:
            number = None if has_words else _number(paragraph)
            for heading in headings:
                self._flat.region("heading", heading, number=number)
                number = None
        if has_words or _is_certain(paragraph):
            self._block(paragraph, "operative")
        elif not headings:
            self._loose_number = _number(paragraph)

    def _block(self, element: etree._Element, zone: Zone) -> None:
        """Read an element that should hold one clause, and see what it does hold."""
        own = list(_own_words(element))
        number = _number(element) or self._loose_number
        self._loose_number = None
        written = self._flat.paragraph(*own, number=number)
        draft = self._place(written, number, zone, element)
        if draft is not None:
            for child in element:
                if local(child) in _POINTS:
                    self._point(child, draft, 2)
                elif local(child) in _SUBLISTS:
                    self._list(child, draft, 2)
        for embedded in element.iter(f"{{*}}{EMBEDDED}"):
            self._embedded(embedded)

    def _embedded(self, structure: etree._Element) -> None:
        """Read a resolution that is embedded in a clause, which recommends it."""
        for child in structure:
            if local(child) == "paragraph":
                self._paragraph(child)
            else:
                self.preamble([child])

    def _place(
        self, written: Written, number: str | None, zone: Zone, element: etree._Element
    ) -> Draft | None:
        """Put a paragraph where it belongs; return the clause it is or belongs to."""
        if _is_certain(element):
            return self._add(written, number, written.text, zone, element)
        text = written.text
        typed = None if number else clause_number(text, bare=written.emphasised is not None)
        if typed:
            number, text = typed, text[text.index(typed) + len(typed) :].lstrip("\u200e\u200f ")
            zone = "operative"
        last = self.drafts[-1] if self.drafts and self.drafts[-1].zone == zone else None
        item = item_number(number) if number else item_number(text)
        if not written.spans:
            return last
        if not any(map(str.isalnum, text)):
            self._flat.regions.append(Region(kind="other", spans=written.spans))
            return None
        if last is not None and item:
            text = text if number else text[text.index(item) + len(item) :].lstrip()
            last.add(item, Written(written.spans, text, None))
            return last
        self._voted = number is None and (self._voted or text[0] in "[]")
        if zone == "operative" and self._voted:
            self._flat.regions.append(Region(kind="adoption", spans=written.spans))
            return None
        if zone == "operative" and (kind := _other_kind(written, number, element)):
            if kind == "heading" and last is not None and not number and last.is_open:
                last.add(None, written)
                return last
            self._flat.regions.append(Region(kind=kind, spans=written.spans))
            return None
        if zone == "operative" and last is not None and not number and not written.emphasised:
            if last.is_open:
                last.add(None, written)
                return last
            if text[0].islower():
                last.go_on(written)
                return last
        if zone == "operative" and number is None and _COMMA_END.search(text):
            zone = self.drafts[-1].zone if self.drafts else "preambular"
        return self._add(written, number, text, zone, element)

    def _add(
        self, written: Written, number: str | None, text: str, zone: Zone, element: etree._Element
    ) -> Draft:
        spans = list(written.spans)
        draft = Draft(zone, number, [text], spans, written.emphasised, _element_id(element))
        self.drafts.append(draft)
        return draft

    def _list(self, element: etree._Element, draft: Draft, level: int) -> None:
        for child in element:
            name = local(child)
            if name in _POINTS:
                self._point(child, draft, level)
            elif name in _SUBLISTS:
                self._list(child, draft, level + 1)
            elif name in _CLOSINGS:
                written = self._flat.paragraph(child)
                if written.spans:
                    draft.go_on(written)

    def _point(self, point: etree._Element, draft: Draft, level: int) -> None:
        number = _number(point)
        written = self._flat.paragraph(*_own_words(point), number=number)
        if written.spans:
            draft.add(number, written, level)
        for child in point:
            if local(child) in _SUBLISTS:
                self._list(child, draft, level + 1)


def _own_words(element: etree._Element) -> Iterable[etree._Element]:
    """Yield what of ``element`` are its own words: not its number, headings and items."""
    if local(element) == "p":
        yield element
        return
    for child in element:
        name = local(child)
        if name in _SUBLISTS:
            yield from (inner for inner in child if local(inner) in _INTRODUCTIONS)
        elif name not in _NOT_WORDS and name not in _HEADINGS:
            yield child


def _other_kind(written: Written, number: str | None, element: etree._Element) -> Kind | None:
    """Say what a paragraph of the main body is if it is no clause."""
    kind = element.get("class", "")
    if kind == "FootnoteText" or (number is None and written.text.startswith("*")):
        return "footnote"
    if written.emphasised is not None and number:
        return None
    if _HEADING_CLASS.match(kind):
        return "heading"
    if number is None:
        short = len(written.text) <= _LONGEST_HEADING and not _SENTENCE_END.search(written.text)
        emphatic = clean(written.emphasised or "") == written.text and written.text[-1] not in ":："
        return "heading" if short or emphatic else None
    return None


def _is_certain(element: etree._Element) -> bool:
    """Say whether whereas itself has marked the element as a clause."""
    return element.get("class") == "clause"


def _is_only_heading(element: etree._Element) -> bool:
    """Say whether a bare <p> of the main body holds a heading or a section's number."""
    heads = {"num", *_HEADINGS}
    return local(element) == "p" and len(element) > 0 and all(local(c) in heads for c in element)


def _words(element: etree._Element) -> str:
    return clean("".join(element.itertext()))


def _number(element: etree._Element) -> str | None:
    num = next(element.iterchildren("{*}num"), None)
    return None if num is None else _words(num) or None


def _element_id(element: etree._Element) -> str | None:
    """Return the id of the element that holds a clause's own words, else of ``element``."""
    for child in element:
        if local(child) == "list":
            child = next(iter(child), child)
        if local(child) in ("content", "intro") and child.get("eId"):
            return child.get("eId")
    return element.get("eId")
