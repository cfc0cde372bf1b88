import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sample_corpus import corpus
from whereas.cli import app
from whereas.corpus.records import read_corpus, record_lines, write_whole
from whereas.corpus.suggestions import suggest, uncertainty
from whereas.document import Clause, Document
from whereas.errors import CorpusError


def guess(text: str, *chances: float) -> Clause:
    scores = {f"operative.{n}": chance for n, chance in enumerate(chances)}
    return Clause(
        zone="operative", text=text, function="operative.0", score=chances[0], scores=scores
    )


def documents(*clauses: Clause) -> tuple[list[Document], list[Document]]:
    """Return a document without labels, and the same with guesses."""
    bare = tuple(Clause(zone=clause.zone, text=clause.text) for clause in clauses)
    shared = {"id": "L/1", "language": "en", "title": "On bells"}
    return [Document(**shared, clauses=bare)], [Document(**shared, clauses=clauses)]  # type: ignore[arg-type]


UNSURE = guess("Urges the tide to wait", 0.4, 0.35, 0.25)
AGAIN = guess("Urges the tide to wait longer", 0.4, 0.36, 0.24)
OTHER = guess("Adopts nine budgets for lamps", 0.5, 0.3, 0.2)
SURE = guess("Thanks every cook", 0.99, 0.005, 0.005)


def test_what_the_model_is_unsure_of_comes_first_but_not_the_like_of_it_next() -> None:
    chosen = suggest(*documents(SURE, UNSURE, OTHER, AGAIN), count=3)
    assert [document.clauses[0].text for document in chosen[:2]] == [AGAIN.text, OTHER.text]
    assert [document.id for document in chosen[:2]] == ["L/1#4", "L/1#3"]
    first = chosen[0]
    assert first.clauses[0] == AGAIN
    assert first.title == "On bells"
    assert first.model_extra == {"partial": True, "uncertainty": 0.96}


def test_what_is_known_is_not_suggested_and_its_like_comes_later() -> None:
    known = [Document(id="k", clauses=(AGAIN,))]
    chosen = suggest(*documents(UNSURE, AGAIN, OTHER), count=9, known=known)
    assert [document.clauses[0].text for document in chosen] == [OTHER.text, UNSURE.text]


def test_labelled_clauses_and_repeated_words_are_passed_over() -> None:
    bare, guessed = documents(UNSURE, OTHER, UNSURE)
    half = bare[0].clauses[1].model_copy(update={"function": "operative.notice"})
    bare = [bare[0].model_copy(update={"clauses": (bare[0].clauses[0], half, bare[0].clauses[2])})]
    assert [document.id for document in suggest(bare, guessed, count=5)] == ["L/1#1"]
    with pytest.raises(CorpusError, match="nothing to suggest"):
        suggest(guessed, guessed, count=5)


def test_uncertainty_is_the_margin_between_the_two_likeliest() -> None:
    assert uncertainty(SURE) == pytest.approx(0.015)
    assert uncertainty(UNSURE) == pytest.approx(0.95)
    assert uncertainty(Clause(zone="operative", text="x", score=0.75)) == pytest.approx(0.25)


def test_the_command_writes_any_format_with_the_guesses(tmp_path: Path) -> None:
    bare = [
        document.model_copy(
            update={
                "clauses": tuple(
                    Clause(zone=clause.zone, text=clause.text) for clause in document.clauses
                )
            }
        )
        for document in corpus(4)
    ]
    write_whole(tmp_path / "new.jsonl", record_lines(bare))
    options = [str(tmp_path / "new.jsonl"), "-n", "5"]
    tasks = str(tmp_path / "tasks.json")
    run = CliRunner().invoke(app, ["corpus", "suggest", *options, "-o", tasks])
    assert run.exit_code == 0, run.output
    assert "5 of 24 clauses in 4 documents suggested" in run.stderr
    for task in json.loads(Path(tasks).read_text(encoding="utf-8")):
        assert task["predictions"][0]["result"][0]["value"]["labels"]
    records = str(tmp_path / "next.jsonl")
    run = CliRunner().invoke(app, ["corpus", "suggest", *options, "-o", records])
    assert [len(document.clauses) for document in read_corpus(Path(records))] == [1] * 5
