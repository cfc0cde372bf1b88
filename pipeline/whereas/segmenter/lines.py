"""Lines of a text, and how each is set off from the one before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

_LINE = re.compile(r"\S[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]*")
_NEWLINE = re.compile(r"\r\n?|[\n\v\x1c-\x1e\x85\u2028\u2029]")
_FIRST_WORD = re.compile(r"[\u3000-\u9fff\uff01-\uff65]{1,2}|\S+")
_ENDS = frozenset(",;:.،؛，；：。、!?…")
_ENOUGH = 6  # lines that show how a text is set
_PARAGRAPH = 160  # characters a line, from which each must be a whole paragraph
_LONG = 700  # characters a line, from which line breaks do not mark paragraphs


class Break(IntEnum):
    """What stands between two pieces of text, from no evidence of a new paragraph to proof."""

    WRAP = 0  # a line that goes on below, since blank lines stand between paragraphs
    NONE = 1  # the same line
    LINE = 2  # a line that may just have been full
    PAGE = 3  # the end of a page, or something else that is not running text
    SHORT = 4  # a line that had room for more
    BLANK = 5  # a blank line


class Line(NamedTuple):
    """A line without the white space around it; ``blank`` and ``page`` say what is above it."""

    start: int
    end: int
    indent: int
    blank: bool
    page: bool


def split_lines(text: str) -> list[Line]:
    """Return the lines of ``text`` that are not blank."""
    lines = []
    past = 0
    for match in _LINE.finditer(text):
        start = match.start()
        between = text[past:start]
        end = start + len(match.group().rstrip())
        if between == "\n" or between == "\r\n":
            lines.append(Line(start, end, 0, False, False))
        else:
            breaks = _NEWLINE.findall(between)
            page = "\f" in between
            last = max(between.rfind(char) for char in "\n\r\f\v\x85\u2028\u2029") + 1
            lines.append(Line(start, end, len(between) - last, len(breaks) > 1, page))
        past = match.end()
    return lines


@dataclass(frozen=True, slots=True)
class Measure:
    """How the lines of a text are set.

    ``full`` is the least length, next word included, at which lines break of themselves;
    ``paragraphs`` says that each line is a whole paragraph, ``gapped`` that blank lines stand
    between paragraphs.
    """

    full: int
    paragraphs: bool
    gapped: bool

    def break_between(self, text: str, above: Line, below: Line) -> Break:
        """Say what the end of a line and the space below it show."""
        if below.blank or self.paragraphs:
            return Break.BLANK
        if self.gapped:
            return Break.WRAP
        return Break.SHORT if _wanted(text, above, below) < self.full else Break.LINE


def measure_lines(text: str, lines: Sequence[Line]) -> Measure:
    """Find out how lines are set, by where they break inside sentences."""
    sizes = sorted(line.end - line.start for line in lines)
    usual = [size for size in sizes if size >= sizes[-1] // 3] if sizes else []
    width = usual[len(usual) * 9 // 10] if usual else 0
    forced = sorted(
        _wanted(text, above, below)
        for above, below in pairwise(lines)
        if not below.blank
        and text[above.end - 1] not in _ENDS
        and above.end - above.start > width // 2
    )
    full = min(forced[len(forced) // 50], width) if len(forced) >= _ENOUGH else int(width * 0.8)
    short = blank = 0
    for above, below in pairwise(lines):
        if text[above.end - 1] in _ENDS and not below.page:
            blank += below.blank
            short += not below.blank and _wanted(text, above, below) < full
    return Measure(full, width > _PARAGRAPH, blank > _ENOUGH and blank > 4 * short)


def _wanted(text: str, above: Line, below: Line) -> int:
    """Return how long a line would be with the first word of the next one."""
    word = _FIRST_WORD.match(text, below.start, below.end)
    return above.end - above.start + 1 + (len(word.group()) if word else 0)


def flows(text: str, lines: list[Line]) -> bool:
    """Say whether the text has lost its line breaks, or has them at page ends only."""
    return len(lines) == 1 or (bool(lines) and len(text) > _LONG * len(lines))
