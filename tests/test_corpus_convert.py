import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sample_corpus import corpus
from whereas.cli import app
from whereas.cli.corpus.convert import CorpusFormat
from whereas.corpus.formats import FormatName
from whereas.corpus.records import read_corpus, record_lines, write_whole

AKN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement>
<preamble><container name="Recalling" eId="container_2"><p><i>Recalling</i> its bell,</p>
</container></preamble><mainBody><paragraph eId="para_3"><num>1.</num><content
eId="para_3__content"><p><i>Urges</i> all crews to row.</p></content></paragraph></mainBody>
</statement></akomaNtoso>"""


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["corpus", "convert", *map(str, arguments)])
    return result.exit_code, result.stderr


def test_the_command_knows_all_formats() -> None:
    assert [each.value for each in CorpusFormat] == [each.value for each in FormatName]


@pytest.mark.parametrize("name", ["x.csv", "x.conll", "x.spacy", "x.json", "x.jsonl"])
def test_the_extension_chooses_the_format_and_the_way_back_is_found_out(
    name: str, tmp_path: Path
) -> None:
    write_whole(tmp_path / "c.jsonl", record_lines(corpus(3)))
    assert run(tmp_path / "c.jsonl", "-o", tmp_path / name)[0] == 0
    assert run(tmp_path / name, "-o", tmp_path / "back.jsonl") == (0, "whereas: 3 documents\n")
    assert read_corpus(tmp_path / "back.jsonl") == corpus(3)


def test_a_folder_of_marked_up_and_plain_texts_becomes_a_corpus(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.xml").write_text(AKN, encoding="utf-8")
    (folder / "b.txt").write_text(
        "The Council of Ys,\n\nRecalling its bell,\n\n1. Urges all crews to row;\n\n"
        "2. Decides to remain seized of the matter.\n",
        encoding="utf-8",
    )
    write_whole(folder / "c.jsonl", record_lines(corpus(2)))
    (folder / "d.xml").write_text("<akomaNtoso><broken", encoding="utf-8")
    code, errors = run(folder, "-o", tmp_path / "all.jsonl")
    assert code == 1
    assert "d.xml" in errors
    assert "4 documents, 1 inputs could not be read" in errors
    found = read_corpus(tmp_path / "all.jsonl")
    assert [len(document.clauses) for document in found] == [2, 3, 6, 6]
    assert found[0].clauses[1].model_extra == {"eId": "para_3__content"}


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    overlapping = {
        "id": "L/1",
        "text": "abcdef",
        "clauses": [
            {"zone": "operative", "text": "x", "spans": [[n, n + 3]]} for n in (0, 2)
        ],
    }  # fmt: skip
    (tmp_path / "c.jsonl").write_text(json.dumps(overlapping), encoding="utf-8")
    code, errors = run(tmp_path / "c.jsonl", "-o", tmp_path / "c.conll")
    assert code == 1
    assert "overlaps" in errors
    assert [path.name for path in tmp_path.iterdir()] == ["c.jsonl"]


def test_the_interface_of_label_studio_is_written_on_request(tmp_path: Path) -> None:
    write_whole(tmp_path / "c.jsonl", record_lines(corpus(1)))
    options = ["-o", tmp_path / "tasks.json", "--interface", tmp_path / "interface.xml"]
    assert run(tmp_path / "c.jsonl", *options)[0] == 0
    assert "operative.tasking" in (tmp_path / "interface.xml").read_text(encoding="utf-8")


def test_nothing_is_written_of_inputs_that_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "tasks.json").write_text('[{"data": ', encoding="utf-8")
    code, errors = run(tmp_path / "tasks.json", "-o", tmp_path / "c.jsonl")
    assert code == 1
    assert "tasks.json: not JSON" in errors
    assert "nothing was written" in errors
    assert not (tmp_path / "c.jsonl").exists()
