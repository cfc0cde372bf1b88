"""Segmentation: from a text to the clauses of a resolution.

Each character of the text that is not white space ends up in exactly one place: a clause, an item
of a clause, or a region of ``structure``. A footnote is one region with the mark that calls for
it, where both are found.
"""

from typing import TypeVar

from whereas.document import Clause, Document, Item, Region, Spans
from whereas.language import LanguagePart, detect_language, language_parts
from whereas.segmenter.assemble import assemble

__all__ = ["segment", "segment_parts"]

_Part = TypeVar("_Part", Region, Clause, Item)


def segment(document: Document) -> Document:
    """Return ``document`` with its clauses, structure, symbol, title, organ and date found.

    What the document already says is kept: its language, symbol, title, organ, date and the
    regions a reader has set. A document that has clauses, or no text, is returned as it is.

    Raises:
        LanguageError: the document says it is in a language without a lexicon.
    """
    if document.clauses or document.text is None:
        return document
    language = document.language or detect_language(document.text)
    return assemble(document.model_copy(update={"language": language, "emphasis": ()}))


def segment_parts(document: Document) -> list[Document]:
    """Return the segmented parts of a document by language: one if it is in one language.

    Each part has the whole text, with true offsets; what is in other languages is a region of
    kind ``other`` there, and the language ends the part's id. A document whose language is
    given is not divided.
    """
    if document.clauses or document.text is None or document.language:
        return [segment(document)]
    parts = language_parts(document.text)
    if len(parts) == 1:
        return [segment(document.model_copy(update={"language": parts[0].language}))]
    return [_segment_part(document, part) for part in parts]


def _segment_part(document: Document, part: LanguagePart) -> Document:
    text = document.text or ""
    foreign = _outside(text, part.spans)
    masked = list(text)
    for start, end in foreign:
        masked[start:end] = " " * (end - start)
    own = document.model_copy(
        update={
            "id": f"{document.id}.{part.language}",
            "language": part.language,
            "text": "".join(masked),
            "structure": _cut_all(document.structure, text, foreign),
        }
    )
    segmented = segment(own)
    other = (Region(kind="other", spans=foreign),) if foreign else ()
    structure = (*_cut_all(segmented.structure, text, foreign), *other)
    clauses = [
        clause.model_copy(update={"items": _cut_all(clause.items, text, foreign)})
        for clause in _cut_all(segmented.clauses, text, foreign)
    ]
    regions = sorted(structure, key=lambda region: region.spans)
    found = {"text": text, "structure": tuple(regions), "clauses": tuple(clauses)}
    return segmented.model_copy(update=found)


def _cut_all(parts: tuple[_Part, ...], text: str, foreign: Spans) -> tuple[_Part, ...]:
    """Return parts of a document without what is in ``foreign``, and without those left empty."""
    cut = [part.model_copy(update={"spans": _without(text, part.spans, foreign)}) for part in parts]
    return tuple(part for part in cut if part.spans)


def _outside(text: str, spans: Spans) -> Spans:
    """Return the printed parts of ``text`` that are not in ``spans``."""
    outside = []
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        between = text[at:start]
        if between.strip():
            first = at + len(between) - len(between.lstrip())
            outside.append((first, at + len(between.rstrip())))
        at = end
    return tuple(outside)


def _without(text: str, spans: Spans, foreign: Spans) -> Spans:
    """Return what is printed in ``spans`` and not in ``foreign``."""
    kept = []
    for start, end in spans:
        for first, last in (*foreign, (len(text), len(text))):
            words = text[start : min(first, end)]
            if words.strip():
                at = start + len(words) - len(words.lstrip())
                kept.append((at, at + len(words.strip())))
            start = max(start, last)
    return tuple(kept)
