"""Mending: words that a stray space has broken, as "Str ategies" or "open -ended".

A piece is joined to its neighbours only if it is no word itself, and together they are one, by
the word statistics of the language.
"""

from collections.abc import Mapping
from functools import lru_cache

from whereas.lexicon.words import WORD, word_key

_WINDOWS = ((-1, 1), (0, 2), (-1, 2), (-2, 1), (0, 3))  # what a piece may make a word with
_HYPHENS = "-‑"


def mend(text: str, known: Mapping[str, int]) -> str:
    """Return ``text``, whose words have single spaces between them, with broken words joined.

    Args:
        known: how often words occur; where it is empty, nothing is joined.
    """
    words = text.split(" ")
    pieces = [n for n, word in enumerate(words) if _is_piece(word, known)] if known else []
    if not pieces:
        return text
    joins: list[tuple[int, int]] = []
    past = 0
    for n in pieces:
        if n >= past and (window := _best_window(words, n, past, known)):
            joins.append(window)
            past = window[1]
    for start, end in reversed(joins):
        words[start:end] = ["".join(words[start:end])]
    return " ".join(words)


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    """Return the letters of a word as they are counted, "" if it is none."""
    return word_key(max(WORD.findall(word), key=len, default=""))


def _is_piece(word: str, known: Mapping[str, int]) -> bool:
    key = _key(word)
    if key and key not in known:
        return True
    return bool(key) and (word[0] in _HYPHENS or word[-1] in _HYPHENS)


def _best_window(
    words: list[str], n: int, past: int, known: Mapping[str, int]
) -> tuple[int, int] | None:
    """Return the words around the ``n``th that make the commonest word with it, None if none do."""
    best, most = None, 0
    for low, high in _WINDOWS:
        start, end = n + low, n + high
        if start < past or end > len(words):
            continue
        parts = words[start:end]
        if not all(map(_open_ended, parts[:-1])) or not all(map(_goes_on, parts[1:])):
            continue
        count = known.get(_key("".join(parts)), 0)
        if count > most:
            best, most = (start, end), count
    return best


def _open_ended(word: str) -> bool:
    return word[-1:].isalpha() or (word[-1:] in _HYPHENS and word[-2:-1].isalpha())


def _goes_on(word: str) -> bool:
    return word[:1].isalpha() or (word[:1] in _HYPHENS and word[1:2].isalpha())
