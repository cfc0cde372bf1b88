"""The text of a marked-up document, flattened, with the spans of its parts as it grows.

Paragraphs are separated by a blank line; spaces and line ends within them are one space. A
footnote stays out of the running text: its mark is where the source prints it, its own text
follows at the end, and one footnote region has both spans.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from whereas.document import Kind, Region, Span, Spans

EMBEDDED = "embeddedStructure"  # a resolution inside a paragraph; read after it, by itself
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_MARK = re.compile(r"[(（\s]*[\d*†‡]{1,4}[)）\s]*|\s*[(（)）]\s*")
_UNITS = ("m", "km", "cm", "м", "км", "см")  # what a raised 2 or 3 is no footnote mark after
_LETTER = re.compile(r"[^\W\d_]")


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(element).localname


def clean(words: str) -> str:
    """Return words with single spaces between them and none around them."""
    return " ".join(words.split())


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph in the text: where it is, its clean words without its number, its opening.

    ``emphasised`` is what the source emphasises at its beginning, if it does.
    """

    spans: Spans
    text: str
    emphasised: str | None


@dataclass
class FlatText:
    """The text written so far; ``close`` adds the footnotes that are due."""

    regions: list[Region] = field(default_factory=list)
    emphasis: list[Span] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _size: int = 0
    _due: list[tuple[Span, etree._Element]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)

    def paragraph(self, *contents: etree._Element | str, number: str | None = None) -> Written:
        """Write a paragraph: its number, if it has one, and its contents, each on a line."""
        paragraph = _Paragraph()
        if number:
            paragraph.write(number)
            paragraph.gap = " "
            paragraph.own = paragraph.size
        for content in contents:
            if isinstance(content, str):
                paragraph.write(content)
            else:
                paragraph.inline(content)
            paragraph.break_off("\n")
        if not paragraph.size:
            return Written((), "", None)
        return self._add(paragraph)

    def region(
        self, kind: Kind, *contents: etree._Element | str, number: str | None = None
    ) -> Written:
        """Write a paragraph that is no clause."""
        written = self.paragraph(*contents, number=number)
        if written.spans:
            self.regions.append(Region(kind=kind, spans=written.spans))
        return written

    def close(self) -> None:
        """Write the text of the footnotes that are due, each a paragraph."""
        while self._due:  # a footnote may have footnotes
            due, self._due = self._due, []
            for mark, note in due:
                spans = self.paragraph(note, number=note.get("marker", "").strip()).spans
                self.regions.append(Region(kind="footnote", spans=(mark, *spans)))

    def _add(self, paragraph: "_Paragraph") -> Written:
        own = paragraph.own
        gap = "\n\n" if self._parts else ""
        text = "".join(paragraph.parts)
        start = self._size + len(gap)
        self._parts += (gap, text)
        self._size = start + len(text)
        emphasis = [span for span in (_trimmed(text, *e) for e in paragraph.emphasis) if span]
        self.emphasis += _moved(emphasis, start)
        self._due += [(_moved([mark], start)[0], note) for mark, note in paragraph.notes]
        spans = _without(text, paragraph.marks)
        words = "".join(text[max(first, own) : last] for first, last in spans)
        return Written(tuple(_moved(spans, start)), clean(words), _opening(text, own, emphasis))


@dataclass
class _Paragraph:
    """A paragraph as it is written; its offsets count from its own beginning."""

    size: int = 0
    own: int = 0  # where its own words begin, after its number
    gap: str = ""  # what to put before the next words
    parts: list[str] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)
    notes: list[tuple[Span, etree._Element]] = field(default_factory=list)
    emphasis: list[Span] = field(default_factory=list)

    def write(self, raw: str | None) -> Span | None:
        """Append words; spaces wait for the next words, so that no paragraph ends in one."""
        words = _SPACES.sub(" ", raw or "")
        if words.startswith(" ") and self.size and not self.gap:
            self.gap = " "
        bare = words.strip(" ")
        if not bare:
            return None
        start = self.size + len(self.gap)
        self.parts += (self.gap, bare)
        self.size = start + len(bare)
        self.gap = " " if words.endswith(" ") else ""
        return start, self.size

    def inline(self, element: etree._Element) -> None:
        """Append the words of an element and of those in it."""
        self.write(element.text)
        for child in element:
            self._child(child)
            self.write(child.tail)

    def _child(self, child: etree._Element) -> None:
        name = local(child)
        if name == EMBEDDED:
            return
        if name == "authorialNote":
            mark = self._mark(child.get("marker"))
            if mark is not None:
                self.notes.append((mark, child))
        elif name == "noteRef":
            self._mark(child.get("marker"))
        elif name == "sup" and self._is_mark(child):
            self._mark("".join(child.itertext()))
        elif name in ("p", "eol", "br", "tr", "item"):
            self.break_off("\n")
            self.inline(child)
        elif name in ("td", "th"):
            self.break_off("\t")
            self.inline(child)
        elif name == "span":
            before = self.size
            self.inline(child)
            if {"italic", "bold"} & set(child.get("class", "").split()) and self.size > before:
                self.emphasis.append((before, self.size))
        else:
            self.inline(child)

    def break_off(self, gap: str) -> None:
        """Put ``gap`` before the next words, unless a break is there or nothing comes before."""
        if self.size > self.own and self.gap in ("", " "):
            self.gap = gap

    def _is_mark(self, sup: etree._Element) -> bool:
        before = "" if self.gap else "".join(self.parts[-2:])[-4:]
        unit = before.split()[-1].lstrip("0123456789.,") if before.split() else ""
        return bool(_MARK.fullmatch("".join(sup.itertext()))) and unit not in _UNITS

    def _mark(self, words: str | None) -> Span | None:
        span = self.write((words or "").strip())
        if span is not None:
            self.marks.append(span)
        return span


def _moved(spans: list[Span], by: int) -> list[Span]:
    return [(start + by, end + by) for start, end in spans]


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    bare = words.strip()
    start += len(words) - len(words.lstrip())
    return (start, start + len(bare)) if bare else None


def _without(text: str, cuts: list[Span]) -> list[Span]:
    spans = []
    start = 0
    for first, last in [*cuts, (len(text), len(text))]:
        if start < first:
            spans.append((start, first))
        start = max(start, last)
    while spans and not text[spans[-1][0] : spans[-1][1]].strip():
        spans.pop()
    return spans


def _opening(text: str, own: int, emphasis: list[Span]) -> str | None:
    """Return the emphasised words with which a paragraph opens after its number, if any."""
    first, last = None, own
    for start, end in emphasis:
        if _LETTER.search(text, last, max(start, last)):
            break
        first = start if first is None else first
        last = max(last, end)
    return None if first is None else text[first:last]
