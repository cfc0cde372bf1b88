"""Where in running text something may begin: at lines, or after commas and full stops."""

import re
from collections.abc import Iterator

from whereas.segmenter.lines import Break
from whereas.segmenter.stream import Piece, Stream

_START = re.compile(
    r"(?:[,;:،؛]|(?<!\s\d)(?<!\s\d\d)(?<!\s\d\d\d)\.)[\"”’»)\]\d¹²³⁰⁴-⁹]{0,4}\s+"
    r"(?:\d{1,3}\s+){0,2}(?:and\s+(?=[A-Z]{2}))?(?=[^\W_]|[(\[“«\"])"
    r"|(?<!\s)\s++(?=\d{1,3}\s?\.\s+[^\W\d_]|\d{1,3}\s?[-‑–]\s+[^\W\d_])"
    r"|[”»\"’]\s+(?=\d)"
    r"|(?<=[^\W\d_])\s+(?=[A-ZÀ-Þ][^\W\d_A-Z]{2,16}(?:ing|ant|[ai]ndo)\s[^\W\d_A-Z])"
)
_START_UNSPACED = re.compile(r"[，；。：,;.:][”’》」）)\]\d]{0,4}\s*(?=[\w(（\[])")


def pieces_of(stream: Stream, flowing: bool, language: str, begin: int) -> Iterator[Piece]:
    """Return the pieces from ``begin`` at which something may begin.

    These are the lines, or where there are none, what follows on a comma or a full stop.
    """
    start_of = _START_UNSPACED if language == "zh" else _START
    for piece in stream.pieces:
        if piece.end <= begin:
            continue
        at, before = max(piece.start, begin), piece.before
        if not flowing:
            yield Piece(at, piece.end, before)
            continue
        for found in start_of.finditer(stream.text, at, piece.end):
            if found.end() > at:
                yield Piece(at, found.end(), before)
                at, before = found.end(), Break.NONE
        if at < piece.end:
            yield Piece(at, piece.end, before)
