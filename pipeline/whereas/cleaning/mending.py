"""Mending: words that a stray space has broken, as "Str ategies" or "open -ended".

A piece is joined to its neighbours only if it is no word itself, and together they are one, by
the word statistics of the language; or if two pieces in a row, too short for words that nobody
counted, make a longer one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from whereas.lexicon.words import WORD, load_words, word_key

_WINDOWS = ((-1, 1), (0, 2), (-1, 2), (-2, 1), (0, 3))  # what a piece may make a word with
_HYPHENS = "-‑"
_APOSTROPHES = ("’", "'")
_FIRST = re.compile(r"[-‑]?[^\W\d_]+(?:[-‑][^\W\d_]+)*-?(?![’'/\d])")
_COMMON = 256  # times that a word must occur to end in a letter that is a word itself
_SHORT, _SHORTER = 5, 3  # letters of two pieces too short for words that nobody counted


def mend(text: str, language: str) -> str:
    """Return ``text``, whose words have single spaces between them, with broken words joined.

    Nothing is joined where the words of the language are not known.
    """
    words = text.split(" ")
    known = load_words(language)
    pieces = [n for n, piece in enumerate(map(_piece_test(language), words)) if piece]
    if not known or not pieces:
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


@cache
def _piece_test(language: str) -> Callable[[str], bool]:
    """Return what says whether a word may be a piece of one."""
    known = load_words(language)

    @lru_cache(maxsize=1 << 16)
    def is_piece(word: str) -> bool:
        key = _key(word)
        return bool(key) and (key not in known or word[0] in _HYPHENS or word[-1] in _HYPHENS)

    return is_piece


def _best_window(
    words: list[str], n: int, past: int, known: Mapping[str, int]
) -> tuple[int, int] | None:
    """Return the words around the ``n``th that make the commonest word with it, None if none do."""
    best, most = None, 0
    for low, high in _WINDOWS:
        start, end = n + low, n + high
        if start < past or end > len(words):
            continue
        count = known.get(_joined(words[start:end], known), 0)
        if count > most:
            best, most = (start, end), count
    if best is None and n + 1 < len(words) and _are_halves(words[n], words[n + 1], known):
        return n, n + 2
    return best


def _joined(parts: Sequence[str], known: Mapping[str, int]) -> str:
    """Return the one word that ``parts`` make, as it is counted; "" if they cannot make one.

    A last part of one letter that is a word itself, such as "and" in Russian, belongs to common
    words only.
    """
    head, last = _last_letters(parts[0]), _FIRST.match(parts[-1])
    if not head or not last or not all(map(str.isalpha, parts[1:-1])):
        return ""
    tail = last.group()
    if tail[0].isupper() and not head.isupper():
        return ""
    word = word_key(head + "".join(parts[1:-1]) + tail)
    rare = known.get(word, 0) < _COMMON
    return "" if rare and len(tail) == 1 and tail.lower() in known else word


def _last_letters(word: str) -> str:
    """Return the letters and hyphens that end a word, "" if they are not all of a word."""
    at = len(word)
    while at and (word[at - 1].isalpha() or word[at - 1] in _HYPHENS):
        at -= 1
    letters = word[at:].lstrip(_HYPHENS)
    before = word[:at][-1:]
    elided = before in _APOSTROPHES and len(letters) > 1
    return letters if not before or elided or not (before.isdecimal() or before in "’'/_") else ""


def _are_halves(word: str, after: str, known: Mapping[str, int]) -> bool:
    """Say whether neither of two short pieces can be a word."""
    after = after.rstrip(",;.:)”’»،؛")
    return (
        1 < len(word) <= _SHORTER
        and 1 < len(after) <= _SHORT
        and word.isalpha()
        and after.isalpha()
        and after.islower()
        and _key(word) not in known
        and _key(after) not in known
    )
