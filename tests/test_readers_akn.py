"""Akoma Ntoso files are read clause for clause, in every shape that the UN's files show."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akn_sample import akn, container, italic, main_body, note, paragraph, preamble
from whereas.document import Document
from whereas.errors import ReadError
from whereas.readers import read_bytes

RECALLING = container("Recalling", " its kite rules of 1999,")
REQUESTS = paragraph(f"{italic('Requests')} the pilot to land;", "1.")


def read(data: bytes, language: str | None = None) -> Document:
    (document,) = read_bytes(data, "kites.xml", language)
    return document


def clause_facts(document: Document) -> list[tuple[str, str | None, str]]:
    return [(clause.zone, clause.number, clause.text) for clause in document.clauses]


def items(document: Document, n: int = -1) -> list[tuple[str | None, str, int]]:
    return [(item.number, item.text, item.level) for item in document.clauses[n].items]


def region(document: Document, kind: str) -> list[str]:
    assert document.text is not None
    return [
        "".join(document.text[start:end] for start, end in part.spans)
        for part in document.structure
        if part.kind == kind
    ]


def test_a_plain_resolution() -> None:
    conclusions = "<conclusions><p><docDate>6 May 2024</docDate></p></conclusions>"
    document = read(akn(preamble(RECALLING), main_body(REQUESTS), conclusions))
    assert document.text == (
        "K/RES/7\n\n6 May 2024\n\n7. The flying of kites\n\nThe Kite Assembly,\n\n"
        "Recalling its kite rules of 1999,\n\n1. Requests the pilot to land;\n\n6 May 2024"
    )
    assert clause_facts(document) == [
        ("preambular", None, "Recalling its kite rules of 1999,"),
        ("operative", "1.", "Requests the pilot to land;"),
    ]
    assert [clause.opening for clause in document.clauses] == ["Recalling", "Requests"]
    assert [clause.model_extra for clause in document.clauses] == [
        {"eId": "container_2"},
        {"eId": "para_9__content"},
    ]
    assert (document.id, document.symbol, document.language) == ("K/RES/7.en", "K/RES/7", "en")
    assert (document.organ, document.adopted) == ("General Assembly", "2024-05-06")
    assert (document.title, document.source) == ("The flying of kites", "kites.xml")
    assert [part.kind for part in document.structure] == [
        "masthead",
        "masthead",
        "title",
        "formula",
        "adoption",
    ]


def test_spans_quote_the_text_and_emphasis_the_openings() -> None:
    document = read(akn(preamble(RECALLING), main_body(REQUESTS)))
    assert document.text is not None
    second = document.clauses[1]
    assert [document.text[start:end] for start, end in second.spans] == [
        "1. Requests the pilot to land;"
    ]
    emphasised = [document.text[start:end] for start, end in document.emphasis]
    assert emphasised == ["The flying of kites", "The Kite Assembly", "Recalling", "Requests"]


def test_a_footnote_is_kept_apart_and_its_mark_stays_loose() -> None:
    words = f"Notes the rules,{note('3', 'See the kite book.')} which fly;"
    document = read(akn(main_body(paragraph(words, "1."))))
    (clause,) = document.clauses
    assert document.text is not None
    assert "Notes the rules,3 which fly;" in document.text
    assert clause.text == "Notes the rules, which fly;"
    assert len(clause.spans) == 2
    assert region(document, "footnote") == ["33 See the kite book."]


@pytest.mark.parametrize(
    ("raised", "text"),
    [
        ("report,<sup>2</sup> and", "Notes the report, and"),
        ("report<sup>*</sup> and", "Notes the report and"),
        ("1<sup>er</sup> mai", "Notes the 1er mai"),
        ("9 km<sup>2</sup> of sky", "Notes the 9 km2 of sky"),
        (f"report<sup>(</sup>{note('4', 'Kite')}<sup>)</sup>, and", "Notes the report, and"),
    ],
)
def test_a_raised_number_is_a_footnote_mark_and_a_raised_ending_is_not(
    raised: str, text: str
) -> None:
    document = read(akn(main_body(paragraph(f"Notes the {raised}", "1."))))
    assert document.clauses[0].text == text


def test_points_are_items_of_their_clause() -> None:
    body = """<paragraph class="SingleTxt"><num>2.</num><list eId="l">
      <intro eId="l_intro"><p>Decides:</p></intro>
      <point><num>(a)</num><content><p>To fly;</p></content></point>
      <sublist><point><num>(i)</num><content><p>High;</p></content></point></sublist>
      <point><num>(b)</num><content><p>To land;</p></content></point>
      <wrapUp><p>at noon;</p></wrapUp></list></paragraph>"""
    document = read(akn(main_body(body)))
    assert clause_facts(document) == [("operative", "2.", "Decides: at noon;")]
    assert items(document) == [("(a)", "To fly;", 2), ("(i)", "High;", 3), ("(b)", "To land;", 2)]
    assert document.clauses[0].model_extra == {"eId": "l_intro"}
    assert document.text is not None
    assert [document.text[s:e] for item in document.clauses[0].items for s, e in item.spans] == [
        "(a) To fly;",
        "(i) High;",
        "(b) To land;",
    ]


@pytest.mark.parametrize(
    ("numbers", "levels"),
    [
        (["(a)", "(b)", "(i)", "(ii)", "(c)"], [2, 2, 3, 3, 2]),
        (["(h)", "(i)", "(j)"], [2, 2, 2]),
        (["a)", "b)"], [2, 2]),
        (["(أ)", "‘1’", "(ب)", "(هـ)"], [2, 3, 2, 2]),
        (["(a)", "㈠", "(b)"], [2, 3, 2]),
        (["•", "•"], [2, 2]),
    ],
)
def test_paragraphs_that_begin_like_items_are_items(numbers: list[str], levels: list[int]) -> None:
    lines = [paragraph(f"{number}\tTo fly;") for number in numbers]
    document = read(akn(main_body(paragraph("Decides:", "1."), *lines)))
    expected = [(n, "To fly;", level) for n, level in zip(numbers, levels, strict=True)]
    assert items(document) == expected
    assert len(document.clauses) == 1


def test_a_paragraph_numbered_like_an_item_is_one() -> None:
    document = read(akn(main_body(REQUESTS, paragraph("To fly;", "(b)"))))
    assert items(document) == [("(b)", "To fly;", 2)]


def test_a_list_in_the_preamble() -> None:
    block = """<container name="Recalling" eId="c"><blockList>
      <listIntroduction>Recalling:</listIntroduction>
      <item><num>(a)</num><p>Kites,</p></item></blockList></container>"""
    document = read(akn(preamble(block)))
    assert clause_facts(document) == [("preambular", None, "Recalling:")]
    assert items(document) == [("(a)", "Kites,", 2)]


@pytest.mark.parametrize(
    ("typed", "number", "text"),
    [
        ("13 -\tتحيط علما بالطائرات؛", "13 -", "تحيط علما بالطائرات؛"),
        ("14-\tتحيط علما", "14-", "تحيط علما"),
        ("8 –\tتحيط علما", "8 –", "تحيط علما"),
        ("\u200e2.\u200e 注意到风筝", "2.", "注意到风筝"),
        (f"5\t{italic('Pide')} calma;", "5", "Pide calma;"),
    ],
)
def test_a_number_typed_into_the_words_is_the_number(typed: str, number: str, text: str) -> None:
    document = read(akn(main_body(paragraph(typed)), language="ara"))
    assert clause_facts(document) == [("operative", number, text)]


def test_a_number_in_a_paragraph_of_its_own_belongs_to_the_next() -> None:
    body = main_body("<paragraph><num>5.</num></paragraph>", paragraph("Urges calm;"))
    assert clause_facts(read(akn(body))) == [("operative", "5.", "Urges calm;")]


def test_headings_are_no_clauses() -> None:
    body = main_body(
        "<section><num>I</num><subheading>Winds</subheading>",
        "<paragraph class='H23'><subheading>\tBreezes</subheading></paragraph>",
        paragraph("Strings and tails"),
        paragraph("Tails", "A.", kind="H1"),
        REQUESTS,
        "</section>",
    )
    document = read(akn(body))
    assert len(document.clauses) == 1
    headings = ["I", "Winds", "Breezes", "Strings and tails", "A. Tails"]
    assert region(document, "heading") == headings


def test_emphasis_of_a_whole_paragraph_makes_a_heading_unless_a_list_follows() -> None:
    bold = '<span class="bold">Action 1. We will fly.</span>'
    document = read(akn(main_body(paragraph(bold), paragraph(italic("Decides:")))))
    assert clause_facts(document) == [("operative", None, "Decides:")]
    assert region(document, "heading") == ["Action 1. We will fly."]


def test_a_heading_in_the_preamble() -> None:
    document = read(akn(preamble('<block name="subheading">Winds</block>', RECALLING)))
    assert region(document, "heading") == ["Winds"]
    assert len(document.clauses) == 1


def test_an_ornament_is_no_clause() -> None:
    stars = "<p><decoration>* * *</decoration></p>"
    document = read(akn(preamble(RECALLING, stars), main_body(paragraph("*"), REQUESTS)))
    assert len(document.clauses) == 2
    assert region(document, "other") == ["* * *", "*"]


def test_a_table_footnote_is_no_clause() -> None:
    document = read(akn(main_body(REQUESTS, paragraph("a See the kite.", kind="FootnoteText"))))
    assert len(document.clauses) == 1


def test_words_that_go_on_after_the_items_belong_to_the_clause() -> None:
    lines = [paragraph("(a)\tTo fly;"), paragraph("and to look at the view;")]
    document = read(akn(main_body(paragraph("Decides:", "1."), *lines)))
    (clause,) = document.clauses
    assert clause.text == "Decides: and to look at the view;"
    assert document.text is not None
    quoted = "".join(document.text[start:end] for start, end in clause.spans)
    assert quoted == "1. Decides:\nand to look at the view;"


def test_a_numbered_container_is_operative() -> None:
    numbered = f'<container name="Urges"><p>4.\t{italic("Urges")} calm;</p></container>'
    assert clause_facts(read(akn(preamble(RECALLING, numbered))))[1] == (
        "operative",
        "4.",
        "Urges calm;",
    )


def test_an_embedded_resolution_follows_the_clause_that_recommends_it() -> None:
    inner = f"""<embeddedStructure><container name="formula"><p>The Kite Court,</p></container>
      {RECALLING}{REQUESTS}</embeddedStructure>"""
    document = read(akn(main_body(paragraph(f"{italic('Recommends')} this text:{inner}"))))
    assert clause_facts(document) == [
        ("operative", None, "Recommends this text:"),
        ("preambular", None, "Recalling its kite rules of 1999,"),
        ("operative", "1.", "Requests the pilot to land;"),
    ]
    assert region(document, "formula") == ["The Kite Court,"]


def test_prose_without_a_number_is_a_clause() -> None:
    document = read(akn(main_body(paragraph("Decides to keep flying."))))
    assert clause_facts(document) == [("operative", None, "Decides to keep flying.")]


def test_prose_that_ends_in_a_comma_goes_on_with_the_preamble() -> None:
    body = main_body(paragraph("Willing to fly,"), REQUESTS)
    assert clause_facts(read(akn(preamble(RECALLING), body)))[1][0] == "preambular"


def test_lines_after_a_colon_are_items() -> None:
    body = main_body(paragraph("Appoints:", "1."), paragraph("Ms. Kite"), paragraph("Mr. String"))
    assert items(read(akn(body))) == [(None, "Ms. Kite", 2), (None, "Mr. String", 2)]


def test_a_table_is_no_clause() -> None:
    table = """<container><table><tr><th><p>Kite</p></th><th><p>Size</p></th></tr>
      <tr><td><p>Red</p></td><td><p>9</p></td></tr></table></container>"""
    document = read(akn(main_body(REQUESTS, table)))
    assert len(document.clauses) == 1
    assert region(document, "other") == ["Kite\tSize\nRed\t9"]


def test_an_annex_is_no_clause() -> None:
    annex = f"""<attachments><attachment><doc name="annex"><meta/><mainBody>
      <paragraph><heading>Annex</heading></paragraph>{REQUESTS}</mainBody></doc></attachment>
      </attachments>"""
    document = read(akn(main_body(REQUESTS), annex))
    assert len(document.clauses) == 1
    assert region(document, "annex") == ["Annex1. Requests the pilot to land;"]


def test_an_omnibus_text_is_one_document() -> None:
    inner = f"""<components><component><statement name="resolution"><meta/>{preamble(RECALLING)}
      {main_body(REQUESTS)}</statement></component><component><statement name="resolution">
      {preamble(RECALLING)}{main_body(REQUESTS)}</statement></component></components>"""
    document = read(akn(inner))
    zones = [clause.zone for clause in document.clauses]
    assert zones == ["preambular", "operative", "preambular", "operative"]


def test_the_record_of_a_vote_is_no_clause() -> None:
    lines = ["[Adopted by a vote.", "In favour:", "Kite, String", "Against:", "Wind]"]
    document = read(akn(main_body(REQUESTS, *map(paragraph, lines))))
    assert len(document.clauses) == 1
    assert region(document, "adoption") == lines


def test_a_file_in_another_language_than_it_says() -> None:
    words = "注意到风筝在大风中飞得很高，" * 40
    assert read(akn(main_body(paragraph(words, "1.")), language="spa")).language == "zh"
    assert read(akn(main_body(paragraph(words, "1.")), language="deu")).language == "de"


def test_the_language_can_be_given() -> None:
    assert read(akn(main_body(REQUESTS)), "fr").language == "fr"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"<akomaNtoso><statement></akomaNtoso>", "kites.xml: not well-formed XML"),
        (b"", "kites.xml: is empty"),
        (b"<html/>", "root element <html>; expected <akomaNtoso>"),
        (
            b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><akomaNtoso>&e;</akomaNtoso>',
            "declares XML entities",
        ),
        (b"<akomaNtoso>" + b"<a>" * 120 + b"</a>" * 120 + b"</akomaNtoso>", "more than 100 deep"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, complaint: str) -> None:
    with pytest.raises(ReadError, match=complaint):
        read(data)


def test_expanding_entities_are_refused_fast() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a0 "kite">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    with pytest.raises(ReadError, match=r"kites\.xml"):
        read(f'{bomb}]><akomaNtoso x="&a11;">&a11;</akomaNtoso>'.encode())


TAGS = (
    *("statement", "coverPage", "preface", "preamble", "formula", "container", "blockList", "item"),
    *("listIntroduction", "mainBody", "section", "paragraph", "num", "heading", "content", "p"),
    *("list", "sublist", "intro", "point", "wrapUp", "span", "sup", "authorialNote", "eol", "meta"),
    *("table", "tr", "td", "conclusions", "attachments", "attachment", "components", "component"),
    *("embeddedStructure", "documentCollection", "block", "a"),
)
WORDS = st.sampled_from(
    [
        "",
        " ",
        "\t",
        "1.",
        "(a)",
        "a)",
        "Urges",
        "calm;",
        "no,",
        "12 -",
        "*",
        "3",
        "[",
        ":",
        "و",
        "请",
    ]
)
ATTRIBUTES = st.sampled_from(
    ["", 'class="H23"', 'class="italic"', 'class="clause"', 'marker="3"', 'eId="x"']
)


def tagged(tag: str, attributes: str, words: str, children: list[str], tail: str) -> str:
    return f"<{tag} {attributes}>{words}{''.join(children)}</{tag}>{tail}"


def trees(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(children, max_size=4)
    return st.builds(tagged, st.sampled_from(TAGS), ATTRIBUTES, WORDS, inside, WORDS)


def bare(words: str) -> str:
    return "".join(words.split())


@settings(deadline=None, max_examples=300)
@given(st.recursive(WORDS, trees, max_leaves=30))
def test_any_tree_gives_spans_that_quote_the_clauses_and_do_not_overlap(tree: str) -> None:
    document = read(f"<akomaNtoso>{tree}</akomaNtoso>".encode())
    assert document.text is not None
    taken: list[tuple[int, int]] = []
    for clause in document.clauses:
        for part in (clause, *clause.items):
            quoted = "".join(document.text[start:end] for start, end in part.spans)
            assert bare(quoted) == bare(f"{part.number or ''}{part.text}")
            taken += part.spans
    taken.sort()
    assert all(end <= start for (_, end), (start, _) in pairwise(taken))
