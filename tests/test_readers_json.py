"""JSON of other tools: blocks of PDF-to-Markdown tools, paragraphs of the ArgMining task."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.document import Document
from whereas.errors import ReadError
from whereas.readers import argmining, docling, read_bytes
from whereas.writers import load_format

SHARED = Path(__file__).parents[2] / "shared" / "corpora"

BLOCKS = [
    {"type": "paragraph", "text_fr": "<!-- image -->", "text_en": "<!-- image -->"},
    {"type": "heading", "level": 2, "text_fr": "Le Congrès ,", "text_en": "The Congress,"},
    {"type": "list", "items_fr": ["1. Décide ;", "2. Prie ;"], "items_en": ["1. Decides;"]},
    {"type": "paragraph", "text_fr": "\\_\\_\\_", "text_en": "\\_\\_\\_"},
]
PARAGRAPHS = [
    ("La Conférence,", "The Conference,"),
    ("Considérant le vent,", "Considering the wind,"),
    ("Recommande aux ministères :", "Recommends to the ministries:"),
    ("1) Que l’on vole ;", "1) That people fly;"),
]


def task(*types: str | None, **changes: Any) -> dict[str, Any]:
    """Return a file of the task, with these types of its paragraphs."""
    paragraphs = [
        {"para_number": n, "para": fr, "type": None, "think": "", "para_en": en, "tags": []}
        for n, (fr, en) in enumerate(PARAGRAPHS, start=1)
    ]
    for paragraph, zone in zip(paragraphs, types, strict=False):
        paragraph["type"] = zone
    structure = {"nb_paras": 4, "preambular_para": [], "operative_para": [], "think": ""}
    return {
        "TEXT_ID": "KITE-1",
        "TITLE": "LE VENT",
        "METADATA": {"structure": structure},
        "body": {"paragraphs": paragraphs, "body_raw": "..."},
        **changes,
    }


def as_bytes(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False).encode()


def one(data: bytes, language: str | None = None) -> Document:
    (document,) = read_bytes(data, "kites.json", language)
    return document


def kinds(document: Document) -> dict[str, str]:
    text = document.text or ""
    return {text[a:b]: region.kind for region in document.structure for a, b in region.spans}


def test_blocks_are_read_in_the_original_language() -> None:
    document = one(as_bytes(BLOCKS))
    assert document.language == "fr"
    assert document.text == "Le Congrès ,\n\n1. Décide ;\n\n2. Prie ;\n\n___"
    assert kinds(document) == {"___": "furniture"}
    assert document.emphasis == ((0, 12),)


def test_blocks_are_read_in_another_language() -> None:
    assert one(as_bytes(BLOCKS), "en").text == "The Congress,\n\n1. Decides;\n\n___"
    with pytest.raises(ReadError, match=r"kites\.json: has text in en, fr, not in 'ru'"):
        one(as_bytes(BLOCKS), "ru")


def test_an_exported_document_tells_footnotes_and_furniture() -> None:
    texts = [
        {"label": "page_header", "text": "K/RES/1"},
        {"label": "section_header", "text": "Kites"},
        {"label": "list_item", "text": "Decides to fly;", "marker": "1."},
        {"label": "footnote", "text": "1 See above."},
    ]
    document = one(as_bytes({"schema_name": "DoclingDocument", "texts": texts}))
    assert document.text == "K/RES/1\n\nKites\n\n1. Decides to fly;\n\n1 See above."
    assert kinds(document) == {"K/RES/1": "furniture", "1 See above.": "footnote"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_paragraphs_are_clauses_of_their_zone(language: str) -> None:
    document = one(as_bytes(task()), language)
    assert (document.id, document.language, document.title) == ("KITE-1", language, "LE VENT")
    wanted = [pair[language == "en"] for pair in PARAGRAPHS]
    assert [(clause.zone, clause.number) for clause in document.clauses] == [
        ("preambular", None),
        ("operative", "1)"),
    ]
    assert [clause.text for clause in document.clauses] == [wanted[1], wanted[3][3:]]
    assert kinds(document) == {wanted[0]: "other", wanted[2]: "other"}
    assert document.text is not None
    for clause, place in zip(document.clauses, (1, 3), strict=True):
        ((start, end),) = clause.spans
        assert document.text[start:end] == wanted[place]


def test_types_that_are_there_are_kept() -> None:
    document = one(as_bytes(task(None, "operative", None, "operative")))
    assert [clause.zone for clause in document.clauses] == ["operative", "operative"]


def test_the_file_is_written_as_it_came_with_its_types() -> None:
    written = json.loads(load_format("argmining").write(one(as_bytes(task()))))
    expected = task(None, "preambular", None, "operative")
    expected["METADATA"]["structure"] |= {"preambular_para": [2], "operative_para": [4]}
    assert written == expected


def test_types_are_read_back() -> None:
    document = one(as_bytes(task()))
    again = one(load_format("argmining").write(document).encode())
    assert again.clauses == document.clauses


def test_types_survive_the_record_format() -> None:
    document = one(as_bytes(task()))
    again = Document.from_json(document.to_json(), "x")
    assert load_format("argmining").write(again) == load_format("argmining").write(document)


def test_a_document_that_came_otherwise_is_written_as_paragraphs() -> None:
    record = {
        "id": "K/1",
        "text": "The Congress,\nNoting wind,\n1. Decides\n(a) to fly.\n1 Note",
        "structure": [
            {"kind": "formula", "spans": [[0, 13]]},
            {"kind": "footnote", "spans": [[49, 55]]},
        ],
        "language": "en",
        "clauses": [
            {"zone": "preambular", "text": "Noting wind,", "spans": [[14, 26]]},
            {
                "zone": "operative",
                "number": "1.",
                "text": "Decides",
                "spans": [[27, 37]],
                "items": [{"number": "(a)", "text": "to fly.", "spans": [[38, 49]]}],
            },
        ],
    }
    document = Document.from_json(json.dumps(record), "x")
    written = json.loads(load_format("argmining").write(document))
    assert [(p["type"], p["para_en"]) for p in written["body"]["paragraphs"]] == [
        (None, "The Congress,"),
        ("preambular", "Noting wind,"),
        ("operative", "1. Decides (a) to fly."),
    ]
    assert written["METADATA"]["structure"]["operative_para"] == [3]


@pytest.mark.parametrize(
    ("tree", "language", "message"),
    [
        (task(), "ru", "has paragraphs in fr and en, not in 'ru'"),
        (task("preamble"), None, "paragraph 1: type: expected preambular, operative or null"),
        (task(body={"paragraphs": [{"para_number": 4, "para": 7}]}), None, "paragraph 4: para: "),
        (task(body={"paragraphs": [], "x": {"para": ""}}), None, "body.paragraphs: expected"),
        (task(body={"paragraphs": ["x"], "x": {"para": ""}}), None, r"body.paragraphs.0: expected"),
        ([{"type": "image", "text": "x"}], None, "block 0: type: expected one of heading"),
        ([{"type": "heading", "text": ""}], None, "its blocks hold no text"),
        ({"schema_name": "DoclingDocument", "texts": [{}]}, None, r"texts.0.text: expected"),
        ({"schema_name": "DoclingDocument"}, None, "texts: expected a list"),
    ],
)
def test_what_is_wrong_is_named(tree: Any, language: str | None, message: str) -> None:
    with pytest.raises(ReadError, match=f"^kites.json: {message}"):
        one(as_bytes(tree), language)


def test_json_that_is_cut_or_too_deep() -> None:
    with pytest.raises(ReadError, match=r"kites\.json:1: not JSON"):
        one(as_bytes(BLOCKS)[:-9])
    with pytest.raises(ReadError, match="JSON that is not read"):
        one(b'[{"type": ' + b"[" * 100_000)


@pytest.mark.parametrize("words", ["<!-- a --> b", "<!--<!-- a --> b", "b"])
def test_comments_are_left_out(words: str) -> None:
    assert one(as_bytes([{"type": "paragraph", "text": words}])).text == "b"


def test_comments_that_never_end_are_kept_and_take_no_time() -> None:
    words = "<!--" * 50_000
    assert one(as_bytes([{"type": "paragraph", "text": words}])).text == words


def test_half_a_character_is_replaced() -> None:
    document = one(b'[{"type": "paragraph", "text": "a\\ud83d b"}]')
    assert document.text == "a? b"
    assert document.to_json()


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "text", "para", "body", "paragraphs", "items_fr", "texts"]),
            inner,
        )
    ),
)


@pytest.mark.parametrize("reader", [docling, argmining])
@given(tree=JSON)
def test_any_json_gives_a_document_or_one_line_of_error(reader: Any, tree: Any) -> None:
    try:
        outcome = [document.id for document in reader.read(as_bytes(tree), "x.json")]
    except ReadError as error:
        outcome = [str(error)]
    assert all(line and "\n" not in line for line in outcome)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the samples of ../shared/corpora")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_real_files_of_the_task(language: str) -> None:
    for path in sorted((SHARED / "argmining" / "format-sample").glob("*.json")):
        document = one(path.read_bytes(), language)
        written = json.loads(load_format("argmining").write(document))
        structure = written["METADATA"]["structure"]
        preambular, operative = structure["preambular_para"], structure["operative_para"]
        assert preambular == list(range(2, 2 + len(preambular)))
        assert operative == list(range(3 + len(preambular), structure["nb_paras"] + 1))
