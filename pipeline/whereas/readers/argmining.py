"""Reading the JSON of the ArgMining shared task: recommendations, already cut into paragraphs.

Each paragraph that is a clause becomes one; the others become regions. Paragraphs whose ``type``
is filled out keep it; where all are empty, their wording decides. The document keeps the file as
it came, under ``argmining``, so that it can be written back.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from whereas.document import Clause, Document, Region, Zone
from whereas.errors import ReadError
from whereas.lexicon import opening_of
from whereas.readers.json import parse_json
from whereas.segmenter.paragraphs import paragraph_zones

_FIELDS = {"fr": "para", "en": "para_en"}  # the original and its translation
_TYPES = (None, "preambular", "operative")
_NUMBER = re.compile(r"(?:\d{1,3}\s?[.)]+|\(?[a-z]{1,3}\)|[IVXL]{1,6}[.)])(?=\s)")
_BETWEEN = "\n\n"


def sniff(data: bytes, name: str) -> bool:
    """Say whether ``data`` looks like an object with paragraphs as the task has them."""
    head = data[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b'"paragraphs"' in data and b'"para"' in data


def read(data: bytes, source: str, language: str | None = None) -> Iterator[Document]:
    """Yield the one document of a file.

    Args:
        language: "fr" reads the original, and so does None; "en" reads its translation.

    Raises:
        ReadError: it is no such file, or lacks paragraphs in that language.
    """
    language = language or "fr"
    if language not in _FIELDS:
        raise ReadError(f"{source}: has paragraphs in {' and '.join(_FIELDS)}, not in {language!r}")
    tree = parse_json(data, source)
    paragraphs = _paragraphs(tree, source)
    texts = [_text(paragraph, _FIELDS[language], source) for paragraph in paragraphs]
    types = [_type(paragraph, source) for paragraph in paragraphs]
    zones = types if any(types) else paragraph_zones(texts, language)
    yield _document(tree, source, language, texts, zones)


def _paragraphs(tree: Any, source: str) -> list[dict[str, Any]]:
    body = tree.get("body") if isinstance(tree, dict) else None
    paragraphs = body.get("paragraphs") if isinstance(body, dict) else None
    if not isinstance(paragraphs, list) or not paragraphs:
        raise ReadError(f"{source}: body.paragraphs: expected a list of paragraphs")
    for number, paragraph in enumerate(paragraphs):
        if not isinstance(paragraph, dict):
            raise ReadError(f"{source}: body.paragraphs.{number}: expected an object")
    return paragraphs


def _text(paragraph: dict[str, Any], field: str, source: str) -> str:
    text = paragraph.get(field)
    if not isinstance(text, str):
        number = paragraph.get("para_number")
        raise ReadError(f"{source}: paragraph {number}: {field}: expected text, found {text!r:.40}")
    return text.strip()


def _type(paragraph: dict[str, Any], source: str) -> Zone | None:
    zone = paragraph.get("type")
    if zone not in _TYPES:
        number = paragraph.get("para_number")
        raise ReadError(
            f"{source}: paragraph {number}: type: expected preambular, operative or null, "
            f"found {zone!r:.40}"
        )
    return zone


def _document(
    tree: dict[str, Any],
    source: str,
    language: str,
    texts: Sequence[str],
    zones: Sequence[Zone | None],
) -> Document:
    clauses, regions = [], []
    start = 0
    for number, (text, zone) in enumerate(zip(texts, zones, strict=True)):
        end = start + len(text)
        if zone is not None and text:
            clauses.append(_clause(text, zone, (start, end), language, number))
        elif text:
            regions.append(Region(kind="other", spans=((start, end),)))
        start = end + len(_BETWEEN)
    name, title = tree.get("TEXT_ID"), tree.get("TITLE")
    return Document(
        id=name if isinstance(name, str) and name else Path(source).stem or source,
        language=language,
        title=title if isinstance(title, str) else None,
        source=source,
        text=_BETWEEN.join(texts),
        structure=tuple(regions),
        clauses=tuple(clauses),
        argmining=tree,
    )


def _clause(text: str, zone: Zone, span: tuple[int, int], language: str, paragraph: int) -> Clause:
    """Return a paragraph as a clause, which remembers its place in the list of paragraphs."""
    number = _NUMBER.match(text)
    words = " ".join(text[number.end() :].split()) if number else " ".join(text.split())
    return Clause(
        zone=zone,
        number=number[0] if number else None,
        text=words,
        spans=(span,),
        opening=opening_of(words, zone, language),
        paragraph=paragraph,
    )
