"""The words of clauses, items and regions, with footnotes where the text has their marks."""

import re
from bisect import bisect_left

from lxml import etree

from whereas.document import Clause, Document, Item, Region, Spans

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_STYLES = {"zh": "bold", "ar": "bold italic"}  # how openings are printed, where not in italics
_LONGEST_MARK = 5  # characters
_SPACES = re.compile(r"\s+")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(
    parent: etree._Element, tag: str, text: str | None = None, /, **attributes: str
) -> etree._Element:
    """Append an element of the Akoma Ntoso namespace; what XML forbids is left out of its text."""
    clean = {key: legal(value) for key, value in attributes.items()}
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", clean)
    if text is not None:
        child.text = legal(text)
    return child


def legal(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


class Words:
    """Fills elements with words; ``left`` are the footnotes that no words have called for."""

    def __init__(self, document: Document) -> None:
        self._text = document.text or ""
        self._style = _STYLES.get(document.language or "", "italic")
        self._notes: dict[int, tuple[str, str]] = {}  # by where its mark is: mark and words
        self._loose: list[str] = []
        for region in document.structure:
            if region.kind == "footnote" and self._text:
                self._take(region.spans)

        self._marks = sorted(self._notes)

    @property
    def left(self) -> list[str]:
        """The texts of the footnotes that are nowhere yet."""
        return [*self._loose, *(f"{mark} {note}" for mark, note in self._notes.values())]

    def clause(self, place: etree._Element, clause: Clause) -> None:
        """Write a clause's own words, its opening emphasised."""
        opening = clause.opening or ""
        pieces = self._pieces(clause.text, clause.spans, clause.number)
        self._write(place, pieces, opening if clause.text != opening else "")

    def item(self, place: etree._Element, item: Item) -> None:
        """Write an item's words."""
        self._write(place, self._pieces(item.text, item.spans, item.number), "")

    def region(self, place: etree._Element, region: Region) -> None:
        """Write a region's words."""
        place.text = legal(self.plain(region))

    def plain(self, region: Region) -> str:
        """Return a region's words on one line."""
        return _SPACES.sub(" ", " ".join(self._text[s:e] for s, e in region.spans)).strip()

    def _take(self, spans: Spans) -> None:
        first = self._text[slice(*spans[0])].strip() if spans else ""
        rest = " ".join(self._text[start:end] for start, end in spans[1:])
        words = _SPACES.sub(" ", rest).strip()
        if spans and len(first) <= _LONGEST_MARK:
            self._notes[spans[0][0]] = first, words.removeprefix(first).strip()
        elif first:
            self._loose.append(_SPACES.sub(" ", f"{first} {words}").strip())

    def _pieces(self, text: str, spans: Spans, number: str | None) -> list[str | tuple[str, str]]:
        """Return words and footnotes in turn; words alone where the text was mended."""
        quoted = [self._text[start:end] for start, end in spans]
        head = (number or "").strip()
        plain = _SPACES.sub(" ", "".join(quoted)).strip()
        if not quoted or plain.removeprefix(head).strip() != text:
            return [text]
        pieces: list[str | tuple[str, str]] = []
        for place, words in enumerate(quoted):
            if place == 0:
                words = words.strip().removeprefix(head).lstrip() if head else words.lstrip()
            pieces.append(_SPACES.sub(" ", words))
            until = spans[place + 1][0] if place + 1 < len(spans) else spans[place][1] + 1
            first = bisect_left(self._marks, spans[place][1])
            called = self._marks[first : bisect_left(self._marks, until)]
            pieces.extend(self._notes.pop(mark) for mark in called if mark in self._notes)
        return pieces

    def _write(
        self, place: etree._Element, pieces: list[str | tuple[str, str]], opening: str
    ) -> None:
        last: etree._Element | None = None
        for piece in pieces:
            if isinstance(piece, tuple):
                mark, words = piece
                last = element(place, "authorialNote", marker=mark, placement="bottom")
                element(last, "p", words)
                continue
            words = legal(piece)
            if last is None and opening and words.startswith(opening):
                last = element(place, "span", opening, **{"class": self._style})
                words = words[len(last.text or "") :]
            if last is None:
                place.text = (place.text or "") + words
            else:
                last.tail = (last.tail or "") + words
