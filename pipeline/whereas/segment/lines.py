"""Lines of a text, and how each is set off from the one before it."""

import re
from enum import IntEnum
from typing import NamedTuple

_LINE = re.compile(r"\S[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]*")
_NEWLINE = re.compile(r"\r\n?|[\n\v\x1c-\x1e\x85\u2028\u2029]")
_LONG = 700  # characters a line, from which line breaks do not mark paragraphs


class Break(IntEnum):
    """What stands between two pieces of text, from no evidence of a new paragraph to proof."""

    NONE = 0  # the same line
    LINE = 1  # a line that may just have been full
    PAGE = 2  # the end of a page, or something else that is not running text
    SHORT = 3  # a line that had room for more
    BLANK = 4  # a blank line


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


def measure(lines: list[Line]) -> int:
    """Return how many characters a full line holds: nearly the longest of the common ones."""
    sizes = sorted(line.end - line.start for line in lines)
    long = [size for size in sizes if size >= sizes[-1] // 3] if sizes else []
    return long[len(long) * 9 // 10] if long else 0


def flows(text: str, lines: list[Line]) -> bool:
    """Say whether the text has lost its line breaks, or has them at page ends only."""
    return bool(lines) and len(text) > _LONG * len(lines)
