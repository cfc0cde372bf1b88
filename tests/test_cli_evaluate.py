import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sample_corpus import clause, corpus
from whereas.cli import app
from whereas.document import Document
from whereas.training import train


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "c.jsonl"
    path.write_text("\n".join(d.to_json() for d in corpus(6)), encoding="utf-8")
    return path


def test_the_table_shows_the_model_beside_its_baselines(gold: Path) -> None:
    code, out, _ = run("default", gold)
    assert code == 0
    assert "6 documents, 36 labelled clauses" in out
    for name in ("model", "opening lookup", "majority of the zone"):
        assert f"\n{name}: accuracy " in out
    assert "clauses found in flattened texts: F1, exact " in out
    assert "end to end from flattened texts: F1 " in out
    assert "preambular.precedent" in out


def test_a_report_against_itself_shows_no_difference(gold: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    code, out, err = run("default", gold, "--report", folder, "--against", "default")
    assert code == 0
    assert "compared with default: no difference shown" in out
    assert f"report: {folder / 'report.html'}" in err
    about = json.loads((folder / "report.json").read_text(encoding="utf-8"))["about"]
    assert about["system"] == "model default"
    assert about["corpora"][0]["documents"] == 6
    assert len(about["corpora"][0]["sha256"]) == 64
    code, out, _ = run("default", gold, "--against", folder / "predictions.jsonl")
    assert "compared with predictions.jsonl: no difference shown" in out
    assert sorted(path.name for path in folder.iterdir()) == [
        "predictions.jsonl",
        "report.html",
        "report.json",
        "report.md",
    ]


def test_segmentation_can_be_left_out(gold: Path) -> None:
    _, out, _ = run("default", gold, "--no-segmentation")
    assert "clauses found" not in out


def test_labels_that_the_model_does_not_know_are_said_plainly(tmp_path: Path) -> None:
    strange = clause("operative", "Sings a song;", "operative.song")
    path = tmp_path / "c.jsonl"
    path.write_text(Document(id="x", clauses=(strange,)).to_json(), encoding="utf-8")
    code, out, _ = run("default", path, "--report", tmp_path / "r")
    assert code == 0
    assert "labels that the model does not know, counted as errors: operative.song (1)" in out
    assert "on the other clauses: n/a (needs a label that the model knows)" in out
    assert "operative.song" in (tmp_path / "r" / "report.html").read_text(encoding="utf-8")


def test_a_missing_corpus_or_model_is_one_line(gold: Path, tmp_path: Path) -> None:
    for arguments in (
        ("default", tmp_path / "none.jsonl"),
        ("nobody", gold),
        ("default", gold, "--against", "nobody"),
        ("default", gold, "--against", tmp_path / "none.jsonl"),
        ("default", gold, "--report", gold),
    ):
        code, out, err = run(*arguments)
        assert (code, out, err.count("\n")) == (1, "", 1), arguments


def test_an_empty_corpus_has_no_figures_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text("")
    code, out, _ = run("default", tmp_path / "c.jsonl", "--report", tmp_path / "r")
    assert code == 0
    assert "model: accuracy n/a (needs a labelled clause)" in out
    assert (tmp_path / "r" / "report.html").is_file()


def test_what_is_measured_must_be_named_once(gold: Path) -> None:
    assert run("default")[0] == 2
    assert run("smoke.toml", gold, "--cross-validate", 3)[0] == 2


def test_a_learning_curve_needs_the_training_corpora(gold: Path) -> None:
    code, _, err = run("default", gold, "--learning-curve")
    assert code == 1
    assert "name the folder that holds them with --corpus-root" in err


def test_the_learning_curve_of_a_model_is_measured_on_the_corpus_given(
    gold: Path, tmp_path: Path
) -> None:
    (tmp_path / "t.jsonl").write_text("\n".join(d.to_json() for d in corpus(16)), encoding="utf-8")
    recipe = tmp_path / "small.toml"
    recipe.write_text('name = "small"\nfolds = 2\n[corpora]\npaths = ["t.jsonl"]\n')
    model = train(recipe, tmp_path / "model")
    arguments = ("--learning-curve", "--corpus-root", tmp_path, "--report", tmp_path / "r")
    assert run(model, gold, *arguments)[0] == 0
    tree = json.loads((tmp_path / "r" / "report.json").read_text(encoding="utf-8"))
    assert tree["curve"]["points"][-1]["documents"] == 16
    assert tree["curve"]["points"][-1]["accuracy"]["value"] == 1
    families = tree["evaluation"]["slices"][-1]
    assert families["by"] == "title family in training"
    assert families["gap"] == "all clauses: seen"
    manifest = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    manifest["recipe"]["features"]["mood"] = 1.0  # a setting of another version
    (model / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    code, _, err = run(model, gold, *arguments)
    assert code == 1
    assert "made by a recipe with settings that this whereas does not have" in err


def test_cross_validation_needs_a_recipe_only(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text("\n".join(d.to_json() for d in corpus(16)), encoding="utf-8")
    recipe = tmp_path / "small.toml"
    recipe.write_text('name = "small"\nfolds = 2\n[corpora]\npaths = ["c.jsonl"]\n')
    code, out, _ = run(
        recipe, "--cross-validate", 3, "--learning-curve", "--report", tmp_path / "r"
    )
    assert code == 0
    assert "16 documents, 96 labelled clauses" in out
    tree = json.loads((tmp_path / "r" / "report.json").read_text(encoding="utf-8"))
    assert tree["about"]["method"].startswith("Cross-validation over 3 folds of title families")
    assert tree["curve"]["points"][-1]["documents"] == 10


def test_figures_on_the_training_corpus_or_in_a_foreign_language_come_with_a_warning(
    tmp_path: Path,
) -> None:
    documents = [d.model_copy(update={"language": "fr"}) for d in corpus(16)]
    path = tmp_path / "c.jsonl"
    path.write_text("\n".join(d.to_json() for d in documents), encoding="utf-8")
    (tmp_path / "small.toml").write_text(
        'name = "small"\nfolds = 2\n[corpora]\npaths = ["c.jsonl"]'
    )
    model = train(tmp_path / "small.toml", tmp_path / "model")
    _, _, err = run(model, path, "--report", tmp_path / "r")
    warnings = (
        "The model was trained on c.jsonl itself: its figures are too good.",
        "16 documents are in a language that the model was not trained on: fr.",
    )
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    for warning in warnings:
        assert warning in err
        assert warning in page
