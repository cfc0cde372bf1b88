"""Messy copies keep every word of the record, and know where each clause went."""

import itertools
import re
import unicodedata
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


def unspaced(language: str, preamble: str, order: str) -> Document:
    """A record of two long clauses, the second numbered, as these scripts print them."""
    text = f"{preamble}\n\n{order}"
    return Document(
        id=language,
        language=language,
        symbol="LC/8",
        text=text,
        clauses=(
            Clause(zone="preambular", text=preamble, spans=((0, len(preamble)),)),
            Clause(zone="operative", text=order, spans=((len(preamble) + 2, len(text)),)),
        ),
    )


CHINESE = unspaced(
    "zh",
    "回顾其2019年3月4日关于港口灯火的第12/7号决定，其中请港务长每年至少检查一次北防波堤、"
    "南码头和“三石礁”的灯塔，" * 3,
    "1. 请港务长于2021年6月30日前点亮（a）北防波堤；（b）南码头，并向灯火理事会提出报告。" * 3,
)
ARABIC = unspaced(
    "ar",
    "إذ تشير إلى مقررها 12/7 المؤرخ 4 آذار/مارس 2019 بشأن أضواء الموانئ وسلامة الملاحين، " * 4,
    "1 - تطلب إلى مدير الميناء أن يضيء الأرصفة الشمالية والجنوبية قبل حلول فصل الشتاء. " * 4,
)
RECORDS = (RECORD, CHINESE, ARABIC)

records = st.sampled_from(RECORDS)
layouts = st.sampled_from(get_args(Layout))
seeds = st.integers(0, 10_000)


def letters(text: str) -> str:
    return re.sub(r"[\s\u0640-]", "", unicodedata.normalize("NFKC", text))


def quoted(document: Document, spans: tuple[tuple[int, int], ...]) -> str:
    assert document.text is not None
    return letters("".join(document.text[start:end] for start, end in spans))


@given(records, layouts, seeds)
def test_a_messy_clause_has_the_letters_of_the_clean_one(
    record: Document, layout: Layout, seed: int
) -> None:
    messy = mess_up(record, layout=layout, seed=seed)
    for old, new in zip(record.clauses, messy.clauses, strict=True):
        assert quoted(messy, new.spans) == quoted(record, old.spans)
        assert new.model_copy(update={"spans": (), "items": ()}) == old.model_copy(
            update={"spans": (), "items": ()}
        )
        for before, after in zip(old.items, new.items, strict=True):
            assert quoted(messy, after.spans) == quoted(record, before.spans)


@given(records, layouts, seeds)
def test_no_word_is_lost_and_only_furniture_is_new(
    record: Document, layout: Layout, seed: int
) -> None:
    messy = mess_up(record, layout=layout, seed=seed)
    assert messy.text is not None
    assert record.text is not None
    furniture = [r.spans for r in messy.structure if r.kind == "furniture"]
    added = "".join(quoted(messy, spans) for spans in furniture)
    assert sorted(letters(messy.text)) == sorted(letters(record.text) + added)


@given(records, layouts, seeds)
def test_the_spans_of_a_messy_copy_never_overlap(
    record: Document, layout: Layout, seed: int
) -> None:
    messy = mess_up(record, layout=layout, seed=seed)
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


def columns(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "FW") for char in line)


@given(seeds)
def test_chinese_lines_are_full_and_end_where_chinese_lines_may(seed: int) -> None:
    lines = mess_up(CHINESE, layout="ragged", seed=seed).text.splitlines()  # type: ignore[union-attr]
    assert max(map(columns, lines)) in range(58, 67)
    assert not [line for line in lines if line[0] in "，。、；）”" or line[-1] in "（“-"]


def test_a_pdf_reader_sets_chinese_numbers_apart() -> None:
    text = mess_up(CHINESE, layout="ragged", seed=1).text
    assert text is not None
    assert re.search(r"[^\W\d] \d+ 年", text)
    assert "2019年3月4日" in (mess_up(CHINESE, layout="pages", seed=1).text or "")


@given(layouts, seeds)
def test_arabic_words_are_never_divided_and_break_only_where_letters_do_not_join(
    layout: Layout, seed: int
) -> None:
    messy = mess_up(ARABIC, layout=layout, seed=seed)
    assert messy.text is not None
    assert ARABIC.text is not None
    furniture = {word for r in messy.structure for word in quoted_words(messy, r)}
    whole = set(ARABIC.text.split())
    plain = unicodedata.normalize("NFKC", messy.text).replace("\u0640", "")
    for word in set(plain.split()) - whole - furniture:
        assert not word.endswith("-")
        assert word[-1] in "اأإآدذرزوؤةى" or any(other.endswith(word) for other in whole), word


def test_the_line_layout_leaves_arabic_in_presentation_forms() -> None:
    record = Document(id="ar", language="ar", text="الميناء لا يضاء ليلا")
    found = (mess_up(record, layout="line", seed=7).text or "").split()[:4]
    assert found == ["ﺍﻟﻤﻴﻨﺎﺀ", "ﻻ", "ﻳﻀﺎﺀ", "ﻟﻴﻼ"]


def quoted_words(document: Document, region: Region) -> list[str]:
    assert document.text is not None
    return [word for start, end in region.spans for word in document.text[start:end].split()]


WORDS = {
    "en": "recommendations concerning",
    "es": "celebrada inmediatamente",
    "fr": "infirmières précédemment",
    "ru": "Ассамблея безопасность",
}


@pytest.mark.parametrize("language", WORDS)
def test_words_are_divided_between_syllables(language: str) -> None:
    text = " ".join(f"{WORDS[language]} {'a' * (n % 23)}" for n in range(200))
    lines = (mess_up(Document(id="x", text=text), layout="ragged", seed=1).text or "").splitlines()
    heads = {line.split()[-1] for line in lines if line.endswith("-")}
    assert len(heads) > 3
    for head in heads:
        rest = next(w for w in WORDS[language].split() if w.startswith(head[:-1]))[len(head) - 1 :]
        syllable = unicodedata.normalize("NFD", rest.lower())
        assert re.match(r"[^aeiouyаеиоуыэюя]\u0306?[aeiouyаеиоуыэюя]", syllable), (head, rest)


def test_only_good_readers_keep_no_break_spaces() -> None:
    record = Document(id="fr", language="fr", text="Décide :\xa0rien\xa0;")
    assert "\xa0" in (mess_up(record, layout="pages", seed=1).text or "")
    assert "\xa0" not in (mess_up(record, layout="ragged", seed=1).text or "")


def test_a_record_without_text_is_refused() -> None:
    with pytest.raises(ValueError, match="without text"):
        mess_up(Document(id="x"), layout="line", seed=1)
