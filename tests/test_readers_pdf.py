"""PDF pages become text in reading order; what layout proves to be no clause is a region."""

import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pdf_sample import Show, assemble, glyphs, page, pdf
from whereas.document import Document, Kind
from whereas.errors import ReadError
from whereas.readers import pdf as reader
from whereas.readers.pdf.bidi import mirrored, reading_order
from whereas.readers.pdf.lines import page_lines
from whereas.readers.pdf.regions import note_marks

SHARED = Path(__file__).parents[2] / "shared" / "corpora" / "pdf"
BODY = "the kites of the province fly well in spring and the strings hold in the wind"


def document(data: bytes) -> Document:
    (found,) = reader.read(data, "kites.pdf")
    return found


def texts(found: Document, kind: Kind) -> list[str]:
    assert found.text is not None
    return [
        found.text[start:end]
        for region in found.structure
        if region.kind == kind
        for start, end in region.spans
    ]


def emphasis(found: Document) -> list[str]:
    assert found.text is not None
    return [found.text[start:end] for start, end in found.emphasis]


def block(lines: Iterable[str], x: float, y: float, **how: float) -> list[Show]:
    return [Show(line, x, y - 12 * n, **how) for n, line in enumerate(lines)]  # type: ignore[arg-type]


def two_pages() -> list[list[Show]]:
    """A resolution as the General Assembly sets it, cut by a page break in a clause."""
    first = [
        Show("Recalling", 120, 700, font="italic"),
        Show("that " + BODY[:40], 166, 700),
        *block([BODY] * 20, 100, 688),
        Show("and the kites", 100, 448),
        Show("1", 152, 452, size=6),
        Show("of", 164, 448),
        Show("_" * 18, 80, 120, size=8),
        Show("1", 100, 108, size=5),
        Show("See the kite ledger.", 106, 104, size=8),
        Show("1/2", 60, 50, size=8, font="bold"),
        Show("18-17962", 480, 50, size=7),
    ]
    second = [
        Show("K/RES/7", 60, 750, size=8, font="bold"),
        Show("all the provinces,", 100, 700),
        Show("1.", 120, 682),
        Show("Requests", 140, 682, font="italic"),
        Show("a report;", 184, 682),
        Show("2/2", 60, 50, size=8, font="bold"),
    ]
    return [first, second]


def test_a_page_break_does_not_break_a_clause() -> None:
    found = document(pdf(two_pages()))
    assert texts(found, "footnote") == ["1", "1 See the kite ledger."]
    assert texts(found, "furniture") == ["_" * 18, "1/2\n18-17962\nK/RES/7", "2/2"]
    assert emphasis(found)[:1] == ["Recalling"]
    assert "Requests" in emphasis(found)
    assert found.text is not None
    assert "and the kites1 of\n____" in found.text
    assert "K/RES/7\nall the provinces,\n\n1. Requests a report;" in found.text


def test_a_page_that_lies_on_its_side_is_turned() -> None:
    assert document(pdf(two_pages(), turned=True)).text == document(pdf(two_pages())).text


def test_words_that_kerning_broke_are_mended() -> None:
    line = [*glyphs("Confere", 100, 100), *glyphs("nce", 136, 100), *glyphs("hall", 155, 100)]
    assert [found.text for found in page_lines(page(line))] == ["Conference hall"]


def test_a_printed_space_that_takes_no_room_is_none() -> None:
    squeezed = [*glyphs("peopl", 100, 100), *glyphs(" ", 125, 100, width=0.05)]
    line = [*squeezed, *glyphs("e and", 125.5, 100), *glyphs("wind", 155, 100)]
    assert [found.text for found in page_lines(page(line))] == ["people and wind"]


def test_spaced_out_type_is_not_taken_apart() -> None:
    letters = [glyph for n, char in enumerate("DECISION") for glyph in glyphs(char, n * 9, 100)]
    (line,) = page_lines(page(letters))
    assert line.text == "DECISION"


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    line = [*glyphs("Decides", 100, 100), *glyphs("Decides", 100.3, 100, order=50)]
    assert [found.text for found in page_lines(page(line))] == ["Decides"]


def test_columns_are_read_one_after_the_other() -> None:
    rows = range(100, 200, 12)
    left = [glyphs("left column words that go on", 50, y) for y in rows]
    right = [glyphs("right column words go on too", 320, y + 3) for y in rows]
    title = glyphs("A title that stands over both of the columns of this page", 60, 60)
    found = page_lines(page(title, *left, *right))
    assert [line.column for line in found] == [0] + [1] * len(left) + [2] * len(right)
    assert found[1].text.startswith("left")


def test_numbers_before_hanging_paragraphs_are_no_column() -> None:
    rows = list(range(100, 200, 12))
    numbers = [glyphs(f"{n}.", 50, y) for n, y in enumerate(rows)]
    words = [glyphs("Decides to let the kites fly in the spring", 80, y) for y in rows]
    found = page_lines(page(*numbers, *words))
    assert found[0].text == "0. Decides to let the kites fly in the spring"


def test_a_raised_mark_stands_in_its_line_whatever_its_size() -> None:
    line = glyphs("the kites of the province;", 100, 150)
    found = page_lines(page(line, glyphs("3", 231, 143, size=9.6)))
    assert [(line.text, line.raised) for line in found] == [
        ("the kites of the province;3", ((26, 27),))
    ]


def test_chinese_has_no_spaces_between_its_characters() -> None:
    spread = [
        g for n, char in enumerate("大会回顾其决议") for g in glyphs(char, n * 12, 100, width=1.0)
    ]
    assert [found.text for found in page_lines(page(spread))] == ["大会回顾其决议"]


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("ريرقتلا", "التقرير"),
        ("25 ماع", "عام 25"),
        ("2015/70 رارقلا", "القرار 2015/70"),
        ("Kites of the World ناونع", "عنوان Kites of the World"),
        ("25.5% ةبسن", "نسبة 25.5%"),
        ("2015 لوليأ 25", "25 أيلول 2015"),
    ],
)
def test_lines_that_run_to_the_left(seen: str, read: str) -> None:
    assert "".join(seen[at] for at in reading_order(seen)) == read


def test_every_character_of_a_line_is_kept_once() -> None:
    line = "Aب1 /٢%ج(-"
    assert sorted(reading_order(line)) == list(range(len(line)))


def test_brackets_face_each_other() -> None:
    assert mirrored("قرار )أ( و)ب(") == "قرار (أ) و(ب)"
    assert mirrored("قرار (أ) و(ب)") == "قرار (أ) و(ب)"
    assert mirrored("قرار )70/1) و(ب)") == "قرار (70/1) و(ب)"
    assert mirrored("قرار (70/1( ثم") == "قرار (70/1) ثم"
    assert mirrored("تابع) ثم") == "تابع) ثم"


def test_arabic_words_part_where_pdfium_parts_them() -> None:
    first = [replace(glyph, word=1) for glyph in glyphs("تقرر", 500, 100, rtl=True)]
    second = [replace(glyph, word=2) for glyph in glyphs("أن", 479.5, 100, rtl=True)]
    assert [found.text for found in page_lines(page(first, second))] == ["تقرر أن"]
    joined = [replace(glyph, word=1) for glyph in glyphs("أن", 477, 100, rtl=True)]
    assert [found.text for found in page_lines(page(first, joined))] == ["تقررأن"]


def test_an_arabic_page_is_read_from_the_right() -> None:
    line = [
        *glyphs("تقرر الجمعية", 500, 100, rtl=True),
        *glyphs("70", 425, 100),
        *glyphs("و", 420, 100, rtl=True),
    ]
    assert [found.text for found in page_lines(page(line))] == ["تقرر الجمعية 70 و"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[]]), "no text"),
        (pdf([two_pages()[0]])[:200], "damaged"),
        (b"%PDF-1.7 and nothing else", "damaged"),
    ],
    ids=["scan", "cut", "empty"],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"^kites\.pdf: [^\n]*{reason}"):
        document(data)


def test_an_encrypted_file_is_named() -> None:
    lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]"
    data = pdf(two_pages(), trailer_extra=lock.format("ab" * 32))
    with pytest.raises(ReadError, match="encrypted; save it without a password"):
        document(data)


def test_a_page_tree_that_bites_its_tail() -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 1000000000 >>",
    ]
    with pytest.raises(ReadError, match="damaged"):
        document(assemble(objects))


def packed(content: bytes) -> bytes:
    """Return a file whose one page has this content, packed tightly."""
    data = zlib.compress(content, 9)
    font = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources "
            + font
            + b" >>",
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(data), data),
        ]
    )


def forms(levels: int, times: int, end: bytes = b"") -> bytes:
    """Return a file with forms that draw forms, each several times, down to one that does not."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << "
        b"/XObject << /X 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    for level in range(levels):
        last = level == levels - 1
        draw = end if last else b"/X Do " * times
        inside = b"" if last else b"/XObject << /X %d 0 R >>" % (len(objects) + 2)
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << %s >> /Length %d"
            b" >>\nstream\n%s\nendstream" % (inside, len(draw), draw)
        )
    return assemble(objects)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed(b" " * (80 * 2**20)), "object 4 unpacks to too much"),
        (packed(b"BT /F 9 Tf " + b"(a wordy page) Tj " * 300_000), "object 4 unpacks to too much"),
        (packed(b"BT /F 9 Tf " + b"(aaaaaaaaaaaa) Tj " * 20_000), "page 1 has more than 200000"),
        (forms(20, 10), "draws forms within forms too often"),
        (forms(2, 4, end=b"/X Do /X Do "), "draws forms within forms too often"),
    ],
    ids=["bomb", "wordy", "crowded", "forms", "circle"],
)
def test_files_made_to_do_harm_are_turned_away(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=f"^kites.pdf: {reason}"):
        document(data)


def test_a_few_nested_forms_do_no_harm() -> None:
    with pytest.raises(ReadError, match="has no text"):
        document(forms(3, 4))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_damage_gives_a_document_or_one_line_of_error(data: st.DataObject) -> None:
    whole = bytearray(pdf(two_pages()))
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        outcome = document(bytes(whole)).text or ""
    except ReadError as error:
        outcome = str(error)
        assert "\n" not in outcome
    assert outcome


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the PDF files of ../shared/corpora")
@pytest.mark.parametrize("name", ["A_RES_73_6-EN.pdf", "A_RES_73_3-EN.pdf", "WHA66.10.pdf"])
def test_real_files(name: str) -> None:
    found = document((SHARED / name).read_bytes())
    assert found.text is not None
    assert "Confere nce" not in found.text
    notes = [note for note in texts(found, "footnote") if len(note) > 3]
    assert notes
    assert all(note[0].isdigit() or "/" in note for note in notes)


def test_a_comma_that_is_raised_with_its_mark_is_no_mark() -> None:
    line = glyphs("of the kites", 100, 150)
    (found,) = page_lines(page(line, glyphs(",", 160, 145), glyphs("1", 165, 144, size=7)))
    assert found.text == "of the kites,1"
    assert note_marks(found) == [(13, 14)]


def test_a_power_is_no_mark() -> None:
    (found,) = page_lines(page(glyphs("of 5 km", 100, 150), glyphs("2", 135, 146, size=6)))
    assert (found.text, note_marks(found)) == ("of 5 km2", [])
