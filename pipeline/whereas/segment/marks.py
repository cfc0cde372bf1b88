"""Footnote marks: the numbers in running text that call for a note."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_SUPERSCRIPT = re.compile(r"[¹²³⁰⁴-⁹]+")
_POINTS = ",;:.)”’»،؛，；。、》」"
_SKIPPED = 3  # marks in a row that may have been missed
_AFTER = r"(?=[\s,;.:،؛，；。、)\]”’»]|$)"
_GLUED = re.compile(rf"(?<=[^\W\d_])\d{{1,3}}{_AFTER}|(?<=[{_POINTS}])\d{{1,3}}(?=\s|$)")


def find_marks(text: str, notes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where the marks of notes stand in running text, in order.

    Args:
        text: the running text.
        notes: for each note its number and the position in ``text`` at which its page ends;
            its mark stands before that, and after the mark of the note before it.
    """
    marks = {found.span() for found in _SUPERSCRIPT.finditer(text)}
    expected = 1
    for found in _GLUED.finditer(text):
        if expected <= (number := int(found.group())) <= expected + _SKIPPED:
            marks.add(found.span())
            expected = number + 1
    known = {int(text[start:end]) for start, end in marks if text[start:end].isdecimal()}
    at = 0
    for number, past in _without_gaps(notes):
        if number in known:
            continue
        for pattern in _patterns(number):
            if printed := pattern.search(text, at, past):
                marks.add(printed.span(1))
                at = printed.end(1)
                break
    return sorted(marks)


def _without_gaps(notes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the notes and, where their numbers skip some, those too."""
    last = 0
    for number, past in notes:
        if 1 < number - last < 9:
            yield from ((missing, past) for missing in range(last + 1, number))
        yield number, past
        last = number


@lru_cache(maxsize=1000)
def _patterns(number: int) -> tuple[re.Pattern[str], ...]:
    """Return how a mark may be printed, the surest ways first."""
    return (
        re.compile(
            rf"(?:(?<=[^\W\d_])|(?<=[{_POINTS}])[ \t]?|[ \t]?(?=[(\[]))"
            rf"({number}|\({number}\)|\[{number}\]){_AFTER}(?!\s+[^\W\d_]+\s+[12]\d{{3}})"
        ),
        re.compile(rf"(?<=(?<!\d)[12]\d{{3}})({number}){_AFTER}"),
        re.compile(rf"(?<=[^\W\d_])[ \t]({number})(?=[ \t]+[^\W\d_]|[,;.])"),
    )
