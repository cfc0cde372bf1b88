"""The table for a terminal shows each clause in a row and obeys no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.document import Clause, Document, Item
from whereas.writers import load_format
from whereas.writers.terminal import render

CLAUSES = (
    Clause(zone="preambular", text="Noting wind,", opening="Noting"),
    Clause(
        zone="operative",
        number="1.",
        text="Urges calm:",
        items=(Item(number="(a)", text="now;"),),
        function="operative.appeal",
        also=("operative.concern",),
        addressees=("states",),
        score=0.9,
        review=True,
    ),
)
DOCUMENT = Document(
    id="K/1", symbol="K/RES/1", title="Kites", organ="Kite Assembly", clauses=CLAUSES
)


def test_a_row_says_all_about_a_clause() -> None:
    lines = render(DOCUMENT, 80).splitlines()
    assert lines[:2] == ["K/RES/1  Kite Assembly", "Kites"]
    assert lines[3].split() == ["No.", "Function", "To", "Score", "Clause"]
    assert lines[5].split() == ["Noting", "wind,"]
    rest = [line.split() for line in lines[7:] if line]
    assert rest == [
        ["1.", "appeal", "states", "0.90", "?", "Urges", "calm:"],
        ["+", "concern", "(a)", "now;"],
    ]


def test_columns_with_nothing_in_them_are_left_out() -> None:
    lines = render(DOCUMENT.model_copy(update={"clauses": CLAUSES[:1]}), 80).splitlines()
    assert lines[3].split() == ["No.", "Clause"]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    long = Clause(zone="operative", text="Urges " + "calm and wind " * 40)
    document = Document(id="K/1", title="Kites " * 40, clauses=(long,))
    assert max(map(len, render(document, width).splitlines())) <= width


def test_colours_are_there_only_if_asked_for() -> None:
    assert "\x1b" not in load_format("text").write(DOCUMENT)
    assert "\x1b[" in render(DOCUMENT, 80, colour=True)


def test_a_document_without_clauses_says_so() -> None:
    assert "no clauses found" in render(Document(id="K/1"), 80)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_cannot_command_the_terminal(text: str) -> None:
    clause = Clause(zone="operative", text=f"\x1b[2J{text}", number=text, function=text or None)
    shown = render(Document(id=f"[red]{text}", title=text, clauses=(clause,)), 80)
    assert not [char for char in shown if ord(char) < 32 and char != "\n"]
    assert "[red]" in shown
