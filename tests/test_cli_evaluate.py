from pathlib import Path

from typer.testing import CliRunner

from sample_corpus import corpus
from whereas.cli import app


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_the_table_shows_the_model_beside_its_baselines(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text("\n".join(d.to_json() for d in corpus(6)), encoding="utf-8")
    code, out, _ = run("default", tmp_path / "c.jsonl")
    assert code == 0
    assert "6 documents, 36 labelled clauses" in out
    for name in ("model", "opening lookup", "majority of the zone"):
        assert f"\n{name}: accuracy " in out
    assert "preambular.precedent" in out


def test_a_missing_corpus_or_model_is_one_line(tmp_path: Path) -> None:
    code, _, err = run("default", tmp_path / "none.jsonl")
    assert (code, err.count("\n")) == (1, 1)
    assert "none.jsonl: cannot be read" in err
    code, _, err = run("nobody", tmp_path / "none.jsonl")
    assert (code, err.count("\n")) == (1, 1)


def test_an_empty_corpus_has_no_figures_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text("")
    code, out, _ = run("default", tmp_path / "c.jsonl")
    assert code == 0
    assert "model: accuracy n/a (needs a labelled clause)" in out
