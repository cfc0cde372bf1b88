"""Page furniture and notes in a text that has lost its line breaks."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from whereas.lexicon import Lexicon
from whereas.lexicon.folding import fold
from whereas.segmenter.furniture import SYMBOL, Cut, Note
from whereas.segmenter.numbering import clause_number
from whereas.segmenter.wording import Wording

_ANCHOR = (
    r"_(?:[_ ]{3,}_)|\b\d{2}-\d{5}\b(?:\s*\([A-Z]\))?|\*\d{6,}\*|\bGE\.\d{2}-\d{4,6}\b"
    r"|(?<!\S)[-–—]\s?\d{1,3}\s?[-–—](?!\S)|(?<!\S)[Pp]age\s\d{1,3}(?=\s+(?:\d{1,3}\s|[A-Z_])|\s*$)"
)
_NUMBER = (
    r"(?:(\d{1,3})\s?/\s?\d{1,3}|[-–—]\s?(\d{1,3})\s?[-–—]|[Pp]age\s(\d{1,3})|(?P<bare>\d{1,3}))"
)
_PAGE_BEFORE = re.compile(rf"(?<!\S){_NUMBER}\s*$")
_PAGE_AFTER = re.compile(rf"\s*{_NUMBER}(?=\s|$)")
_LAST_NUMBER = re.compile(r"[.。”\"’)\]]\s+(\d{1,3})\s*$")
_FRACTION = re.compile(r"(?<!\S)(\d{1,3})\s?/\s?(\d{1,3})(?!\S)")
_NOTE_NUMBER = re.compile(r"(?<!\S)(\d{1,3})(?=\s|[A-Z“(《第])")
_EMPTY_BRACKETS = re.compile(r"\s*(?:\(\s*\)\s*)?")
_RAISED_NOTE = re.compile(r"(?<!\S)[¹²³⁰⁴-⁹]{1,3}\s+(?=\S)")
_NEXT_NOTE = re.compile(r"(?:(?<=[.)”’»。])\s*|(?<!\S))(\d{1,3})(?=\s+\d{1,3}\s|\s*[^\W\d_a-zа-я])")
_SENTENCE = re.compile(r"[.)。]\s+")
_GOES_ON = re.compile(r"[^\W\d_A-Z]{3,}")
_COMMON = 20  # clauses that a phrase must open in the corpora to end notes
_NOTES = 8000  # characters that the notes of a page may have
_SKIPPED = 4  # numbers that may be missing between two notes
_SHORTEST_HEAD, _LONGEST_HEAD = 15, 400  # characters of a title that running heads may repeat
_MANY = 2  # pages with more than which a running head may be short
_LOOSE = 60  # characters of a scrap that stands below the last page

_Run = tuple[int, int, bool]  # where furniture starts and ends, and whether it is a rule


def flowing_cuts(
    text: str, front: int, head: str, symbol: str | None, wording: Wording, lexicon: Lexicon
) -> tuple[list[Cut], list[Note]]:
    """Return what is no running text after ``front``, in order, and the notes found in it.

    Args:
        head: what running heads may repeat: the title.
    """
    clusters = _with_heads(text, list(_clusters(text, front, head, symbol)), lexicon)
    cuts: list[Cut] = []
    notes: list[Note] = []
    number = 0
    past = front
    for n, (start, end, rule) in enumerate(clusters):
        following = clusters[n + 1][0] if n + 1 < len(clusters) else len(text)
        if rule:
            if following - end > _NOTES or n + 1 == len(clusters) or clusters[n + 1][2]:
                following = _resumes(text, end, min(following, end + _NOTES), wording, lexicon)
            first, stop = end, following
        else:
            first, stop = (
                _notes_above(text, max(past, start - _NOTES), start, number, wording),
                start,
            )
        if first < stop and text[first:stop].strip():
            for found in _NEXT_NOTE.finditer(text, first, stop):
                if number < int(found[1]) <= number + _SKIPPED:
                    number = int(found[1])
                    notes.append(Note(number, first))
            if rule or first < stop:
                cuts.append((first, stop, "footnote"))
        cuts.append((start, end, "furniture"))
        past = max(end, stop)
    if clusters:
        scrap = text[past:]
        if (
            scrap.strip()
            and len(scrap) <= _LOOSE
            and scrap.strip()[-1] not in ".;,:"
            and scrap.lstrip()[0].isupper()
        ):
            cuts.append((past, len(text), "furniture"))
    return sorted(cuts), notes


def _resumes(text: str, start: int, stop: int, wording: Wording, lexicon: Lexicon) -> int:
    """Return where running text goes on after notes that no page number ends, else ``stop``."""
    for found in _SENTENCE.finditer(text, start, stop):
        at = found.end()
        if _GOES_ON.match(text, at):
            return at
        numbered = clause_number(text, at, wording.section)
        opening = lexicon.match(text, numbered[0].words if numbered else at)
        if opening and opening.preambular + opening.operative >= _COMMON:
            return at
    return stop


def _clusters(text: str, front: int, head: str, symbol: str | None) -> Iterator[_Run]:
    """Yield runs of furniture, and whether each is the rule above the notes of a page."""
    patterns = [_ANCHOR]
    if spaced := _spaced(symbol or ""):
        patterns.append(spaced)
    anchors = [found.span() for found in re.finditer("|".join(patterns), text)]
    titles: set[tuple[int, int]] = set()
    if _SHORTEST_HEAD <= len(head) <= _LONGEST_HEAD:
        titles = {found.span() for found in re.finditer(_spaced(head), text)}
        anchors += titles
    anchors += _page_fractions(text)
    if last := _LAST_NUMBER.search(text, max(front, len(text) - 12)):
        anchors.append(last.span(1))
    page = 0
    past = front
    run: _Run | None = None
    for start, end in sorted(anchors):
        if start < past:
            continue
        rule = text[start] == "_"
        if not rule:
            start, end, page = _with_pages(text, start, end, past, page)
        past = end
        if run and not run[2] and not rule and not text[run[1] : start].strip():
            run = run[0], end, False
            continue
        if run and run[:2] not in titles:  # a title that stands alone is quoted
            yield run
        run = start, end, rule
    if run and run[:2] not in titles:
        yield run


def _with_heads(text: str, runs: list[_Run], lexicon: Lexicon) -> list[_Run]:
    """Take into runs of furniture the running heads that are unknown, but stand by several."""
    gaps = Counter(
        fold(text[above[1] : below[0]])
        for above, below in pairwise(runs)
        if below[0] - above[1] <= _LONGEST_HEAD and not (above[2] or below[2])
    )
    joined: list[_Run] = []
    for run in runs:
        above = joined[-1] if joined else run
        between = text[above[1] : run[0]]
        apart = above[2] or run[2] or len(between) > _LONGEST_HEAD
        if joined and not apart and gaps[fold(between)] > 1:
            joined[-1] = above[0], run[1], False
        else:
            joined.append(run)
    pages = [run for run in joined if not run[2]]
    following = [text[end : end + _LONGEST_HEAD].split() for _, end, _ in pages]
    head = _common_words(following)
    openings = (
        n for n, word in enumerate(head) if word[0].isupper() and lexicon.match(" ".join(head[n:]))
    )
    head = head[: next(openings, None)]
    if (
        not head
        or not head[0][0].isupper()
        or (len(" ".join(head)) < _SHORTEST_HEAD and len(pages) <= _MANY)
    ):
        return joined
    pattern = re.compile(r"\s*" + r"\s+".join(map(re.escape, head)))
    return [
        (start, found.end(), rule)
        if not rule and (found := pattern.match(text, end))
        else (start, end, rule)
        for start, end, rule in joined
    ]


def _common_words(beginnings: list[list[str]]) -> list[str]:
    """Return the words with which most of several texts begin."""
    common: list[str] = []
    alike = beginnings
    while alike:
        n = len(common)
        words_here = Counter(words[n] for words in alike if n < len(words))
        word, count = max(words_here.items(), key=lambda item: item[1], default=("", 0))
        if count < max(2, len(beginnings) // 2):
            break
        common.append(word)
        alike = [words for words in alike if words[n : n + 1] == [word]]
    return common


def _page_fractions(text: str) -> list[tuple[int, int]]:
    """Return the page numbers of the form 2/9: those that count up to the same number."""
    by_total: dict[int, list[re.Match[str]]] = {}
    for found in _FRACTION.finditer(text):
        own = by_total.setdefault(int(found[2]), [])
        last = int(own[-1][1]) if own else 0
        if last <= int(found[1]) <= min(last + 2, int(found[2])):
            own.append(found)
    best = max(by_total.values(), key=len, default=[])
    if len(best) == 1 and text[best[0].end() :].strip():
        return []
    return [found.span() for found in best]


def _with_pages(text: str, start: int, end: int, low: int, page: int) -> tuple[int, int, int]:
    """Take the page numbers beside an anchor in; return the last one, too."""
    while (before := _PAGE_BEFORE.search(text, max(low, start - 16), start)) and _is_page(
        before, page
    ):
        start, page = before.start(), max(page, _number(before))
    while (after := _PAGE_AFTER.match(text, end)) and _is_page(after, page):
        end, page = after.end(), max(page, _number(after))
    return start, end, page


def _number(found: re.Match[str]) -> int:
    return int(next(filter(None, found.groups())))


def _is_page(found: re.Match[str], page: int) -> bool:
    """Say whether a number is that of a page, the one before it being ``page``."""
    bare = found["bare"]
    return bare is None or page <= int(bare) <= page + 2


def _spaced(words: str) -> str:
    """Return a pattern for ``words`` in which a space may stand or be missing anywhere."""
    return r"[\s-]*".join(re.escape(char) for char in words if char not in " -\n\t")


def _notes_above(text: str, low: int, high: int, number: int, wording: Wording) -> int:
    """Return where the notes at the foot of a page begin, ``high`` if there are none."""
    if raised := _RAISED_NOTE.search(text, low, high):
        return raised.start()
    for found in _NOTE_NUMBER.finditer(text, low, high):
        if int(found[1]) == 1 or number < int(found[1]) <= number + _SKIPPED:
            at = found.end()
            at = _EMPTY_BRACKETS.match(text, at).end()  # type: ignore[union-attr]
            if wording.note.match(text, at) or SYMBOL.match(text, at):
                return found.start()
    return high
