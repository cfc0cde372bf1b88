"""What a page prints around its text: running heads, page and job numbers, rules, footnotes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from whereas.document import Kind
from whereas.lexicon import CASED, Lexicon
from whereas.lexicon.folding import fold
from whereas.segmenter.lines import Line
from whereas.segmenter.numbering import clause_number
from whereas.segmenter.wording import Wording

SYMBOL = re.compile(
    r"\b[A-Z][A-Z0-9]{0,7}(?:/[A-Z0-9][\w.‑-]{0,40}(?:\([^()\s]{1,12}\))?){1,9}(?:\s?\(\d{4}\))?\*?"
)
RULE = re.compile(r"[_‗⎯─—–-]{5,}$|(?:_\s?){5,}$")
_TOKEN = re.compile(
    r"\d{2}-\d{5,6}[A-Z]?|GE\.\d{2}-\d+|\*\d{5,}\*|\*\d{6,}|\d{6,8}|\([A-Z]{1,3}\)"
    r"|\d{1,4}/\d{1,4}|\d{1,3}|[-–—|/]"
)
_PAGE_WORD = re.compile(r"(?:page|página|стр\.?|of|de|sur|из|第|页|الصفحة|صفحة)", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:[(\[](\d{1,3})[)\]]|(\d{1,3}|[*†‡§]{1,3}|[¹²³⁰⁴-⁹]{1,3}))(?=\s|[A-ZА-Я“(《第])"
    r"(?:\s*\(\s*\))?\s*(?=\S)"
)
_LONE = re.compile(r"[(\[]?\d{1,3}[)\]]?$")
_SUPERSCRIPT = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_QUOTES = "“”«»《\"'"
_PAGE_NUMBER = re.compile(r"^\s*\d{1,3}\s+|(?<!\s)\s+\d{1,3}\s*$")
_LONGEST_HEAD = 300  # characters of a line of a running head
_WRAPPED = 24  # letters of a line of a running head that ends with a comma
_HEAD_LINES = 6  # lines that a running head may have
_SKIPPED = 4  # numbers that may be missing between two notes
_ENDS = frozenset(".,;:،؛，；。：")
_COMMON = 20  # clauses that a phrase must open in the corpora to end the notes of a page
_SHORT_REACH = 25  # lines in which notes end that only their numbers show
_REACH = 60  # lines in which the notes of a page end
_FRONT = 4000  # characters of front matter among which running heads are looked up


Cut = tuple[int, int, Kind]  # where something that is no running text starts, ends, and what


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number, None if not known, and where it begins in the text."""

    number: int | None
    start: int


class Furniture:
    """Sorts lines: ``kinds`` holds what each is, None for a line of running text."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        front: int,
        wording: Wording,
        lexicon: Lexicon,
        symbol: str | None,
    ) -> None:
        self.text, self.lines, self.wording, self.lexicon = text, lines, wording, lexicon
        self.kinds: list[Kind | None] = [None] * len(lines)
        self.notes: list[Note] = []
        self._months = [name for names in wording.months for name in names]
        self._front = next((n for n, line in enumerate(lines) if line.start >= front), len(lines))
        self._head = fold(text[:front][:_FRONT])
        self._repeated: set[str] = set()
        self._symbol = symbol or self._printed_symbol()
        self._sort_edges()
        self._sort_notes()

    def cuts(self) -> list[Cut]:
        """Return the lines that are no running text; the lines of one note together."""
        starts = {note.start for note in self.notes}
        cuts: list[Cut] = []
        last = -2
        for n, kind in enumerate(self.kinds):
            if kind is None:
                continue
            line = self.lines[n]
            same = kind == "footnote" and last == n - 1 and cuts[-1][2] == kind
            if same and line.start not in starts:
                cuts[-1] = (cuts[-1][0], line.end, kind)
            else:
                cuts.append((line.start, line.end, kind))
            last = n
        return cuts

    def _words(self, n: int) -> str:
        return self.text[self.lines[n].start : self.lines[n].end]

    def _printed_symbol(self) -> str | None:
        alone = Counter(
            self._words(n)
            for n in range(self._front, len(self.lines))
            if self.lines[n].end - self.lines[n].start < 40 and SYMBOL.fullmatch(self._words(n))
        )
        best = alone.most_common(1)
        return best[0][0] if best and best[0][1] > 1 else None

    def _is_edge(self, n: int) -> bool:
        """Say whether a line holds nothing but page numbers, job numbers and the symbol."""
        line = self.lines[n]
        if line.end - line.start > 60:
            return False
        words = self._words(n)
        if self._symbol:
            words = words.replace(self._symbol, " ")
        tokens = words.split()
        if not tokens:
            return True
        if not any(char.isdigit() for char in words):
            return False
        return all(_TOKEN.fullmatch(token) or _PAGE_WORD.fullmatch(token) for token in tokens)

    def _head_words(self, n: int) -> str:
        """Return a line without the symbol and page number that a running head may have."""
        words = self._words(n)
        if self._symbol:
            words = words.replace(self._symbol, " ")
        return _PAGE_NUMBER.sub("", words).strip()

    def _is_head(self, n: int, *, follows: bool) -> bool:
        words = self._head_words(n)
        if len(words) > _LONGEST_HEAD:
            return False
        folded = fold(words)
        if words[-1:] in ",;:." and (len(folded) < _WRAPPED or folded not in self._head):
            return False
        alone = follows or words != self._words(n) or not folded.isascii()
        if len(folded) < (4 if alone else 12):
            return False
        return folded in self._head or folded in self._repeated

    def _sort_edges(self) -> None:
        last = len(self.lines)
        edges = [n for n in range(self._front, last) if self._is_edge(n)]
        known = set(edges)
        near_edges = Counter(
            fold(words)
            for n in {at for edge in edges for at in range(edge + 1, edge + _HEAD_LINES)} - known
            if n < last and len(words := self._head_words(n)) <= _LONGEST_HEAD
        )
        self._repeated = {words for words, count in near_edges.items() if count > 1}
        whole = {
            fold(self._words(n)) for n in range(self._front) if self._words(n)[-1:] not in ",.:;"
        }
        for n in range(self._front, last):
            near = n in known or self.lines[n].page or n == self._front
            if not near and self.lines[n].end - self.lines[n].start < 200:
                words = fold(self._words(n))
                near = len(words) >= 15 and words in whole
                if near:
                    known.add(n)
            if near:
                for step in (1, -1):
                    at = n + step if n in known else n
                    follows = False
                    while self._front <= at < last and at not in known:
                        if not self._is_head(at, follows=follows):
                            break
                        known.add(at)
                        follows = True
                        at += step
        for n in known:
            self.kinds[n] = "furniture"

    def _sort_notes(self) -> None:
        last = len(self.lines)
        next_edge = [last] * (last + 1)
        for n in range(last - 1, -1, -1):
            edge = self.kinds[n] == "furniture" or RULE.match(self._words(n)) is not None
            next_edge[n] = n if edge or self.lines[n].page else next_edge[n + 1]
        inside = False
        waiting = 0
        number = 0
        for n in range(self._front, last):
            words = self._words(n)
            if RULE.match(words):
                self.kinds[n] = "furniture"
                inside, waiting = True, 0
                continue
            if inside and _LONE.match(words) and self._heads_note(n, int(words.strip("()[]"))):
                self.kinds[n] = "footnote"
                number = int(words.strip("()[]"))
                self.notes.append(Note(number, self.lines[n].start))
                continue
            if self.kinds[n] == "furniture":
                if inside and _LONE.match(words):
                    waiting += 1
                    if int(words.strip("()[]")) == number + 1:
                        number += 1
                        self.kinds[n] = "footnote"
                        self.notes.append(Note(number, self.lines[n].start))
                inside = False
                continue
            if not inside and next_edge[n] - n > 2:
                waiting = 0
            found = _NOTE.match(words)
            value = _value(found.group(1) or found.group(2)) if found else None
            begins = found is not None and (
                value in (1, None) or number < value <= number + _SKIPPED
            )
            if not inside and waiting and next_edge[n] - n <= 2 and next_edge[n] < last:
                self.kinds[n] = "footnote"
                waiting -= 1
                continue
            if not inside and found and begins:
                inside = self._opens_note(n, found.end(), value, next_edge[n])
            elif inside and self._ends_notes(n, begins, next_edge[n]):
                inside = False
            if inside:
                if found and begins:
                    number = value or number
                    self.notes.append(Note(value, self.lines[n].start))
                self.kinds[n] = "footnote"

    def _heads_note(self, n: int, value: int) -> bool:
        """Say whether a number on its own line, below a rule, is that of the note below it."""
        after = n + 1
        return (
            after < len(self.lines)
            and not self.lines[after].blank
            and self.kinds[after] is None
            and value < 400
        )

    def _opens_note(self, n: int, at: int, value: int | None, edge: int) -> bool:
        """Say whether a line that begins with a number is a note, not text that just does."""
        words = self._words(n)
        if self.wording.note.match(words, at) or SYMBOL.match(words, at):
            return edge - n <= _REACH
        first = words[at : at + 1]
        if value is None or first.islower() or not (first.isalpha() or first in _QUOTES):
            return False
        dated = any(words.startswith(month, at) for month in self._months)
        if dated or edge - n > _SHORT_REACH or edge == len(self.lines):
            return False
        low = self.lines[max(self._front, n - _REACH)].start
        called = re.compile(
            rf"(?<=[^\W\d_])\s?{value}(?!\d)|[,;.:)”»’،؛，；。、》]\s?{value}(?=\s|$)"
        )
        return called.search(self.text, low, self.lines[n - 1].end if n else 0) is not None

    def _ends_notes(self, n: int, begins: bool, edge: int) -> bool:
        """Say whether running text goes on at a line below notes, though no page ends there."""
        line = self.lines[n]
        if line.page or self._begins_clause(n):
            return True
        if begins or (edge - n <= _REACH and edge < len(self.lines)):
            return False
        before = self._words(n - 1)
        if self.kinds[n - 1] != "footnote" or before[-1:] not in ".。)）":
            return False
        return line.blank or self._words(n)[:1].islower()

    def _begins_clause(self, n: int) -> bool:
        """Say whether a common opening phrase stands at a line, with or without a number."""
        line = self.lines[n]
        numbered = clause_number(self.text, line.start, self.wording.section)
        at = numbered[0].words if numbered else line.start
        if at >= line.end or not (line.blank or self._words(n - 1)[-1:] in _ENDS):
            return False
        if self.lexicon.language in CASED and not self.text[at].isupper():
            return False
        opening = self.lexicon.match(self.text, at)
        return opening is not None and opening.preambular + opening.operative >= _COMMON


def _value(mark: str) -> int | None:
    mark = mark.translate(_SUPERSCRIPT)
    return int(mark) if mark.isdigit() else None
