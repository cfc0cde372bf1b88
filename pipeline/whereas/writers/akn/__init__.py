"""Akoma Ntoso 3.0 in the shape of the United Nations' own files (AKN4UN).

Preambular clauses are ``<container>``s of the ``<preamble>``, operative ones ``<paragraph>``s of
the ``<mainBody>``, both of class ``clause``, which tells the reader to take them as they are. The
function of a clause is the concept it ``refersTo``, for any tool that reads Akoma Ntoso; all that
whereas knows of it is in the proprietary part of the metadata. A text that holds several
resolutions has the later ones as components.
"""

from lxml import etree

from whereas.document import Clause, Document, Item, Region
from whereas.writers.akn.identity import Identity, identities
from whereas.writers.akn.metadata import identification, metadata
from whereas.writers.akn.parts import Statement, statements
from whereas.writers.akn.words import NAMESPACE, Words, element

_DEEPEST = 20  # levels of lists inside one another


def write(document: Document) -> str:
    """Return the document as the text of an XML file."""
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    known = identities(document)
    writer = _Writer(Words(document), known)
    first, *others = statements(document)
    statement = writer.statement(first, document)
    if others:
        components = element(statement, "components")
        for number, other in enumerate(others, start=1):
            component = element(components, "component", eId=f"comp_{number}")
            inner = writer.statement(other, document)
            inner.insert(0, identification(document, f"comp_{number}"))
            component.append(inner)
    statement.insert(0, metadata(document, known, writer.words.left))
    root.append(statement)
    xml = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}'


class _Writer:
    """Turns the parts of a document into elements."""

    def __init__(self, words: Words, known: dict[int, Identity]) -> None:
        self.words = words
        self._known = known

    def statement(self, part: Statement, document: Document) -> etree._Element:
        """Return a resolution, or one of several, without its metadata."""
        statement = etree.Element(f"{{{NAMESPACE}}}statement", name="resolution")
        self._front(statement, part, document)
        preamble = element(statement, "preamble") if part.preamble else None
        for each in part.preamble:
            assert preamble is not None
            if isinstance(each, Clause):
                self._container(preamble, each)
            else:
                self._preamble_region(preamble, each)
        body = element(statement, "mainBody")
        for each in part.body:
            if isinstance(each, Clause):
                self._paragraph(body, each)
            else:
                self._body_region(body, each)
        if not part.body:
            element(body, "p")
        if part.end:
            end = element(statement, "conclusions")
            for region in part.end:
                self.words.region(element(end, "p"), region)
        if part.annexes:
            attachments = element(statement, "attachments")
            for number, region in enumerate(part.annexes, start=1):
                self._annex(attachments, region, identification(document, f"annex_{number}"))
        return statement

    def _front(self, statement: etree._Element, part: Statement, document: Document) -> None:
        cover = element(statement, "coverPage")
        symbol = document.symbol
        for region in part.masthead:
            line = self.words.plain(region)
            place = element(cover, "p")
            if symbol and line == symbol:
                element(place, "docNumber", line, refersTo="#symbol")
                symbol = None
            else:
                self.words.region(place, region)
        if symbol and part.first:
            element(element(cover, "p"), "docNumber", symbol, refersTo="#symbol")
        if not len(cover):
            statement.remove(cover)
        titles = [words for region in part.titles if (words := self.words.plain(region))]
        if part.first and document.title and not any(document.title in t for t in titles):
            titles.append(document.title)
        preface = element(statement, "preface") if titles else statement
        for line in titles:
            place = element(preface, "p")
            number, title, rest = line.partition(document.title or line)
            if any(map(str.isalnum, number)):
                element(place, "docNumber", number)
            else:  # a dash is no number
                title = number + title
            element(place, "docTitle", title + rest, refersTo="#resolutionTitle")

    def _preamble_region(self, preamble: etree._Element, region: Region) -> None:
        if region.kind == "formula":
            formula = element(preamble, "formula", name="enactingFormula")
            self.words.region(element(formula, "p"), region)
        else:
            self.words.region(element(preamble, "block", name="subheading"), region)

    def _body_region(self, body: etree._Element, region: Region) -> None:
        if region.kind == "other":
            self.words.region(element(element(body, "container", name="other"), "p"), region)
        else:
            heading = element(element(body, "paragraph", **{"class": "H23"}), "heading")
            self.words.region(heading, region)

    def _annex(self, attachments: etree._Element, region: Region, meta: etree._Element) -> None:
        doc = element(element(attachments, "attachment"), "doc", name="annex")
        doc.append(meta)
        body = element(doc, "mainBody")
        for span in region.spans:
            self.words.region(element(body, "p"), region.model_copy(update={"spans": (span,)}))

    def _container(self, preamble: etree._Element, clause: Clause) -> None:
        known = self._known[id(clause)]
        container = element(preamble, "container", name=clause.opening or "clause", **known.owner)
        if clause.number:
            element(container, "num", clause.number)
        if clause.items:
            block = element(container, "blockList")
            if clause.text:
                self.words.clause(element(block, "listIntroduction"), clause)
            self._block_items(block, clause.items, 2)
        else:
            self.words.clause(element(container, "p"), clause)

    def _block_items(self, block: etree._Element, items: tuple[Item, ...], level: int) -> None:
        for run in _runs(items, level):
            if run[0].level <= level or level >= _DEEPEST:
                for item in run:
                    place = element(block, "item")
                    if item.number:
                        element(place, "num", item.number)
                    self.words.item(element(place, "p"), item)
            else:
                items_so_far = block.findall(f"{{{NAMESPACE}}}item")
                place = items_so_far[-1] if items_so_far else element(block, "item")
                self._block_items(element(place, "blockList"), run, level + 1)

    def _paragraph(self, body: etree._Element, clause: Clause) -> None:
        known = self._known[id(clause)]
        paragraph = element(body, "paragraph", **known.owner)
        if clause.number:
            element(paragraph, "num", clause.number)
        if clause.items:
            block = element(paragraph, "list")
            if clause.text:
                self.words.clause(element(element(block, "intro", **known.own), "p"), clause)
            self._points(block, clause.items, 2)
        else:
            self.words.clause(element(element(paragraph, "content", **known.own), "p"), clause)

    def _points(self, block: etree._Element, items: tuple[Item, ...], level: int) -> None:
        for run in _runs(items, level):
            if run[0].level <= level or level >= _DEEPEST:
                for item in run:
                    point = element(block, "point")
                    if item.number:
                        element(point, "num", item.number)
                    self.words.item(element(element(point, "content"), "p"), item)
            else:
                self._points(element(block, "sublist"), run, level + 1)


def _runs(items: tuple[Item, ...], level: int) -> list[tuple[Item, ...]]:
    """Divide items where those of this level begin and end."""
    runs: list[list[Item]] = []
    for item in items:
        if runs and (runs[-1][0].level <= level) == (item.level <= level):
            runs[-1].append(item)
        else:
            runs.append([item])
    return [tuple(run) for run in runs]
