"""Where fuzzing starts: small inputs of each kind, made by the project's own samples."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

from akn_sample import akn, container, italic, main_body, note, paragraph, preamble
from docx_sample import docx
from pdf_sample import Show, pdf

EXAMPLES = sorted((Path(__file__).parents[2] / "data" / "examples").glob("*.txt"))


def _texts() -> list[bytes]:
    whole = [path.read_bytes() for path in EXAMPLES]
    flowing = [b" ".join(text.split()) for text in whole[:3]]
    return [*whole, *flowing, whole[0].decode().encode("utf-16"), whole[1][:60]]


def _pdfs() -> list[bytes]:
    page = [
        Show("Recalling", 120, 700, font="italic"),
        Show("its resolution on kites,", 166, 700),
        Show("1", 280, 704, size=6),
        Show("1. Decides to fly;", 120, 670),
        Show("_" * 18, 80, 120),
        Show("1 See the kite ledger.", 100, 104, size=8),
        Show("1/2", 60, 50, size=8, font="bold"),
    ]
    return [pdf([page]), pdf([page, page], turned=True), pdf([[]])]


def _docx() -> list[bytes]:
    body = (
        "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Recalling</w:t></w:r>"
        "<w:r><w:t> kites,</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        '<w:r><w:t>Decides;</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>(a)</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    parts = {
        "numbering": '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val='
        '"decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num>',
        "footnotes": '<w:footnote w:id="2"><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote>',
    }
    return [docx(body), docx(body, parts)]


def _pages() -> list[bytes]:
    return [
        b"<!DOCTYPE html><html><nav>Home</nav><main><h1>Kites</h1><p><i>Recalling</i> wind,"
        b"<ol><li>Decides<sup>1</sup>;<ol type=a><li>To fly;</ol></ol></main></html>",
        b'<table><tr><td>1.<td>Requests <b>all</b></table><p hidden>no<p style="display:none">no',
    ]


def _akn() -> list[bytes]:
    clause = container("Recalling", f" the wind{note('1', 'See above.')},")
    points = "<num>1.</num><list><intro><p>Urges:</p></intro><point><num>(a)</num><p>Wind;</p>"
    body = main_body(
        paragraph(f"{italic('Decides')} to fly;", "1."),
        paragraph("(a) To land;"),
        f"<paragraph>{points}</point></list></paragraph>",
    )
    return [akn(preamble(clause), body), akn(preamble(clause)), akn(body, language="ara")]


def _docling() -> list[bytes]:
    blocks = [
        {"type": "heading", "level": 2, "text_fr": "Le Congrès,", "text_en": "The Congress,"},
        {"type": "list", "items_fr": ["1. Décide ;"], "items_en": ["1. Decides;"]},
    ]
    texts = [{"label": "footnote", "text": "1 See.", "marker": "1"}]
    exported = {"schema_name": "DoclingDocument", "texts": texts}
    return [json.dumps(tree).encode() for tree in (blocks, exported)]


def _argmining() -> list[bytes]:
    paragraphs = [
        {"para_number": n, "para": words, "para_en": words, "type": zone}
        for n, (words, zone) in enumerate([("Notant,", "preambular"), ("1) Prie ;", None)], 1)
    ]
    return [json.dumps({"TEXT_ID": "K", "body": {"paragraphs": paragraphs}}).encode()]


def _records() -> list[bytes]:
    clause = {"zone": "operative", "number": "1.", "text": "Decides:", "spans": [[0, 8]]}
    item = {"number": "(a)", "text": "To fly.", "level": 2, "spans": [[9, 16]]}
    said = {"function": "operative.procedure", "score": 0.5, "scores": {"other": 0.5}, "x": [None]}
    text = "Decides: To fly."
    record = {"schema": 1, "id": "K", "text": text, "clauses": [clause | said | {"items": [item]}]}
    region = {"kind": "title", "spans": [[0, 7]]}
    return [
        json.dumps(record).encode(),
        json.dumps({"id": "K", "text": text, "structure": [region]}).encode() + b"\n\n",
    ]


def _archives() -> list[bytes]:
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a/b.txt", "Decides")
    with tarfile.open(fileobj=tarred, mode="w:gz") as tar:
        member = tarfile.TarInfo("a/b.txt")
        member.size = 7
        tar.addfile(member, io.BytesIO(b"Decides"))
    return [b"\x00" + zipped.getvalue(), b"\x02" + tarred.getvalue(), b"\x01" + bytes(1024)]


def seeds(target: str) -> list[bytes]:
    """Return the inputs from which the fuzzing of a target starts."""
    made = {
        "text": _texts,
        "pdf": _pdfs,
        "docx": _docx,
        "html": _pages,
        "akn": _akn,
        "docling": _docling,
        "argmining": _argmining,
        "records": _records,
        "archive": _archives,
        "words": _texts,
    }
    if target == "segmenter":
        return [bytes([n]) + text for n, text in enumerate(_texts())]
    if target == "anything":
        return [data for name, make in made.items() if name != "words" for data in make()]
    return made[target]()
