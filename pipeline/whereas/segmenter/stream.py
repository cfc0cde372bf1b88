"""The running text of a document: what is left when page furniture and notes are taken out."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whereas.document import Span
from whereas.segmenter.lines import Break

_SEPARATORS = {Break.PAGE: "\n", Break.BLANK: "\n\n"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of running text: ``[start, end)`` in the stream and what stands before it."""

    start: int
    end: int
    before: Break


@dataclass(frozen=True)
class Stream:
    """Running text, in one string, with the way back into the source."""

    text: str
    pieces: Sequence[Piece]
    _starts: Sequence[int]
    _origins: Sequence[int]

    def spans(self, start: int, end: int) -> list[Span]:
        """Return where ``[start, end)`` is in the source, without white space at the ends.

        The span is cut where the stream leaves something out.
        """
        spans: list[Span] = []
        n = bisect_right(self._starts, start) - 1
        while 0 <= n < len(self.pieces) and (piece := self.pieces[n]).start < end:
            first, past = max(start, piece.start), min(end, piece.end)
            while first < past and self.text[first].isspace():
                first += 1
            while first < past and self.text[past - 1].isspace():
                past -= 1
            if first < past:
                shift = self._origins[n] - piece.start
                spans.append((first + shift, past + shift))
            n += 1
        return spans

    def inside(self, cut: tuple[int, int, str]) -> Span | None:
        """Return where a stretch of the source is in the stream, None if it is left out."""
        n = bisect_right(self._origins, cut[0]) - 1
        if n < 0:
            return None
        shift = self.pieces[n].start - self._origins[n]
        start, end = cut[0] + shift, min(cut[1] + shift, self.pieces[n].end)
        return (start, end) if start < end else None

    def position(self, origin: int) -> int:
        """Return where in the stream the first running text at or after a source offset is."""
        n = bisect_right(self._origins, origin) - 1
        if n >= 0:
            inside = self.pieces[n].start + origin - self._origins[n]
            if inside < self.pieces[n].end:
                return inside
        return self.pieces[n + 1].start if n + 1 < len(self.pieces) else len(self.text)


def make_stream(text: str, parts: Iterable[tuple[int, int, Break]]) -> Stream:
    """Join parts of ``text`` (start, end, what stands before) into one stream."""
    chunks: list[str] = []
    pieces: list[Piece] = []
    origins: list[int] = []
    size = 0
    for start, end, before in parts:
        if pieces:
            gap = " " if before == Break.NONE else _SEPARATORS.get(before, "\n")
            chunks.append(gap)
            size += len(gap)
        chunks.append(text[start:end])
        pieces.append(Piece(size, size + end - start, before))
        origins.append(start)
        size += end - start
    return Stream("".join(chunks), pieces, [piece.start for piece in pieces], origins)
