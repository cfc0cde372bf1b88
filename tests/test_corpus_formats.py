"""Formats of labelling tools: there and back without loss, and as the tools themselves write."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sample_corpus import corpus
from whereas.corpus.annotations import annotate, fragments, restore
from whereas.corpus.formats import FormatName, format_of, load_format, sniff_format
from whereas.corpus.formats.label_studio import interface
from whereas.corpus.records import read_corpus
from whereas.document import Clause, Document, Item
from whereas.errors import CorpusError
from whereas.labels import load_scheme

WRITTEN = Path(__file__).parents[1] / "data" / "written"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LABEL = st.sampled_from(["operative.tasking", "preambular.concern", "other", "x y:%é", "item"])
ZONE = st.sampled_from(["preambular", "operative"])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of any words; either all clauses have places in its text, or there is none."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=9)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    placed = draw(st.booleans())
    clauses = []
    for span in spans:
        items: tuple[Item, ...] = ()
        if not placed and draw(st.booleans()):
            items = (Item(number=draw(st.none() | WORDS), text=draw(WORDS), level=3),)
        fields: dict[str, Any] = {
            "zone": draw(ZONE),
            "text": draw(WORDS),
            "number": draw(st.none() | WORDS),
            "function": draw(st.none() | LABEL),
            "also": tuple(draw(st.lists(LABEL, max_size=2))),
            "addressees": tuple(draw(st.lists(st.sampled_from(["states", "a; b"]), max_size=2))),
            "items": items,
            "spans": (span,) if placed else (),
        }
        if draw(st.booleans()):
            fields["eId"] = "para_1"
        clauses.append(Clause(**fields))
    extra = draw(
        st.sampled_from([{}, {"partial": True}, {"structure": (), "note": {"a": [1, None]}}])
    )
    return Document(
        id=draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)),
        title=draw(st.none() | WORDS),
        language=draw(st.sampled_from([None, "en", "zh", "ar", "tlh"])),
        text=text if placed else None,
        clauses=tuple(clauses),
        **extra,
    )


def there_and_back(name: FormatName, given_documents: list[Document]) -> list[Document]:
    format_ = load_format(name)
    return list(format_.load(b"".join(format_.dump(given_documents)), "file"))


@pytest.mark.parametrize("name", FormatName)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents(), max_size=3))
def test_there_and_back_nothing_is_lost(name: FormatName, given_documents: list[Document]) -> None:
    assert there_and_back(name, given_documents) == given_documents


@pytest.mark.parametrize("name", FormatName)
@pytest.mark.parametrize("path", sorted(WRITTEN.glob("*/messy.jsonl")), ids=lambda p: p.parent.name)
def test_the_corpora_that_ship_go_there_and_back(name: FormatName, path: Path) -> None:
    given_documents = read_corpus(path)
    found = there_and_back(name, given_documents)
    assert [d.to_json() for d in found] == [d.to_json() for d in given_documents] or (
        found == given_documents
    )


def test_a_corpus_without_text_goes_there_and_back() -> None:
    for name in FormatName:
        assert there_and_back(name, corpus(3)) == corpus(3), name


def edited(name: FormatName, document: Document, old: str, new: str) -> Document:
    """Change a label in the file, as a person would, and read it back."""
    format_ = load_format(name)
    head, sep, tail = b"".join(format_.dump([document])).partition(b'"whereas"')
    assert old.encode() in head
    [found] = format_.load(head.replace(old.encode(), new.encode()) + sep + tail, "file")
    return found


@pytest.mark.parametrize("name", [FormatName.prodigy, FormatName.doccano])
def test_a_label_changed_in_the_tool_is_changed_in_the_record(name: FormatName) -> None:
    document = corpus(1)[0]
    found = edited(name, document, "operative.procedure", "operative.notice")
    assert found.clauses[-1].function == "operative.notice"
    assert found.clauses[:-1] == document.clauses[:-1]


def written() -> Document:
    return read_corpus(WRITTEN / "en" / "clean.jsonl")[0]


def test_a_mark_that_was_removed_removes_its_clause() -> None:
    document = written()
    [line] = load_format(FormatName.prodigy).dump([document])
    task = json.loads(line)
    gone = next(s for s in task["spans"] if s["label"].startswith("preambular"))
    task["spans"].remove(gone)
    [found] = load_format(FormatName.prodigy).load(json.dumps(task).encode(), "file")
    assert found.clauses == document.clauses[1:]
    assert found.text == document.text


def test_a_new_mark_is_a_new_clause_in_its_place() -> None:
    text = "Alarmed by fog,\n\n2. Urges all\ncrews to ring;\n\n(a) by day;\n\nThe end."
    task = {
        "text": text,
        "spans": [
            {"start": 17, "end": 44, "label": "operative.appeal", "addressees": ["other"]},
            {"start": 0, "end": 15, "label": "preambular.concern"},
            {"start": 46, "end": 57, "label": "item"},
        ],
        "meta": {"id": "L/7"},
        "answer": "accept",
    }
    [found] = load_format(FormatName.prodigy).load(json.dumps(task).encode(), "file")
    assert found == Document(
        id="L/7",
        text=text,
        clauses=(
            Clause(
                zone="preambular",
                text="Alarmed by fog,",
                spans=((0, 15),),
                function="preambular.concern",
            ),
            Clause(
                zone="operative",
                number="2.",
                text="Urges all crews to ring;",
                spans=((17, 44),),
                function="operative.appeal",
                addressees=("other",),
                items=(Item(number="(a)", text="by day;", spans=((46, 57),)),),
            ),
        ),
    )


def test_a_rejected_prodigy_task_has_no_labels() -> None:
    task = {"text": "Urges all", "spans": [{"start": 0, "end": 5, "label": "x"}]}
    for answer, clauses in (("accept", 1), ("reject", 0), ("ignore", 0)):
        line = json.dumps({**task, "answer": answer}).encode()
        [found] = load_format(FormatName.prodigy).load(line, "file")
        assert len(found.clauses) == clauses


def guessed() -> Document:
    document = corpus(1)[0]
    clauses = tuple(
        clause.model_copy(update={"score": 0.5, "scores": {"other": 0.5}, "review": True})
        for clause in document.clauses
    )
    return document.model_copy(update={"clauses": clauses})


def test_guesses_of_a_model_are_predictions_until_a_person_annotates() -> None:
    format_ = load_format(FormatName.label_studio)
    [task] = json.loads(b"".join(format_.dump([guessed()])))
    assert "annotations" not in task
    assert task["predictions"][0]["score"] == pytest.approx(0.5)
    assert list(format_.load(json.dumps([task]).encode(), "file")) == [guessed()]
    cancelled = {"was_cancelled": True, "result": []}
    task["annotations"] = [cancelled, {"result": task["predictions"][0]["result"]}]
    assert list(format_.load(json.dumps([task]).encode(), "file")) == corpus(1)


def test_an_export_of_label_studio_made_elsewhere_is_read() -> None:
    region = {"id": "r1", "from_name": "function", "to_name": "text", "type": "labels"}
    value = {"start": 3, "end": 8, "text": "Urges", "labels": ["operative.appeal"]}
    choices = {"start": 3, "end": 8, "text": "Urges", "choices": ["states", "party"]}
    results = [
        {**region, "value": value},
        {**region, "from_name": "addressees", "type": "choices", "value": choices},
    ]
    task = {"id": 12, "data": {"text": "𝔸 Urges all"}, "annotations": [{"result": results}]}
    [found] = load_format(FormatName.label_studio).load(json.dumps([task]).encode(), "file")
    assert found.id == "12"
    assert found.clauses == (
        Clause(
            zone="operative",
            text="Urges",
            spans=((2, 7),),  # the browser counted 𝔸 twice
            function="operative.appeal",
            addressees=("states", "party"),
        ),
    )


def test_the_interface_of_label_studio_offers_the_scheme() -> None:
    from lxml import etree

    tree = etree.fromstring(interface(load_scheme()))
    labels = {label.get("value") for label in tree.iter("Label")}
    assert labels >= {"operative.appeal", "preambular:other", "operative", "item"}
    assert [each.get("name") for each in tree.iter("Choices")] == ["also", "addressees"]


@pytest.mark.parametrize(
    "line",
    [
        {"id": 4, "text": "Urges all", "label": [[0, 5, "operative.appeal"]]},
        {"id": 4, "text": "Urges all", "labels": [[0, 5, "operative.appeal"]], "Comments": []},
        {
            "id": 4,
            "text": "Urges all",
            "entities": [
                {"id": 1, "label": "operative.appeal", "start_offset": 0, "end_offset": 5}
            ],
            "relations": [],
        },
    ],
)
def test_exports_of_doccano_made_elsewhere_are_read(line: dict[str, Any]) -> None:
    [found] = load_format(FormatName.doccano).load(json.dumps(line).encode(), "file")
    assert found.id == "4"
    assert [(c.function, c.text) for c in found.clauses] == [("operative.appeal", "Urges")]


def test_doccano_has_further_acts_and_addressees_as_marks_of_their_own() -> None:
    [line] = load_format(FormatName.doccano).dump([corpus(1)[0]])
    labels = [label for _, _, label in json.loads(line)["label"]]
    assert labels[-5:-1] == ["operative.appeal", "+operative.reporting", ">states", ">secretariat"]


def test_conll_made_elsewhere_is_read() -> None:
    data = b"-DOCSTART- -X- O O\n\nUrges VB O B-act\nall DT O I-act\n\ncrews NN O B-act\n. . O O\n"
    [found] = load_format(FormatName.conll).load(data, "file.conll")
    assert found.text == "Urges all\ncrews ."
    assert [(c.text, c.function, c.spans) for c in found.clauses] == [
        ("Urges all", "act", ((0, 9),)),
        ("crews", "act", ((10, 15),)),
    ]


def test_conll_has_a_token_a_line() -> None:
    document = Document(id="L 1", text="1. Urges all;", clauses=(
        Clause(zone="operative", text="Urges all;", function="operative.appeal", spans=((3, 13),)),
    ))  # fmt: skip
    lines = b"".join(load_format(FormatName.conll).dump([document])).decode().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "1\t_\tO",
        ".\t\tO",
        "Urges\t\tB-operative.appeal",
        "all\t_\tI-operative.appeal",
        ";\t_\tI-operative.appeal",
        "",
    ]


def test_conll_cannot_hold_clauses_that_overlap() -> None:
    clauses = tuple(Clause(zone="operative", text="x", spans=((n, n + 3),)) for n in (0, 2))
    document = Document(id="L/1", text="abcdef", clauses=clauses)
    with pytest.raises(CorpusError, match="overlaps"):
        b"".join(load_format(FormatName.conll).dump([document]))


def test_spacy_docs_have_the_clauses_as_spans() -> None:
    import spacy
    from spacy.tokens import DocBin

    data = b"".join(load_format(FormatName.spacy).dump([written()]))
    [doc] = DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab)
    labels = [span.label_ for span in doc.spans["clauses"] if span.label_ != "item"]
    assert doc.text == written().text
    assert labels == [clause.function for clause in written().clauses]


def test_a_table_edited_in_a_spreadsheet_is_read() -> None:
    table = (
        "id;text;function;also\nL/1;Alarmed by fog,;preambular.concern;\nL/1;Urges;;a\nL/2;Ends;;\n"
    )
    found = list(load_format(FormatName.csv).load(table.encode(), "t.csv"))
    assert [(d.id, [(c.zone, c.function, c.also) for c in d.clauses]) for d in found] == [
        ("L/1", [("preambular", "preambular.concern", ()), ("operative", None, ("a",))]),
        ("L/2", [("operative", None, ())]),
    ]


WRONG = {
    "label-studio": [b"{", b'{"a": 1}', b"[1]", b'[{"data": {"text": 3}}]',
                     b'[{"data": {"text": "x"}, "annotations": [{"result": [{"value": '
                     b'{"start": 0, "end": 9, "labels": ["x"]}}]}]}]'],
    "prodigy": [b"nonsense", b"[]", b'{"text": "x", "spans": 3}', b'{"spans": []}',
                b'{"text": "x", "spans": [{"start": 0, "end": 7, "label": "x"}]}',
                b'{"text": "x", "spans": [], "whereas": {"record": {"id": 7}}}'],
    "doccano": [b'{"text": "x", "label": [[0, 1]]}', b'{"text": "x", "label": ["x"]}'],
    "conll": [b"word\n", b"word Q-x\n", b"\xff B-x\n", b"# whereas = {\nword B-x\n"],
    "spacy": [b"", b"nonsense"],
    "csv": [b"", b"a,b\n1,2\n", b'text\n"open', b"text,extra\nx,{\n", b"text,part\nx,zone\n",
            b"text,part\nx,item\n", b"text,spans\nx,y\n"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "data"), [(n, d) for n, own in WRONG.items() for d in own])
def test_a_file_that_is_not_in_the_format_is_one_clear_error(name: str, data: bytes) -> None:
    from whereas.errors import WhereasError

    with pytest.raises(WhereasError, match=r"^file.x") as error:
        list(load_format(FormatName(name)).load(data, "file.x"))
    assert "\n" not in str(error.value)


def test_formats_are_known_by_content_then_by_name() -> None:
    one = corpus(1)
    for name in FormatName:
        data = b"".join(load_format(name).dump(one))
        extension = {"conll": ".conll", "spacy": ".spacy", "csv": ".csv"}.get(name, ".jsonl")
        assert sniff_format(f"x{extension}", data) is name
    assert sniff_format("x.txt", b"Urges all") is None
    assert format_of("a/b.CSV") is FormatName.csv


@given(documents())
def test_marks_never_hold_white_space_at_their_ends(document: Document) -> None:
    annotated = annotate(document)
    for mark in annotated.marks:
        words = annotated.text[mark.start : mark.end]
        assert words == words.strip() != ""
    assert restore(annotated, "here", "x") == document


def test_spans_that_touch_are_one_mark() -> None:
    assert fragments(((0, 3), (4, 7), (9, 12)), "abc def, ghi") == [(0, 7), (9, 12)]
