"""Texts made of records, where a corpus has none, so that segmentation can be measured on it."""

from dataclasses import dataclass, field

from whereas.document import Clause, Document, Spans


def has_places(document: Document) -> bool:
    """Say whether a document has a text in which every clause has a place."""
    return document.text is not None and all(clause.spans for clause in document.clauses)


def is_whole(document: Document) -> bool:
    """Say whether a document is more than a clause cut out of one."""
    return bool(document.clauses) and not document.is_partial


@dataclass
class _Page:
    """A text as it grows, a paragraph at a time."""

    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, number: str | None, text: str) -> Spans:
        words = " ".join(f"{number or ''} {text}".split())
        if not words:
            return ()
        self.parts.append(f"\n\n{words}" if self.parts else words)
        self.length += len(self.parts[-1])
        return ((self.length - len(words), self.length),)


def flatten(document: Document) -> Document:
    """Return a document with a text made of its title, organ and clauses, a paragraph each.

    Such a text has neither page breaks nor footnotes: it is easier to segment than a real one.
    """
    page = _Page()
    page.add(None, document.title or "")
    if document.organ and document.language in (None, "en"):
        page.add(None, f"The {document.organ.removeprefix('The ')},")
    clauses = tuple(_placed(clause, page) for clause in document.clauses)
    return document.model_copy(
        update={"text": "".join(page.parts), "structure": (), "clauses": clauses}
    )


def _placed(clause: Clause, page: _Page) -> Clause:
    own = page.add(clause.number, clause.text)
    items = [
        item.model_copy(update={"spans": page.add(item.number, item.text)}) for item in clause.items
    ]
    return clause.model_copy(update={"spans": own, "items": tuple(items)})
