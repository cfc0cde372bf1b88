"""The segmenter finds the clauses of a resolution and accounts for all of its text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.document import Document
from whereas.segment import segment

SHARED = Path(__file__).parents[2] / "shared" / "corpora" / "text"

PLAIN = """The Assembly of Lakes,

Recalling its resolution 3/4 of 2 May 2001,

Concerned at the fall of the water,

1. Calls upon all members:

(a) To measure the depth of each lake;

(b) To publish the measures;

2. Decides to meet again next year."""


def segmented(text: str, language: str | None = "en") -> Document:
    return segment(Document(id="T", text=text, language=language))


def test_clauses_items_and_formula_are_found() -> None:
    document = segmented(PLAIN)
    assert [clause.text for clause in document.clauses] == [
        "Recalling its resolution 3/4 of 2 May 2001,",
        "Concerned at the fall of the water,",
        "Calls upon all members:",
        "Decides to meet again next year.",
    ]
    assert [clause.number for clause in document.clauses] == [None, None, "1.", "2."]
    assert [item.number for item in document.clauses[2].items] == ["(a)", "(b)"]
    assert [region.kind for region in document.structure] == ["formula"]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not beside the checkout")
def test_the_page_that_began_the_project_has_its_nine_clauses() -> None:
    text = (SHARED / "A_RES_74_247_page2.txt").read_text(encoding="utf-8")
    document = segment(Document(id="page", text=text))
    assert [clause.opening for clause in document.clauses] == [
        "Recalling",
        "Noting",
        "Recalling",
        "Recalling also",
        "Noting",
        "Noting also",
        "Recalling",
        "Recalling also",
        "Taking note",
    ]
    assert document.clauses[-1].text.endswith("examining options to")
    assert document.symbol == "A/RES/74/247"


_TEXTS = st.text(alphabet="Recalinging ,.;:\n()ab12_T\f\u00a0/-") | st.text(max_size=80)


@given(_TEXTS, st.sampled_from(["en", "fr", "es", "ru", "zh", "ar", None]))
def test_each_printed_character_is_in_exactly_one_place(text: str, language: str | None) -> None:
    document = segmented(text, language)
    owned = [0] * len(text)
    for spans in [region.spans for region in document.structure] + [
        spans
        for clause in document.clauses
        for spans in (clause.spans, *(item.spans for item in clause.items))
    ]:
        for start, end in spans:
            for at in range(start, end):
                owned[at] += 1
    assert all(n == 1 or char.isspace() for n, char in zip(owned, text, strict=True))
    assert all(n <= 1 for n in owned)


@given(_TEXTS)
def test_a_segmented_document_stays_as_it_is(text: str) -> None:
    document = segmented(text)
    if document.clauses:
        assert segment(document) == document
