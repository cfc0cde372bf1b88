"""Word files give what Word shows once all changes are accepted."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docx_sample import docx, level, numbered, paragraph, run, table
from whereas.document import Document, Kind
from whereas.errors import ReadError
from whereas.readers import docx as reader
from whereas.readers import read_bytes
from whereas.segmenter import segment

LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "(%2)")
    + level(2, "lowerRoman", "(%3)")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1">'
    + level(0, "upperRoman", "%1", '<w:start w:val="4"/>')
    + level(1, "decimal", "%1.%2")
    + level(2, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    + '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)
FOOTNOTES = (
    '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", run(" See wind."))}'
    "</w:footnote>"
    f'<w:footnote w:id="5">{paragraph(run("See rain."))}</w:footnote>'
)
CITE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def one(data: bytes) -> Document:
    (document,) = read_bytes(data, "kites.docx")
    return document


def text(body: str, **parts: str) -> str | None:
    return one(docx(body, parts)).text


def region(document: Document, kind: Kind) -> list[str]:
    words = document.text or ""
    return [words[a:b] for one in document.structure if one.kind == kind for a, b in one.spans]


def test_paragraphs_line_breaks_and_tabs() -> None:
    body = paragraph(run("Noting "), run("wind,"), "<w:r><w:br/><w:t>and rain,</w:t></w:r>")
    assert text(body + paragraph(run("Decides"))) == "Noting wind,\nand rain,\n\nDecides"


def test_numbers_that_word_makes_up_are_text() -> None:
    body = (
        numbered("Decides") + numbered("wind;", level=1) + numbered("rain;", level=1)
        + numbered("late;", level=2) + numbered("Urges") + numbered("snow;", level=1)
    )  # fmt: skip
    assert (text(body, numbering=LISTS) or "").split("\n\n") == [
        "1. Decides",
        "(a) wind;",
        "(b) rain;",
        "(i) late;",
        "2. Urges",
        "(a) snow;",
    ]


def test_lists_count_apart_and_start_where_they_say() -> None:
    body = numbered("a") + numbered("b", 2) + numbered("c", 2, 1) + numbered("d", 2, 2)
    body += numbered("e") + numbered("f", 3) + numbered("g", 3)
    assert (text(body, numbering=LISTS) or "").split("\n\n") == [
        "1. a",
        "IV b",
        "IV.1 c",
        "• d",
        "2. e",
        "1. f",
        "2. g",
    ]


def test_numbering_and_emphasis_come_from_styles_too() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:i/></w:rPr><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Clause"><w:basedOn w:val="Base"/></w:style>'
    )
    how = '<w:pStyle w:val="Clause"/>'
    body = paragraph(run("Decides"), run(" to fly", '<w:i w:val="0"/>'), properties=how)
    document = one(docx(body, {"styles": styles, "numbering": LISTS}))
    assert document.text == "1. Decides to fly"
    assert document.emphasis == ((3, 10),)


def test_italic_bold_and_underlined_runs_are_emphasis() -> None:
    body = paragraph(
        run("Noting ", "<w:i/>"), run("also", "<w:b/>"), run(" wind", '<w:u w:val="none"/>')
    )
    assert one(docx(body)).emphasis == ((0, 11),)


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    body = paragraph(
        run("Urges "),
        f'<w:ins w:id="1">{run("all ")}</w:ins>',
        '<w:del w:id="2"><w:r><w:delText>some </w:delText></w:r></w:del>',
        f'<w:moveFrom w:id="3">{run("old ")}</w:moveFrom>',
        f'<w:moveTo w:id="3">{run("new ")}</w:moveTo>',
        run("kites"),
    )
    assert text(body) == "Urges all new kites"


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    first = paragraph(run("Urges "), properties='<w:rPr><w:del w:id="1"/></w:rPr>')
    assert text(first + paragraph(run("calm"))) == "Urges calm"


def test_hidden_text_is_hidden() -> None:
    assert text(paragraph(run("a"), run("b", "<w:vanish/>"), run("c"))) == "ac"


def test_footnotes_stand_at_the_end_with_their_marks() -> None:
    body = paragraph(run("Notes wind,"), CITE.format(5), run(" and rain,"), CITE.format(2))
    document = one(docx(body + paragraph(run("Urges")), {"footnotes": FOOTNOTES}))
    assert document.text == "Notes wind,1 and rain,2\n\nUrges\n\n1 See rain.\n\n2 See wind."
    assert region(document, "footnote") == ["1", "2", "1 See rain.", "2 See wind."]


def test_raised_marks_are_footnotes_and_powers_are_not() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    body = paragraph(run("Notes"), run("3", raised), run(" 5 m"), run("2", raised), run(" 1"))
    assert region(one(docx(body + paragraph(run("st", raised)))), "footnote") == ["3"]


def test_tables_are_read_row_by_row() -> None:
    words = [paragraph(run(word)) for word in ("Wind", "5", "Rain", "6")]
    assert text(table((words[0], words[1]), (words[2], words[3]))) == "Wind\t5\n\nRain\t6"


def test_a_table_in_a_table_is_read_once() -> None:
    inner = table((paragraph(run("Wind")),))
    assert text(table((inner + paragraph(run("Rain")),))) == "Wind\n\nRain"


def test_text_boxes_follow_their_paragraph_and_copies_are_left_out() -> None:
    box = f"<w:txbxContent>{paragraph(run('In a box'))}</w:txbxContent>"
    alternatives = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text(paragraph(run("Before"), alternatives, run(" after"))) == "Before after\n\nIn a box"


def test_content_controls_links_and_fields_are_text() -> None:
    field = '<w:fldSimple w:instr="PAGE">' + run("7") + "</w:fldSimple>"
    link = f"<w:hyperlink>{run('A/1')}</w:hyperlink>"
    body = f"<w:sdt><w:sdtContent>{paragraph(link, field)}</w:sdtContent></w:sdt>"
    code = "<w:r><w:instrText>HYPERLINK</w:instrText></w:r>"
    assert text(body + paragraph(code, run("x"))) == "A/17\n\nx"


def test_the_page_head_is_furniture() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r1"/></w:sectPr>'
    data = docx(paragraph(run("Decides")) + section, {"header1": paragraph(run("K/RES/1"))})
    document = one(data)
    assert document.text == "K/RES/1\n\nDecides"
    assert region(document, "furniture") == ["K/RES/1"]


def test_a_word_file_is_segmented() -> None:
    body = (
        paragraph(run("The Kite Assembly", "<w:i/>"), run(","))
        + paragraph(run("Recalling", "<w:i/>"), run(" its resolution on wind,"), CITE.format(2))
        + numbered("Decides to fly:") + numbered("high;", level=1) + numbered("Requests a report.")
    )  # fmt: skip
    document = segment(one(docx(body, {"numbering": LISTS, "footnotes": FOOTNOTES})))
    assert [(clause.number, clause.text) for clause in document.clauses] == [
        (None, "Recalling its resolution on wind,"),
        ("1.", "Decides to fly:"),
        ("2.", "Requests a report."),
    ]
    assert document.clauses[1].items[0].number == "(a)"


def broken_zip() -> bytes:
    return docx(paragraph(run("x")))[:-40]


def bomb() -> bytes:
    return docx(paragraph(run("x")), None, media=b" " * (8 * 2**20))


def other_zip() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/letter.txt", "x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (broken_zip(), "damaged Word document"),
        (bomb(), "media.xml is packed too tightly"),
        (other_zip(), "is no Word document that can be read"),
        (docx("<w:p>"), "is no Word document that can be read"),
        (docx("<w:p>" * 1000 + "</w:p>" * 1000), "is no Word document that can be read"),
        (docx(paragraph()), "Word document without text"),
    ],
    ids=["cut", "bomb", "zip", "malformed", "deep", "empty"],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"^kites\.docx: [^\n]*{reason}"):
        one(data)


def test_a_part_that_would_unpack_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_LARGEST", 100)
    with pytest.raises(ReadError, match="unpacks to more than 100 bytes"):
        one(docx(paragraph(run("x"))))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damage_gives_a_document_or_one_line_of_error(data: st.DataObject) -> None:
    whole = bytearray(docx(numbered("Decides"), {"numbering": LISTS, "footnotes": FOOTNOTES}))
    for _ in range(data.draw(st.integers(1, 10))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        outcome = [document.id for document in reader.read(bytes(whole), "x.docx")]
    except ReadError as error:
        outcome = [str(error)]
    assert all("\n" not in line for line in outcome)
