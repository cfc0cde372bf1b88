"""Akoma Ntoso files have the structure of the UN's own and read back to the same clauses."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from akn_sample import akn, container, italic, main_body, note, paragraph, preamble
from whereas.document import Clause, Document, Item, Region
from whereas.errors import ReadError
from whereas.readers import read_bytes
from whereas.readers.archive import members
from whereas.writers.akn import write

NS = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"

# What may stand in what, as the UN's files show it; "#" is text.
CHILDREN = {
    "akomaNtoso": "statement",
    "statement": "meta coverPage preface preamble mainBody conclusions attachments components",
    "meta": "identification references notes proprietary",
    "identification": "FRBRWork FRBRExpression FRBRManifestation",
    "FRBRWork": "FRBRthis FRBRuri FRBRdate FRBRauthor FRBRcountry",
    "FRBRExpression": "FRBRthis FRBRuri FRBRdate FRBRauthor FRBRlanguage",
    "FRBRManifestation": "FRBRthis FRBRuri FRBRdate FRBRauthor",
    "references": "TLCOrganization TLCConcept",
    "notes": "note",
    "note": "p",
    "coverPage": "p",
    "preface": "p",
    "preamble": "formula container block",
    "formula": "p",
    "block": "#",
    "container": "num p blockList",
    "blockList": "listIntroduction item",
    "listIntroduction": "# span authorialNote",
    "item": "num p blockList",
    "mainBody": "paragraph container p",
    "paragraph": "num heading content list",
    "heading": "#",
    "content": "p",
    "list": "intro point sublist",
    "sublist": "point sublist",
    "intro": "p",
    "point": "num content",
    "num": "#",
    "p": "# span authorialNote docNumber docTitle",
    "span": "#",
    "authorialNote": "p",
    "docNumber": "#",
    "docTitle": "#",
    "conclusions": "p",
    "attachments": "attachment",
    "attachment": "doc",
    "doc": "meta mainBody",
    "components": "component",
    "component": "statement",
}
IN_ORDER = {"statement", "meta", "FRBRWork", "FRBRExpression", "list", "paragraph", "container"}


def check_structure(xml: str) -> etree._Element:
    """Fail unless ``xml`` has the structure, ids are unique and references lead somewhere."""
    root = etree.fromstring(xml.encode())
    ids = [each.get("eId") for each in root.iter() if each.get("eId") and each.tag.startswith(NS)]
    assert len(ids) == len(set(ids))
    for each in root.iter(f"{NS}*"):
        name = each.tag.removeprefix(NS)
        if name == "proprietary" or not (len(each) or (each.text or "").strip()):
            continue
        allowed = CHILDREN[name].split()
        children = [child.tag.removeprefix(NS) for child in each]
        assert set(children) <= set(allowed), f"{name} holds {children}"
        words = [each.text, *(child.tail for child in each)]
        assert "#" in allowed or not any((part or "").strip() for part in words)
        if name in IN_ORDER:
            places = [allowed.index(child) for child in children]
            assert places == sorted(places) or name == "list"
        reference = each.get("refersTo", "")
        if name in ("container", "paragraph") and reference:
            assert reference.removeprefix("#") in ids
    return root


def read(xml: str) -> Document:
    (document,) = read_bytes(xml.encode(), "written.xml")
    return document


def facts(document: Document) -> list[dict[str, Any]]:
    """Return all of the clauses but where they are and what was guessed for want of an opening."""
    shown = []
    for clause in document.clauses:
        fields = clause.model_dump(exclude={"spans", "opening", "eId"})
        for item in fields["items"]:
            del item["spans"]
        shown.append(fields)
    return shown


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
phrases = st.one_of(
    st.lists(words, min_size=1, max_size=6).map(" ".join),
    st.sampled_from(["(a) to fly;", "7. Urges", "Kites", "[Vote", "* * *", "12 -", "Wind,", "<&>"]),
)
numbers = st.sampled_from([None, "1.", "12 -", "(a)", "•", "IV", "١-", "㈠"])
items = st.builds(Item, number=numbers, text=phrases, level=st.integers(2, 5))
labels = st.sampled_from(["operative.appeal", "preambular.concern", "other", "my zone.Függvény"])
clauses = st.builds(
    Clause,
    zone=st.sampled_from(["preambular", "operative"]),
    number=numbers,
    text=phrases,
    items=st.lists(items, max_size=5).map(tuple),
    function=st.none() | labels,
    also=st.lists(labels, max_size=2).map(tuple),
    addressees=st.lists(st.sampled_from(["states", "other"]), max_size=2).map(tuple),
    score=st.none() | st.floats(0, 1),
    scores=st.none() | st.dictionaries(labels, st.floats(0, 1), max_size=2),
    review=st.none() | st.booleans(),
)
documents = st.builds(
    Document,
    id=st.just("K/RES/1.xx"),
    symbol=st.none() | phrases,
    language=st.sampled_from([None, "en", "zh", "ar", "xx"]),
    organ=st.sampled_from([None, "General Assembly", "Kite Assembly"]),
    title=st.none() | phrases,
    clauses=st.lists(clauses, max_size=6).map(tuple),
)


@settings(deadline=None)
@given(documents)
def test_clauses_are_read_back_as_they_were_written(document: Document) -> None:
    xml = write(document)
    check_structure(xml)
    again = read(xml)
    assert facts(again) == facts(document)
    assert (again.id, again.symbol, again.organ) == (document.id, document.symbol, document.organ)
    assert again.title == document.title


@settings(deadline=None)
@given(documents)
@example(Document(id="K/RES/1", title="-0"))
def test_what_was_read_is_written_the_same(document: Document) -> None:
    once = read(write(document))
    twice = read(write(once))
    assert twice == once


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_makes_a_file(text: str, number: str) -> None:
    item = Item(number=number, text=text)
    clause = Clause(zone="operative", number=number, text=text, opening=text, items=(item,))
    check_structure(write(Document(id=text, symbol=text, title=text, clauses=(clause,))))


FILE = akn(
    preamble(
        container("Recalling", f" its rules,{note('1', 'See the kite book.')} which fly,"),
        '<container name="Noting" eId="container_3"><blockList>'
        "<listIntroduction>Noting:</listIntroduction><item>"
        "<num>(a)</num><p>The wind,</p></item></blockList></container>",
    ),
    main_body(
        paragraph("Winds", kind="H23"),
        paragraph(f"{italic('Decides')}:", "1."),
        paragraph("(a)\tTo fly;"),
        paragraph("(i)\tHigh;"),
        "<container><table><tr><td><p>Kite</p></td></tr></table></container>",
    ),
    "<conclusions><p>6 May 2024</p></conclusions>",
    "<attachments><attachment><doc><mainBody><p>Annex</p><p>Rules</p></mainBody></doc>"
    "</attachment></attachments>",
    f"<components><component><statement>{preamble(container('Hoping', ' well,', 5))}"
    f"{main_body(paragraph(italic('Ends') + ' here.', '1.', n=6))}</statement></component>"
    "</components>",
)


def test_a_file_read_and_written_again_says_the_same() -> None:
    (document,) = read_bytes(FILE, "written.xml")
    xml = write(document)
    check_structure(xml)
    again = read(xml)
    assert len(again.clauses) == 5
    assert again == document.model_copy(update={"emphasis": again.emphasis})


def test_a_footnote_goes_back_to_its_place() -> None:
    (document,) = read_bytes(FILE, "written.xml")
    root = check_structure(write(document))
    notes = list(root.iter(f"{NS}authorialNote"))
    assert [(each.get("marker"), "".join(each.itertext())) for each in notes] == [
        ("1", "See the kite book.")
    ]


def test_a_footnote_without_a_place_is_kept_in_the_metadata() -> None:
    text = "1. Urges calm;\n\nSee the kite book."
    clause = Clause(zone="operative", number="1.", text="Urges calm;", spans=((0, 14),))
    structure = (Region(kind="footnote", spans=((16, len(text)),)),)
    document = Document(id="K", text=text, clauses=(clause,), structure=structure)
    root = check_structure(write(document))
    assert ["".join(each.itertext()).strip() for each in root.iter(f"{NS}note")] == [
        "See the kite book."
    ]


def test_an_opening_is_emphasised_as_its_language_does() -> None:
    for language, style in (("en", "italic"), ("zh", "bold"), ("ar", "bold italic")):
        clause = Clause(zone="operative", text="Urges calm;", opening="Urges")
        root = check_structure(write(Document(id="K", language=language, clauses=(clause,))))
        (span,) = root.iter(f"{NS}span")
        assert (span.get("class"), span.text) == (style, "Urges")


def test_the_function_is_a_concept_for_other_tools() -> None:
    clause = Clause(zone="operative", text="Urges calm;", function="operative.appeal")
    root = check_structure(write(Document(id="K", clauses=(clause,))))
    (concept,) = root.iter(f"{NS}TLCConcept")
    (element,) = root.iter(f"{NS}paragraph")
    assert element.get("refersTo") == f"#{concept.get('eId')}"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [("[1]", "not a JSON object"), ("{", "not a JSON object"), ('{"score": 7}', "label score")],
)
def test_spoilt_labels_are_an_error(fields: str, complaint: str) -> None:
    clause = Clause(zone="operative", text="Urges calm;", score=0.5)
    xml = write(Document(id="K", clauses=(clause,)))
    with pytest.raises(ReadError, match=complaint):
        read(xml.replace(json.dumps({"score": 0.5}), fields))


def test_real_files_read_and_written_again_say_the_same() -> None:
    folder = Path(__file__).parents[2] / "shared" / "corpora" / "unxml"
    if not folder.is_dir():
        pytest.skip("needs the UN's files in ../shared/corpora/unxml")
    files = members(folder / "HRCresolutions-54-58.tar.xz", lambda name: name.endswith(".xml"))
    for name, data in islice(files, 0, 60, 3):
        (document,) = read_bytes(data, name)
        xml = write(document)
        check_structure(xml)
        assert facts(read(xml)) == facts(document), name
