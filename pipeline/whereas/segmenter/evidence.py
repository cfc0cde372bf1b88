"""What can be read off a place in running text: openings, ends of clauses, headings."""

import re
from collections.abc import Sequence

from whereas.lexicon import CASED, Opening, load_openings
from whereas.segmenter.wording import Wording

ENDS = frozenset(",;:.،؛，；：。、!?…")
STOPS = frozenset(";:.؛；：。")
CLOSERS = frozenset("\"'”’»)]）」』》")
LOOSE = 16  # characters that loose numbers at the end of a clause may take
LOOSE_NUMBER = re.compile(r"[,;.:،؛，；。：][\"”’»)\]」》]*((?:\s*\d{1,3}|\s*\*){1,2})$")
HEADING = 260  # characters that a heading may have
_AND = re.compile(r"[;؛]\s+(?:and|or|et|ou|y|e|o|и|или|و|أو)\s*$")
_SENTENCE = re.compile(r"[,;.:،؛；。，][\"”’»)\]]*(?:\d{1,3})?\s+(?:\d{1,3}\s+(?=\D))?")
_LETTER = re.compile(r"[,;.]\d{0,3}\s+((?:\*\s+)?(?:[A-ZА-Я]\.|[IVX]{1,6}\.?)\s+)$")


class Evidence:
    """Looks at places of running text; ``mark_ends`` maps the end of each mark to its start."""

    def __init__(
        self, text: str, marks: Sequence[tuple[int, int]], wording: Wording, language: str
    ) -> None:
        self.text, self.wording, self.language = text, wording, language
        self.mark_ends = {end: start for start, end in marks}
        self._lexicon = load_openings(language)
        self._found: dict[int, Opening | None] = {}

    def opening(self, at: int) -> Opening | None:
        """Return the opening phrase that stands at ``at``, with a capital where clauses do."""
        if at >= len(self.text) or (self.language in CASED and not self.text[at].isupper()):
            return None
        return self._match(at)

    def _match(self, at: int) -> Opening | None:
        if at not in self._found:
            self._found[at] = self._lexicon.match(self.text, at)
        return self._found[at]

    def lead(self, start: int, end: int, *, whole: bool) -> Opening | None:
        """Return the opening that a line begins with, capital or not.

        Args:
            whole: the opening must be all there is in the line, ``[start, end)``.
        """
        opening = self._match(start)
        alone = opening is not None and not self.text[opening.end : end].strip(" ,:\n")
        return opening if alone or not whole else None

    def is_gerund(self, at: int) -> bool:
        """Say whether a word has the form of openings that the lexicon may lack."""
        gerund = self.wording.gerund
        return gerund is not None and bool(gerund.match(self.text, at))

    def may_open(self, at: int) -> bool:
        """Say whether a word has the form of those that open preambular clauses."""
        participle = self.wording.participle
        return participle is None or participle.match(self.text, at) is not None

    def last_before(self, at: int) -> str:
        """Return the last character before ``at`` that is no space, mark or closing quote."""
        while at > 0:
            if start := self.mark_ends.get(at):
                at = start
            elif self.text[at - 1].isspace() or self.text[at - 1] in CLOSERS:
                at -= 1
            elif (self.text[at - 1].isdecimal() or self.text[at - 1] == "*") and (
                loose := LOOSE_NUMBER.search(self.text, max(0, at - LOOSE), at)
            ):
                at = loose.start(1)
            else:
                return self.text[at - 1]
        return ""

    def ended(self, at: int) -> bool:
        """Say whether what stands before ``at`` ends as clauses and their parts do."""
        last = self.last_before(at)
        return (
            last in ENDS or last == "" or _AND.search(self.text, max(0, at - LOOSE), at) is not None
        )

    def heading_before(self, at: int, low: int) -> int | None:
        """Return where a heading begins that goes on to ``at`` below the end of a sentence.

        Args:
            low: where what comes before begins.
        """
        if self.last_before(at) in ENDS:
            return None
        low = max(low, at - HEADING)
        starts = [
            (found.group()[0] in STOPS, found.end())
            for found in _SENTENCE.finditer(self.text, low, at)
            if found.end() < at and self.text[found.end()].isupper()
        ]
        if not starts:
            return None
        _, start = max(starts)
        lettered = _LETTER.search(self.text, low, start)
        return lettered.start(1) if lettered else start
