"""Folding: the form in which phrases are compared, whatever a reader did to their letters.

Case, spaces, hyphens, marks that are not printed, ligatures, full-width letters and Arabic vowel
signs and presentation forms are folded away, so that "Rec alling", "RECALLING" and "Re-calling"
at the end of a line are all one phrase.
"""

import unicodedata
from functools import cache

_REMOVED = (
    " \t\n\r\f\v\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u3000"
    "\u2028\u2029\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\u061c"
    "-\u00ad\u2010\u2011\u2012\u2013_*#"
    "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670"
)
_ASCII = bytes(range(128)).lower().replace(b"`", b"'") + bytes(range(128, 256))
_REMOVED_ASCII = "".join(filter(str.isascii, _REMOVED)).encode()
_SAME = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ё": "е"}
_FORMS = ((0xFB00, 0xFB07), (0xFB50, 0xFE00), (0xFE70, 0xFEFF), (0xFF01, 0xFF5F), (0x2F00, 0x2FE0))


@cache
def _table() -> dict[int, str]:
    table = dict.fromkeys(map(ord, _REMOVED), "")
    table |= {ord(char): same for char, same in _SAME.items()}
    for first, past in _FORMS:
        for code in range(first, past):
            plain = unicodedata.normalize("NFKC", chr(code)).replace(" ", "")
            table[code] = "".join(_SAME.get(c, "" if c in _REMOVED else c) for c in plain)
    return table


def fold(text: str) -> str:
    """Return ``text`` as it is compared: lower case, without spaces, hyphens and vowel signs."""
    if text.isascii():  # the same, several times as fast
        return text.encode().translate(_ASCII, _REMOVED_ASCII).decode()
    return text.translate(_table()).lower()


def unfolded_length(text: str, start: int, length: int) -> int:
    """Count the characters from ``start`` in ``text`` that fold to ``length`` characters.

    Marks over the last letter are counted with it.
    """
    table = _table()
    end = start
    if len(fold(text[start : start + length])) == length:  # nothing is folded away
        end, length = start + length, 0
    while length > 0:
        char = text[end]
        length -= len(table.get(ord(char), char).lower())
        end += 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end - start
