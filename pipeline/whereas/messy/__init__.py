"""Messy copies of clean records: the text that a PDF reader leaves, with exact spans.

A PDF reader wraps lines, breaks words, and drops running heads, page numbers and footnotes into
the middle of clauses. ``mess_up`` does the same to a record whose spans are known, so that
segmentation can be tested, and trained for, on gold that nobody had to mark by hand.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from whereas.document import Clause, Document, Region, Span, Spans
from whereas.messy.compositor import Compositor, measure, words_in
from whereas.messy.press import LOOSE, PRESSES, Glyph, Layout, Owner, Press

__all__ = ["PRESSES", "Layout", "mess_up"]


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
            found = spans.setdefault(owner or LOOSE, [])
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
    owners: list[Owner] = [LOOSE] * len(text)
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
    loose = "".join(char if owner == LOOSE else " " for char, owner in glyphs[start:end])
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
        self.document, self.press, self.galley = document, press, galley
        self.compositor = Compositor(document.language, press, chance)
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
            self.filled += 1 if self.press.width else words_in(line)
            printed = "".join(char if owner == LOOSE else " " for char, owner in line)
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
        used = 0
        for glued, word in self.compositor.words(glyphs):
            gap: list[Glyph] = [(" ", None)] if line and not glued else []
            room = width - used - 1
            if line and room < measure(word):
                cut = self.compositor.division(word, room)
                if cut:
                    hyphen = [] if word[cut - 1][0] == "-" else [("-", word[0][1])]
                    line += [*gap, *word[:cut], *hyphen]
                    word = word[cut:]
                yield [*line, end]
                line, gap, used = [], [], 0
            line += [*gap, *word]
            used += len(gap) + measure(word)
        yield [*line, end]
