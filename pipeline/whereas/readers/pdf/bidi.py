"""Right-to-left lines: from the order in which letters stand to that in which they are read."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise, zip_longest

_MIRROR = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_OPENING, _CLOSING = "([{«", ")]}»"


def is_rtl(chars: str) -> bool:
    """Say whether most of the letters of a line are read from right to left."""
    classes = [unicodedata.bidirectional(char) for char in chars]
    rtl = sum(kind in ("R", "AL") for kind in classes)
    return rtl > sum(kind == "L" for kind in classes)


def reading_order(chars: Sequence[str]) -> list[int]:
    """Return the indices of ``chars``, seen from left to right, in the order they are read.

    The line as a whole is read from right to left; numbers and words in other scripts that stand
    in it are read from left to right.
    """
    kinds = [_kind(char) for char in chars]
    order: list[int] = []
    at = len(chars) - 1
    while at >= 0:
        start = at
        if kinds[at] in "LE" or (kinds[at] == "T" and kinds[at - 1 : at] == ["E"]):
            start = _run_start(kinds, at)
        order += range(start, at + 1)
        at = start - 1
    return order


def mirrored(line: str) -> str:
    """Return ``line`` with the brackets turned that face the wrong way, all of them or some."""
    turned = line.translate(_MIRROR)
    chars = list(turned if _faced(turned) > _faced(line) else line)
    places = [at for at, char in enumerate(chars) if char in _OPENING + _CLOSING]
    depth = 0
    for place, following in zip_longest(places, places[1:]):
        closes = chars[place] in _CLOSING
        last = following is None or chars[following] in _OPENING
        if (closes and not depth and not last) or (not closes and depth and following is None):
            chars[place] = chars[place].translate(_MIRROR)
            closes = not closes
        depth += -1 if closes else 1
    return "".join(chars)


def _kind(char: str) -> str:
    """Return L for a letter read to the right and R for one read to the left.

    E is a digit, S what may stand between digits, T what may stand around them, N all else.
    """
    kind = unicodedata.bidirectional(char[:1])
    return {"L": "L", "EN": "E", "AN": "E", "CS": "S", "ES": "S", "ET": "T"}.get(
        kind, "N" if kind in ("WS", "ON") else "R"
    )


def _run_start(kinds: Sequence[str], end: int) -> int:
    """Return where the left-to-right run that ends at ``end`` starts.

    Numbers stand alone unless a letter of their own direction precedes them, so a run goes back
    to its first letter, over anything but right-to-left letters.
    """
    first = end
    for at in range(end - 1, -1, -1):
        if kinds[at] == "R":
            break
        if kinds[at] == "L":
            first = at
    if kinds[first] == "L":
        return first
    at = end
    while at > 0:
        joined = kinds[at - 1] == "S" and at > 1 and kinds[at - 2] == "E" and kinds[at] == "E"
        if not (joined or kinds[at - 1] in "ET"):
            break
        at -= 1
    return at


def _faced(line: str) -> int:
    """Count the pairs of neighbouring brackets that open and then close."""
    brackets = [char for char in line if char in _OPENING or char in _CLOSING]
    return sum(a in _OPENING and b in _CLOSING for a, b in pairwise(brackets))
