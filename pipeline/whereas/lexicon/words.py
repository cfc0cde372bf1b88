"""How often words occur: what tells a word from a piece of one.

Each language that puts spaces between words has one file, ``configs/words.<language>.txt``,
built from clean documents by ``whereas corpus words``. Its lines hold a count, rounded down to a
power of two, and words of that count.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from whereas.errors import ConfigError
from whereas.resources import resource

WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
_UNPRINTED = dict.fromkeys((0xAD, 0x640, 0x670, *range(0x64B, 0x656)), "") | {0x2011: "-"}
_LETTERS = re.compile(r"(?<!\w)\w{1,3}\)|(?<=\w[’'])\w(?!\w)|(?<!\w)\w(?=[’'])")
_LETTER_RARITY = 500  # how much rarer than the commonest word one of a single letter may be
_LINE = 100  # characters


def word_key(word: str) -> str:
    """Return a word as it is counted: lower case, without marks that are not always printed."""
    return word.translate(_UNPRINTED).lower()


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count the words, and the words joined by hyphens, of clean texts.

    Letters that number paragraphs or stand beside an apostrophe are left out.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(map(word_key, WORD.findall(_LETTERS.sub(" ", text))))
    return counts


def words_text(counts: Mapping[str, int], sources: str, *, least: int, most: int) -> str:
    """Return the commonest words as the text of their file.

    Args:
        least: how often a word must occur; one of a single letter, far more often.
        most: how many words are kept.
    """
    common = Counter(counts).most_common(most)
    least_letter = max(least, common[0][1] // _LETTER_RARITY) if common else least
    levels: dict[int, list[str]] = {}
    for word, count in common:
        if count >= (least if len(word) > 1 else least_letter):
            levels.setdefault(1 << (count.bit_length() - 1), []).append(word)
    lines = [
        "# How often words occur, rounded down to powers of two.",
        f"# Built by `whereas corpus words` from {sources}.",
    ]
    for count, words in levels.items():
        parts = textwrap.wrap(" ".join(sorted(words)), _LINE, break_on_hyphens=False)
        lines += [f"{count} {part}" for part in parts]
    return "\n".join(lines) + "\n"


@cache
def load_words(language: str) -> Mapping[str, int]:
    """Return the counts of the words of a language, none where no file ships for it.

    Raises:
        ConfigError: the file is not well formed.
    """
    try:
        path = resource(f"configs/words.{language}.txt")
    except ConfigError:
        return {}
    counts: dict[str, int] = {}
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        count, *words = line.split(" ")
        if not count.isdecimal():
            raise ConfigError(f"{path}:{n}: must begin with a count, found {count!r}")
        counts.update(dict.fromkeys(words, int(count)))
    return counts
