"""Labels are carried to another language where the clauses of two versions align."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from akn_sample import akn, container, italic, main_body, paragraph, preamble
from whereas.cli import app
from whereas.corpus.predictions import worth_learning
from whereas.corpus.project import Report, anchors, pair_agrees, project
from whereas.corpus.records import read_corpus
from whereas.corpus.versions import read_versions
from whereas.document import Clause, Document
from whereas.errors import WhereasError
from whereas.families import symbol_key
from whereas.readers import read_bytes

ENGLISH = akn(
    preamble(container("Recalling", " resolution 7/12 of 1999,")),
    main_body(
        paragraph(f"{italic('Requests')} the pilot to land by 2031;", "1.", n=4),
        paragraph(f"{italic('Decides')} to fly on.", "2.", n=5),
    ),
)
FRENCH_PREAMBLE = preamble(container("Rappelant", " la résolution 7/12 de 1999,"))
FRENCH_BODY = (
    paragraph(f"{italic('Prie')} le pilote d'atterrir avant 2031 ;", "1.", n=40),
    paragraph(f"{italic('Décide')} de voler encore.", "2.", n=50),
)
FUNCTIONS = ["preambular.precedent", "operative.tasking", "operative.procedure"]


def french(*body: str, head: str = FRENCH_PREAMBLE) -> bytes:
    return akn(head, main_body(*body), language="fra", symbol="K/RES/7 ")


def labelled(*, whole: bool = True) -> Document:
    (document,) = read_bytes(ENGLISH, "en.xml")
    clauses = [
        clause.model_copy(update={"function": function, "addressees": ("secretariat",)})
        for clause, function in zip(document.clauses, FUNCTIONS, strict=True)
    ]
    if whole:
        return document.model_copy(update={"clauses": tuple(clauses)})
    return document.model_copy(update={"clauses": (clauses[1],), "partial": True, "text": None})


def run(tmp_path: Path, target: bytes, document: Document) -> tuple[list[Document], Report]:
    (tmp_path / "en.xml").write_bytes(ENGLISH)
    (tmp_path / "fr.xml").write_bytes(target)
    errors: list[WhereasError] = []
    key = symbol_key(document.symbol or "")
    versions = read_versions([tmp_path], {key}, {"en", "fr"}, failed=errors.append)
    assert errors == []
    report = Report()
    return list(project([document], versions, "fr", report)), report


def test_a_whole_document_keeps_its_text_and_spans(tmp_path: Path) -> None:
    (projected,), report = run(tmp_path, french(*FRENCH_BODY), labelled())
    assert [clause.function for clause in projected.clauses] == FUNCTIONS
    assert [clause.opening for clause in projected.clauses] == ["Rappelant", "Prie", "Décide"]
    assert projected.clauses[0].addressees == ("secretariat",)
    assert (projected.id, projected.language) == ("K/RES/7.en.fr", "fr")
    assert projected.text is not None
    assert "partial" not in (projected.model_extra or {})
    assert (report.documents, report.clauses, report.refused) == (1, 3, [])


def test_a_single_clause_is_placed_by_its_element(tmp_path: Path) -> None:
    (projected,), _ = run(tmp_path, french(*FRENCH_BODY), labelled(whole=False))
    assert [(c.text, c.function) for c in projected.clauses] == [
        ("Prie le pilote d'atterrir avant 2031 ;", "operative.tasking")
    ]
    assert (projected.model_extra or {})["partial"] is True


def test_a_single_clause_needs_only_its_own_zone_to_align(tmp_path: Path) -> None:
    (projected,), _ = run(tmp_path, french(*FRENCH_BODY, head=preamble()), labelled(whole=False))
    assert len(projected.clauses) == 1


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (french(*FRENCH_BODY, head=preamble()), "1 and 0 preambular clauses"),
        (french(FRENCH_BODY[0]), "2 and 1 operative clauses"),
        (akn(language="fra", symbol="K/RES/8"), "no version in fr"),
    ],
)
def test_a_misaligned_document_is_refused_with_its_reason(
    tmp_path: Path, target: bytes, reason: str
) -> None:
    documents, report = run(tmp_path, target, labelled())
    assert documents == []
    assert report.refused == [("K/RES/7.en", reason)]


def test_stray_lines_do_not_stop_numbered_clauses(tmp_path: Path) -> None:
    stray = paragraph(f"{italic('Texte')} en plus.")
    (projected,), _ = run(tmp_path, french(stray, *FRENCH_BODY), labelled())
    assert [clause.function for clause in projected.clauses] == FUNCTIONS


def test_a_pair_whose_figures_disagree_is_left_out(tmp_path: Path) -> None:
    other = paragraph(f"{italic('Prie')} le pilote d'atterrir avant 1951 ;", "1.", n=40)
    (projected,), report = run(tmp_path, french(other, FRENCH_BODY[1]), labelled())
    assert [clause.function for clause in projected.clauses] == [FUNCTIONS[0], FUNCTIONS[2]]
    assert report.wrong_pairs == 1
    assert projected.text is None


def test_a_document_with_many_wrong_pairs_is_refused(tmp_path: Path) -> None:
    swapped = paragraph(f"{italic('Décide')} de voler.", "2."), paragraph("Prie en 1951 ;", "1.")
    documents, report = run(tmp_path, french(*swapped), labelled())
    assert documents == []
    assert report.reasons == {"N of N pairs of clauses disagree": 1}


def test_a_whole_document_without_a_file_of_its_own_stands_for_itself(tmp_path: Path) -> None:
    (tmp_path / "fr.xml").write_bytes(french(*FRENCH_BODY))
    versions = read_versions([tmp_path], {symbol_key("K/RES/7")}, {"fr"}, failed=lambda error: None)
    (projected,) = project([labelled()], versions, "fr", Report())
    assert [clause.function for clause in projected.clauses] == FUNCTIONS


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("resolution 74/12 of 5 May 2019", "2019年5月5日第74/12号决议", True),
        ("resolution 1325 (2000)", "القرار ١٣٢٥ (٢٠٠٠)", True),
        ("in 2019", "en 2020", False),
        ("no figures", "sans chiffres", True),
        ("in 2019", "sans chiffres", False),
    ],
)
def test_what_survives_translation(first: str, second: str, agree: bool) -> None:
    clauses = [Clause(zone="operative", text=text) for text in (first, second)]
    assert pair_agrees(*clauses) is agree


def test_numbers_of_clauses_are_compared_without_their_marks() -> None:
    first, same, other = (
        Clause(zone="operative", number=number, text="x") for number in ("13.", "13 -", "14.")
    )
    assert pair_agrees(first, same)
    assert not pair_agrees(first, other)


def test_anchors() -> None:
    assert anchors("A/CONF.157/24, 25 May 2019, 111,212,700, 60/251") == {
        "157/24": 1,
        "2019": 1,
        "60/251": 1,
    }


@pytest.mark.parametrize("symbol", ["A/RES/74/250 A-B", "A/RES/74/250A–B", "a/res/74/250 a b"])
def test_symbols_are_compared_without_spaces_and_dashes(symbol: str) -> None:
    assert symbol_key(symbol) == "a/res/74/250ab"


def test_the_command(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "en.xml").write_bytes(ENGLISH)
    (files / "fr.xml").write_bytes(french(*FRENCH_BODY))
    corpus, output = tmp_path / "en.jsonl", tmp_path / "fr.jsonl"
    missing = labelled().model_copy(update={"symbol": "K/RES/9", "id": "K/RES/9.en"})
    corpus.write_text(f"{labelled().to_json()}\n{missing.to_json()}\n", encoding="utf-8")
    arguments = ["corpus", "project", str(corpus), str(files), "--language", "fr"]
    result = CliRunner().invoke(app, [*arguments, "--verbose", "-o", str(output)])
    assert result.exit_code == 0
    assert "fr: 1 of 2 documents, 3 of 6 labels" in result.stderr
    assert "documents refused: 1: no version in fr" in result.stderr
    assert "K/RES/9.en: no version in fr" in result.stderr
    (document,) = read_corpus(output)
    assert [clause.function for clause in document.clauses] == FUNCTIONS


def test_the_score_of_a_predicted_label_is_carried_along(tmp_path: Path) -> None:
    document = labelled()
    sure = document.clauses[0].model_copy(update={"score": 0.75})
    blank = document.clauses[1].model_copy(update={"function": None, "addressees": ()})
    clauses = (sure, blank, document.clauses[2])
    (projected,), report = run(
        tmp_path, french(*FRENCH_BODY), document.model_copy(update={"clauses": clauses})
    )
    assert [c.score for c in projected.clauses] == [0.75, None, None]
    assert [c.function for c in projected.clauses] == [FUNCTIONS[0], None, FUNCTIONS[2]]
    assert report.clauses == 2
    assert "partial" not in (projected.model_extra or {})


def predicted(*clauses: tuple[str, float]) -> Document:
    return Document(
        id="P/1",
        clauses=tuple(
            Clause(
                zone="operative",
                text=text,
                function="operative.procedure",
                score=score,
                scores={"operative.procedure": score},
                review=False,
            )
            for text, score in clauses
        ),
    )


def test_of_predicted_labels_the_sure_and_new_ones_are_worth_learning() -> None:
    first = predicted(("Decides to fly.", 0.9), ("Decides to land;", 0.6))
    second = predicted(("Decides to fly;", 0.95), ("Decides to wait.", 0.95))
    third = predicted(("Decides to land", 0.99))
    known = Document(id="K", clauses=(Clause(zone="operative", text="Decides to wait"),))
    found = list(worth_learning([first, second, third], 0.8, [known]))
    assert [[c.function is not None for c in d.clauses] for d in found] == [[True, False]]
    assert found[0].clauses[1] == Clause(zone="operative", text="Decides to land;")


def test_the_command_leaves_out_unsure_and_known_labels(tmp_path: Path) -> None:
    (tmp_path / "xml").mkdir()
    (tmp_path / "xml" / "en.xml").write_bytes(ENGLISH)
    (tmp_path / "xml" / "fr.xml").write_bytes(french(*FRENCH_BODY))
    document = labelled()
    scores = (0.9, 0.5, 0.9)
    clauses = tuple(
        c.model_copy(update={"score": score})
        for c, score in zip(document.clauses, scores, strict=True)
    )
    given, known, made = (tmp_path / name for name in ("en.jsonl", "known.jsonl", "fr.jsonl"))
    given.write_text(document.model_copy(update={"clauses": clauses}).to_json(), encoding="utf-8")
    old = document.model_copy(update={"clauses": (document.clauses[2],), "text": None})
    known.write_text(old.to_json(), encoding="utf-8")
    files = ["corpus", "project", str(given), str(tmp_path / "xml"), "-o", str(made)]
    options = ["--language", "fr", "--least-score", "0.8", "--known", str(known)]
    result = CliRunner().invoke(app, [*files, *options])
    assert result.exit_code == 0, result.output
    assert "1 of 1 labels" in result.output
    (projected,) = read_corpus(made)
    assert [c.function for c in projected.clauses] == [FUNCTIONS[0], None, None]
