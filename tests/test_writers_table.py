"""CSV holds a row a clause, and nothing that a spreadsheet would run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.document import Clause, Document, Item
from whereas.writers import load_format

CLAUSES = (
    Clause(zone="preambular", text="Noting wind,", opening="Noting"),
    Clause(
        zone="operative",
        number="1.",
        text='Urges "calm":',
        items=(Item(number="(a)", text="now;"),),
        function="operative.appeal",
        also=("operative.notice", "operative.concern"),
        addressees=("states",),
        score=0.91234567,
        review=True,
    ),
)
DOCUMENT = Document(id="K/1", symbol="K/1", language="en", title="Kites", clauses=CLAUSES)


def rows(document: Document) -> list[dict[str, str]]:
    form = load_format("csv")
    return list(csv.DictReader(io.StringIO(form.header + form.write(document), newline="")))


def test_a_row_says_all_about_a_clause() -> None:
    first, second = rows(DOCUMENT)
    assert (first["document"], first["clause"], first["text"]) == ("K/1", "1", "Noting wind,")
    assert (first["function"], first["score"], first["review"]) == ("", "", "")
    assert second == {
        **dict.fromkeys(("organ", "adopted", "opening"), ""),
        "document": "K/1",
        "symbol": "K/1",
        "language": "en",
        "title": "Kites",
        "clause": "2",
        "zone": "operative",
        "number": "1.",
        "function": "operative.appeal",
        "also": "operative.notice; operative.concern",
        "addressees": "states",
        "score": "0.9123",
        "review": "yes",
        "text": 'Urges "calm": (a) now;',
    }


def test_documents_follow_one_another_under_one_header() -> None:
    form = load_format("csv")
    assert form.joins
    assert (form.header + form.write(DOCUMENT) * 2).count("\r\n") == 5


def test_a_byte_order_mark_is_put_first_if_asked_for() -> None:
    assert load_format("csv", bom=True).header == "\ufeff" + load_format("csv").header
    assert not load_format("jsonl", bom=True).header


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "\0="])
def test_no_cell_is_a_formula(start: str) -> None:
    clause = Clause(zone="operative", text=f"{start}cmd|'/C calc'!A0", number="-1")
    (row,) = rows(Document(id="=1", clauses=(clause,)))
    assert row["text"].startswith("'")
    assert (row["document"], row["number"]) == ("'=1", "'-1")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    (row,) = rows(Document(id="x", clauses=(Clause(zone="operative", text=text),)))
    assert row["text"].removeprefix("'") == text.replace("\0", "").removeprefix("'")
