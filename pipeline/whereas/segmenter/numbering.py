"""Numbers of clauses and of their sub-paragraphs, in the scripts that resolutions use."""

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["letter", "capital", "roman", "digit", "cyrillic", "abjad", "han", "bullet"]

_CLAUSE = re.compile(
    r"(\d{1,3})(?:\s?[.．、](?!\d)|,(?=\s[A-Z])|\s?\)(?=\s))\s*"  # 1.  1)
    r"|(\d{1,3})\s?[-‑–—]\s+(?=[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc])"  # 1 -, in Arabic
    r"|[-‑–—]\s?(\d{1,3})\s+(?=[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc])"  # turned around
)
_ITEM = re.compile(
    r"[(（)]\s?([A-Za-z]{1,5}|[а-яА-Я]|[ء-ي]{1,5}|[一二三四五六七八九十]{1,3}|\d{1,2})\s?[)）(]"
    r"|([A-Za-z]{1,8}|[а-я]|\d{1,2})\)(?=\s|\w)"
    r"|([a-z]|[ivx]{1,4})\.(?=\s)"
    r"|(\d{1,2})(?= (?:that|to)\s)"
    r"|[‘’'](\d{1,2})[’‘'](?=\s)"
    r"|([㈠-㈩]|[①-⑳])"
    r"|([•·▪●○■–—-])(?=\s)"
)
_ROMAN = re.compile(r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_LOOKALIKE = str.maketrans("асеорху", "aceopxy")
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_ABJAD = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HAN = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, ``[start, end)``, where its words begin, and what it may count

    ``readings`` pairs each style the number can have with its place in the order: "(i)" is the
    first of the Roman numerals or the ninth letter.
    """

    start: int
    end: int
    words: int
    readings: tuple[tuple[Style, int], ...]


def clause_number(text: str, at: int, section: re.Pattern[str]) -> tuple[Number, int] | None:
    """Return the number of a clause that stands at ``at``, and its value."""
    start = at
    if named := section.match(text, at):
        at = named.end()
        while at < len(text) and text[at] in " \u00a0":
            at += 1
    if not (found := _CLAUSE.match(text, at)):
        return None
    digits = next(filter(None, found.groups()))
    end = at + len(found.group().rstrip())
    return Number(start, end, found.end(), (("digit", int(digits)),)), int(digits)


def item_number(text: str, at: int) -> Number | None:
    """Return the number of a sub-paragraph that stands at ``at``."""
    if not (found := _ITEM.match(text, at)):
        return None
    label = next(filter(None, found.groups()))
    readings = tuple(_readings(label))
    if not readings:
        return None
    words = found.end()
    while words < len(text) and text[words].isspace():
        words += 1
    return Number(at, found.end(), words, readings)


def _readings(label: str) -> list[tuple[Style, int]]:
    if label.isdigit():
        # circled and parenthesised figures are digits, too
        return [("digit", int(label) if label.isdecimal() else _circled(label))]
    if label in "•·▪●○■–—-":
        return [("bullet", 0)]
    if all(char in _HAN for char in label):
        return [("han", _han(label))]
    if "㈠" <= label <= "㈩":
        return [("han", ord(label) - ord("㈠") + 1)]
    if label[0] in _ABJAD or label[0] in "أإآءئؤىة":
        plain = label.translate(str.maketrans("أإآى", "اااي"))
        return [("abjad", _ABJAD.index(plain) + 1)] if plain in _ABJAD else []
    readings: list[tuple[Style, int]] = []
    latin = label.translate(_LOOKALIKE)
    small = latin.lower()
    if small.isascii():
        if len(set(small)) == 1 and len(small) <= 2:
            place = ord(small[0]) - ord("a") + 1 + 26 * (len(small) - 1)
            readings.append(("letter" if latin.islower() else "capital", place))
        if _ROMAN.fullmatch(small):
            readings.append(("roman", _roman(small)))
    if label in _CYRILLIC:
        readings.append(("cyrillic", _CYRILLIC.index(label) + 1))
    return readings


def _roman(label: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[char] for char in label]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _han(label: str) -> int:
    tens, ten, units = label.partition("十")
    if not ten:
        return _HAN.index(label[0]) + 1
    return 10 * (_HAN.index(tens) + 1 if tens else 1) + (_HAN.index(units) + 1 if units else 0)


def _circled(label: str) -> int:
    return ord(label) - ord("①") + 1 if "①" <= label <= "⑳" else 0


class Levels:
    """Tells at which level each number of a run of sub-paragraphs stands: 2, 3, ..."""

    def __init__(self) -> None:
        self._open: list[tuple[Style, int]] = []

    def expects(self, style: Style, value: int) -> bool:
        """Say whether ``value`` is the next in an open run of ``style``."""
        return (style, value - 1) in self._open

    def place(self, number: Number) -> int | None:
        """Return the level of the next number, or None if it neither goes on nor starts a run."""
        for depth in range(len(self._open) - 1, -1, -1):
            style, value = self._open[depth]
            for reading in number.readings:
                if reading[0] == style and (style == "bullet" or 0 < reading[1] - value <= 2):
                    del self._open[depth:]
                    self._open.append(reading)
                    return depth + 2
        styles = {style for style, _ in self._open}
        for reading in sorted(number.readings, key=lambda reading: reading[1]):
            if reading[1] <= 1 and reading[0] not in styles:
                self._open.append(reading)
                return len(self._open) + 1
        return None
