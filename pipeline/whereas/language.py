"""Which of the six official languages a text is in, and each part of one in several.

Scripts tell Arabic, Chinese and Russian; English, French and Spanish are told apart by their
commonest words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from whereas.document import Span, Spans

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")

_SCRIPTS = {
    "zh": re.compile(r"[\u3400-\u9fff]+"),
    "ar": re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+"),
    "ru": re.compile(r"[\u0400-\u04ff]+"),
}
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]+")
_HAN_WEIGHT = 3  # Latin letters that say as much as one Chinese character
_COMMON = {  # structural words, each of one of the three languages only
    "en": "the of and to for by with that which this as at from is its",
    "fr": "les des et du dans pour par une sur qui aux au est ses à leurs",
    "es": "el los las del y para por con su al lo sus como sobre entre",
}
_CODES = {word: code for code, words in _COMMON.items() for word in words.split(" ")}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000  # characters
_TELLING = 200  # letters without which no text is said to be in another language
_COMMONEST = 0.05  # share of words that are common ones in any text of some length; mostly 0.3
_WINDOW = 300  # characters of a sample that tells one language from several
_WINDOWS = 24
_CELL = re.compile(r"\S+(?:[^\S\r\n]{1,2}\S+)*")  # words with no more than two spaces between
_SURE = 12  # letters by which a language must lead in a cell
_MIXED = 0.1  # share of the votes against the commonest language that a text in one may have
_SHARE = 0.15  # share of the letters that a part must have
_LEAST = 150  # letters that a part must have


@dataclass(frozen=True, slots=True)
class LanguagePart:
    """The parts of a text that are in one language, in order."""

    language: str
    spans: Spans


def detect_language(text: str) -> str:
    """Return the language of most of ``text``: en, fr, es, ru, zh or ar; en without any sign."""
    scores = _scores(_sampled(text))
    return max(scores, key=lambda code: scores[code])


def seems_known(text: str) -> bool:
    """Say whether ``text`` looks like one of the languages, or is too short to tell.

    A fifth of its letters is enough: in one of the three scripts, or in words of a text where
    some are common words of English, French or Spanish. So other languages of these scripts
    (Ukrainian, Persian, Japanese) and those that share such words (Portuguese, Italian, often
    Dutch) pass for known, while terse or badly scanned English may not.
    """
    sample = _sampled(text)
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    if letters < _TELLING:
        return True
    known = sum(_count(found, sample) for found in _SCRIPTS.values())
    latin = [word for word in words if _LATIN.match(word)]
    if sum(word in _CODES for word in latin) >= _COMMONEST * len(latin):
        known += _count(_LATIN, sample)
    return known >= letters / 5


def language_parts(text: str) -> list[LanguagePart]:
    """Return the parts of ``text`` by language, the one that begins first, first.

    Parts are told apart line by line, and column by column where three or more spaces or a tab
    stand between columns. What is in no language for long enough counts with what is around it.
    """
    votes = _votes(text)
    whole = ((0, len(text)),) if text else ()
    if len(votes) == 1:
        return [LanguagePart(next(iter(votes)), whole)]
    if votes.total() - max(votes.values(), default=0) <= _MIXED * votes.total():
        return [LanguagePart(detect_language(text), whole)]
    cells = [found.span() for found in _CELL.finditer(text)]
    codes = _smoothed(text, cells)
    letters: Counter[str] = Counter()
    for (start, end), code in zip(cells, codes, strict=True):
        letters[code] += (end - start) * (_HAN_WEIGHT if code == "zh" else 1)
    least = max(_LEAST, _SHARE * letters.total())
    kept = {code for code, count in letters.items() if count >= least}
    if len(kept) < 2:
        return [LanguagePart(detect_language(text), whole)]
    spans: dict[str, list[Span]] = {}
    last = next(code for code in codes if code in kept)
    for cell, code in zip(cells, codes, strict=True):
        last = code if code in kept else last
        spans.setdefault(last, []).append(cell)
    return [LanguagePart(code, tuple(own)) for code, own in spans.items()]


def _sampled(text: str) -> str:
    return text if len(text) < 2 * _SAMPLE else text[:_SAMPLE] + text[len(text) // 2 :][:_SAMPLE]


def _scores(text: str, scripts: Mapping[str, re.Pattern[str]] = _SCRIPTS) -> dict[str, float]:
    """Return for each language how many letters speak for it, if its script is looked for."""
    scores = dict.fromkeys(LANGUAGES, 0.0)
    scores |= {code: _count(found, text) for code, found in scripts.items()}
    scores["zh"] *= _HAN_WEIGHT
    latin = _count(_LATIN, text)
    words = _WORD.findall(text.lower()) if latin else []
    common = Counter(filter(None, map(_CODES.get, words)))
    total = common.total()
    for code in _COMMON:
        scores[code] = latin * common[code] / total if total else latin * (code == "en") / 2
    return scores


def _count(letters: re.Pattern[str], text: str) -> float:
    return float(sum(map(len, letters.findall(text))))


def _votes(text: str) -> Counter[str]:
    """Count in which languages samples from all over a text are; few letters have no vote."""
    step = max(_WINDOW, len(text) // _WINDOWS)
    scripts = {code: letters for code, letters in _SCRIPTS.items() if letters.search(text)}
    votes: Counter[str] = Counter()
    for start in range(0, len(text), step):
        found = _scores(text[start : start + _WINDOW], scripts)
        first = max(found, key=found.__getitem__)
        if (most := found.pop(first)) > _SURE:
            votes[first] += 2
            second = max(found, key=found.__getitem__)
            if found[second] > most / 3:
                votes[second] += 1
    return votes


def _smoothed(text: str, cells: Sequence[Span]) -> list[str]:
    """Return the language of each cell; a cell that does not tell takes that of its column."""
    found = [_sure(text[start:end]) for start, end in cells]
    columns = list(_columns(text, cells))
    for order in (range(len(cells)), range(len(cells) - 1, -1, -1)):
        last: dict[int, str] = {}
        for n in order:
            code = found[n] or last.get(columns[n])
            if code is not None:
                found[n] = last[columns[n]] = code
    usual = detect_language(text)
    return _steadied([code or usual for code in found], columns)


def _steadied(codes: list[str], columns: Sequence[int]) -> list[str]:
    """Let a cell between two of one language, in its column, be in that language, too."""
    steadied = list(codes)
    for column in set(columns):
        own = [n for n, each in enumerate(columns) if each == column]
        for above, here, below in zip(own, own[1:], own[2:], strict=False):
            if codes[above] == codes[below]:
                steadied[here] = codes[above]
    return steadied


def _sure(cell: str) -> str | None:
    scores = sorted(_scores(cell).items(), key=lambda item: -item[1])
    return scores[0][0] if scores[0][1] - scores[1][1] >= _SURE else None


def _columns(text: str, cells: Sequence[Span]) -> Iterator[int]:
    """Yield in which column of its line each cell stands."""
    column = past = 0
    for start, end in cells:
        between = text[past:start]
        column = 0 if "\n" in between or "\r" in between or not past else column + 1
        if column == 0 and len(between) - between.rfind("\n") > _INDENT:
            column = 1
        yield column
        past = end


_INDENT = 30  # spaces before a cell that stands alone in a second column
