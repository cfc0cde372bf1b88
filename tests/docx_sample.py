"""Word files for tests, made part by part."""

import io
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OPEN = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="{_MC}"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ROOTS = {"document": "document", "header1": "hdr"}


def docx(body: str, parts: Mapping[str, str] | None = None, **raw: bytes) -> bytes:
    """Return a Word file.

    Args:
        body: the XML inside ``<w:body>``.
        parts: the XML inside other parts, by name: styles, numbering, footnotes, header1 ...
        raw: whole members of the zip file, by their name without ``word/`` and ``.xml``.
    """
    inside = {"document": f"<w:body>{body}</w:body>", **(parts or {})}
    members = {name: _part(_ROOTS.get(name, name), xml) for name, xml in inside.items()} | raw
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" '
        f'ContentType="{_TYPE}.{"document.main" if name == "document" else _kind(name)}+xml"/>'
        for name in members
    )
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_R}/{_kind(name)}" Target="{name}.xml"/>'
        for n, name in enumerate(members)
        if name != "document"
    )
    rels = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    types = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types {types}>{default}.relationships+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships {rels}><Relationship Id="r1" Type="{_R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"<Relationships {rels}>{relations}</Relationships>",
        **{f"word/{name}.xml": data for name, data in members.items()},
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _part(root: str, xml: str) -> bytes:
    return f"<?xml version='1.0'?><w:{root} {_OPEN}>{xml}</w:{root}>".encode()


def run(text: str, properties: str = "") -> str:
    """Return a run of text; ``properties`` are switches such as ``<w:i/>``."""
    kept = 'xml:space="preserve"'
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t {kept}>{text}</w:t></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    """Return a paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """Return a paragraph of a numbered list."""
    place = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    return paragraph(run(text), properties=f"<w:numPr>{place}</w:numPr>")


def level(at: int, form: str, text: str, extra: str = "") -> str:
    """Return one level of a list's numbering."""
    return (
        f'<w:lvl w:ilvl="{at}">{extra}<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of cells, each given as the XML of its paragraphs."""
    cells = (f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{''.join(cells)}</w:tbl>"
