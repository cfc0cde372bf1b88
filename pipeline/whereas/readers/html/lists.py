"""The numbers that browsers put before the items of ordered lists."""

import re
from dataclasses import dataclass

from lxml import etree

from whereas.readers.numerals import letters, roman

_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|[\w-]*(?:decimal|alpha|latin|roman))\b")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman"}
_TYPES["I"] = "upper-roman"
_PRINTED = re.compile(r"\s*(?:[\[(]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)\]]|[•–—-]\s)")


@dataclass(slots=True)
class List:
    """A list that is being set: how it numbers its items (not at all: None) and the next one."""

    style: str | None
    level: int
    next: int = 1

    def label(self, item: etree._Element) -> str:
        """Return what stands before an item, and count it."""
        if (value := _integer(item.get("value"))) is not None:
            self.next = value
        number, self.next = self.next, self.next + 1
        first = next((text for text in item.itertext() if text.strip()), "")
        if self.style is None or not first or _PRINTED.match(first):
            return ""
        return _label(self.style, number, self.level)


def open_list(element: etree._Element, level: int) -> List:
    """Return a list at its start; ``level`` is 1 for one that stands in no other."""
    declared = _STYLE.search(element.get("style", "").lower())
    if element.tag == "ol":
        style = declared[1] if declared else _TYPES.get(element.get("type", "1"), "decimal")
        start = _integer(element.get("start"))
        return List(None if style == "none" else style, level, 1 if start is None else start)
    return List(None if declared and declared[1] == "none" else "disc", level)


def _label(style: str, number: int, level: int) -> str:
    """Return a number the way resolutions print it: 1. for a list, (a), (i), (1) inside one."""
    if style == "disc":
        return "•"
    if style.endswith("roman"):
        label = roman(number)
    elif style.endswith(("alpha", "latin")):
        label = letters(number)
    else:
        return f"{number}." if level == 1 else f"({number})"
    return f"{label.upper()}." if style.startswith("upper") else f"({label})"


def _integer(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else None
