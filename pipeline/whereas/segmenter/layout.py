"""The layout of a text: its running text, and what the page printed around and into it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, takewhile

from whereas.document import Document, Kind, Region, Span
from whereas.lexicon import Lexicon
from whereas.segmenter.flow import flowing_cuts
from whereas.segmenter.front import find_front, head_words, symbol_of
from whereas.segmenter.furniture import Cut, Furniture, Note
from whereas.segmenter.lines import Break, Line, flows, measure_lines, split_lines
from whereas.segmenter.marks import Mark, find_marks
from whereas.segmenter.stream import Stream, make_stream
from whereas.segmenter.wording import Wording

_PRINTED = re.compile(r"[^\s]")
_AROUND: frozenset[Kind] = frozenset({"furniture", "footnote"})  # what pages put into paragraphs


@dataclass(frozen=True)
class Layout:
    """How a text is laid out.

    ``front`` is where in the stream the front matter ends; ``marks`` are the footnote marks in
    the stream, ``given`` what a reader has cut out inside its lines; ``regions`` holds all that
    is not in the stream, and the marks.
    """

    stream: Stream
    flowing: bool
    front: int
    symbol: str | None
    marks: tuple[Span, ...]
    regions: tuple[Region, ...]


def lay_out(document: Document, wording: Wording, lexicon: Lexicon) -> Layout:
    """Return the layout of a document's text, the regions it has taken for granted."""
    given = sorted(
        (start, end, region.kind) for region in document.structure for start, end in region.spans
    )
    text = _without(document.text or "", given)
    lines = split_lines(text)
    flowing = flows(text, lines)
    front = find_front(text, lines, wording, lexicon, flowing)
    symbol = document.symbol or symbol_of(document.text or "", front)
    if flowing:
        cuts, notes = flowing_cuts(
            text, front, head_words(text[:front], wording), symbol, wording, lexicon
        )
        parts = _between(text, cuts)
    else:
        furniture = Furniture(text, lines, front, wording, lexicon, symbol)
        cuts, notes = furniture.cuts(), furniture.notes
        parts = _running(text, lines, cuts, given)
    stream = make_stream(text, parts)
    marks = find_marks(
        stream.text,
        [(note.number, stream.position(note.start)) for note in notes if note.number is not None],
    )
    inside = [span for span in map(stream.inside, given) if span]
    return Layout(
        stream=stream,
        flowing=flowing,
        front=stream.position(front),
        symbol=symbol,
        marks=tuple(sorted([*((mark.start, mark.end) for mark in marks), *inside])),
        regions=(*document.structure, *_regions(text, stream, cuts, given, notes, marks)),
    )


def _without(text: str, given: Sequence[Cut]) -> str:
    """Return ``text`` with spaces for all that is in ``given``."""
    if not given:
        return text
    parts, at = [], 0
    for start, end, _ in given:
        parts += [text[at:start], " " * (end - max(at, start))]
        at = max(at, end)
    return "".join((*parts, text[at:]))


def _between(text: str, cuts: Sequence[Cut]) -> Iterator[tuple[int, int, Break]]:
    """Yield what is between the cuts of a text without line breaks."""
    at = 0
    for start, end, _ in [*cuts, (len(text), len(text), "other")]:
        if found := _PRINTED.search(text, at, max(at, start)):
            yield (
                found.start(),
                found.start() + len(text[found.start() : start].rstrip()),
                (Break.PAGE if at else Break.BLANK),
            )
        at = max(at, end)


def _running(
    text: str, lines: Sequence[Line], cuts: Sequence[Cut], given: Sequence[Cut]
) -> Iterator[tuple[int, int, Break]]:
    """Yield the lines of running text, each with the break above it."""
    out = sorted([*cuts, *given])
    starts = [start for start, _, _ in out]
    ends = list(accumulate((end for _, end, _ in out), max))
    running = [line for line in lines if not _covers(starts, ends, line)]
    measure = measure_lines(text, running)
    last: Line | None = None
    next_cut = 0
    for line in running:
        kinds: set[Kind] = set()
        while next_cut < len(out) and out[next_cut][0] < line.start:
            if last is None or out[next_cut][0] >= last.end:
                kinds.add(out[next_cut][2])
            next_cut += 1
        if last is None or kinds - _AROUND:
            before = Break.BLANK
        elif kinds or line.page:
            before = Break.PAGE
        else:
            before = measure.break_between(text, last, line)
        yield line.start, line.end, before
        last = line


def _covers(starts: Sequence[int], ends: Sequence[int], line: Line) -> bool:
    """Say whether a cut covers a line; ``ends`` holds how far any cut up to each reaches."""
    n = bisect_right(starts, line.start) - 1
    return n >= 0 and ends[n] >= line.end


def _regions(
    text: str,
    stream: Stream,
    cuts: Sequence[Cut],
    given: Sequence[Cut],
    notes: Sequence[Note],
    marks: Sequence[Mark],
) -> Iterator[Region]:
    """Yield what is cut out; a footnote together with the mark that calls for it."""
    numbers = {note.start: note.number for note in notes}
    waiting: dict[int, list[Span]] = {}
    for mark in marks:
        waiting.setdefault(mark.number, []).append(stream.spans(mark.start, mark.end)[0])
    starts = [start for start, _, _ in given]
    for start, end, kind in cuts:
        spans = _around(text, start, end, islice(given, bisect_right(starts, start), None))
        number = numbers.get(start)
        called = waiting.get(number, []) if number is not None else []
        if called and called[0][1] <= start:
            yield Region(kind=kind, spans=(called.pop(0), *spans))
        else:
            yield Region(kind=kind, spans=spans)
    for alone in waiting.values():
        yield from (Region(kind="footnote", spans=(span,)) for span in alone)


def _around(text: str, start: int, end: int, given: Iterable[Cut]) -> tuple[Span, ...]:
    """Return what is printed in ``[start, end)``, without what a reader has cut out of it."""
    spans = []
    for first, past, _ in [*takewhile(lambda cut: cut[0] < end, given), (end, end, "other")]:
        if printed := text[start:first].strip():
            at = text.index(printed[0], start)
            spans.append((at, at + len(printed)))
        start = max(start, past)
    return tuple(spans)
