"""The JSON of the ArgMining shared task, with the type of each paragraph filled out.

A document that came in this format is written as it was, but for ``type``, ``preambular_para``
and ``operative_para``; one that came otherwise is written as a new file of its paragraphs.
"""

import json
from typing import Any

from whereas.document import Document, Zone

_NOT_PARAGRAPHS = ("footnote", "furniture")
_FIELDS = {"en": "para_en"}  # where the words of a document go; those of others go to "para"


def write(document: Document) -> str:
    """Return the document as one JSON file."""
    came_as = (document.model_extra or {}).get("argmining")
    tree = _filled_out(came_as, document) if isinstance(came_as, dict) else _tree(document)
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _filled_out(tree: dict[str, Any], document: Document) -> dict[str, Any]:
    zones: dict[int, Zone] = {
        place: clause.zone
        for clause in document.clauses
        if isinstance(place := (clause.model_extra or {}).get("paragraph"), int)
    }
    body = tree["body"]
    paragraphs = [
        {**paragraph, "type": zones.get(place)}
        for place, paragraph in enumerate(body["paragraphs"])
    ]
    metadata = tree.get("METADATA") or {}
    structure = {**(metadata.get("structure") or {}), **_lists(paragraphs)}
    return {
        **tree,
        "METADATA": {**metadata, "structure": structure},
        "body": {**body, "paragraphs": paragraphs},
    }


def _lists(paragraphs: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Return the numbers of the paragraphs of either type."""
    numbers: dict[str, list[Any]] = {"preambular": [], "operative": []}
    for place, paragraph in enumerate(paragraphs, start=1):
        if paragraph["type"] is not None:
            numbers[paragraph["type"]].append(paragraph.get("para_number", place))
    return {f"{zone}_para": found for zone, found in numbers.items()}


def _tree(document: Document) -> dict[str, Any]:
    """Return a new file with the paragraphs of a document, in the order of its text."""
    field = _FIELDS.get(document.language or "", "para")
    paragraphs = [
        {"para_number": number, "para": "", "type": zone, "think": "", "para_en": "", field: words}
        | {"matched_paras": {}, "tags": []}
        for number, (_, words, zone) in enumerate(sorted(_pieces(document)), start=1)
    ]
    structure = {"doc_title": document.id, "nb_paras": len(paragraphs), **_lists(paragraphs)}
    return {
        "TEXT_ID": document.id,
        "RECOMMENDATION": document.symbol,
        "TITLE": document.title,
        "METADATA": {"structure": {**structure, "think": ""}},
        "body": {"paragraphs": paragraphs},
    }


def _pieces(document: Document) -> list[tuple[tuple[int, int], str, Zone | None]]:
    """List the paragraphs of a document, each with its place, words and zone."""
    pieces: list[tuple[tuple[int, int], str, Zone | None]] = []
    for order, clause in enumerate(document.clauses):
        words = f"{clause.number} {clause.full_text}" if clause.number else clause.full_text
        pieces.append(((clause.extent[0] if clause.extent else 0, order), words, clause.zone))
    for order, region in enumerate(document.structure):
        if region.kind not in _NOT_PARAGRAPHS and region.spans and document.text is not None:
            words = " ".join(document.text[start:end] for start, end in region.spans)
            pieces.append(((region.spans[0][0], order), " ".join(words.split()), None))
    return pieces
