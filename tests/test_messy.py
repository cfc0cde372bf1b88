"""Messy copies keep every word of the record, and know where each clause went."""

import itertools
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.document import Clause, Document, Item, Region
from whereas.messy import Layout, mess_up

TEXT = """The Lamp Council,

Recalling its decision 4,1 which lit the north mole,

1. Requests the Harbour Master:

(a) To light the self-governing quays immediately;

before winter.

1 Decisions, vol. 2."""


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


RECORD = Document(
    id="lamps",
    symbol="LC/7",
    title="On lamps",
    text=TEXT,
    structure=(
        Region(kind="formula", spans=(span("The Lamp Council,"),)),
        Region(kind="footnote", spans=(span("1 Decisions, vol. 2."),)),
    ),
    clauses=(
        Clause(
            zone="preambular",
            text="Recalling its decision 4, which lit the north mole,",
            spans=(span("Recalling its decision 4,"), span("which lit the north mole,")),
            function="preambular.precedent",
        ),
        Clause(
            zone="operative",
            number="1.",
            text="Requests the Harbour Master: before winter.",
            spans=(span("1. Requests the Harbour Master:"), span("before winter.")),
            items=(
                Item(
                    number="(a)",
                    text="To light the self-governing quays immediately;",
                    spans=(span("(a) To light the self-governing quays immediately;"),),
                ),
            ),
        ),
    ),
)

layouts = st.sampled_from(get_args(Layout))
seeds = st.integers(0, 10_000)


def letters(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


def quoted(document: Document, spans: tuple[tuple[int, int], ...]) -> str:
    assert document.text is not None
    return letters("".join(document.text[start:end] for start, end in spans))


@given(layouts, seeds)
def test_a_messy_clause_has_the_letters_of_the_clean_one(layout: Layout, seed: int) -> None:
    messy = mess_up(RECORD, layout=layout, seed=seed)
    for old, new in zip(RECORD.clauses, messy.clauses, strict=True):
        assert quoted(messy, new.spans) == quoted(RECORD, old.spans)
        assert new.model_copy(update={"spans": (), "items": ()}) == old.model_copy(
            update={"spans": (), "items": ()}
        )
        for before, after in zip(old.items, new.items, strict=True):
            assert quoted(messy, after.spans) == quoted(RECORD, before.spans)


@given(layouts, seeds)
def test_no_word_is_lost_and_only_furniture_is_new(layout: Layout, seed: int) -> None:
    messy = mess_up(RECORD, layout=layout, seed=seed)
    assert messy.text is not None
    furniture = [r.spans for r in messy.structure if r.kind == "furniture"]
    added = "".join(quoted(messy, spans) for spans in furniture)
    assert sorted(letters(messy.text)) == sorted(letters(TEXT) + added)


@given(layouts, seeds)
def test_the_spans_of_a_messy_copy_never_overlap(layout: Layout, seed: int) -> None:
    messy = mess_up(RECORD, layout=layout, seed=seed)
    spans = [span for region in messy.structure for span in region.spans]
    for clause in messy.clauses:
        spans += [*clause.spans, *(span for item in clause.items for span in item.spans)]
    spans.sort()
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_the_same_seed_gives_the_same_copy_and_another_seed_another() -> None:
    copies = [mess_up(RECORD, layout="ragged", seed=seed) for seed in (1, 1, 2)]
    assert copies[0] == copies[1] != copies[2]


def test_one_line_has_no_line_breaks_and_a_footnote_stands_where_its_page_ends() -> None:
    messy = mess_up(RECORD, layout="line", seed=1)
    assert messy.text is not None
    assert "\n" not in messy.text
    assert messy.text.index("vol. 2.") > messy.text.index("winter.")


def test_a_record_without_text_is_refused() -> None:
    with pytest.raises(ValueError, match="without text"):
        mess_up(Document(id="x"), layout="line", seed=1)
