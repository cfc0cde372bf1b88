"""Labels without text, and joined with the text again."""

import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from whereas.cli import app
from whereas.corpus.build import build_corpus, strip_corpus
from whereas.corpus.prints import fingerprint, normalise
from whereas.corpus.records import read_corpus, record_lines, write_whole
from whereas.corpus.sources import same_name
from whereas.corpus.standoff import Standoff, read_standoff, standoff_line, take_off
from whereas.document import Clause, Document, Item
from whereas.errors import CorpusError

HEAD = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement>
<coverPage><p><docNumber>L/RES/{number}</docNumber></p></coverPage>"""
BODY = """<preamble><container name="Recalling" eId="c_1"><p>Recalling<authorialNote marker="3">
<p>Note.</p></authorialNote> its bell,</p></container></preamble><mainBody>
<paragraph eId="p_2"><num>1.</num><content eId="p_2__content"><p>Urges all crews;</p></content>
</paragraph><paragraph><content eId="p_3__content"><p>Lamp keepers of the north</p></content>
</paragraph></mainBody></statement></akomaNtoso>"""
PLAIN = "The Council,\n\nRecalling its\nbell,\n\n1. Urges all crews:\n\n(a) to row;\n"


def marked_up(folder: Path, number: int = 1, body: str = BODY) -> Path:
    path = folder / f"L_RES_{number}-E.xml"
    path.write_text(HEAD.format(number=number) + body, encoding="utf-8")
    return path


def gold(**fields: object) -> Document:
    clauses = (
        Clause.model_validate(
            {
                "zone": "preambular",
                "text": "Recalling its bell,",
                "function": "preambular.precedent",
                "eId": "c_1",
            }
        ),
        Clause.model_validate(
            {
                "zone": "operative",
                "number": "1.",
                "text": "Urges all crews;",
                "function": "operative.appeal",
                "also": ("operative.reporting",),
                "addressees": ("states",),
                "eId": "p_2__content",
            }
        ),
        Clause.model_validate(
            {
                "zone": "operative",
                "text": "Lamp keepers of the north",
                "function": "other",
                "eId": "p_3__content",
            }
        ),
    )
    known = {"id": "L/RES/1", "symbol": "L/RES/1", "language": "en", "source": "L/L_RES_1-E.xml"}
    return Document(**{**known, "clauses": clauses, **fields})  # type: ignore[arg-type]


def test_labels_hold_no_word_of_the_text() -> None:
    document = gold(title="On bells", text="Recalling its bell,")
    line = standoff_line(take_off(document)).decode()
    for words in ("bell", "Urges", "Lamp", "On bells"):
        assert words not in line
    assert Standoff.model_validate_json(line) == take_off(document)


@pytest.mark.parametrize("form", ["file", "folder", "zip", "tar.xz"])
def test_labels_and_text_are_joined_again(form: str, tmp_path: Path) -> None:
    folder = tmp_path / "L-main"
    folder.mkdir()
    file = marked_up(folder)
    source = {"file": file, "folder": folder}.get(form, tmp_path / f"L.{form}")
    if form == "zip":
        with zipfile.ZipFile(source, "w") as archive:
            archive.write(file, f"L-main/{file.name}")
    elif form == "tar.xz":
        with tarfile.open(source, "w:xz") as archive:
            archive.add(folder, "L-main")
    documents, unplaced = build_corpus([take_off(gold())], [source])
    assert unplaced == []
    [document] = documents
    assert document.text is None
    for before, after in zip(gold().clauses, document.clauses, strict=True):
        for field in ("zone", "number", "text", "items", "function", "also", "addressees"):
            assert getattr(after, field) == getattr(before, field)
        assert after.model_extra == before.model_extra


def test_the_whole_text_is_given_on_request(tmp_path: Path) -> None:
    marked_up(tmp_path)
    [document], _ = build_corpus([take_off(gold())], [tmp_path], text=True)
    assert document.text is not None
    (start, end), *_ = document.clauses[1].spans
    assert document.text[start:end] == "1. Urges all crews;"


def test_labels_of_other_words_are_not_placed_but_reported(tmp_path: Path) -> None:
    marked_up(tmp_path, body=BODY.replace("all crews", "all cooks"))
    documents, unplaced = build_corpus([take_off(gold())], [tmp_path])
    assert [(each.id, each.place) for each in unplaced] == [("L/RES/1", "p_2__content")]
    assert "other words" in unplaced[0].reason
    assert [c.function for c in documents[0].clauses] == ["preambular.precedent", "other"]


def test_a_missing_file_is_reported_once(tmp_path: Path) -> None:
    marked_up(tmp_path, 2)
    documents, unplaced = build_corpus([take_off(gold())], [tmp_path])
    assert documents == []
    assert str(unplaced[0]) == "L/RES/1: all clauses: L/L_RES_1-E.xml is not in the sources"


def test_without_a_file_name_the_symbol_finds_the_document(tmp_path: Path) -> None:
    marked_up(tmp_path, 1)
    marked_up(tmp_path, 2)
    labels = take_off(gold(source="elsewhere", language=None, symbol="L/RES /1"))
    documents, unplaced = build_corpus([labels], [tmp_path])
    assert [(d.id, len(d.clauses)) for d in documents] == [("L/RES/1", 3)]
    assert unplaced == []


def plain() -> Document:
    clauses = (
        Clause.model_validate(
            {
                "zone": "preambular",
                "text": "Recalling its bell,",
                "span": [14, 33],
                "function": "preambular.precedent",
            }
        ),
        Clause(
            zone="operative",
            number="1.",
            text="Urges all crews:",
            spans=((35, 54),),
            items=(Item(text="(a) to row;", spans=((56, 67),)),),
            function="operative.appeal",
        ),
    )
    return Document(id="one", source="texts/one.txt", clauses=clauses)


def test_offsets_place_the_labels_of_a_plain_text(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(PLAIN, encoding="utf-8")
    failures: list[object] = []
    labels = strip_corpus([plain()], [tmp_path], failures.append)
    [document], unplaced = build_corpus(labels, [tmp_path], text=True)
    assert failures == unplaced == []
    assert document.text == PLAIN
    assert [c.full_text for c in document.clauses] == [c.full_text for c in plain().clauses]
    assert document.clauses[1].items == plain().clauses[1].items


def test_stripping_takes_the_fingerprint_of_the_cleaner_source(tmp_path: Path) -> None:
    marked_up(tmp_path)
    clauses = list(gold().clauses)
    clauses[0] = clauses[0].model_copy(update={"text": "Recalling its bell,3"})
    known = "Recalling its bell, its rope and the long way up the tower of Ys in a winter storm,"
    marked_up(tmp_path, body=BODY.replace("its bell,", known.removeprefix("Recalling ")))
    clauses[0] = clauses[0].model_copy(update={"text": f"{known}3"})
    failures: list[object] = []
    labels = strip_corpus([gold(clauses=tuple(clauses))], [tmp_path], failures.append)
    assert failures == []
    [document], unplaced = build_corpus(labels, [tmp_path])
    assert unplaced == []
    assert document.clauses[0].text == known


def test_stripping_leaves_out_what_the_sources_lack(tmp_path: Path) -> None:
    marked_up(tmp_path, body=BODY.replace("all crews", "all cooks"))
    failures: list[object] = []
    labels = strip_corpus([gold()], [tmp_path], failures.append)
    assert [str(each) for each in failures] == [
        "L/RES/1: p_2__content: is not in the source as it is here"
    ]
    assert [each.eId for each in labels[0].clauses] == ["c_1", "p_3__content"]


@given(st.text(), st.text())
def test_a_fingerprint_does_not_see_layout_or_punctuation(one: str, other: str) -> None:
    tight = Clause(zone="operative", text=f"{one}{other}")
    loose = Clause(zone="preambular", number="4.", text=f"{one} ,\n {other};")
    assert normalise(f"{one} {other}") != normalise(one + other) or (
        fingerprint(tight) == fingerprint(loose)
    )


def test_a_fingerprint_sees_words_and_items() -> None:
    texts = ("Urges all", "Urges none", "Urges al l x")
    prints = {fingerprint(Clause(zone="operative", text=text)) for text in texts}
    items = (Item(text="to row"),)
    prints.add(fingerprint(Clause(zone="operative", text="Urges all", items=items)))
    assert len(prints) == 4


def test_paths_are_compared_from_their_end() -> None:
    assert same_name("a/b/c.xml", "x/b/c.xml") == 2
    assert same_name("c.xml", "x/b/c.xml") == 1
    assert same_name("c.xml", "d.xml") == 0


def test_a_line_that_is_no_labels_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"standoff": 1, "id": "a", "clauses": [{}]}\n')
    with pytest.raises(CorpusError, match=r"x.jsonl:1: clauses.0.zone: Field required"):
        list(read_standoff(tmp_path / "x.jsonl"))


def test_the_commands_strip_and_build(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    marked_up(texts)
    write_whole(tmp_path / "gold.jsonl", record_lines([gold()]))
    labels = tmp_path / "labels"
    runner = CliRunner()
    strip = ["strip", str(tmp_path / "gold.jsonl"), "-o", str(labels / "l.jsonl")]
    run = runner.invoke(app, ["corpus", *strip, "--source", str(texts)])
    assert run.exit_code == 0, run.output
    run = runner.invoke(
        app, ["corpus", "build", str(labels), str(texts), "-o", str(tmp_path / "b")]
    )
    assert run.exit_code == 0, run.output
    assert "1 documents, 3 clauses; 0 labels not placed" in run.stderr
    [document] = read_corpus(tmp_path / "b" / "l.jsonl")
    assert [c.text for c in document.clauses] == [c.text for c in gold().clauses]
    marked_up(texts, body=BODY.replace("bell", "gong"))
    one = ["build", str(labels), str(texts), "-o", str(tmp_path / "one.jsonl")]
    run = runner.invoke(app, ["corpus", *one])
    assert run.exit_code == 1
    assert "L/RES/1: c_1: " in run.stderr
    assert len(read_corpus(tmp_path / "one.jsonl")[0].clauses) == 2
    for wrong in ([str(texts)], [str(labels)]):
        run = runner.invoke(app, ["corpus", "build", *wrong, "-o", str(tmp_path / "no.jsonl")])
        assert run.exit_code == 1
    assert json.loads((labels / "l.jsonl").read_text(encoding="utf-8"))["standoff"] == 1
