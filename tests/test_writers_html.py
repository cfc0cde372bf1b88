"""The page shows the whole document, safely, and needs nothing else."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from whereas.document import Clause, Document, Item, Region
from whereas.writers import load_format

TEXT = "The Kites,\n\nNoting wind,1\n\n1. Urges calm:\n\n(a) now;\n\n1 See rain.\n\nAnnex\n\nMore"


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


DOCUMENT = Document(
    id="K/1",
    symbol="K/RES/1",
    language="en",
    organ="Kite Assembly",
    title="Kites & strings",
    text=TEXT,
    structure=(
        Region(kind="formula", spans=(at("The Kites,"),)),
        Region(kind="footnote", spans=((24, 25),)),
        Region(kind="footnote", spans=(at("1 See rain."),)),
        Region(kind="annex", spans=(at("Annex\n\nMore"),)),
    ),
    clauses=(
        Clause(
            zone="preambular", text="Noting wind,", opening="Noting", spans=(at("Noting wind,"),)
        ),
        Clause(
            zone="operative",
            number="1.",
            text="Urges calm:",
            spans=(at("1. Urges calm:"),),
            opening="Urges",
            items=(Item(number="(a)", text="now;", spans=(at("(a) now;"),)),),
            function="operative.appeal",
            also=("operative.concern",),
            addressees=("states",),
            score=0.9,
            scores={"operative.appeal": 0.9, "operative.concern": 0.1},
            review=True,
        ),
    ),
)


def page(document: Document) -> Any:
    return html.document_fromstring(load_format("html").write(document))


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_all_parts_are_shown_in_order() -> None:
    shown = page(DOCUMENT)
    assert words(shown.find(".//h1")) == "Kites & strings"
    main = shown.find(".//main")
    assert [child.get("class") or child.tag for child in main] == [
        "running formula",
        "clause preambular",
        "clause operative",
        "annex",
        "notes",
    ]
    assert words(main.find(".//section")) == "1 See rain."
    assert words(main.find(".//details")) == "Annex Annex More"


def test_a_clause_tells_its_function_scores_and_addressees() -> None:
    clause = page(DOCUMENT).xpath("//article")[1]
    assert words(clause.find_class("words")[0]) == "1. Urges calm: (a) now;"
    assert words(clause.find(".//em")) == "Urges"
    labels = words(clause.find_class("labels")[0])
    assert labels == "Appeal 90.0% Appeal 90.0% Concern 10.0% + Concern → States review"
    assert clause.get("data-function") == "operative.appeal"


def test_the_legend_counts_and_filters() -> None:
    buttons = page(DOCUMENT).xpath("//aside//button[@data-function]")
    assert [(button.get("data-function"), words(button)) for button in buttons] == [
        ("preambular", "Preambular clause 1"),
        ("operative.appeal", "Appeal 1"),
    ]
    assert all(button.get("aria-pressed") == "false" for button in buttons)


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", None), (None, None)])
def test_arabic_is_set_from_right_to_left(language: str | None, direction: str | None) -> None:
    shown = page(DOCUMENT.model_copy(update={"language": language})).find(".//main")
    assert (shown.get("lang"), shown.get("dir")) == (language, direction)


def test_nothing_is_asked_of_the_network() -> None:
    written = load_format("html").write(DOCUMENT)
    assert not re.search(r"https?:|url\(|@import|<link|\ssrc=", written)
    assert "default-src 'none'" in written


def test_a_document_without_text_or_clauses_says_so() -> None:
    assert "No clauses were found" in words(page(Document(id="K/2")).find(".//main"))
    assert words(page(Document(id="K/2")).find(".//h1")) == "K/2"


def filled(text: str) -> Document:
    """Return a document that says ``text`` wherever it can."""
    clause = Clause(
        zone="operative",
        text=text,
        number=text,
        items=(Item(number=text, text=text),),
        function=f"operative.{text}",
        also=(text,),
        addressees=(text,),
        scores={text: 1.0},
        score=1.0,
    )
    note = Region(kind="other", spans=((0, len(text)),))
    facts = {"id": text, "symbol": text, "title": text, "language": text, "organ": text}
    return Document(**facts, text=text, clauses=(clause,), structure=(note,))


NASTY = "<script>alert(1)</script>\"'&{{ 7 * 7 }}</style></title><!--"


@given(st.one_of(st.just(NASTY), st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)))
def test_whatever_a_document_holds_stays_text(text: str) -> None:
    shown, plain = page(filled(text)), page(filled("plain"))
    tags = [element.tag for element in shown.iter()]
    assert tags == [element.tag for element in plain.iter()]
    assert text in shown.find(".//h1").text_content()
