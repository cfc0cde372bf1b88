"""Which predicted clause is which gold clause: by the characters that they share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from whereas.document import Clause, Span

_SPACES = np.array([code for code in range(0x3001) if chr(code).isspace()], dtype=np.uint32)
HALF = 0.5  # overlap above which a predicted clause stands for a gold one


@dataclass(frozen=True, slots=True)
class Match:
    """A gold and a predicted clause, by number, of which each is the other's nearest.

    ``overlap`` is the share of their characters that both have (Jaccard 1912), white space left
    out; 1 where they are the same.
    """

    gold: int
    predicted: int
    overlap: float


def match_clauses(text: str, gold: Sequence[Clause], predicted: Sequence[Clause]) -> list[Match]:
    """Return the matches between two segmentations of a text, in order of the gold clauses.

    Each clause, with its items, is in one match at most; the greatest overlaps go first.
    """
    black = _black(text)
    ours, theirs = ([_spans(clause) for clause in each] for each in (gold, predicted))
    sizes = [[_size(spans, black) for spans in each] for each in (ours, theirs)]
    found = []
    for one, other in _touching(ours, theirs):
        shared = _shared(ours[one], theirs[other], black)
        if shared:
            overlap = shared / (sizes[0][one] + sizes[1][other] - shared)
            found.append(Match(one, other, overlap))
    taken: tuple[set[int], set[int]] = set(), set()
    matches = []
    for each in sorted(found, key=lambda match: (-match.overlap, match.gold, match.predicted)):
        if each.gold not in taken[0] and each.predicted not in taken[1]:
            taken[0].add(each.gold)
            taken[1].add(each.predicted)
            matches.append(each)
    return sorted(matches, key=lambda match: match.gold)


def _black(text: str) -> list[int]:
    """Return how many characters before each place of a text are no white space."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return [0, *np.cumsum(~np.isin(codes, _SPACES)).tolist()]


def _spans(clause: Clause) -> list[Span]:
    """Return the spans of a clause and its items, merged where they touch."""
    merged: list[Span] = []
    for start, end in sorted(
        (*clause.spans, *(span for item in clause.items for span in item.spans))
    ):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _size(spans: Sequence[Span], black: Sequence[int]) -> int:
    return sum(black[end] - black[start] for start, end in spans)


def _shared(ours: Sequence[Span], theirs: Sequence[Span], black: Sequence[int]) -> int:
    total = one = other = 0
    while one < len(ours) and other < len(theirs):
        start, end = max(ours[one][0], theirs[other][0]), min(ours[one][1], theirs[other][1])
        if start < end:
            total += black[end] - black[start]
        if ours[one][1] <= theirs[other][1]:
            one += 1
        else:
            other += 1
    return total


def _touching(
    ours: Sequence[Sequence[Span]], theirs: Sequence[Sequence[Span]]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of clauses whose extents overlap, by a sweep over both in order."""
    events = sorted(
        (spans[0][0], spans[-1][1], side, number)
        for side, each in enumerate((ours, theirs))
        for number, spans in enumerate(each)
        if spans
    )
    open_: list[list[tuple[int, int]]] = [[], []]  # of each side: where it ends, its number
    for start, end, side, number in events:
        for each in open_:
            each[:] = [clause for clause in each if clause[0] > start]
        for _, other in open_[1 - side]:
            yield (number, other) if side == 0 else (other, number)
        open_[side].append((end, number))
