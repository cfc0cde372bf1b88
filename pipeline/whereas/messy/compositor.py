"""Compositors: how the words of a language are set, cut and spoilt.

Latin and Cyrillic words are divided at line ends; Chinese lines end between any two characters,
and spaces appear around numbers; Arabic words are never divided, but fall apart after letters
that do not join, are stretched to fill a line, and may be left in presentation forms.
"""

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence

from whereas.messy.press import LOOSE, Glyph, Press

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
_ALEFS = {
    "آ": "ALEF WITH MADDA ABOVE",
    "أ": "ALEF WITH HAMZA ABOVE",
    "إ": "ALEF WITH HAMZA BELOW",
    "ا": "ALEF",
}


class Compositor:
    """Sets the words of one language on one press; all its faults come from ``chance``."""

    def __init__(self, language: str | None, press: Press, chance: random.Random) -> None:
        self.language, self.press, self.chance = language, press, chance

    def words(self, glyphs: Sequence[Glyph]) -> Iterator[tuple[bool, list[Glyph]]]:
        """Return what no line end cuts, and whether it is glued to what stands before it.

        Some words have a stray space inside or before a footnote mark.
        """
        text = "".join(char for char, _ in glyphs)
        if self.language == "zh":
            yield from self._han_words(glyphs, text)
            return
        for match in _WORD.finditer(text):
            word = list(glyphs[match.start() : match.end()])
            if not self.press.hard_spaces:
                word = [(" " if char == "\xa0" else char, owner) for char, owner in word]
            for at in range(len(word) - 1, 0, -1):
                if word[at][1] == LOOSE != word[at - 1][1] and self._happens("spaced_mark"):
                    word.insert(at, (" ", None))
            if all(char.isalpha() for char, _ in word) and len(word) > 4:
                if self.language == "ar":
                    self._loosen(word)
                elif self._happens("split"):
                    word.insert(self.chance.randint(1, len(word) - 1), (" ", None))
            if self.language == "ar" and self.press.shaped:
                word = shaped(word)
            yield False, word

    def _han_words(self, glyphs: Sequence[Glyph], text: str) -> Iterator[tuple[bool, list[Glyph]]]:
        for match in _HAN_WORD.finditer(text):
            start, end = match.span()
            word = list(glyphs[start:end])
            glued = start > 0 and not text[start - 1].isspace()
            if glued and word[0][1] == LOOSE != glyphs[start - 1][1]:
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

    def division(self, word: Sequence[Glyph], room: int) -> int:
        """Return how many characters of the word stay on the line: 0 for none."""
        chars = "".join(char for char, _ in word)
        at_hyphen = chars.rfind("-", 1, max(1, min(room, len(chars) - 1))) + 1
        if at_hyphen:
            return at_hyphen
        if self.language in _UNDIVIDED:
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


def shaped(word: Sequence[Glyph]) -> list[Glyph]:
    """Return a word in Arabic presentation forms, lam and alef as one glyph."""
    result: list[Glyph] = []
    for at, (char, owner) in enumerate(word):
        after = word[at + 1][0] if at + 1 < len(word) else ""
        joins_before = at > 0 and _joins(word[at - 1][0])
        joins_after = _joins(char) and after.isalpha()
        if char == "ل" and after in _ALEFS:
            result.append((_form("LIGATURE LAM WITH " + _ALEFS[after], joins_before, False), owner))
        elif not (at and word[at - 1][0] == "ل" and char in _ALEFS):
            name = unicodedata.name(char, "").removeprefix("ARABIC ")
            result.append((_form(name, joins_before, joins_after) or char, owner))
    return result


def _joins(char: str) -> bool:
    return char == _KASHIDA or ("ء" < char <= "ي" and char not in _UNJOINED)


def _form(name: str, before: bool, after: bool) -> str:
    form = ("ISOLATED", "INITIAL", "FINAL", "MEDIAL")[2 * before + after]
    try:
        return unicodedata.lookup(f"ARABIC {name} {form} FORM")
    except KeyError:  # a digit, a mark
        return ""


def measure(glyphs: Sequence[Glyph]) -> int:
    """Return the width of some type in columns: a Chinese character takes two."""
    return sum(1 + (unicodedata.east_asian_width(char) in "FW") for char, _ in glyphs)


def words_in(line: Sequence[Glyph]) -> int:
    """Return about how many words a line has; two Chinese characters count as one."""
    return sum(char == " " for char, _ in line) + (measure(line) - len(line)) // 2
