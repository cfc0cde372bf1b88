"""The parts of a text in the order of a file: one statement a resolution that the text holds."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from whereas.document import Clause, Document, Region


@dataclass
class Statement:
    """What one resolution of a text has, each kind in the order of the text."""

    first: bool = False
    masthead: list[Region] = field(default_factory=list)
    titles: list[Region] = field(default_factory=list)
    preamble: list[Clause | Region] = field(default_factory=list)
    body: list[Clause | Region] = field(default_factory=list)
    end: list[Region] = field(default_factory=list)
    annexes: list[Region] = field(default_factory=list)

    @property
    def acts(self) -> bool:
        """Whether it has an operative clause, so that a preambular one begins another."""
        return any(isinstance(each, Clause) for each in self.body)


def statements(document: Document) -> list[Statement]:
    """Divide a document where a preamble follows operative clauses.

    Footnotes and furniture are in none of the parts.
    """
    found = [Statement(first=True)]
    waiting: list[Region] = []  # what stands before a clause that tells where it belongs
    for each in _in_order(document):
        if isinstance(each, Region):
            if found[-1].acts and each.kind in ("masthead", "title", "formula"):
                waiting.append(each)
            else:
                _place(each, found[-1])
            continue
        if each.zone == "preambular" and found[-1].acts:
            found.append(Statement())
            for region in waiting:
                _place(region, found[-1])
        else:
            found[-1].body += waiting
        waiting = []
        (found[-1].preamble if each.zone == "preambular" else found[-1].body).append(each)
    found[-1].body += waiting
    return found


def _in_order(document: Document) -> Iterator[Clause | Region]:
    """Yield clauses in their order, and the regions where the text has them between those."""
    placed = (region for region in document.structure if region.spans)
    regions = deque(sorted(placed, key=lambda region: region.spans[0]))
    for clause in document.clauses:
        while regions and clause.extent and regions[0].spans[0] < clause.extent:
            yield regions.popleft()
        yield clause
    yield from regions


def _place(region: Region, statement: Statement) -> None:
    if region.kind == "masthead":
        statement.masthead.append(region)
    elif region.kind == "title":
        statement.titles.append(region)
    elif region.kind == "adoption":
        statement.end.append(region)
    elif region.kind == "annex":
        statement.annexes.append(region)
    elif region.kind == "formula" or (region.kind == "heading" and not statement.body):
        statement.preamble.append(region)
    elif region.kind in ("heading", "other"):
        statement.body.append(region)
