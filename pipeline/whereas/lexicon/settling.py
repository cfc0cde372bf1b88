"""Settling what an emphasised phrase is, since sources emphasise too little or too much of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whereas.document import Zone
from whereas.lexicon import SPACED
from whereas.lexicon.folding import fold

_SHORTENED = 2  # times as common is a longer phrase of which one is the beginning by accident
_LENGTHENED = 20  # times as common is a shorter phrase that one prolongs by accident
_LONGEST = 14  # words, or characters where nothing separates words


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found at the head of a clause, and the clause's beginning, both normalised."""

    zone: Zone
    phrase: str
    text: str
    document: str


def settled(found: Iterable[Found], language: str) -> Iterator[tuple[Zone, str, str]]:
    """Yield the zone, the phrase that is meant and the document of each phrase found.

    A phrase that its clause goes on to make a much commoner one ("bearing" in mind) is that one;
    one that only has the next words of a much commoner one to it ("reaffirming its", where
    "reaffirming" is often followed by "its") is that one. Of phrases that differ by spaces,
    hyphens and vowel signs the commonest stands for all.
    """
    found = list(found)
    counts = Counter(each.phrase for each in found)
    following = Counter(
        longer
        for each in found
        for longer in _prefixes(each.text, language)
        if len(longer) > len(each.phrase) and longer.startswith(each.phrase)
    )
    meant = {phrase: _shortened(phrase, counts, following, language) for phrase in counts}
    spelt: dict[str, str] = {}
    for phrase, _ in counts.most_common():
        spelt.setdefault(fold(phrase), phrase)
    for each in found:
        phrase = _lengthened(each, counts, language)
        phrase = meant[phrase]
        yield each.zone, spelt[fold(phrase)], each.document


def _prefixes(text: str, language: str) -> Iterator[str]:
    """Yield the first word of ``text``, its first two words ..."""
    gap = " " if language in SPACED else ""
    words = text.split() if gap else list(text)
    for count in range(1, min(len(words), _LONGEST) + 1):
        yield gap.join(words[:count])


def _lengthened(each: Found, counts: Counter[str], language: str) -> str:
    best = each.phrase
    for longer in _prefixes(each.text, language):
        if (
            len(longer) > len(each.phrase)
            and longer.startswith(each.phrase)
            and counts[longer] >= max(_SHORTENED * counts[each.phrase], counts[best] // 2)
        ):
            best = longer
    return best


def _shortened(phrase: str, counts: Counter[str], following: Counter[str], language: str) -> str:
    for shorter in _prefixes(phrase, language):
        if (
            shorter != phrase
            and counts[shorter] > _LENGTHENED * counts[phrase]
            and following[phrase] > counts[phrase]
        ):
            return shorter
    return phrase
