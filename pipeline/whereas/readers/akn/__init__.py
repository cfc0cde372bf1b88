"""Reading the United Nations' Akoma Ntoso (AKN4UN) files, clause for clause.

The text is the words of the file in reading order: cover page, title, preamble, main body,
adoption, footnotes, annexes. A file is one document, also where it holds several resolutions
(A, B) or a draft for another organ.
"""

import re
from collections.abc import Iterator

from lxml import etree

from whereas.document import Clause, Document, Region, Span
from whereas.errors import ReadError
from whereas.language import LANGUAGES, detect_language
from whereas.lexicon import opening_of
from whereas.readers.akn.body import Body, Draft
from whereas.readers.akn.labels import read_labels, with_labels
from whereas.readers.akn.metadata import peek, read_metadata
from whereas.readers.akn.text import FlatText, clean, local
from whereas.readers.xml import parse_xml

__all__ = ["peek", "read", "sniff"]

_ROOT = re.compile(rb"<(?:[\w.-]+:)?akomaNtoso[\s>]")
_SAMPLE = 4000  # characters from which to tell the language
_LEAST = 400  # characters under which the file is believed
_BLOCKS = frozenset({"p", "heading", "subheading", "crossHeading", "table"})
_LONGEST_OPENING = 70  # characters
_EDGES = " ,;:.،؛，；：。"


def sniff(data: bytes, name: str) -> bool:
    """Say whether ``data`` is Akoma Ntoso, or at least called XML."""
    return bool(_ROOT.search(data[:10_000])) or name.lower().endswith((".xml", ".akn"))


def read(data: bytes, source: str, language: str | None = None) -> Iterator[Document]:
    """Yield the one document of an Akoma Ntoso file.

    Raises:
        ReadError: it is not well-formed, or not Akoma Ntoso.
    """
    root = parse_xml(data, source)
    if local(root) != "akomaNtoso":
        raise ReadError(f"{source}: XML with root element <{local(root)}>; expected <akomaNtoso>")
    yield _document(root, source, language)


def _document(root: etree._Element, source: str, language: str | None) -> Document:
    facts = read_metadata(root)
    flat = FlatText()
    body = Body(flat)
    for child in root:
        _part(child, flat, body)
    flat.close()
    language = language or _language(facts.language, body.drafts)
    name, labels = read_labels(root, source)
    if not name:
        name = ".".join(filter(None, (facts.symbol or source, language)))
    clauses = [_clause(draft, language) for draft in body.drafts]
    keys = [draft.element_id or "" for draft in body.drafts]
    return Document(
        id=name,
        symbol=facts.symbol,
        language=language,
        organ=facts.organ,
        adopted=facts.adopted,
        title=facts.title,
        source=source,
        text=flat.text,
        structure=tuple(sorted(flat.regions, key=lambda region: region.spans)),
        emphasis=tuple(flat.emphasis),
        clauses=tuple(
            with_labels(clause, labels[key], source) if key in labels else clause
            for key, clause in zip(keys, clauses, strict=True)
        ),
    )


def _language(declared: str | None, drafts: list[Draft]) -> str | None:
    """Return the language of the clauses: the declared one, unless it is a wrong one of the six."""
    text = "\n".join(draft.text for draft in drafts)[:_SAMPLE]
    if declared not in (None, *LANGUAGES) or len(text) < _LEAST:
        return declared
    return detect_language(text)


def _part(part: etree._Element, flat: FlatText, body: Body) -> None:
    """Read a resolution, or a part of it that may hold others."""
    name = local(part)
    if name == "coverPage":
        for paragraph in part:
            flat.region("masthead", paragraph)
    elif name == "preface":
        for paragraph in part:
            flat.region("title", paragraph)
    elif name == "preamble":
        body.preamble(part)
    elif name == "mainBody":
        body.main(part)
    elif name == "conclusions":
        for paragraph in part:
            flat.region("adoption", paragraph)
    elif name == "attachment":
        _annex(part, flat)
    elif name not in ("meta", "collectionBody"):
        for child in part:
            _part(child, flat, body)
    if name == "statement":
        flat.close()


def _annex(attachment: etree._Element, flat: FlatText) -> None:
    spans: list[Span] = []
    for number, element in _blocks(attachment, None):
        spans += flat.paragraph(element, number=number).spans
    if spans:
        flat.regions.append(Region(kind="annex", spans=tuple(spans)))
    flat.close()


def _blocks(
    element: etree._Element, number: str | None
) -> Iterator[tuple[str | None, etree._Element]]:
    """Yield the outermost elements that hold text themselves, the first with the number."""
    for child in element:
        name = local(child)
        if name == "num":
            number = clean("".join(child.itertext()))
        elif name in _BLOCKS or (child.text or "").strip():
            yield number, child
            number = None
        elif name != "meta":
            yield from _blocks(child, number)
            number = None


def _clause(draft: Draft, language: str | None) -> Clause:
    clause = Clause(
        zone=draft.zone,
        number=draft.number,
        text=draft.text,
        spans=tuple(draft.spans),
        opening=_opening(draft, language),
        items=tuple(draft.items),
    )
    return clause.model_copy(update={"eId": draft.element_id}) if draft.element_id else clause


def _opening(draft: Draft, language: str | None) -> str | None:
    """Return the emphasised opening phrase, or what the lexicon takes for one."""
    phrase = clean(draft.emphasised or "").strip(_EDGES)
    if phrase and len(phrase) <= _LONGEST_OPENING and len(phrase) < len(draft.text.strip(_EDGES)):
        return phrase
    return opening_of(draft.text, draft.zone, language) if language in LANGUAGES else None
