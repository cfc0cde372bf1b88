"""Cleaning: words as they read when no line, page or stray space breaks them.

The text of a document is never edited; clean text is made from it, for the spans of a clause.
"""

import re
import unicodedata

from whereas.cleaning.mending import mend
from whereas.document import Spans
from whereas.lexicon import SPACED
from whereas.lexicon.words import load_words, word_key

_DIVIDED = re.compile(r"(?<![^\W\d_])([^\W\d_]++)([-‐\u00ad])[^\S\n]*+\n\s*+([^\W\d_]+)")
_HAN = r"\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff65"
_NEXT_TO_HAN = re.compile(rf"(?<=[{_HAN}]) | (?=[{_HAN}])")
_JOINED = frozenset(",;:.)]”’»،؛，；。、）")  # what no space stands before where a mark was cut out
_LOOSE_POINT = re.compile(r"(?<=[\w)”’»]) (?=[,،.](?:\s|$))")
_FORMS = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
_UNPRINTED = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(text: str, spans: Spans, language: str) -> str:
    """Return the words of ``text`` in ``spans``, in one line.

    Lines are joined, words divided at a line's end or broken by a stray space are mended, Arabic
    presentation forms and ligatures become plain letters, and spaces between Chinese characters
    and before commas and full stops go.
    """
    parts: list[str] = []
    for start, end in spans:
        if parts and text[start] not in _JOINED:
            parts.append("\n")
        parts.append(text[start:end])
    words = _FORMS.sub(_plain, "".join(parts))
    if "\n" in words or "\r" in words:
        words = _rejoined(words.replace("\r", "\n"), language)
    words = " ".join(_UNPRINTED.sub("", words).split())
    if language == "zh":
        return _NEXT_TO_HAN.sub("", words)
    words = _LOOSE_POINT.sub("", words)
    return mend(words, language) if language in SPACED else words


def _plain(forms: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", forms.group())


def _rejoined(words: str, language: str) -> str:
    """Put together words divided at the end of a line."""
    known = load_words(language)

    def joined(found: re.Match[str]) -> str:
        left, hyphen, right = found.groups()
        if hyphen == "\u00ad":
            return left + right
        whole, compound = word_key(left + right), word_key(f"{left}-{right}")
        if known.get(whole, 0) != known.get(compound, 0):
            keep = known.get(compound, 0) > known.get(whole, 0)
        else:
            keep = right[0].isupper() or (word_key(left) in known and word_key(right) in known)
        return f"{left}{hyphen}{right}" if keep else left + right

    return _DIVIDED.sub(joined, words)
