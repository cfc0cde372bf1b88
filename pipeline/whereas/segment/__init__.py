"""Segmentation: from a text to the clauses of a resolution.

Each character of the text that is not white space ends up in exactly one place: a clause, an item
of a clause, or a region of ``structure`` (footnote marks are regions of kind ``footnote``).
"""

from whereas.document import Document
from whereas.language import detect_language
from whereas.segment.assemble import assemble

__all__ = ["segment"]


def segment(document: Document) -> Document:
    """Return ``document`` with its clauses, structure, symbol, title, organ and date found.

    What the document already says is kept: its language, symbol, title, organ, date and the
    regions a reader has set. A document that has clauses, or no text, is returned as it is.
    """
    if document.clauses or document.text is None:
        return document
    language = document.language or detect_language(document.text)
    return assemble(document.model_copy(update={"language": language, "emphasis": ()}))
