"""The body of a marked-up resolution: its preambular and operative clauses with their items.

The mark-up says what a clause is; where it says less than it should (sub-items and numbers that
are only typed, headings marked up as paragraphs), the words decide.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from whereas.document import Item, Region, Spans, Zone
from whereas.readers.akn.numbers import Levels, clause_number, item_number
from whereas.readers.akn.text import FlatText, Written, clean, local

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
_LONGEST_HEADING = 120  # characters


@dataclass
class Draft:
    """A clause while its items and closing words are still to come."""

    zone: Zone
    number: str | None
    text: str
    spans: Spans
    emphasised: str | None
    element_id: str | None
    items: list[Item] = field(default_factory=list)
    levels: Levels = field(default_factory=Levels)

    def add(self, number: str | None, written: Written, level: int | None = None) -> None:
        """Add an item; without a ``level`` its number tells how deep it lies."""
        level = level or self.levels.level(number or "")
        self.items.append(Item(number=number, text=written.text, level=level, spans=written.spans))


class Body:
    """Collects the clauses of a document while writing its text."""

    def __init__(self, flat: FlatText) -> None:
        self.drafts: list[Draft] = []
        self._flat = flat
        self._loose_number: str | None = None  # one in a paragraph of its own, before its clause

    def preamble(self, preamble: etree._Element) -> None:
        """Read the formula and the preambular clauses."""
        for child in preamble:
            if local(child) == "formula":
                self._flat.region("formula", child)
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
            elif name in _HEADINGS or name == "num":
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
        if has_words:
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

    def _place(
        self, written: Written, number: str | None, zone: Zone, element: etree._Element
    ) -> Draft | None:
        """Say what a paragraph is and put it there; return the clause it is or belongs to."""
        text = written.text
        if number is None and (number := clause_number(text)):
            text = text[text.index(number) + len(number) :].lstrip("\u200e\u200f ")
        last = self.drafts[-1] if self.drafts else None
        item = item_number(number) if number else item_number(text)
        if item and last is not None:
            stripped = text if number else text[text.index(item) + len(item) :].lstrip()
            last.add(item, Written(written.spans, stripped, None))
            return last
        if zone == "operative" and self._is_heading(written, number, element):
            if last is not None and last.zone == zone and _opens_list(last) and not number:
                last.add(None, written)
                return last
            self._flat.regions.append(Region(kind="heading", spans=written.spans))
            return None
        if not written.spans:
            return None
        if zone == "operative" and number is None and _COMMA_END.search(text):
            zone = last.zone if last is not None else "preambular"
        draft = Draft(zone, number, text, written.spans, written.emphasised, _element_id(element))
        self.drafts.append(draft)
        return draft

    def _is_heading(self, written: Written, number: str | None, element: etree._Element) -> bool:
        if not written.spans or (written.emphasised is not None and number):
            return False
        if _HEADING_CLASS.match(element.get("class", "")):
            return True
        short = len(written.text) <= _LONGEST_HEADING and not _SENTENCE_END.search(written.text)
        return number is None and short and any(map(str.isalnum, written.text))

    def _list(self, element: etree._Element, draft: Draft, level: int) -> None:
        for child in element:
            name = local(child)
            if name in _POINTS:
                self._point(child, draft, level)
            elif name in _SUBLISTS:
                self._list(child, draft, level + 1)
            elif name in _CLOSINGS:
                written = self._flat.paragraph(child)
                draft.spans += written.spans
                draft.text = clean(f"{draft.text} {written.text}")

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
    if local(element) in ("p", "block"):
        yield element
        return
    for child in element:
        name = local(child)
        if name in _SUBLISTS:
            yield from (inner for inner in child if local(inner) in _INTRODUCTIONS)
        elif name not in _NOT_WORDS and name not in _HEADINGS:
            yield child


def _opens_list(draft: Draft) -> bool:
    last_words = draft.items[-1].text if draft.items else draft.text
    return last_words.endswith((":", "：")) or bool(draft.items and draft.items[-1].number is None)


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
