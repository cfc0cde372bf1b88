"""Setting the text of a document piece by piece, with what is emphasised and what is no clause."""

import re
from pathlib import Path

from whereas.document import Document, Kind, Region, Span

_UNIT = re.compile(r"\b[kcm]?m$")
_BREAKS = ("", " ", "\t", "\n", "\n\n")  # from the weakest to the strongest


class Galley:
    """Collects the pieces of a text in reading order.

    Breaks between pieces are asked for as they come up; of several at one place the strongest is
    set, and none at either end of the text.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._break = ""
        self._emphasis: list[Span] = []
        self._regions: list[tuple[Kind, Span]] = []
        self._inside: Kind | None = None  # kind of the last piece, if a region may go on

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been set yet."""
        return not self._size

    def space(self) -> None:
        """Ask for a space."""
        self._ask(" ")

    def line(self) -> None:
        """Ask for a new line; the second time in one place, for a new paragraph."""
        self._ask("\n\n" if self._break == "\n" else "\n")

    def paragraph(self) -> None:
        """Ask for a new paragraph."""
        self._ask("\n\n")

    def tab(self) -> None:
        """Put a tab in place of whatever break is due."""
        self._break = "\t" if self._size else ""

    def _ask(self, wanted: str) -> None:
        if self._size and _BREAKS.index(wanted) > _BREAKS.index(self._break):
            self._break = wanted

    def add(self, text: str, *, emphasis: bool = False, kind: Kind | None = None) -> None:
        """Set a piece of text.

        Args:
            emphasis: it is italic, bold or underlined.
            kind: it belongs to a region of this kind; pieces of one kind make one region.
        """
        if not text:
            return
        joined = self._break != "\n\n"
        start = self._size + len(self._break)
        end = start + len(text)
        self._parts += (self._break, text)
        if emphasis:
            self._extend_emphasis((start, end), joined)
        if kind is not None and kind == self._inside:
            self._regions[-1] = (kind, (self._regions[-1][1][0], end))
        elif kind is not None:
            self._regions.append((kind, (start, end)))
        self._inside = kind
        self._size, self._break = end, ""

    def mark(self, text: str) -> None:
        """Set a footnote mark: a region of its own in the middle of a text.

        A raised 2 or 3 after a unit of length is its power and no mark.
        """
        if not self._break and text in ("2", "3") and _UNIT.search("".join(self._parts[-2:])):
            self.add(text)
            return
        self.end_region()
        self.add(text, kind="footnote")
        self.end_region()

    def end_region(self) -> None:
        """Let the next piece start a region of its own, whatever its kind."""
        self._inside = None

    def _extend_emphasis(self, span: Span, joined: bool) -> None:
        if self._emphasis and joined and self._emphasis[-1][1] == span[0] - len(self._break):
            self._emphasis[-1] = (self._emphasis[-1][0], span[1])
        else:
            self._emphasis.append(span)

    def document(self, source: str, language: str | None) -> Document:
        """Return what has been set as a document."""
        return Document(
            id=Path(source).stem or source,
            source=source,
            language=language,
            text="".join(self._parts),
            structure=tuple(Region(kind=kind, spans=(span,)) for kind, span in self._regions),
            emphasis=tuple(self._emphasis),
        )
