"""What stands above the first clause: masthead, symbol, date of adoption and title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whereas.document import Kind
from whereas.lexicon import CASED, Lexicon
from whereas.segmenter.furniture import SYMBOL
from whereas.segmenter.lines import Break, Line
from whereas.segmenter.numbering import clause_number
from whereas.segmenter.stream import Piece
from whereas.segmenter.wording import Wording

_NUMBER = re.compile(
    r"(?:\d{1,4}(?:/\d{1,4})?|\d{1,2}/\d{1,3}|[IVXL]{1,6}-\d{1,3})\s*\.?\s*(?=\D|$)"
)
_RESOLUTION = re.compile(r"\(?\d{1,4}/\d{1,4}\)?\.?$")
_NUMBERED = re.compile(r"\bWHA\d{1,2}\.\d{1,3}\b|\bEB\d{1,3}\.R\d{1,3}\b")
_TAIL = re.compile(r"[\])]\s+|\d{1,3}/\d{1,4}\.\s+")
_SPACES = re.compile(r"\s*")
_WORD = re.compile(r"(?<!\S)[^\W_]")
_FRONT = 6000  # characters, or
_COMMON = 20  # clauses that a phrase must open in the corpora to end the front matter
_COMMAS = ",،，"
_LINES = 300  # lines, in which the front matter must end
_ISO = re.compile(r"([12]\d{3})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class FrontPart:
    """A part of the front matter, ``[start, end)`` in the running text."""

    kind: Kind
    start: int
    end: int


def find_front(
    text: str, lines: Sequence[Line], wording: Wording, lexicon: Lexicon, flowing: bool
) -> int:
    """Return where the front matter ends: at the formula, the first clause or its number."""
    starts = [found.start() for found in _WORD.finditer(text[:_FRONT])] if flowing else []
    starts = starts or [line.start for line in lines[:_LINES]]
    first: int | None = None
    counted: int | None = None  # where the number 1 stands, for want of any known opening
    openings = 0
    for n, at in enumerate(starts):
        if found := wording.formula.match(text, at):
            following = starts[n + 1] if n + 1 < len(starts) else len(text)
            rest = after_space(text, found.end())
            named = rest >= following and not flowing and text[found.end() - 1] in _COMMAS
            fits = (
                named or lexicon.match(text, rest) or _begins_clause(text, rest, wording, lexicon)
            )
            if fits and openings < 3:
                return at
        numbered = clause_number(text, at, wording.section)
        if (
            numbered
            and numbered[1] == 1
            and counted is None
            and (not flowing or text[:at].rstrip()[-1:] == ":")
        ):
            counted = at
        if _begins_clause(text, at, wording, lexicon):
            openings += 1
            first = at if first is None else first
    if first is None:
        return len(text) if counted is None else counted
    return first


def _begins_clause(text: str, at: int, wording: Wording, lexicon: Lexicon) -> bool:
    """Say whether a common opening phrase, or the number 1 and one, stand at ``at``."""
    numbered = clause_number(text, at, wording.section)
    if numbered and numbered[1] == 1:
        at = numbered[0].words
    if at >= len(text) or (lexicon.language in CASED and not text[at].isupper()):
        return False
    opening = lexicon.match(text, at)
    return opening is not None and max(opening.preambular, opening.operative) >= _COMMON


def after_space(text: str, at: int) -> int:
    """Return where the first printed character at or after ``at`` is."""
    return found.end() if (found := _SPACES.match(text, at)) else at


def head_words(front: str, wording: Wording) -> str:
    """Return the title that is in a front matter all on one line, "" if there is none."""
    piece = Piece(0, len(front), Break.BLANK)
    parts = front_parts(front, [piece], wording) if front.strip() else []
    title = next((front[part.start : part.end] for part in parts if part.kind == "title"), "")
    return title_of(title) or ""


def front_parts(text: str, pieces: Sequence[Piece], wording: Wording) -> list[FrontPart]:
    """Tell the title, the last lines above the clauses, from the masthead above it.

    ``pieces`` are the lines, or in a text without line breaks the whole front matter as one.
    """
    title = len(pieces)
    while title and _may_be_title(text, pieces[title - 1], wording):
        title -= 1
        if title < len(pieces) - 1 and _starts_title(text, pieces, title):
            break
        if _starts_title(text, pieces, title):
            break
    parts = [FrontPart("masthead", piece.start, piece.end) for piece in pieces[:title]]
    parts += [FrontPart("title", piece.start, piece.end) for piece in pieces[title:]]
    return _split_line(text, parts)


def _may_be_title(text: str, piece: Piece, wording: Wording) -> bool:
    words = text[piece.start : piece.end]
    if wording.masthead.match(text, piece.start, piece.end) and piece.end - piece.start < 200:
        return False
    return (not SYMBOL.fullmatch(words) and words[-1] not in "])*") or len(words) > 200


def _starts_title(text: str, pieces: Sequence[Piece], n: int) -> bool:
    """Say whether the title begins with this line: a blank line or a number is above it."""
    words = text[pieces[n].start : pieces[n].end]
    if _RESOLUTION.match(words):
        return True
    above = text[pieces[n - 1].start : pieces[n - 1].end] if n else ""
    return pieces[n].before == Break.BLANK and not _RESOLUTION.match(above)


def _split_line(text: str, parts: list[FrontPart]) -> list[FrontPart]:
    """Divide a front matter that is all on one line."""
    if len(parts) != 1 or parts[0].kind != "title":
        return parts
    start, end = parts[0].start, parts[0].end
    divided: list[FrontPart] = []
    for found in SYMBOL.finditer(text, start, end):
        if found.end() == len(text[:end].rstrip()):
            divided = [FrontPart("masthead", found.start(), end)]
            end = found.start()
    cuts = [found.end() for found in _TAIL.finditer(text, start, end) if found.end() < end]
    if cuts:
        return [
            FrontPart("masthead", start, cuts[-1]),
            FrontPart("title", cuts[-1], end),
            *divided,
        ]
    return [FrontPart("title", start, end), *divided]


def title_of(words: str) -> str | None:
    """Return a title without the resolution's number before it."""
    if found := _NUMBER.match(words) or _NUMBERED.match(words):
        rest = words[found.end() :].lstrip()
        words = rest if rest and not rest[0].islower() else words
    return words.strip() or None


def symbol_of(text: str, front: int) -> str | None:
    """Return the first document symbol of the front matter that names a resolution."""
    end = front if 0 < front < len(text) else min(len(text), _FRONT)
    found = [match.group().rstrip("*.") for match in SYMBOL.finditer(text, 0, end)]
    numbered = _NUMBERED.search(text, 0, end)
    return next(
        (symbol for symbol in found if "/RES/" in symbol), numbered.group() if numbered else None
    )


def date_of(text: str, wording: Wording) -> str | None:
    """Return the first date in ``text`` as ISO 8601, None if there is none."""
    if found := _ISO.search(text):
        year, month, day = map(int, found.groups())
        return _iso(year, month, day)
    if not wording.months:
        return None
    names = {name.casefold(): n for n, all_ in enumerate(wording.months, 1) for name in all_}
    pattern = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    american = re.compile(rf"\b({pattern})\s+(\d{{1,2}}),?\s+([12]\d{{3}})", re.IGNORECASE)
    dated = re.compile(
        rf"(\d{{1,2}})(?:er|º|°)?\s+(?:de\s+)?({pattern})[^\d\n]{{0,24}}?\s+(?:de\s+)?([12]\d{{3}})",
        re.IGNORECASE,
    )
    if found := dated.search(text):
        return _iso(int(found[3]), names[found[2].casefold()], int(found[1]))
    if found := american.search(text):
        return _iso(int(found[3]), names[found[1].casefold()], int(found[2]))
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
