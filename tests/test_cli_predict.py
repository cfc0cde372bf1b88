"""The commands ``predict`` and ``segment``."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whereas.cli import app
from whereas.cli.predict import Format, Language
from whereas.document import Clause, Document
from whereas.language import LANGUAGES, seems_known
from whereas.readers import read
from whereas.writers import FORMATS

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
MILLS = EXAMPLES / "tide-mills.en.txt"
GERMAN = """Die Versammlung der Hafenstädte,

unter Hinweis auf ihren Beschluss 12/4 vom 3. Mai 2006 über die Leuchttürme der Nordküste,

mit Besorgnis feststellend, dass viele Lampen seit dem Winter erloschen sind,

in der Erwägung, dass jede Stadt für ihren eigenen Turm verantwortlich ist,

1. ersucht das Sekretariat, bis zum Herbst einen Bericht über die Türme vorzulegen;

2. fordert alle Städte auf, ihre Türme unverzüglich instand zu setzen;

3. beschließt, mit der Angelegenheit befasst zu bleiben.
"""
STRANGE = {  # resolutions with few common words of their language left whole
    "split by a scanner": """T he H arbour C ouncil,

R ecalling i ts r esolution 4/ 12 o f 3 M ay 2 006 o n t he l ighthouses o f t he n orthern c oast,

N oting w ith c oncern t hat m any l amps h ave g one d ark s ince t he w inter,

1. R equests t he S ecretariat t o r eport o n t he s tate o f t he t owers;

2. D ecides t o r emain s eized o f t he m atter.
""",
    "joined by a scanner": """TheHarbourCouncil,

Recalling itsresolution4/12of3May2006onthelighthouses ofthenortherncoast,

Noting withconcern thatmanylamps havegonedark sincethewinter,

1. Requests theSecretariat toreport onthestate ofthetowers;

2. Decides toremain seized ofthematter.
""",
    "of a council": """RESOLUTION 14-03

WHEREAS, staff recommends approval;

WHEREAS, Harbor Street residents request resurfacing;

WHEREAS, funding remains available;

RESOLVED, Council approves Contract 14-03 awarding resurfacing work, Acme Paving, $412,000;

RESOLVED, staff shall execute Contract 14-03.
""",
    "short and Spanish": """La Junta,

Recordando resoluciones anteriores sobre faros, boyas, muelles, barcos, puertos, costas, playas,

1. Decide aprobar presupuesto 2007;

2. Pide cuentas claras, informes mensuales, fechas exactas, nombres completos;

3. Exhorta a gobiernos, municipios, empresas, vecinos a cooperar.
""",
    "a table of names": """The Council

Appoints members:

Amalia Okafor       Chair       Boris Lindqvist      Clerk
Chinwe Marchetti    Member      Dmitri Novak         Member
Esperanza Haddad    Member      Farid Kowalczyk      Member
Giulia Tanaka       Member      Henrik Abubakar      Member
Ibrahim Sorensen    Member      Jadwiga Mbeki        Member
""",
}


def invoke(*words: object, text: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(map(str, words)), input=text)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_choices_are_those_of_the_library() -> None:
    assert tuple(Format) == FORMATS
    assert tuple(Language) == ("auto", *LANGUAGES)


def test_predict_labels_and_segment_does_not() -> None:
    code, out, _ = invoke("predict", MILLS, "--format", "jsonl")
    labelled = json.loads(out)
    assert code == 0
    assert {clause["zone"] for clause in labelled["clauses"]} == {"preambular", "operative"}
    assert all(clause["function"] for clause in labelled["clauses"])
    code, out, _ = invoke("segment", MILLS)
    segmented = json.loads(out)
    assert code == 0
    assert not any("function" in clause for clause in segmented["clauses"])
    spans = [[clause["spans"] for clause in each["clauses"]] for each in (labelled, segmented)]
    assert spans[0] == spans[1]


@pytest.mark.parametrize("language", ["auto", "en"])
def test_files_of_the_argmining_task_come_back_with_types(tmp_path: Path, language: str) -> None:
    paragraphs = [
        {"para_number": 1, "para": "Considérant le vent,", "para_en": "Considering the wind,"},
        {"para_number": 2, "para": "1. Le vent devrait souffler.", "para_en": "1. It should blow."},
    ]
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    tree = {"TEXT_ID": "KITE-1", "body": {"paragraphs": paragraphs}}
    (source / "KITE-1.json").write_text(json.dumps(tree), encoding="utf-8")
    code, _, err = invoke(
        "predict", source, "--format", "argmining", "--language", language, "-o", out
    )
    assert (code, err) == (0, "")
    written = json.loads((out / "KITE-1.json").read_text(encoding="utf-8"))
    assert [one["type"] for one in written["body"]["paragraphs"]] == ["preambular", "operative"]
    assert written["METADATA"]["structure"] == {"preambular_para": [1], "operative_para": [2]}


def test_standard_input_is_read() -> None:
    code, out, _ = invoke("segment", "-", text=MILLS.read_text(encoding="utf-8"))
    assert code == 0
    assert len(json.loads(out)["clauses"]) == 12


def test_the_extension_of_the_output_chooses_the_format(tmp_path: Path) -> None:
    out = tmp_path / "table.csv"
    assert invoke("predict", MILLS, "-o", out, "--bom")[0] == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.DictReader(lines))) >= 12


def test_one_page_cannot_hold_two_documents(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    code, _, said = invoke("segment", MILLS, MILLS, "-o", out)
    assert (code, "folder" in said) == (1, True)
    assert not out.exists()
    assert invoke("segment", MILLS, MILLS, "-o", tmp_path / "pages", "--format", "html")[0] == 0
    names = {path.name for path in (tmp_path / "pages").glob("*.html")}
    assert names == {f"{MILLS.name}.html", f"{MILLS.name}~2.html"}


def test_akoma_ntoso_reads_back_to_the_same_clauses(tmp_path: Path) -> None:
    assert invoke("segment", MILLS, "--format", "akn", "-o", tmp_path / "mills.xml")[0] == 0
    _, out, _ = invoke("segment", MILLS)
    expected = Document.from_json(out, "stdout")
    (document,) = read(tmp_path / "mills.xml")
    assert [clause.full_text for clause in document.clauses] == [
        clause.full_text for clause in expected.clauses
    ]


def test_files_of_the_shared_task_keep_their_names(tmp_path: Path) -> None:
    paragraphs = [
        {"para_number": n, "para": words, "type": None}
        for n, words in enumerate(
            ["La Conférence,", "Considérant que le sel manque,", "1. Recommande d'en acheter."], 1
        )
    ]
    tree = {"TEXT_ID": "x", "METADATA": {"structure": {}}, "body": {"paragraphs": paragraphs}}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.json").write_text(json.dumps(tree), encoding="utf-8")
    code, _, said = invoke(
        "segment", tmp_path / "in", "--format", "argmining", "-o", tmp_path / "out"
    )
    assert code == 0, said
    written = json.loads((tmp_path / "out" / "x.json").read_text(encoding="utf-8"))
    types = [paragraph["type"] for paragraph in written["body"]["paragraphs"]]
    assert types == [None, "preambular", "operative"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--jobs", "0"], "jobs"),
        (["--resume"], "resume"),
        (["--language", "tlh"], "language"),
    ],
    ids=["jobs", "resume", "language"],
)
def test_wrong_usage_exits_with_2(words: list[str], expected: str) -> None:
    code, _, said = invoke("predict", MILLS, *words)
    assert (code, expected in said) == (2, True)


def test_a_failed_input_exits_with_1_and_the_others_are_done(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    code, out, said = invoke("segment", tmp_path / "empty.txt", tmp_path / "gone", MILLS)
    assert code == 1
    assert len(out.splitlines()) == 1
    lines = said.splitlines()
    assert [("empty.txt" in line, "gone" in line) for line in lines[:2]] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("command", ["predict", "segment"])
def test_a_text_in_another_language_is_not_taken_for_english(tmp_path: Path, command: str) -> None:
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    code, out, said = invoke(command, tmp_path / "de.txt")
    assert (code, out) == (1, "")
    assert said.splitlines()[0].endswith(
        "de.txt: de: seems to be in none of en, fr, es, ru, zh, ar; "
        "if it is in one of them, name that with --language"
    )
    code, out, _ = invoke(command, tmp_path / "de.txt", "--language", "en")
    forced = json.loads(out)
    assert (code, forced["language"]) == (0, "en")
    assert [clause["number"] for clause in forced["clauses"]] == ["1.", "2.", "3."]
    assert not any(clause.get("opening") for clause in forced["clauses"])


@pytest.mark.parametrize("command", ["predict", "segment"])
@pytest.mark.parametrize("kind", STRANGE)
def test_a_text_with_an_opening_phrase_is_not_refused(
    kind: str, command: str, tmp_path: Path
) -> None:
    assert not seems_known(STRANGE[kind])
    (tmp_path / "a.txt").write_text(STRANGE[kind], encoding="utf-8")
    code, out, said = invoke(command, tmp_path / "a.txt")
    assert (code, said) == (0, "")
    document = json.loads(out)
    assert document["language"] == ("es" if "Spanish" in kind else "en")
    assert any(clause.get("opening") for clause in document["clauses"])


def test_a_record_that_comes_with_its_clauses_is_not_refused(tmp_path: Path) -> None:
    clause = Clause(zone="operative", text=" ".join(GERMAN.split()))
    record = Document(id="türme", clauses=(clause,)).to_json()
    (tmp_path / "de.jsonl").write_text(record, encoding="utf-8")
    code, out, said = invoke("predict", tmp_path / "de.jsonl")
    assert (code, said) == (0, "")
    assert json.loads(out)["clauses"][0]["function"]


def test_a_record_in_a_language_without_a_lexicon_is_one_line(tmp_path: Path) -> None:
    record = Document(id="fähren", language="de", text=GERMAN).to_json()
    (tmp_path / "de.jsonl").write_text(record, encoding="utf-8")
    code, out, said = invoke("predict", tmp_path / "de.jsonl")
    assert (code, out) == (1, "")
    assert "fähren: language de: clauses are found in en, fr, es, ru, zh, ar only;" in said


def test_the_language_option_is_for_records_that_name_none(tmp_path: Path) -> None:
    records = [Document(id="x", language=named, text="1. Vote.") for named in (None, "", "es")]
    text = "\n".join(record.to_json() for record in records)
    (tmp_path / "c.jsonl").write_text(text, encoding="utf-8")
    _, out, _ = invoke("segment", tmp_path / "c.jsonl", "--language", "fr")
    assert [json.loads(line)["language"] for line in out.splitlines()] == ["fr", "fr", "es"]
    _, piped, _ = invoke("segment", "-", "--language", "fr", text=text)
    assert piped == out
    _, out, _ = invoke("segment", tmp_path / "c.jsonl")
    assert [json.loads(line)["language"] for line in out.splitlines()] == ["en", "en", "es"]


def test_an_unknown_model_is_one_line() -> None:
    code, out, said = invoke("predict", MILLS, "--model", "nonesuch")
    assert (code, out) == (1, "")
    assert said.count("\n") == 1
    assert "nonesuch" in said
