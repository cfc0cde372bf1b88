"""The numbers that Word puts before paragraphs."""

import re
from dataclasses import dataclass, replace

from docx.oxml.ns import qn
from lxml import etree

from whereas.readers.docx.names import child, integer, value
from whereas.readers.numerals import letters, roman

_PLACE = re.compile(r"%([1-9])")
_SYMBOL = re.compile(r"[\ue000-\uf8ff]")  # where symbol fonts have their bullets
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; ``text`` holds ``%1`` for the number of level 1 ..."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restarts: bool = True


class Numbering:
    """Counts the paragraphs of a document's lists, in the order in which they come."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[int, dict[int, Level]] = {}
        self._family: dict[int, int | None] = {}  # lists that count together
        self._fresh: dict[int, set[int]] = {}  # levels at which a list starts anew
        self._counts: dict[int | None, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        forms = {
            integer(value(one, "w:abstractNumId")): _levels(one)
            for one in root.iter(qn("w:abstractNum"))
        }
        for one in root.iter(qn("w:num")):
            list_id = integer(value(one, "w:numId"))
            family = integer(value(child(one, "w:abstractNumId")))
            if list_id is None:
                continue
            levels: dict[int, Level] = dict(forms.get(family, {}))
            fresh = set()
            for override in one.iter(qn("w:lvlOverride")):
                at = integer(value(override, "w:ilvl"))
                if at is None:
                    continue
                levels |= _levels(override)
                start = integer(value(child(override, "w:startOverride")))
                if start is not None:
                    levels[at] = replace(levels.get(at, Level()), start=start)
                    fresh.add(at)
            self._lists[list_id], self._family[list_id] = levels, family
            self._fresh[list_id] = fresh

    def label(self, list_id: int, at: int) -> str:
        """Return what Word prints before the next paragraph of a list, at level ``at`` from 0."""
        levels = self._lists.get(list_id)
        if not levels or at not in levels:
            return ""
        counts = self._counts.setdefault(self._family[list_id], {})
        for fresh in self._fresh.pop(list_id, ()):
            counts.pop(fresh, None)
        level = levels[at]
        counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in range(at + 1, _LEVELS):
            if levels.get(deeper, level).restarts:
                counts.pop(deeper, None)
        return _PLACE.sub(
            lambda place: _written(levels, counts, int(place[1]) - 1), _SYMBOL.sub("•", level.text)
        )


def _written(levels: dict[int, Level], counts: dict[int, int], at: int) -> str:
    level = levels.get(at, Level())
    number = counts.setdefault(at, level.start)
    match level.form:
        case "lowerLetter":
            return letters(number)
        case "upperLetter":
            return letters(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "none":
            return ""
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def _levels(root: etree._Element) -> dict[int, Level]:
    levels = {}
    for one in root.iter(qn("w:lvl")):
        at = integer(value(one, "w:ilvl"))
        if at is not None:
            start = integer(value(child(one, "w:start")))
            levels[at] = Level(
                form=value(child(one, "w:numFmt")) or "decimal",
                text=value(child(one, "w:lvlText")) or "",
                start=1 if start is None else start,
                restarts=value(child(one, "w:lvlRestart")) != "0",
            )
    return levels
