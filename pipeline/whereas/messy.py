"""Messy copies of clean records: the text that a PDF reader leaves, with exact spans.

A PDF reader wraps lines, breaks words, and drops running heads, page numbers and footnotes into
the middle of clauses. ``mess_up`` does the same to a record whose spans are known, so that
segmentation can be tested, and trained for, on gold that nobody had to mark by hand.

Each script has its own faults: Latin and Cyrillic words are divided at line ends; Chinese lines
end between any two characters, and spaces appear around numbers; Arabic words are never divided
but fall apart after letters that do not join, and are stretched to fill a line.
"""

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from whereas.document import Clause, Document, Region, Span, Spans

Layout = Literal["pages", "ragged", "line"]
Owner = tuple[int, ...]  # (clause,), (clause, item), or a negative number for a region
Glyph = tuple[str, Owner | None]  # a character and what it belongs to

_LOOSE: Owner = (-1,)  # printed, but part of nothing: footnote marks
_WORD = re.compile(r"[^ \n]+")
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff"
_OPENING = "“‘（《〈「〔【"  # no line ends after these
_CLOSING = "”’）》〉」〕】，。、；：！？．"  # no line begins with these
_HAN_WORD = re.compile(
    rf"[{_OPENING}]*(?:[{_HAN}]|[^\s{_HAN}{_OPENING}{_CLOSING}]+)[{_CLOSING}]*|\S"
)
_UNDIVIDED = ("ar", "zh")  # languages that put no hyphen at the end of a line
_UNJOINED = "اأإآدذرزوؤةى"  # Arabic letters that do not join the next one
_VOWELS = "aeiouyаеиоуыэюя"
_KASHIDA = "\u0640"


@dataclass(frozen=True)
class Press:
    """How a layout sets type: its measures, and how often each fault happens."""

    width: int | None  # characters a line; None sets everything on one line
    page: int  # lines a page (words a page where there are no lines)
    hyphenate: float  # chance that a word too long for its line is divided
    split: float  # chance that a stray space breaks a word
    gap: bool  # a blank line between paragraphs
    spaced_mark: float  # chance of a space before a footnote mark
    spaced_number: float  # chance of a space between a Chinese character and a number
    stretch: float  # chance that an Arabic word is stretched
    hard_spaces: bool  # no-break spaces stay what they are


PRESSES: dict[Layout, Press] = {
    "pages": Press(
        width=82,
        page=46,
        hyphenate=0.2,
        split=0.004,
        gap=True,
        spaced_mark=0.0,
        spaced_number=0.0,
        stretch=0.02,
        hard_spaces=True,
    ),
    "ragged": Press(
        width=64,
        page=38,
        hyphenate=0.5,
        split=0.01,
        gap=False,
        spaced_mark=0.5,
        spaced_number=0.9,
        stretch=0.04,
        hard_spaces=False,
    ),
    "line": Press(
        width=None,
        page=480,
        hyphenate=0.0,
        split=0.02,
        gap=False,
        spaced_mark=0.9,
        spaced_number=0.5,
        stretch=0.0,
        hard_spaces=False,
    ),
}


@dataclass
class _Galley:
    """The text set so far, each character with its owner."""

    glyphs: list[Glyph] = field(default_factory=list)
    furniture: int = 0

    def text(self) -> str:
        return "".join(char for char, _ in self.glyphs)

    def spans(self) -> dict[Owner, Spans]:
        """Return where each owner is: white space does not cut a span, foreign words do."""
        spans: dict[Owner, list[Span]] = {}
        last: Owner | None = None
        for at, (char, owner) in enumerate(self.glyphs):
            if char.isspace():
                continue
            found = spans.setdefault(owner or _LOOSE, [])
            if found and owner == last:
                found[-1] = (found[-1][0], at + 1)
            else:
                found.append((at, at + 1))
            last = owner
        return {owner: tuple(found) for owner, found in spans.items()}


def mess_up(document: Document, *, layout: Layout, seed: int) -> Document:
    """Return a copy of a record as a PDF reader would leave its text, its spans moved along.

    The document needs ``text`` and spans. The labels and the clean ``text`` of each clause stay
    as they are; a clause cut by a page break or a footnote mark gets several spans. The same
    seed gives the same copy.
    """
    if document.text is None:
        raise ValueError(f"{document.id}: a record without text cannot be set in type")
    document = _with_loose_marks(document)
    chance = random.Random(f"{seed} {layout} {document.id}")
    galley = _set(document, PRESSES[layout], chance)
    spans = galley.spans()
    regions = [
        region.model_copy(update={"spans": spans.get(_region_owner(n), ())})
        for n, region in enumerate(document.structure)
    ]
    first = len(document.structure)
    regions += [
        Region(kind="furniture", spans=spans[_region_owner(first + n)])
        for n in range(galley.furniture)
    ]
    return document.model_copy(
        update={
            "text": galley.text(),
            "structure": tuple(sorted(regions, key=lambda region: region.spans or ((0, 0),))),
            "clauses": tuple(_moved(n, clause, spans) for n, clause in enumerate(document.clauses)),
        }
    )


def _with_loose_marks(document: Document) -> Document:
    """Return the record with the notes alone in its footnote regions, without their marks."""
    text = document.text or ""
    regions = []
    for region in document.structure:
        if region.kind == "footnote" and len(region.spans) > 1:
            (start, end), note = region.spans[0], region.spans[1]
            if text[slice(*note)].startswith(text[start:end]):
                region = region.model_copy(update={"spans": region.spans[1:]})
        regions.append(region)
    return document.model_copy(update={"structure": tuple(regions)})


def _moved(number: int, clause: Clause, spans: dict[Owner, Spans]) -> Clause:
    items = tuple(
        item.model_copy(update={"spans": spans.get((number, m), ())})
        for m, item in enumerate(clause.items)
    )
    return clause.model_copy(update={"spans": spans.get((number,), ()), "items": items})


def _region_owner(number: int) -> Owner:
    return (-2 - number,)


def _owned(document: Document) -> list[Glyph]:
    """Return the characters of the clean text, each with its owner."""
    text = document.text or ""
    owners: list[Owner] = [_LOOSE] * len(text)
    placed: list[tuple[Owner, Spans]] = []
    for n, region in enumerate(document.structure):
        placed.append((_region_owner(n), region.spans))
    for n, clause in enumerate(document.clauses):
        placed.append(((n,), clause.spans))
        placed += [((n, m), item.spans) for m, item in enumerate(clause.items)]
    for owner, spans in placed:
        for start, end in spans:
            owners[start:end] = [owner] * (end - start)
    return list(zip(text, owners, strict=True))


def _set(document: Document, press: Press, chance: random.Random) -> _Galley:
    """Set the document line by line, turning the page wherever it is full."""
    glyphs = _owned(document)
    text = document.text or ""
    notes: dict[str, Span] = {}
    for region in document.structure:
        if region.kind == "footnote" and region.spans:
            start, end = region.spans[0][0], region.spans[-1][1]
            notes[text[start:end].split(maxsplit=1)[0]] = (start, end)
    galley = _Galley()
    pager = _Pager(document, press, chance, galley)
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        if any(start >= first and end <= last for first, last in notes.values()):
            continue
        pager.paragraph(glyphs[start:end], _marks(glyphs, start, end, notes))
    pager.turn(last=True)
    return galley


def _marks(
    glyphs: Sequence[Glyph], start: int, end: int, notes: dict[str, Span]
) -> dict[str, list[Glyph]]:
    """Return the footnotes that the marks between ``start`` and ``end`` call for."""
    loose = "".join(char if owner == _LOOSE else " " for char, owner in glyphs[start:end])
    return {
        mark: list(glyphs[notes[mark][0] : notes[mark][1]])
        for mark in loose.split()
        if mark in notes
    }


class _Pager:
    """Fills pages: a head, lines of text, the footnotes they call for, a foot."""

    def __init__(
        self, document: Document, press: Press, chance: random.Random, galley: _Galley
    ) -> None:
        self.document, self.press, self.chance, self.galley = document, press, chance, galley
        self.pending: dict[str, list[Glyph]] = {}
        self.filled = 0
        self.number = 1
        self.job = f"{chance.randint(10, 29)}-{chance.randint(1000, 22999):05d}"

    def paragraph(self, glyphs: Sequence[Glyph], notes: dict[str, list[Glyph]]) -> None:
        if self.press.gap and self.filled:
            self._write([("\n", None)])
        due = dict(notes)
        for line in self._lines(glyphs):
            if self.filled + 2 * len(self.pending) >= self.press.page:
                self.turn()
            self._write(line)
            self.filled += 1 if self.press.width else _words_in(line)
            printed = "".join(char if owner == _LOOSE else " " for char, owner in line)
            for mark in printed.split():
                if mark in due:
                    self.pending[mark] = due.pop(mark)

    def turn(self, *, last: bool = False) -> None:
        """End the page: print the footnotes it owes, its foot, and the head of the next."""
        for note in self.pending.values():
            for line in self._lines(note):
                self._write(line)
        self.pending = {}
        foot = f"{self.job} {self.number}" if self.number % 2 else f"{self.number} {self.job}"
        self._furniture(foot)
        self.number += 1
        self.filled = 0
        head = " ".join(filter(None, (self.document.symbol, self.document.title)))
        if head and not last:
            self._furniture(head)

    def _furniture(self, words: str) -> None:
        owner = _region_owner(len(self.document.structure) + self.galley.furniture)
        self.galley.furniture += 1
        for line in self._lines([(char, owner) for char in words]):
            self._write(line)

    def _write(self, line: Sequence[Glyph]) -> None:
        self.galley.glyphs += line

    def _lines(self, glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
        """Break a paragraph into lines, each with the white space that ends it."""
        end: Glyph = ("\n", None) if self.press.width else (" ", None)
        width = self.press.width or 120
        line: list[Glyph] = []
        for glued, word in self._words(glyphs):
            gap: list[Glyph] = [(" ", None)] if line and not glued else []
            room = width - _measure(line) - 1
            if line and room < _measure(word):
                cut = self._division(word, room)
                if cut:
                    hyphen = [] if word[cut - 1][0] == "-" else [("-", word[0][1])]
                    line += [*gap, *word[:cut], *hyphen]
                    word = word[cut:]
                yield [*line, end]
                line, gap = [], []
            line += [*gap, *word]
        yield [*line, end]

    def _words(self, glyphs: Sequence[Glyph]) -> Iterator[tuple[bool, list[Glyph]]]:
        """Return what no line end cuts, and whether it is glued to what stands before it.

        Some words have a stray space inside or before a footnote mark.
        """
        text = "".join(char for char, _ in glyphs)
        if self.document.language == "zh":
            yield from self._han_words(glyphs, text)
            return
        for match in _WORD.finditer(text):
            word = list(glyphs[match.start() : match.end()])
            if not self.press.hard_spaces:
                word = [(" " if char == "\xa0" else char, owner) for char, owner in word]
            for at in range(len(word) - 1, 0, -1):
                if word[at][1] == _LOOSE != word[at - 1][1] and self._happens("spaced_mark"):
                    word.insert(at, (" ", None))
            if all(char.isalpha() for char, _ in word) and len(word) > 4:
                if self.document.language == "ar":
                    self._loosen(word)
                elif self._happens("split"):
                    word.insert(self.chance.randint(1, len(word) - 1), (" ", None))
            yield False, word

    def _han_words(self, glyphs: Sequence[Glyph], text: str) -> Iterator[tuple[bool, list[Glyph]]]:
        for match in _HAN_WORD.finditer(text):
            start, end = match.span()
            word = list(glyphs[start:end])
            glued = start > 0 and not text[start - 1].isspace()
            if glued and word[0][1] == _LOOSE != glyphs[start - 1][1]:
                glued = not self._happens("spaced_mark")
            elif glued and (text[start].isalnum() and text[start - 1].isalnum()):
                mixed = text[start].isascii() != text[start - 1].isascii()
                glued = not self._happens("spaced_number" if mixed else "split", 1 if mixed else 5)
            yield glued, word

    def _loosen(self, word: list[Glyph]) -> None:
        """Stretch an Arabic word, or put a stray space where its letters do not join."""
        joints = [at for at in range(1, len(word)) if word[at - 1][0] not in _UNJOINED]
        gaps = [at for at in range(1, len(word)) if word[at - 1][0] in _UNJOINED]
        if joints and self._happens("stretch"):
            at = self.chance.choice(joints)
            word.insert(at, (_KASHIDA, word[at][1]))
        elif gaps and self._happens("split"):
            word.insert(self.chance.choice(gaps), (" ", None))

    def _division(self, word: Sequence[Glyph], room: int) -> int:
        """Return how many characters of the word stay on the line: 0 for none."""
        chars = "".join(char for char, _ in word)
        at_hyphen = chars.rfind("-", 1, max(1, min(room, len(chars) - 1))) + 1
        if at_hyphen:
            return at_hyphen
        if self.document.language in _UNDIVIDED:
            return 0
        if not (self.press.width and chars.isalpha() and len(chars) > 6 and room > 4):
            return 0
        return _syllable(chars, min(room - 1, len(chars) - 3)) if self._happens("hyphenate") else 0

    def _happens(self, fault: str, rarer: int = 1) -> bool:
        return self.chance.random() < float(getattr(self.press, fault)) / rarer


def _syllable(word: str, most: int) -> int:
    """Return where to divide a word, before a consonant and a vowel, or 0 if it cannot be."""
    plain = unicodedata.normalize("NFD", word.lower())
    vowels = [char in _VOWELS for char in plain if not unicodedata.combining(char)]
    if len(vowels) != len(word):  # letters that are decomposed already
        return 0
    cuts = (at for at in range(most, 1, -1) if vowels[at + 1] and not vowels[at])
    return next((at for at in cuts if any(vowels[:at])), 0)


def _measure(glyphs: Sequence[Glyph]) -> int:
    """Return the width of some type in columns: a Chinese character takes two."""
    return sum(1 + (unicodedata.east_asian_width(char) in "FW") for char, _ in glyphs)


def _words_in(line: Sequence[Glyph]) -> int:
    """Return about how many words a line has; two Chinese characters count as one."""
    return sum(char == " " for char, _ in line) + (_measure(line) - len(line)) // 2
