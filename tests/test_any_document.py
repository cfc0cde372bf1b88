"""Laws that hold for any document there can be, however odd its texts and spans."""

import csv
import io
import json
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from whereas.document import Clause, Document, Item, Kind, Region, Spans, Zone
from whereas.prediction.output import safe_name
from whereas.readers import read_bytes
from whereas.writers import FORMATS, FormatName, load_format

SIZE = 40  # characters of the text that spans point into
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["Urges", "(a)", "1.", "=cmd", "<b>&", "\0", "\x1b[2J", "\u202e", "\ufffe", "]]>", "a\r\nb"]
)
MAYBE = st.none() | WORDS
LANGUAGE = st.sampled_from([None, "en", "fr", "es", "ru", "zh", "ar", "tlh"])


@st.composite
def spans(draw: st.DrawFn) -> Spans:
    edges = sorted(draw(st.sets(st.integers(0, SIZE), max_size=6)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


ITEMS = st.builds(Item, number=MAYBE, text=WORDS, level=st.integers(2, 9), spans=spans())
CLAUSES = st.builds(
    Clause,
    zone=st.sampled_from(get_args(Zone)),
    number=MAYBE,
    text=WORDS,
    spans=spans(),
    opening=MAYBE,
    items=st.lists(ITEMS, max_size=3).map(tuple),
    function=MAYBE,
    also=st.lists(WORDS, max_size=2).map(tuple),
    addressees=st.lists(WORDS, max_size=2).map(tuple),
    score=st.none() | st.floats(0, 1),
    scores=st.none() | st.dictionaries(WORDS, st.floats(0, 1), max_size=2),
    review=st.none() | st.booleans(),
)
REGIONS = st.builds(Region, kind=st.sampled_from(get_args(Kind)), spans=spans())


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=SIZE))
    facts = {name: draw(MAYBE) for name in ("symbol", "organ", "adopted", "title", "source")}
    return Document(
        id=draw(WORDS),
        text=text,
        language=draw(LANGUAGE),
        structure=tuple(draw(st.lists(REGIONS, max_size=3))),
        clauses=tuple(draw(st.lists(CLAUSES, max_size=3))),
        **facts,
    )


@given(documents())
def test_a_record_is_read_as_it_was_written(document: Document) -> None:
    assert Document.from_json(document.to_json(), "x") == document
    assert document.to_json().count("\n") == 0


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=40)
@given(document=documents())
def test_every_format_writes_any_document(name: FormatName, document: Document) -> None:
    written = load_format(name).write(document)
    written.encode("utf-8")
    if name == "akn":
        etree.fromstring(written.encode("utf-8"))
    elif name == "csv":
        rows = list(csv.reader(io.StringIO(written, newline="")))
        assert len(rows) == len(document.clauses)
        assert not any(
            cell.startswith(("=", "+", "-", "@", "\t", "\r")) for r in rows for cell in r
        )
    elif name in ("jsonl", "argmining"):
        json.loads(written)
    elif name == "html":
        assert "<b>&" not in written


@settings(deadline=None, max_examples=40)
@given(documents())
def test_markup_of_any_document_can_be_read(document: Document) -> None:
    (again,) = read_bytes(load_format("akn").write(document).encode("utf-8"), "x.xml")
    assert Document.from_json(again.to_json(), "x") == again


@given(documents())
def test_a_file_named_after_a_document_stays_in_its_folder(document: Document) -> None:
    for part in safe_name(document.symbol or document.id).split("/"):
        assert part not in ("", ".", "..")
        assert part.isprintable()
