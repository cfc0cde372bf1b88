"""The outline of a resolution: its running text, cut where clauses and other parts begin."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from whereas.document import Kind, Zone
from whereas.lexicon import CASED, Opening
from whereas.segmenter.evidence import CLOSERS, ENDS, HEADING, LOOSE, LOOSE_NUMBER, STOPS, Evidence
from whereas.segmenter.front import after_space
from whereas.segmenter.lines import Break
from whereas.segmenter.numbering import Levels, Number, clause_number, item_number
from whereas.segmenter.stream import Piece, Stream
from whereas.segmenter.wording import Wording

Part = Literal["clause", "item", "tail"] | Kind

_LETTER_HEADING = re.compile(r"(?:[A-ZА-Я]|[IVX]{1,6})\.?$")
_USUAL = 3  # clauses that a phrase must open in the corpora to be evidence where there is little
_USUAL_UNCASED = 8  # where openings begin with small letters and stand inside clauses, too
_STRONG = 100  # times that a phrase must be commoner in the preamble to open a clause anywhere
_MUCH = 20  # times that a phrase must be commoner in one zone to be no phrase of the other
_SKIPPED = 3  # clauses in a row whose numbers may have been missed
_STARS = 12  # characters of a line that divides parts, such as "* * *"
_LEAD = 100  # characters of a line that only holds an opening
_ANNEX = 80  # characters that the heading of an annex may go on with
_SHORT_HEADING = 70  # those of one that ends with a colon


@dataclass(slots=True)
class Unit:
    """One part of the running text, ``[start, end)`` in the stream.

    A ``tail`` is what a clause goes on with after its items.
    """

    part: Part
    start: int
    end: int
    zone: Zone = "operative"
    number: Number | None = None
    level: int = 1


class Outliner:
    """Walks through pieces of running text and says what each begins or goes on with."""

    def __init__(
        self,
        stream: Stream,
        marks: Sequence[tuple[int, int]],
        wording: Wording,
        language: str,
    ) -> None:
        self.stream, self.wording, self.language = stream, wording, language
        self.text = stream.text
        self._seen = Evidence(stream.text, marks, wording, language)
        self.units: list[Unit] = []
        self._zone: Zone = "preambular"
        self._number = 0  # of the last numbered clause of this resolution
        self._before = 0  # of the last before the preamble of this part of it
        self._levels = Levels()
        self._held: tuple[int, Break] | None = None  # a part that may prove to be a heading
        self._closed = False  # after the adoption line
        self._annex = False
        self._led = False  # by an opening that has a line of its own
        self._leads = False  # whether openings in small letters have lines of their own
        self._past = 0  # the end of the last opening

    def outline(self, pieces: Sequence[Piece]) -> list[Unit]:
        """Return the units of ``pieces``, which begin with a formula or a clause."""
        ones = [
            found[0].words
            for piece in pieces
            if (found := clause_number(self.text, piece.start, self.wording.section))
            and found[1] == 1
        ]
        self._numbered = bool(ones)
        self._opened = any(map(self._seen.opening, ones))
        for piece in pieces:
            if not self._begins(piece):
                self._go_on(piece)
        self._settle()
        return self.units

    def _begin(self, part: Part, at: int, number: Number | None = None, level: int = 1) -> None:
        self._settle(before=part)
        if part == "clause" and self.units:
            self._split_number(at)
            if not self._seen.ended(at):
                self._split_heading(at)
        self.units.append(Unit(part, at, at, self._zone, number, level))

    def _split_number(self, at: int) -> None:
        """Take a page number or an unknown footnote mark off the end of what comes before."""
        unit = self.units[-1]
        low = max(unit.start, unit.end - LOOSE)
        tail = self.text[low : unit.end].rstrip()
        found = LOOSE_NUMBER.search(tail)
        if found and unit.end <= at and low + found.end(1) not in self._seen.mark_ends:
            start = low + found.start(1)
            self.units.append(Unit("furniture", start, unit.end, unit.zone))
            unit.end = start

    def _split_heading(self, at: int) -> None:
        """Take the heading before a numbered clause off what comes before it, on the same line."""
        unit = self.units[-1]
        start = self._heading_before(at)
        if unit.part in ("clause", "item", "tail") and start is not None:
            self.units.append(Unit("heading", start, unit.end, unit.zone))
            unit.end = start

    def _heading_before(self, at: int) -> int | None:
        """Return where the heading begins that goes on to ``at`` below the end of a clause."""
        unit = self.units[-1]
        return self._seen.heading_before(at, unit.number.words if unit.number else unit.start)

    def _go_on(self, piece: Piece) -> None:
        if not self.units:
            self.units.append(Unit("other", piece.start, piece.end))
        self.units[-1].end = piece.end

    # -- what a piece begins ---------------------------------------------------------------

    def _begins(self, piece: Piece) -> bool:
        at = piece.start
        ended = self._seen.ended(at) or self._led
        self._led = False
        if at < self._past:
            return False
        if not self.text[at : min(piece.end, at + _STARS)].strip("* "):
            self._begin("other", at)
            self.units[-1].end = piece.end
            return True
        rest = self._after_formula(piece, ended)
        wrapped = piece.before == Break.WRAP and self.units and self.units[-1].part != "formula"
        inside = not ended and piece.before <= Break.LINE and not self.text[at].isdecimal()
        if not rest and (wrapped or inside):
            return not wrapped and self._begins_below_heading(piece)
        if rest:
            self._begin("formula", at)
            self._zone, self._number, self._closed, self._annex = "preambular", 0, False, False
            self.units[-1].end = rest
            if rest < piece.end:
                self._begins(Piece(rest, piece.end, Break.SHORT))
            return True
        if self._annex:
            return False
        if self._is_annex(piece):
            self._begin("annex", at)
            self._annex = True
            self.units[-1].end = piece.end
            return True
        if self._is_adoption(piece, ended):
            self._begin("adoption", at)
            self._closed = True
            self.units[-1].end = piece.end
            return True
        if self._closed and not self._reopens(at):
            return False
        begun = self._begins_clause(piece, ended) or self._begins_item(piece, ended)
        if not begun and ended and self._may_be_heading(piece):
            if self._held is not None and piece.before < Break.SHORT:
                return False
            self._settle()
            self._held = (len(self.units), piece.before)
            self.units.append(Unit("tail", at, at, self._zone))
        if begun or (self._held is not None and self.units[-1].start == at):
            self.units[-1].end = piece.end
            return True
        return False

    def _begins_clause(self, piece: Piece, ended: bool) -> bool:
        at = piece.start
        if numbered := clause_number(self.text, at, self.wording.section):
            number, value = numbered
            if self._in_list(number, value, self._seen.opening(number.words)):
                self._begin("item", at, number, self._levels.place(number) or 2)
                return True
            if self._follows(piece, ended, number, value):
                self._zone = "operative"
                self._begin("clause", at, number)
                self._number = value
                self._levels = Levels()
                return True
            return False
        opening = self._seen.opening(at)
        lead = None
        if piece.before >= Break.LINE:
            whole = not self._leads or piece.before < Break.BLANK
            lead = self._seen.lead(at, piece.end, whole=whole)
        opening = opening or lead
        rare = opening is None or opening.preambular + opening.operative < _USUAL
        unknown = rare and self._zone == "preambular" and self._seen.is_gerund(at)
        if piece.before <= Break.LINE and unknown:
            opening = Opening(at, at, "", _USUAL, 0)
        if self._zone == "operative" and ended and opening and self._turns_back(opening):
            self._zone, self._before, self._number = "preambular", self._number, 0
        if self._zone == "preambular":
            fresh = not self.units or self.units[-1].part in ("formula", "heading")
            begins = (
                opening is not None if fresh else self._begins_preambular(piece, ended, opening)
            )
            if begins and opening and self._turns_operative(opening, fresh=fresh):
                self._zone = "operative"
        else:
            begins = self._begins_unnumbered(piece, ended, opening)
        if begins:
            self._begin("clause", at)
            self._levels = Levels()
            self._led = lead is not None
            self._leads |= self._led and self.text[at].islower()
            self._past = opening.end if opening else at
        return begins

    def _begins_below_heading(self, piece: Piece) -> bool:
        """Begin a clause whose opening stands right after a heading, on the same line."""
        opening = self._seen.opening(piece.start) if self.language in CASED else None
        if opening is None or opening.preambular < _STRONG * max(opening.operative, 1):
            return False
        begun = self.units and not (self._annex or self._closed)
        start = self._heading_before(piece.start) if begun else None
        if start is None or (
            self._zone == "operative" and self._seen.last_before(start) not in STOPS
        ):
            return False
        if self._zone == "operative":
            self._zone, self._before, self._number = "preambular", self._number, 0
        self._begin("clause", piece.start)
        self._levels = Levels()
        self.units[-1].end = piece.end
        return True

    def _begins_preambular(self, piece: Piece, ended: bool, opening: Opening | None) -> bool:
        if item_number(self.text, piece.start):
            return False
        if opening is None or not (ended or piece.before == Break.BLANK):
            return False
        if piece.before == Break.BLANK:
            return True
        usual = _USUAL if self.language in CASED else _USUAL_UNCASED
        count = opening.preambular + opening.operative // (_MUCH if self._numbered else 1)
        return count >= (1 if piece.before > Break.LINE else usual)

    def _turns_operative(self, opening: Opening, *, fresh: bool) -> bool:
        if self._numbered and not fresh:
            return False
        most = _MUCH if self._numbered else 3
        return opening.operative > most * max(opening.preambular, 1)

    def _turns_back(self, opening: Opening) -> bool:
        """Say whether a part with a preamble of its own begins below a heading."""
        below = self.units[-1].part == "heading"
        if self._held is not None:
            held = self.units[self._held[0]]
            below = self._reads_as_heading(held, self._held[1], self._seen.last_before(held.end))
        return below and opening.preambular > max(_USUAL, 3 * opening.operative)

    def _begins_unnumbered(self, piece: Piece, ended: bool, opening: Opening | None) -> bool:
        if not ended or opening is None or opening.operative == 0:
            return False
        if self._number:
            return piece.before == Break.BLANK and opening.operative >= 20
        return piece.before != Break.NONE or opening.operative >= 5

    def _follows(self, piece: Piece, ended: bool, number: Number, value: int) -> bool:
        """Say whether a number is that of the next clause."""
        if self._before and value == self._before + 1:  # no part of its own had begun
            self._number, self._before = self._before, 0
        step = value - self._number
        opening = self._seen.opening(number.words)
        usual = opening is not None and opening.operative >= _USUAL
        if value == 1 and opening is None and self._seen.last_before(number.start) in ":：":
            own = not self._number and (piece.before >= Break.SHORT or not self._opened)
            return own and not self._lists_infinitives(number)
        if step == 1:
            return ended or piece.before >= Break.SHORT or usual
        if value == 1 and self._number:
            if piece.before >= Break.LINE:
                return ended or self._held is not None
            return usual and (ended or self._heading_before(number.start) is not None)
        return 1 < step <= _SKIPPED and ended and opening is not None

    def _lists_infinitives(self, number: Number) -> bool:
        """Say whether an infinitive stands below a lead that has no object of its own."""
        unit = self.units[-1] if self.units else None
        short = unit and unit.part == "clause" and unit.end - unit.start <= _SHORT_HEADING
        return bool(short) and self.text.startswith("To ", number.words)

    def _in_list(self, number: Number, value: int, opening: Opening | None) -> bool:
        """Say whether a number starts, or goes on, a numbered list inside a clause."""
        announced = value == 1 and self._seen.last_before(number.start) in ":："
        if not self._number:
            infinitives = announced and self._lists_infinitives(number)
            return infinitives or self._levels.expects("digit", value)
        if value == 1:
            return announced
        due = value == self._number + 1 and opening is not None and opening.operative > 0
        return self._levels.expects("digit", value) and not due

    def _begins_item(self, piece: Piece, ended: bool) -> bool:
        if not (ended or piece.before == Break.BLANK):
            return False
        if not self.units or self.units[-1].part not in ("clause", "item", "tail"):
            return False
        number = item_number(self.text, piece.start)
        if number is None:
            return False
        if piece.before == Break.NONE and number.readings[0][0] == "bullet":
            return False
        level = self._levels.place(number)
        if level is None:
            return False
        self._begin("item", piece.start, number, level)
        return True

    def _after_formula(self, piece: Piece, ended: bool) -> int | None:
        """Return where what follows a formula begins, None if the piece does not begin with one."""
        found = self.wording.formula.match(self.text, piece.start, piece.end)
        if not found:
            return None
        rest = after_space(self.text, found.end())
        line = self.text.find("\n", rest, rest + _LEAD)
        following = (
            self._seen.opening(rest)
            or clause_number(self.text, rest, self.wording.section)
            or (line >= 0 and self._seen.lead(rest, line, whole=True))
        )
        known = any(organ in found.group() for organ in self.wording.organs)
        free = ended or piece.before >= Break.SHORT or not self.units
        if not free and not (known and following and piece.before != Break.NONE):
            return None
        if rest < piece.end or piece.before == Break.NONE:
            return rest if following else None
        return rest if following or known else None

    def _is_annex(self, piece: Piece) -> bool:
        found = self.wording.annex.match(self.text, piece.start, piece.end)
        if not found:
            return False
        if piece.before == Break.NONE:
            return self._zone == "operative" and self._seen.last_before(piece.start) in ".。"
        after = piece.end - found.end()
        return after == 0 or (after < _ANNEX and piece.before >= Break.PAGE)

    def _reopens(self, at: int) -> bool:
        """Say whether clauses go on, so that what looked like their end was not."""
        numbered = clause_number(self.text, at, self.wording.section)
        if numbered and self._number and numbered[1] == self._number + 1:
            self._closed = self._seen.opening(numbered[0].words) is None
        return not self._closed

    def _is_adoption(self, piece: Piece, ended: bool) -> bool:
        if self._zone != "operative" and (
            piece.before == Break.NONE or self._seen.last_before(piece.start) not in ".。"
        ):
            return False
        above = self.text[max(0, piece.start - LOOSE) : piece.start].rstrip()
        quoted = above != "" and above[-1] in CLOSERS
        return (ended or quoted) and bool(self.wording.adoption.match(self.text, piece.start))

    def _may_be_heading(self, piece: Piece) -> bool:
        if piece.before == Break.NONE:
            return False
        first = self.text[piece.start]
        if first.isdecimal():
            return piece.before == Break.BLANK
        return first.isupper() or not first.isalpha() or self.language not in CASED

    def _settle(self, before: Part | None = None) -> None:
        """Decide what a held part was, now that another begins, or the text ends."""
        if self._held is None:
            return
        n, above = self._held
        self._held = None
        unit = self.units[n]
        fresh = n == 0 or self.units[n - 1].part in ("formula", "heading")
        last = self._seen.last_before(unit.end)
        if before in ("clause", "annex", "formula") and self._reads_as_heading(unit, above, last):
            unit.part = "heading"
        elif unit.zone == "preambular":
            may_open = self._seen.may_open(unit.start)
            separate = last in ",;،，；" and (
                above == Break.BLANK or (above >= Break.SHORT and may_open)
            )
            unit.part = "clause" if last and (separate or (fresh and last in ENDS)) else "tail"
            if unit.part == "clause" and last in ";." and not self._numbered and not may_open:
                unit.zone = self._zone = "operative"
        else:
            unit.part = "clause" if not self._number and above == Break.BLANK else "tail"

    def _reads_as_heading(self, unit: Unit, above: Break, last: str) -> bool:
        words = self.text[unit.start : unit.end].strip()
        if len(words) > HEADING:
            return False
        if last in ":：" and unit.zone == "operative":
            return above >= Break.SHORT and len(words) <= _SHORT_HEADING
        return last not in ENDS or _LETTER_HEADING.match(words) is not None
