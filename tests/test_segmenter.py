"""The segmenter finds the clauses of a resolution and accounts for all of its text."""

import time
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.document import Document, Region
from whereas.segmenter import segment, segment_parts
from whereas.segmenter.marks import find_marks

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


FRENCH = """L’Assemblée des Lacs,

Rappelant sa résolution 3/4 du 2 mai 2001 sur la mesure des lacs et des rivières,

Préoccupée par la baisse des eaux dans toutes les régions du pays,

1. Prie les membres de mesurer la profondeur de chacun des lacs avant la fin de l’année;

2. Décide de se réunir de nouveau l’année prochaine au bord du même lac."""


def test_each_part_of_a_text_in_two_languages_is_segmented_in_its_own() -> None:
    text = f"{PLAIN}\n\n{FRENCH}"
    english, french = segment_parts(Document(id="T", text=text))
    assert (english.language, len(english.clauses)) == ("en", 4)
    assert (french.language, len(french.clauses)) == ("fr", 4)
    assert french.id == "T.fr"
    assert french.text == text
    start, end = french.clauses[0].spans[0]
    assert text[start:end].startswith("Rappelant sa résolution")


def test_two_columns_of_two_languages_are_read_apart() -> None:
    left, right = PLAIN.replace("\n\n", "\n").split("\n"), FRENCH.replace("\n\n", "\n").split("\n")
    rows = zip_longest(left, right, fillvalue="")
    text = "\n".join(f"{one:60}{other}".rstrip() for one, other in rows)
    parts = {part.language: part for part in segment_parts(Document(id="T", text=text))}
    assert parts["fr"].clauses[0].text.startswith("Rappelant")
    assert len(parts["fr"].clauses) == len(parts["en"].clauses) == 4


def test_a_text_in_one_language_has_one_part() -> None:
    assert segment_parts(Document(id="T", text=FRENCH)) == [segmented(FRENCH, None)]


@given(_TEXTS)
def test_line_endings_do_not_matter(text: str) -> None:
    unix = text.replace("\f", " ").replace("\r", " ")
    windows = segmented(unix.replace("\n", "\r\n"))
    assert [clause.text for clause in windows.clauses] == [
        clause.text for clause in segmented(unix).clauses
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1 ",
        ", ",
        "(",
        "_ ",
        "a\n",
        "A/",
        "; 1. Decides ",
        ", Recalling",
        "The General ",
        "¹",
        "1/9 ",
    ],
)
def test_time_grows_with_the_length_of_the_text_only(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        segmented(text)
        return time.process_time() - start

    assert min(seconds(80_000) / max(seconds(20_000), 0.02) for _ in range(4)) < 12


def test_a_reader_s_regions_are_kept_and_are_in_no_clause() -> None:
    text = PLAIN.replace("of the water", "of the water1").replace(
        "depth of each", "depth\n\nLakes 7\n\nof each"
    )
    mark, head = text.index("water1") + 5, text.index("Lakes 7")
    regions = (
        Region(kind="footnote", spans=((mark, mark + 1),)),
        Region(kind="furniture", spans=((head, head + 7),)),
    )
    document = segment(Document(id="T", text=text, language="en", structure=regions))
    assert document.clauses[1].text == "Concerned at the fall of the water,"
    assert document.clauses[2].items[0].text == "To measure the depth of each lake;"
    assert set(regions) <= set(document.structure)


NOTED = """The Assembly of Lakes,

Recalling its resolution 3/4,1 and the Treaty2 that followed it,

1. Decides to meet again;3

2. Decides to remain seized of the matter.

1 See A/31/4, annex.
2 Treaty Series, vol. 88.
3 Resolution 7/8."""


@pytest.mark.parametrize(
    "days",
    [
        "3 to 5 April 2018",
        "3 April 2018",
        "3 and 4 May 2018",
        "3 au 5 mai 2018",
        "3 de mayo de 2018",
    ],
)
def test_days_of_a_month_are_no_footnote_marks(days: str) -> None:
    text = f"held at Quell from 10 to 13 April 2017, {days} and by the Board, 3 which sat,"
    (mark,) = find_marks(text, [(3, len(text))])
    assert text[: mark.start].endswith("the Board, ")


def test_a_footnote_is_one_region_with_the_mark_that_calls_for_it() -> None:
    document = segmented(NOTED)
    notes = [region for region in document.structure if region.kind == "footnote"]
    quoted = [[NOTED[start:end] for start, end in note.spans] for note in notes]
    assert quoted == [
        ["1", "1 See A/31/4, annex."],
        ["2", "2 Treaty Series, vol. 88."],
        ["3", "3 Resolution 7/8."],
    ]
    assert document.clauses[0].text == (
        "Recalling its resolution 3/4, and the Treaty that followed it,"
    )
    assert document.clauses[1].text == "Decides to meet again;"


def test_numbered_prose_without_any_known_opening_is_split_by_its_numbers() -> None:
    document = segmented("On lakes\n\n1. The lakes are low.\n\n2. They were higher once.")
    assert [clause.number for clause in document.clauses] == ["1.", "2."]


def test_a_short_text_on_one_line_is_cut_like_a_long_one() -> None:
    text = "The Assembly, Recalling its resolution 3/1 on lamps, 1. Decides to meet again in May."
    clauses = segment(Document(id="d", language="en", text=text)).clauses
    assert [(c.zone, c.number) for c in clauses] == [("preambular", None), ("operative", "1.")]


FLOWING = (
    "The Assembly of Lakes, Recalling its resolution 3/4, Equally worried about the fall of the "
    "water, Rivers and brooks Noting that no brook is measured at all, and "
)


def test_without_lines_a_clause_may_open_with_words_that_no_lexicon_has() -> None:
    document = segmented(FLOWING + "wishing to do better, 1. Decides to meet again.")
    assert [clause.text.split()[0] for clause in document.clauses] == [
        "Recalling",
        "Equally",
        "Noting",
        "Decides",
    ]


def test_without_lines_a_heading_above_an_opening_is_in_no_clause() -> None:
    document = segmented(FLOWING + "wishing to do better, 1. Decides to meet again.")
    assert document.clauses[1].text.endswith("water,")
    (heading,) = [region for region in document.structure if region.kind == "heading"]
    assert document.text is not None
    assert document.text[slice(*heading.spans[0])] == "Rivers and brooks"


def test_without_lines_numbers_may_start_again_below_a_heading() -> None:
    document = segmented(
        "The Assembly of Lakes, Recalling its resolution 3/4, 1. Calls upon all members to pay; "
        "2. Decides to meet; II The rivers 1. Requests a report; 2. Decides to end."
    )
    assert [clause.number for clause in document.clauses] == [None, "1.", "2.", "1.", "2."]
    assert document.clauses[2].text == "Decides to meet;"


def test_without_lines_words_that_repeat_beside_page_numbers_are_a_running_head() -> None:
    page = "12-34567 {} State of the lakes in the year 2001 "
    document = segmented(
        "The Assembly of Lakes, Recalling its resolution 3/4, Noting "
        + page.format("1/3")
        + "the fall of the water, 1. Calls upon all members to measure "
        + page.format("2/3")
        + "how deep each lake is; 2. Decides to meet again. 12-34567 3/3"
    )
    assert [clause.text for clause in document.clauses] == [
        "Recalling its resolution 3/4,",
        "Noting the fall of the water,",
        "Calls upon all members to measure how deep each lake is;",
        "Decides to meet again.",
    ]


COUNCIL = """CITY OF LOW WATER

A RESOLUTION ON THE HARBOUR

WHEREAS, the harbour has silted up; and

WHEREAS, no ship has called since May 4, 2019;

NOW, THEREFORE, BE IT RESOLVED that the harbour be dredged; and

BE IT FURTHER RESOLVED that the Clerk report to the Council.

Adopted June 1, 2021. Ayes 5, Noes 0."""


@pytest.mark.parametrize("text", [COUNCIL, " ".join(COUNCIL.split())], ids=["lines", "one line"])
def test_recitals_and_resolved_clauses_of_councils_are_found(text: str) -> None:
    document = segmented(text)
    assert [(clause.zone, clause.opening) for clause in document.clauses] == [
        ("preambular", "WHEREAS"),
        ("preambular", "WHEREAS"),
        ("operative", "NOW, THEREFORE, BE IT RESOLVED"),
        ("operative", "BE IT FURTHER RESOLVED"),
    ]
    assert document.adopted == "2021-06-01"


LEADS = """Sharing of cables

The World Cable Assembly (Brookhaven, 2022),

considering

a) that cables are few;

b) that the traffic grows,

resolves

1 that the study groups shall work faster;

2 that a report shall be written,

instructs the Director of the Bureau

to publish the report."""


def test_openings_in_lines_of_their_own_lead_their_lists() -> None:
    document = segmented(LEADS)
    assert [(clause.zone, clause.text) for clause in document.clauses] == [
        ("preambular", "considering"),
        ("operative", "resolves"),
        ("operative", "instructs the Director of the Bureau to publish the report."),
    ]
    assert [[item.number for item in clause.items] for clause in document.clauses] == [
        ["a)", "b)"],
        ["1", "2"],
        [],
    ]
    assert document.organ == "World Cable Assembly"


def test_declarations_of_we_have_a_formula_and_unnumbered_clauses() -> None:
    document = segmented(
        "Harbour Declaration\n\nWe, the ministers of the League, meeting at Port Anselm,\n\n"
        "Alarmed by the rise of the sea,\n\nWe commit ourselves to raising the walls;\n\n"
        "We call upon the League to open a fund."
    )
    assert [clause.zone for clause in document.clauses] == ["preambular", "operative", "operative"]
    assert document.title == "Harbour Declaration"


def test_a_finding_after_the_preamble_is_operative_though_nothing_is_numbered() -> None:
    document = segmented(
        "The Council of Peace,\n\nRecalling its decision,\n\n"
        "Berates the parties for their quarrel;\n\nCalls upon them to talk."
    )
    assert [clause.zone for clause in document.clauses] == ["preambular", "operative", "operative"]


@pytest.mark.parametrize(
    ("language", "text", "organ"),
    [
        ("en", "The Sixty-sixth Assembly of Lakes,\n\nRecalling its plan,", "Assembly of Lakes"),
        ("fr", "L’Assemblée des Lacs,\n\nRappelant son plan,", "Assemblée des Lacs"),
        ("es", "El Consejo de la Liga,\n\nRecordando su plan,", "Consejo de la Liga"),
        ("ru", "Совет Союза островов,\n\nссылаясь на свой план,", "Совет Союза островов"),
        ("en", "The General Assembly,\n\nRecalling its plan,", "General Assembly"),
    ],
)
def test_the_formula_names_the_organ(language: str, text: str, organ: str) -> None:
    assert segmented(text, language).organ == organ


def test_letters_with_a_full_stop_number_items() -> None:
    document = segmented(
        "The Assembly of Lakes,\n\nRecalling its plan,\n\n1. Requests permits that:\n\n"
        "a. cost little,\n\nb. hold good in:\n\ni. stations,\n\nii. parks."
    )
    assert [(item.number, item.level) for item in document.clauses[1].items] == [
        ("a.", 2),
        ("b.", 2),
        ("i.", 3),
        ("ii.", 3),
    ]


def test_the_first_clause_may_follow_its_formula_without_the_blank_line_of_others() -> None:
    clauses = [f"Recalling its decision {n}/1 on the\nlakes of the north," for n in range(9)]
    document = segmented("The Council of Peace,\n" + "\n\n".join([*clauses, "1. Decides to meet."]))
    assert len(document.clauses) == 10
    assert [region.kind for region in document.structure] == ["formula"]


def test_infinitives_below_a_short_lead_are_its_items() -> None:
    document = segmented(
        "The Council of Peace,\n\nRecalling its decision,\n\nResolves:\n\n"
        "1. To fly its flag at half mast;\n\n2. To pay for the flag."
    )
    assert [item.number for item in document.clauses[-1].items] == ["1.", "2."]


def test_numbered_sentences_below_a_short_lead_are_clauses() -> None:
    document = segmented(
        "The Council of Peace,\n\nResolves that:\n\n1. The fund shall be kept;\n\n"
        "2. Members shall pay into it."
    )
    assert [clause.number for clause in document.clauses] == [None, "1.", "2."]


def test_a_stop_that_has_wrapped_to_a_line_of_its_own_ends_its_clause() -> None:
    document = segmented("The Council,\n\nRecalling its plan,\n\n1. Decides to meet\n;\n\n2. Ends.")
    assert [clause.text for clause in document.clauses][1] == "Decides to meet ;"


def test_numbered_clauses_may_be_announced_though_no_opening_is_known() -> None:
    text = (
        "Harbour Declaration\n\nWe, the ministers of the League, meeting at Port Anselm,\n\n"
        "Alarmed by the rise of the sea, and speaking for all who live beside it, therefore:\n\n"
        "1. Raise the walls;\n\n2. Lend each other boats."
    )
    assert [clause.number for clause in segmented(text).clauses] == [None, "1.", "2."]
    flowing = segmented(" ".join(text.split())).clauses
    assert [clause.number for clause in flowing][-2:] == ["1.", "2."]


def test_a_gerund_inside_a_title_opens_no_clause() -> None:
    document = segmented(
        "The Assembly, Recalling the Declaration on the Use of Lakes, Taking into Particular "
        "Account the Needs of Fish, 1. Decides to meet."
    )
    assert len(document.clauses) == 2


def test_a_formula_below_the_heading_of_a_second_resolution_starts_anew() -> None:
    wide = "Recalling the report of the committee on the measurement of the depth of lakes {}/1,"
    part = (
        "The General Assembly,\n" + "\n".join(map(wide.format, range(9))) + "\n1. Decides to meet."
    )
    document = segmented(
        f"A\nLakes\n{part}\n47th plenary meeting\n4 December 2024\n"
        f"B The measurement of the depth of the rivers of all the lands around the lakes\n{part}"
    )
    assert [clause.number for clause in document.clauses].count("1.") == 2
    assert len(document.clauses) == 20


@pytest.mark.parametrize("symbol", ["", " ", "-", "\n"])
def test_a_symbol_of_nothing_is_sought_nowhere(symbol: str) -> None:
    document = Document(id="d", language="en", text="Recalling lamps, 1. Decides.", symbol=symbol)
    assert segment(document).clauses
