"""Building a lexicon from resolutions whose mark-up shows where opening phrases end."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from whereas.document import Clause, Document, Zone
from whereas.lexicon import SPACED, Lexicon
from whereas.lexicon.settling import Found, settled

_BEGINNING = 200  # characters of a clause in which its opening phrase ends
_ASTRAY = 50  # times as common in the other zone is a phrase there by a fault of the mark-up
_LONGEST = 8  # words; a longer emphasised span is no opening phrase
_OTHER: dict[Zone, Zone] = {"preambular": "operative", "operative": "preambular"}
_SPACES = re.compile(r"\s+")
_SHORT_TAIL = re.compile(r"(?<=\w)( \w{1,2})+$")  # a preposition emphasised by accident
_EDGES = " ,;:.،؛，；：。-–—\"'“”«»《》()（）"
_UNPRINTED = dict.fromkeys((0xAD, 0x640, *range(0x64B, 0x653)))
_SCRIPTS = {"ru": "CYRILLIC", "ar": "ARABIC", "zh": "CJK"}


@dataclass(frozen=True, slots=True)
class Printed:
    """How a clause opens in its source: the phrase the source emphasises, or just its words."""

    zone: Zone
    phrase: str | None
    text: str
    document: str


def printed_openings(document: Document) -> Iterator[Printed]:
    """Yield how each clause of a document opens."""
    for clause in document.clauses:
        yield Printed(clause.zone, _emphasised(document, clause), clause.text, document.id)


def _emphasised(document: Document, clause: Clause) -> str | None:
    if not document.text or not clause.spans:
        return None
    start, end = clause.spans[0]
    own = start + len(clause.number or "")
    for first, last in document.emphasis:
        if start <= first < end and not any(map(str.isalpha, document.text[own:first])):
            phrase = _normal(document.text[first : min(last, end)])
            followed = any(map(str.isalpha, document.text[last : last + 200]))
            return phrase if followed and last < end else None
    return None


def _normal(phrase: str) -> str:
    phrase = unicodedata.normalize("NFC", phrase).replace("’", "'").translate(_UNPRINTED)
    return _SPACES.sub(" ", phrase).strip(_EDGES).lower()


def build_lexicon(openings: Iterable[Printed], language: str, *, least: int = 2) -> Lexicon:
    """Count the opening phrases of a language and tell them from their decoration.

    Args:
        openings: those of all clauses of the sources.
        least: in how many documents a phrase must open clauses of a zone to be one of it.

    A word is decoration if many phrases occur with it and, more often, without it. Where the
    sources do not emphasise openings, a clause's first word is one if it seldom stands elsewhere.
    """
    counts: dict[Zone, Counter[str]] = {"preambular": Counter(), "operative": Counter()}
    documents: dict[tuple[Zone, str], set[str]] = {}
    for zone, phrase, document in settled(_found(list(openings), language), language):
        counts[zone][phrase] += 1
        documents.setdefault((zone, phrase), set()).add(document)
    kept = {
        zone: Counter(
            {
                phrase: count
                for phrase, count in counts[zone].items()
                if len(documents[zone, phrase]) >= least
                and count * _ASTRAY > counts[_OTHER[zone]][phrase]
            }
        )
        for zone in counts
    }
    return _without_decoration(kept, language)


def _found(openings: list[Printed], language: str) -> Iterator[Found]:
    emphasised = []
    for opening in openings:
        phrase = opening.phrase or ""
        if language in SPACED:
            phrase = _SHORT_TAIL.sub("", phrase)
        if phrase and _plausible(phrase, language):
            text = _normal(opening.text[:_BEGINNING])
            emphasised.append(Found(opening.zone, phrase, text, opening.document))
    if 2 * len(emphasised) < len(openings):
        yield from _first_words(openings)
    yield from emphasised


def _plausible(phrase: str, language: str) -> bool:
    words = phrase.split() if language in SPACED else phrase
    script = _SCRIPTS.get(language, "LATIN")
    letters = [char for char in phrase if char.isalpha()]
    return (
        1 <= len(words) <= _LONGEST
        and len(letters) > (language in SPACED)
        and all(char.isalpha() or char in " '-\u2011" for char in phrase if char.isascii())
        and not any(char.isdigit() for char in phrase)
        and all(script in unicodedata.name(char, "") for char in letters)
    )


def _first_words(openings: list[Printed]) -> Iterator[Found]:
    plain = [opening for opening in openings if opening.phrase is None]
    words = [re.findall(r"[^\W\d_]+", opening.text) for opening in plain]
    everywhere = Counter(word.lower() for text in words for word in text)
    first = Counter(text[0].lower() for text in words if text and text[0][0].isupper())
    for opening, text in zip(plain, words, strict=True):
        word = text[0].lower() if text else ""
        if len(word) > 2 and first[word] * 3 > everywhere[word]:
            yield Found(opening.zone, word, word, opening.document)


def _without_decoration(counts: Mapping[Zone, Counter[str]], language: str) -> Lexicon:
    gap = " " if language in SPACED else ""
    every = counts["preambular"] + counts["operative"]
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for counter in counts.values():
        for phrase, count in counter.items():
            words = phrase.split() if gap else list(phrase)
            for cut in range(1, len(words)):
                left, right = gap.join(words[:cut]), gap.join(words[cut:])
                before[left] += cut <= 2 and counter[right] > count
                after[right] += bool(gap) and cut == len(words) - 1 and counter[left] > count
    kept_before = _decoration(before, every)
    kept_after = _decoration(after, every)
    bare: dict[Zone, Counter[str]] = {}
    for zone, counter in counts.items():
        bare[zone] = Counter()
        for phrase, count in counter.items():
            bare[zone][_strip(phrase, counter, kept_before, kept_after, gap)] += count
        for word in (*kept_before, *kept_after):
            bare[zone].pop(word, None)
    return Lexicon(
        language,
        dict(bare["preambular"].most_common()),
        dict(bare["operative"].most_common()),
        kept_before,
        kept_after,
    )


def _decoration(votes: Counter[str], every: Counter[str], least: int = 8) -> dict[str, int]:
    """Keep the words that decorate enough phrases and seldom open a clause by themselves."""
    return {
        word: count
        for word, count in votes.most_common()
        if count >= max(least, every[word] ** 0.5)
        and (" " not in word or every[word.split()[0]] < least)
    }


def _strip(
    phrase: str,
    counter: Counter[str],
    before: Mapping[str, int],
    after: Mapping[str, int],
    gap: str,
) -> str:
    words = phrase.split() if gap else list(phrase)
    for cut in range(1, len(words)):
        left, right = gap.join(words[:cut]), gap.join(words[cut:])
        if left in before and right in counter:
            return _strip(right, counter, before, after, gap)
        if right in after and left in counter:
            return _strip(left, counter, before, after, gap)
    return phrase


def lexicon_toml(lexicon: Lexicon, sources: str) -> str:
    """Return the lexicon as the text of its TOML file, entries by falling count."""
    lines = [
        "# Phrases that open clauses, with the number of clauses they open in each zone, and",
        "# words that decorate them, with the number of phrases they decorate.",
        f"# Built by `whereas corpus lexicon` from {sources}.",
        f'language = "{lexicon.language}"',
    ]
    for name in ("preambular", "operative", "before", "after"):
        lines += ["", f"[{name}]"]
        lines += [f'"{phrase}" = {count}' for phrase, count in getattr(lexicon, name).items()]
    return "\n".join(lines) + "\n"
