"""Walking through the body of a Word document, paragraph by paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from whereas.document import Kind
from whereas.readers.docx.names import child, integer, local, value
from whereas.readers.docx.numbering import Numbering
from whereas.readers.docx.styles import Styles, Type, type_of
from whereas.readers.galley import Galley
from whereas.readers.numerals import roman

_INTO = frozenset({"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple"})
_INTO |= {"customXml", "dir", "bdo", "ruby", "rubyBase"}
_CHARS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_MARKS = frozenset("0123456789*†‡§,")
_ENTRY = 60  # most characters of a cell that shares a line with the next


@dataclass
class _Walk:
    """What is known while walking: the parts of the file, and the notes met so far."""

    galley: Galley
    styles: Styles
    numbering: Numbering
    notes: dict[str, dict[str, etree._Element]]
    cited: list[tuple[str, str, str]] = field(default_factory=list)  # kind, id, mark
    boxes: list[etree._Element] = field(default_factory=list)


def set_body(part: XmlPart, galley: Galley) -> None:
    """Set what the main part of a Word file says: page heads, body, text boxes, notes."""
    walk = _Walk(
        galley=galley,
        styles=Styles(_root(part, "styles")),
        numbering=Numbering(_root(part, "numbering")),
        notes={kind: _notes(_root(part, f"{kind}s"), kind) for kind in ("footnote", "endnote")},
    )
    for head in _heads(part):
        _set_blocks(head, walk, "furniture")
    body = part.element.find(qn("w:body"))
    if body is not None:
        _set_blocks(body, walk, None)
    for kind, note_id, mark in walk.cited:
        galley.paragraph()
        note = walk.notes[kind].get(note_id)
        if note is not None:
            galley.add(mark, kind="footnote")
            galley.space()
            _set_blocks(note, walk, "footnote", broken=False)
            galley.end_region()


def _root(part: XmlPart, name: str) -> etree._Element | None:
    """Return the root of the related part of this kind, or None where there is none."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            return _parsed(relation.target_part)
    return None


def _parsed(part: Part) -> etree._Element:
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def _heads(part: XmlPart) -> Iterator[etree._Element]:
    """Yield the page heads of the first section, that of its first page first."""
    section = next(part.element.iter(qn("w:sectPr")), None)
    if section is None:
        return
    found = {
        value(one, "w:type"): value(one, "r:id") for one in section.iter(qn("w:headerReference"))
    }
    first = child(section, "w:titlePg") is not None
    for kind in ("first", "default") if first else ("default",):
        relation = part.rels.get(found.get(kind) or "")
        if relation is not None and not relation.is_external:
            yield _parsed(relation.target_part)


def _notes(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
    """Return the notes of a part by their id, without the separators Word keeps among them."""
    found = root.iter(qn(f"w:{kind}")) if root is not None else ()
    return {
        value(note, "w:id") or "": note
        for note in found
        if value(note, "w:type") in (None, "normal")
    }


def _set_blocks(
    parent: etree._Element, walk: _Walk, kind: Kind | None, broken: bool = True
) -> None:
    """Set paragraphs and tables; without ``broken``, the first goes on in the line it finds."""
    for element in parent:
        match local(element):
            case "p":
                if broken:
                    walk.galley.paragraph()
                broken = _set_paragraph(element, walk, kind)
            case "tbl":
                _set_table(element, walk, kind)
                broken = True
            case name if name in _INTO:
                _set_blocks(element, walk, kind, broken)
                broken = True
            case _:
                continue
        while walk.boxes:
            walk.galley.paragraph()
            _set_blocks(walk.boxes.pop(0), walk, kind)
            broken = True


def _set_table(table: etree._Element, walk: _Walk, kind: Kind | None) -> None:
    """Set a table row by row; short cells of a row share a line."""
    for row in table.iter(qn("w:tr")):
        if next(row.iterancestors(qn("w:tbl"))) is not table:
            continue  # its cell sets it
        if child(row, "w:trPr", "w:del") is not None:
            continue
        walk.galley.paragraph()
        cells = [cell for cell in row.iter(qn("w:tc")) if cell.getparent() is row]
        for number, cell in enumerate(cells):
            shared = number > 0 and _is_entry(cells[number - 1])
            if shared:
                walk.galley.tab()
            _set_blocks(cell, walk, kind, broken=not shared)
    walk.galley.paragraph()


def _is_entry(cell: etree._Element) -> bool:
    """Say whether a cell is a number or a short entry, with which the next cell shares a line."""
    words = "".join(text.text or "" for text in cell.iter(qn("w:t"))).strip()
    numbered = any(True for _ in cell.iter(qn("w:numPr")))
    one = sum(1 for _ in cell.iter(qn("w:p"))) == 1
    return one and (0 < len(words) <= _ENTRY or numbered)


def _set_paragraph(paragraph: etree._Element, walk: _Walk, kind: Kind | None) -> bool:
    """Set a paragraph; return whether it ends where it ends (its mark may have been deleted)."""
    properties = child(paragraph, "w:pPr")
    style = value(child(properties, "w:pStyle"))
    ends = child(properties, "w:rPr", "w:del") is None
    shown = _has_text(paragraph)
    label = _label(properties, style, walk) if ends or shown else ""
    if label and shown:
        walk.galley.add(label, kind=kind)
        walk.galley.space()
    _set_inline(paragraph, walk, kind, walk.styles.type(style))
    return ends


def _has_text(paragraph: etree._Element) -> bool:
    return any((text.text or "").strip() for text in paragraph.iter(qn("w:t")))


def _label(properties: etree._Element | None, style: str | None, walk: _Walk) -> str:
    number = child(properties, "w:numPr")
    list_id, level = walk.styles.numbering(style)
    if (own := integer(value(child(number, "w:numId")))) is not None:
        list_id = own
    if (own := integer(value(child(number, "w:ilvl")))) is not None:
        level = own
    return walk.numbering.label(list_id, level or 0) if list_id else ""


def _set_inline(
    parent: etree._Element, walk: _Walk, kind: Kind | None, paragraph_type: Type
) -> None:
    for element in parent:
        name = local(element)
        if name == "r":
            _set_run(element, walk, kind, paragraph_type)
        elif name in _INTO:
            _set_inline(element, walk, kind, paragraph_type)
        elif name == "AlternateContent":
            _set_alternative(element, walk)


def _set_run(run: etree._Element, walk: _Walk, kind: Kind | None, paragraph_type: Type) -> None:
    properties = child(run, "w:rPr")
    named = walk.styles.type(value(child(properties, "w:rStyle")))
    how = type_of(properties).over(named).over(paragraph_type)
    if how.hidden:
        return
    for element in run:
        name = local(element)
        if name in ("t", "sym") or name in _CHARS:
            _set_text(_characters(element, name), walk, kind, how)
        elif name in ("footnoteReference", "endnoteReference"):
            _set_reference(element, name.removesuffix("Reference"), walk, kind)
        elif name in ("drawing", "pict"):
            walk.boxes += element.iter(qn("w:txbxContent"))
        elif name == "AlternateContent":
            _set_alternative(element, walk)


def _characters(element: etree._Element, name: str) -> str:
    if name == "t":
        return element.text or ""
    if name == "sym":
        code = value(element, "w:char") or ""
        plain = re.fullmatch(r"0[0-9A-Fa-f]{3}", code) and code > "0020"
        return chr(int(code, 16)) if plain else "•"
    return _CHARS[name]


def _set_text(text: str, walk: _Walk, kind: Kind | None, how: Type) -> None:
    words = text.strip(" \t\n")
    if kind is None and how.raised and words and set(words) <= _MARKS:
        walk.galley.mark(words)
        return
    for number, line in enumerate(text.split("\n")):
        if number:
            walk.galley.line()
        lead, tail = line[:1].isspace(), line[-1:].isspace()
        if lead:
            walk.galley.space()
        walk.galley.add(line.strip(" \t"), emphasis=bool(how.emphasis), kind=kind)
        if tail:
            walk.galley.space()


def _set_reference(element: etree._Element, note: str, walk: _Walk, kind: Kind | None) -> None:
    """Set the mark of a note: its number in the order of citing, if its text brings none."""
    note_id = value(element, "w:id") or ""
    if note_id not in walk.notes[note]:
        return
    number = sum(cited[0] == note for cited in walk.cited) + 1
    custom = value(element, "w:customMarkFollows") in ("1", "true", "on")
    mark = "*" if custom else roman(number) if note == "endnote" else str(number)
    walk.cited.append((note, note_id, mark))
    if not custom:
        walk.galley.mark(mark)


def _set_alternative(element: etree._Element, walk: _Walk) -> None:
    """Keep the text boxes of the first alternative, of which the others are copies."""
    for choice in element:
        boxes = list(choice.iter(qn("w:txbxContent")))
        if boxes:
            walk.boxes += boxes
            return
