"""Reading the JSON of PDF-to-Markdown tools: blocks of text in reading order.

Two shapes are known: a list of blocks, each of a ``type`` (heading, paragraph, list) and with
its words under ``text`` or ``items``, in several languages under ``text_fr``, ``items_en`` and so
on; and an exported DoclingDocument, an object with ``texts``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from whereas.document import Document, Kind, Region
from whereas.errors import ReadError
from whereas.readers.json import parse_json

_LIST = re.compile(rb'\s*\[\s*\{\s*"(?:type|level|(?:text|items)(?:_\w\w)?)"\s*:')
_KEY = re.compile(r"(?:text|items)(?:_(\w\w))?")
_TYPES = ("heading", "paragraph", "list")
_LABELS: dict[str, Kind] = {
    "footnote": "footnote",
    "page_header": "furniture",
    "page_footer": "furniture",
}
_NO_TEXT = re.compile(r"<!--.*?-->", re.DOTALL)
_ESCAPED = re.compile(r"\\([_*#\[\]()<>~`|\\])")
_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class _Block:
    words: str
    kind: Kind | None = None
    heading: bool = False


def sniff(data: bytes, name: str) -> bool:
    """Say whether ``data`` looks like a list of blocks or a DoclingDocument."""
    head = data[:4000].removeprefix(b"\xef\xbb\xbf")
    return bool(_LIST.match(head)) or (head.lstrip()[:1] == b"{" and b'"DoclingDocument"' in head)


def read(data: bytes, source: str, language: str | None = None) -> Iterator[Document]:
    """Yield the one document of a file.

    Args:
        language: which of the file's languages to read; None reads the original, which is the
            first that is not English.

    Raises:
        ReadError: it is no such file, or has no text in that language.
    """
    tree = parse_json(data, source)
    if isinstance(tree, dict):
        blocks, found = _exported(tree, source), None
    else:
        found = _language(tree, source, language)
        blocks = [block for entry in tree for block in _listed(entry, found)]
    blocks = [_or_furniture(block) for block in blocks if block.words]
    if not blocks:
        raise ReadError(f"{source}: its blocks hold no text")
    yield _document(blocks, source, language or found)


def _exported(tree: dict[str, Any], source: str) -> list[_Block]:
    texts = tree.get("texts")
    if not isinstance(texts, list):
        raise ReadError(f"{source}: texts: expected a list, as DoclingDocument has it")
    blocks = []
    for number, entry in enumerate(texts):
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            raise ReadError(f"{source}: texts.{number}.text: expected text")
        label = str(entry.get("label"))
        marker = entry.get("marker")
        words = f"{marker} {entry['text']}" if isinstance(marker, str) else entry["text"]
        heading = label in ("title", "section_header")
        blocks.append(_Block(_plain(words), _LABELS.get(label), heading))
    return blocks


def _language(tree: Any, source: str, wanted: str | None) -> str | None:
    """Return the language to read, or None where the blocks name none."""
    if not isinstance(tree, list):
        raise ReadError(f"{source}: expected a list of blocks")
    found: dict[str | None, None] = {}
    for number, entry in enumerate(tree):
        if not isinstance(entry, dict) or entry.get("type") not in _TYPES:
            raise ReadError(f"{source}: block {number}: type: expected one of {', '.join(_TYPES)}")
        for key, value in entry.items():
            if isinstance(key, str) and (match := _KEY.fullmatch(key)) and value:
                found[match[1]] = None
    if wanted in found:
        return wanted
    if None in found:
        return None
    if wanted is not None:
        known = ", ".join(sorted(map(str, found)))
        raise ReadError(f"{source}: has text in {known or 'no language'}, not in {wanted!r}")
    return next((language for language in found if language != "en"), "en")


def _listed(entry: dict[str, Any], language: str | None) -> Iterator[_Block]:
    suffix = f"_{language}" if language else ""
    words = entry.get(f"text{suffix}", "")
    items = entry.get(f"items{suffix}", [])
    for part in (words, *(items if isinstance(items, list) else ())):
        if isinstance(part, str):
            yield _Block(_plain(part), heading=entry.get("type") == "heading")


def _or_furniture(block: _Block) -> _Block:
    """Return a block as furniture if it has neither letters nor digits: a rule, an ornament."""
    return block if any(map(str.isalnum, block.words)) else replace(block, kind="furniture")


def _plain(words: str) -> str:
    """Return the words without Markdown's comments and escapes."""
    closed = words.rfind("-->") + len("-->")  # past it, a comment that opens does not end
    words = _NO_TEXT.sub("", words[:closed]) + words[closed:]
    return _ESCAPED.sub(r"\1", words).strip()


def _document(blocks: Sequence[_Block], source: str, language: str | None) -> Document:
    regions, emphasis = [], []
    start = 0
    for block in blocks:
        end = start + len(block.words)
        if block.kind:
            regions.append(Region(kind=block.kind, spans=((start, end),)))
        if block.heading:
            emphasis.append((start, end))
        start = end + len(_BETWEEN)
    return Document(
        id=Path(source).stem or source,
        source=source,
        language=language,
        text=_BETWEEN.join(block.words for block in blocks),
        structure=tuple(regions),
        emphasis=tuple(emphasis),
    )
