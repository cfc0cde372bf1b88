"""Page furniture and notes in a text that has lost its line breaks."""

import re
from collections.abc import Iterator

from whereas.segment.furniture import SYMBOL, Cut, Note
from whereas.segment.wording import Wording

_ANCHOR = r"_(?:[_ ]{3,}_)|\b\d{2}-\d{5}\b(?:\s*\([A-Z]\))?|\*\d{6,}\*|\bGE\.\d{2}-\d{4,6}\b"
_GAP = re.compile(r"\s*(?:\d{1,3}(?:\s?/\s?\d{1,3})?\s*)?")
_PAGE_BEFORE = re.compile(r"(?<!\S)(\d{1,3})(?:\s?/\s?(\d{1,3}))?\s*$")
_PAGE_AFTER = re.compile(r"\s*(\d{1,3})(?:\s?/\s?(\d{1,3}))?(?=\s|$)")
_LAST_PAGE = re.compile(r"(?<!\S)(\d{1,3})\s?/\s?\1\s*$")
_NOTE_NUMBER = re.compile(r"(?<!\S)(\d{1,3})(?=\s|[A-Z“(《第])")
_NEXT_NOTE = re.compile(r"(?:(?<=[.)”’»。])\s*|(?<!\S))(\d{1,3})(?=\s+\d{1,3}\s|\s*[^\W\d_a-zа-я])")
_RESUME = re.compile(r"[.)]\s+(?=[^\W\d_A-Z]{3,})")
_NOTES = 8000  # characters that the notes of a page may have
_SKIPPED = 4  # numbers that may be missing between two notes
_LOOSE = 60  # characters of a scrap that stands below the last page


def flowing_cuts(
    text: str, front: int, head: str, symbol: str | None, wording: Wording
) -> tuple[list[Cut], list[Note]]:
    """Return what is no running text after ``front``, in order, and the notes found in it.

    Args:
        head: what running heads may repeat: the title.
    """
    clusters = list(_clusters(text, front, head, symbol))
    cuts: list[Cut] = []
    notes: list[Note] = []
    number = 0
    past = front
    for n, (start, end, rule) in enumerate(clusters):
        following = clusters[n + 1][0] if n + 1 < len(clusters) else len(text)
        if rule:
            if following - end > _NOTES or n + 1 == len(clusters):
                resumed = _RESUME.search(text, end, min(following, end + _NOTES))
                following = resumed.end() if resumed else min(following, end + _NOTES)
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


def _clusters(
    text: str, front: int, head: str, symbol: str | None
) -> Iterator[tuple[int, int, bool]]:
    """Yield runs of furniture, and whether each is the rule above the notes of a page."""
    patterns = [_ANCHOR]
    if symbol:
        patterns.append(_spaced(symbol))
    if len(head) >= 15:
        patterns.append(r"(?<![“\"«„‘'])" + _spaced(head))
    page = 1
    run: tuple[int, int, bool] | None = None
    anchors = [*re.finditer("|".join(patterns), text)]
    last = _LAST_PAGE.search(text, max(0, len(text) - 20))
    for found in [*anchors, *([last] if last else [])]:
        start, end = found.span()
        if start < front:
            continue
        rule = found.group()[0] == "_"
        if run and start < run[1]:
            run = run[0], max(end, run[1]), run[2]
            continue
        if run and not run[2] and not rule and _GAP.fullmatch(text, run[1], start):
            run = run[0], end, False
            continue
        if run:
            yield run
        run = (start, end, rule)
        if not rule:
            before = _PAGE_BEFORE.search(text, max(front, start - 12), start)
            if before and _is_page(before, page):
                page = int(before[1])
                run = before.start(), end, False
            elif (after := _PAGE_AFTER.match(text, end)) and _is_page(after, page):
                page = int(after[1])
                run = start, after.end(), False
    if run:
        yield run


def _is_page(found: re.Match[str], page: int) -> bool:
    number = int(found[1])
    if found[2]:
        return number <= int(found[2]) < 200
    return page <= number <= page + 1


def _spaced(words: str) -> str:
    """Return a pattern for ``words`` in which a space may stand or be missing anywhere."""
    return r"[\s-]*".join(re.escape(char) for char in words if char not in " -\n\t")


def _notes_above(text: str, low: int, high: int, number: int, wording: Wording) -> int:
    """Return where the notes at the foot of a page begin, ``high`` if there are none."""
    for found in _NOTE_NUMBER.finditer(text, low, high):
        if int(found[1]) == 1 or number < int(found[1]) <= number + _SKIPPED:
            at = found.end()
            while at < high and text[at].isspace():
                at += 1
            if wording.note.match(text, at) or SYMBOL.match(text, at):
                return found.start()
    return high
