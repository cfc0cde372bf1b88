"""The metadata of a file: what it is, the concepts it refers to, and the labels of its clauses."""

import json

from lxml import etree

from whereas.document import Clause, Document
from whereas.writers.akn.identity import Identity
from whereas.writers.akn.words import NAMESPACE, element, legal

LABELS = "urn:whereas:labels:1"  # namespace of the proprietary part
_LANGUAGES = {"en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "zh": "zho", "ar": "ara"}
_ORGANS = {
    "General Assembly": "unga",
    "Security Council": "unsc",
    "Human Rights Council": "unga-hrc",
    "Economic and Social Council": "unecosoc",
}
_LABEL_FIELDS = ("function", "also", "addressees", "score", "scores", "review")


def metadata(document: Document, known: dict[int, Identity], notes: list[str]) -> etree._Element:
    """Return the ``<meta>`` element; ``notes`` are footnotes that have no place in the text."""
    meta = identification(document)
    references = element(meta, "references", source="#whereas")
    element(references, "TLCOrganization", eId="whereas", href="urn:whereas", showAs="whereas")
    if document.organ:
        href = "urn:whereas:organ"
        element(references, "TLCOrganization", eId="organ", href=href, showAs=document.organ)
    for function in sorted({c.function for c in document.clauses if c.function}):
        href = f"urn:whereas:function:{function}"
        element(references, "TLCConcept", eId=function, href=href, showAs=function)
    if notes:
        holder = element(meta, "notes", source="#whereas")
        for number, words in enumerate(notes, start=1):
            element(element(holder, "note", eId=f"note_{number}"), "p", words)
    proprietary = element(meta, "proprietary", source="#whereas")
    labels = etree.SubElement(
        proprietary, f"{{{LABELS}}}labels", document=legal(document.id), nsmap={"whereas": LABELS}
    )
    for clause in document.clauses:
        fields = _labels(clause)
        if fields:
            entry = etree.SubElement(labels, f"{{{LABELS}}}clause", eId=known[id(clause)].key)
            entry.text = legal(fields)
    return meta


def _labels(clause: Clause) -> str:
    fields = clause.model_dump(include=set(_LABEL_FIELDS), exclude_defaults=True)
    return json.dumps(fields, ensure_ascii=False, sort_keys=True) if fields else ""


def identification(document: Document, part: str = "main") -> etree._Element:
    """Return a ``<meta>`` element that says which document, and which part of it, a file holds."""
    meta = etree.Element(f"{{{NAMESPACE}}}meta")
    holder = element(meta, "identification", source="#whereas")
    organ = _ORGANS.get(document.organ or "", "un")
    language = document.language or "und"
    code = _LANGUAGES.get(language, language)
    adopted = document.adopted or "0001-01-01"
    name = "-".join((document.symbol or document.id).split("/")[2:]) or document.id
    work = f"/akn/un/statement/deliberation/{organ}/{adopted}/{'_'.join(name.split())}"
    expression = f"{work}/{code}@"
    for level, uri in (
        ("FRBRWork", work),
        ("FRBRExpression", expression),
        ("FRBRManifestation", f"{expression}.xml"),
    ):
        place = element(holder, level)
        element(place, "FRBRthis", value=f"{uri}/!{part}")
        element(place, "FRBRuri", value=uri)
        element(place, "FRBRdate", date=adopted, name="adoption")
        element(place, "FRBRauthor", href="#organ" if document.organ else "#whereas")
        if level == "FRBRWork":
            element(place, "FRBRcountry", value="un")
        elif level == "FRBRExpression":
            element(place, "FRBRlanguage", language=code)
    return meta
