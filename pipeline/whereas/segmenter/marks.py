"""Footnote marks: the numbers in running text that call for a note."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from whereas.document import Span

_SUPERSCRIPT = re.compile(r"[¹²³⁰⁴-⁹](?<![¹²³⁰⁴-⁹].)[¹²³⁰⁴-⁹]{0,2}+(?![¹²³⁰⁴-⁹])")
_FIGURES = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_POINTS = ",;:.)”’»،؛，；。、》」"
_SKIPPED = 3  # marks in a row that may have been missed
_END = r"[\s,;:)،؛，；。、\]”’»]|$"
_SYMBOL_PART = re.compile(r"/\S*$|\b(?:No|Nos|vol|chap|art|párr|par|L|Add|Corr|Rev)\.$")
_YEAR = re.compile(r"\D[12]\d{3}[,.)]")
_NEW_CLAUSE = re.compile(r"\s+(?:\d{1,3}\.\s|[A-ZÀ-ÞА-Я](?!\w+\s+[12]\d{3}))")
_COUNTED = r"(?!\s?[年月日号次条款段届章节页个项名万亿千百时岁%])"  # what Chinese numbers count
_TO_DAY = r"(?:\s+[^\W\d_]{1,5}\s+\d{1,2})?"  # 3 to 5 May 2018
_DATE = rf"(?!{_TO_DAY}(?:\s+de)?\s+[^\W\d_]+(?:\s+de)?\s+[12]\d{{3}})"
_WAYS = (  # in which marks may be printed, the surest first
    (
        re.compile(
            rf"(\d(?:(?<=[^\W\d_]\d)\d{{0,2}}+(?=\.|{_END})"
            rf"|(?:(?<=[{_POINTS}]\d)|(?<=[{_POINTS}][ \t]\d))\d{{0,2}}+(?={_END}))){_DATE}"
        ),
        re.compile(rf"([(\[]\d{{1,3}}[)\]])(?=\.|{_END}){_DATE}"),
    ),
    (re.compile(rf"[12](?<!\d.)\d{{3}}(\d{{1,3}})(?=\.|{_END})"),),
    (re.compile(rf"(\d(?<=[^\W_][ \t]\d)\d{{0,2}}+)(?=[ \t]*[,;،؛]|[ \t]+[^\W\d_]){_DATE}"),),
)
_FIGURE = re.compile(rf"(?:\d{{1,3}}|[(\[]\d{{1,3}}[)\]])(?=\.|{_END}){_COUNTED}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark, ``[start, end)`` in the running text, and the number it shows."""

    start: int
    end: int
    number: int


def find_marks(text: str, notes: Sequence[tuple[int, int]]) -> list[Mark]:
    """Return the marks of notes in running text, in order.

    Args:
        text: the running text.
        notes: for each note its number and the position in ``text`` at which its page ends;
            its mark stands before that, and after the mark of the note before it.
    """
    marks = {
        found.start(): Mark(*found.span(), int(found.group().translate(_FIGURES)))
        for found in _SUPERSCRIPT.finditer(text)
    }
    expected = 1
    for found in _FIGURE.finditer(text):
        number = int(found.group().strip("()[]"))
        if expected <= number <= expected + _SKIPPED and _is_glued(text, *found.span()):
            marks[found.start()] = Mark(*found.span(), number)
            expected = number + 1
    known = {mark.number for mark in marks.values()}
    wanted = [note for note in _without_gaps(notes) if note[0] not in known]
    ways = [_printed(text, patterns) for patterns in _WAYS] if wanted else []
    at = 0
    for number, past in wanted:
        for printed in ways:
            spans = printed.get(str(number), [])
            n = bisect_left(spans, (at, at))
            if n < len(spans) and spans[n][1] <= past:
                marks[spans[n][0]] = Mark(*spans[n], number)
                at = spans[n][1]
                break
    return sorted(marks.values(), key=lambda mark: mark.start)


def _is_glued(text: str, start: int, end: int) -> bool:
    """Say whether a number hangs on to a word or its punctuation, as only marks do."""
    before = text[start - 1 : start]
    if before.isalpha():
        return True
    if before == " " and text[start - 2 : start - 1] in tuple(",;.،؛"):
        return _NEW_CLAUSE.match(text, end) is not None
    if before == "" or before not in _POINTS or text[end : end + 1] == ".":
        return False
    if before == "." and _SYMBOL_PART.search(text, max(start - 40, 0), start):
        return False
    return (
        not text[start - 2 : start - 1].isdecimal()
        or _YEAR.fullmatch(text, max(start - 6, 0), start) is not None
    )


def _without_gaps(notes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the notes and, where their numbers skip some, those too."""
    last = 0
    for number, past in notes:
        if 1 < number - last < 9:
            yield from ((missing, past) for missing in range(last + 1, number))
        yield number, past
        last = number


def _printed(text: str, patterns: Iterable[re.Pattern[str]]) -> dict[str, list[Span]]:
    """Return where each number is printed in one of these ways, in order."""
    found: dict[str, list[Span]] = {}
    for start, end in sorted(each.span(1) for way in patterns for each in way.finditer(text)):
        found.setdefault(text[start:end].strip("()[]"), []).append((start, end))
    return found
