"""HTML pages give what they say; their navigation is no clause."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whereas.document import Document, Kind
from whereas.errors import ReadError
from whereas.readers import html, read_bytes
from whereas.segmenter import segment


def one(markup: str | bytes) -> Document:
    data = markup.encode() if isinstance(markup, str) else markup
    (document,) = read_bytes(data, "kites.html")
    return document


def body(markup: str) -> str | None:
    return one(f"<!DOCTYPE html><html><body>{markup}</body></html>").text


def region(document: Document, kind: Kind) -> list[str]:
    text = document.text or ""
    return [text[a:b] for one in document.structure if one.kind == kind for a, b in one.spans]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Noting\n  wind,</p><p>Decides</p>", "Noting wind,\n\nDecides"),
        ("Noting wind,<br>Noting rain,<br><br>Decides", "Noting wind,\nNoting rain,\n\nDecides"),
        ("<p>Noting <i>wind</i>,<p>Decides", "Noting wind,\n\nDecides"),
        ("<div>Notes<div>wind</div>and rain</div>", "Notes\n\nwind\n\nand rain"),
        ("<p>a<span style='display:none'>b</span><!-- c --><script>d</script>e", "ae"),
        ("<p hidden>a</p><p>b</p>", "b"),
        ("<pre>one\n two\n\nthree</pre>", "one\n two\n\nthree"),
        ("<p>5&nbsp;km &amp; 6&shy;7 &#x2014;</p>", "5\u00a0km & 6\u00ad7 —"),
        ("<table><tr><td>1.<td>Decides</table>", "1.\tDecides"),
        ("<table><tr><td><p>1.</p><td><p>Decides</p></table>", "1.\tDecides"),
        ("<table><tr><td>Wind<td>5<tr><td>Rain<td>6</table>", "Wind\t5\n\nRain\t6"),
    ],
)
def test_blocks_are_paragraphs(markup: str, text: str) -> None:
    assert body(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<ol><li>Decides<li>Urges</ol>", "1. Decides\n\n2. Urges"),
        (
            "<ol start=4><li>Decides<li value=7>Urges<li>Asks</ol>",
            "4. Decides\n\n7. Urges\n\n8. Asks",
        ),
        ("<ol type=a><li>wind<li>rain</ol>", "(a) wind\n\n(b) rain"),
        ("<ol style='list-style-type: lower-roman'><li>wind<li>rain</ol>", "(i) wind\n\n(ii) rain"),
        ("<ol><li>Asks<ol><li>wind</ol></ol>", "1. Asks\n\n(1) wind"),
        ("<ol><li><p>Decides</p></ol>", "1. Decides"),
        ("<ol><li>1. Decides</ol>", "1. Decides"),
        ("<ol style='list-style: none'><li>Decides</ol>", "Decides"),
        ("<ol type=I><li>Wind</ol>", "I. Wind"),
        ("<ul><li>wind</ul>", "• wind"),
    ],
)
def test_numbers_of_lists_are_text(markup: str, text: str) -> None:
    assert body(markup) == text


def test_italic_bold_and_underlined_type_is_emphasis() -> None:
    document = one("<h1>Kites</h1><p><i>Noting </i><b>also</b> <span style='font-style:italic'>x")
    text = document.text or ""
    assert [text[a:b] for a, b in document.emphasis] == ["Kites", "Noting also x"]


def test_what_surrounds_the_main_part_is_furniture() -> None:
    document = one(
        "<body><nav><a>Home</a></nav><header>Kite office</header><div class='left-sidebar'>Tags"
        "</div><main><nav>Contents</nav><header><h1>Kites</h1></header><p>Decides</p></main>"
        "<footer>Address</footer></body>"
    )
    assert region(document, "furniture") == ["Home\n\nKite office\n\nTags\n\nContents", "Address"]


def test_a_side_that_holds_the_text_is_none() -> None:
    document = one("<body><div id='navigation'><p>Decides to fly</p></div><p>x</p></body>")
    assert document.structure == ()


def test_raised_marks_and_notes_are_footnotes() -> None:
    document = one(
        "<p>Notes<sup>1</sup> 5 m<sup>2</sup> on the 1<sup>st</sup>"
        "<a role='doc-noteref'>[2]</a></p>"
        "<div id='ftn1'>1 See wind.</div>"
    )
    assert document.text == "Notes1 5 m2 on the 1st[2]\n\n1 See wind."
    assert region(document, "footnote") == ["1", "[2]", "1 See wind."]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=windows-1251>", "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        ("<meta charset=utf-8>", "utf-16"),
        ("<meta charset=no-such-thing>", "cp1251"),
        ("", "cp1251"),
        ("<meta charset=iso-8859-1>", "utf-8"),
    ],
)
def test_the_encoding_is_found(head: str, encoding: str) -> None:
    page = f"<html><head>{head}</head><body><p>Ассамблея воздушных змеев постановляет</p>"
    assert one(page.encode(encoding)).text == "Ассамблея воздушных змеев постановляет"


def test_a_page_is_segmented() -> None:
    page = (
        "<nav>Home</nav><main><h1>7/1. Kites</h1><p><i>The Kite Assembly</i>,</p><p><i>Recalling"
        "</i> its resolution on wind,<sup>1</sup></p><ol><li><i>Decides</i> to fly;<li><i>Requests"
        "</i> a report.</ol></main>"
    )
    document = segment(one(page).model_copy(update={"language": "en"}))
    assert [(clause.zone, clause.number, clause.text) for clause in document.clauses] == [
        ("preambular", None, "Recalling its resolution on wind,"),
        ("operative", "1.", "Decides to fly;"),
        ("operative", "2.", "Requests a report."),
    ]


@pytest.mark.parametrize("page", ["<html></html>", "<html><script>x</script>", "<p hidden>x"])
def test_a_page_without_text_is_named(page: str) -> None:
    with pytest.raises(ReadError, match=r"^kites\.html: HTML without any text"):
        one(page)


def test_a_page_nested_too_deep_ends_soon() -> None:
    page = "<div>" * 100_000 + "<p>x"
    try:
        outcome = one(page).text or ""
    except ReadError as error:
        outcome = str(error)
    assert outcome.splitlines()


TAGS = [
    "<p>",
    "</p>",
    "<ol>",
    "<li>",
    "</ol>",
    "<i>",
    "</i>",
    "<td>",
    "<sup>",
    "<main>",
    "<nav>",
    "<br>",
]


@given(st.lists(st.one_of(st.sampled_from(TAGS), st.text(max_size=5)), max_size=40))
def test_any_markup_gives_a_document_or_one_line_of_error(parts: list[str]) -> None:
    try:
        (document,) = html.read("".join(parts).encode("utf-8", "replace"), "x.html")
        outcome = document.text or ""
        assert outcome == outcome.strip(" \t\n")
    except ReadError as error:
        outcome = str(error)
        assert "\n" not in outcome
    assert outcome


@given(st.binary(max_size=200))
@settings(max_examples=50)
def test_any_bytes_give_a_document_or_one_line_of_error(data: bytes) -> None:
    try:
        outcome = [document.id for document in html.read(b"<p>" + data, "x.html")]
    except ReadError as error:
        outcome = [str(error)]
    assert all("\n" not in line for line in outcome)
