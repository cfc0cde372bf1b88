from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from sample_corpus import clause, corpus
from whereas.bundle import load_bundle
from whereas.classify import NO_ACT
from whereas.cli import app
from whereas.config import Recipe
from whereas.document import Document
from whereas.errors import ConfigError, CorpusError, RecordError
from whereas.families import family_folds, title_families
from whereas.training import fit, fit_measured, train
from whereas.training.alignment import align_acts

CONFIGS = Path(__file__).parents[1] / "configs"
RECIPE = Recipe.model_validate({"name": "small", "folds": 2, "corpora": {"paths": ["x"]}})


def test_training_learns_what_the_corpus_shows() -> None:
    result = fit_measured(corpus(40), RECIPE)
    scores = result.measures["groups"]["whole documents"]
    assert scores["accuracy"] == 1.0
    assert scores["also_micro_f1"] > 0.9
    assert scores["first_addressee_accuracy"] == 1.0
    assert [c.function for d in result.classifier.label(corpus(2)) for c in d.clauses] == [
        c.function for d in corpus(2) for c in d.clauses
    ]


def test_training_twice_gives_the_same_scores() -> None:
    first, second = (fit(corpus(), RECIPE).label(corpus()) for _ in range(2))
    assert first == second


def test_folds_never_divide_a_family() -> None:
    documents = corpus(40)
    folds = family_folds(documents, 3, seed=5)
    families = title_families(documents)
    assert len(set(zip(families, folds, strict=True))) == len(set(families))
    assert set(folds) == {0, 1, 2}
    assert folds == family_folds(documents, 3, seed=5)


def test_a_scheme_of_ones_own_needs_no_code(tmp_path: Path) -> None:
    (tmp_path / "labels.toml").write_text(
        '[scheme]\nname = "moods"\nversion = 1\n'
        '[[functions]]\nlabel = "praise"\n[[functions]]\nlabel = "blame"\n'
        '[[functions]]\nlabel = "order"\ndirective = true\n[[addressees]]\nlabel = "cats"\n',
        encoding="utf-8",
    )
    (tmp_path / "moods.toml").write_text(
        'name = "moods"\nscheme = "labels.toml"\nfolds = 2\n[corpora]\npaths = ["moods.jsonl"]\n',
        encoding="utf-8",
    )
    lines = []
    for number in range(12):
        clauses = (
            clause("preambular", f"Praising the sleep of cat {number},", "praise"),
            clause("preambular", f"Blaming the noise of dog {number},", "blame"),
            clause("operative", "Orders all cats to rest.", "order", addressees=("cats",)),
        )
        lines.append(Document(id=f"M/{number}", title=f"Cat {number}", clauses=clauses).to_json())
    (tmp_path / "moods.jsonl").write_text("\n".join(lines), encoding="utf-8")
    bundle = load_bundle(train(tmp_path / "moods.toml", tmp_path / "model"))
    assert bundle.classifier.scheme.name == "moods"
    fresh = Document(
        id="new",
        clauses=(
            clause("preambular", "Praising the ferry cat,", "blame"),
            clause("operative", "Orders all cats to wake.", "blame"),
        ),
    )
    (labelled,) = bundle.classifier.label([fresh])
    assert [c.function for c in labelled.clauses] == ["praise", "order"]


def test_the_smoke_recipe_trains_on_what_ships(tmp_path: Path) -> None:
    bundle = load_bundle(train(CONFIGS / "smoke.toml", tmp_path / "smoke"))
    assert bundle.manifest.corpora[0]["documents"] > 0
    assert len(bundle.manifest.corpora[0]["sha256"]) == 64
    assert "Measures" in bundle.card


def test_a_label_outside_the_scheme_is_refused() -> None:
    stray = Document(id="L/99", clauses=(clause("operative", "Sings;", "operative.song"),))
    with pytest.raises(CorpusError, match=r"L/99: clause 1: label 'operative.song'"):
        fit([*corpus(), stray], RECIPE)


def test_one_document_is_too_few_to_choose_thresholds_with() -> None:
    with pytest.raises(CorpusError, match="at least two documents"):
        fit(corpus(1), RECIPE)


def test_one_function_is_too_few() -> None:
    with pytest.raises(CorpusError, match="at least two functions"):
        fit([Document(id="L/1", clauses=(clause("operative", "Decides;", "other"),))], RECIPE)


def scored(document: Document) -> Document:
    clauses = tuple(c.model_copy(update={"score": 0.9}) for c in document.clauses)
    return document.model_copy(update={"clauses": clauses})


def test_labels_that_a_model_gave_are_learnt_from_and_not_measured_with() -> None:
    gold = corpus(24)
    mixed = [*gold[:16], *map(scored, gold[16:])]
    measures = fit_measured(mixed, RECIPE).measures
    own = sum(len(document.clauses) for document in gold[:16])
    assert measures["groups"]["all clauses"]["clauses"] == own
    praise = clause("operative", "Applauds the bell ringers;", "operative.appreciation", score=0.9)
    extra = [Document(id=f"P/{n}", language="en", clauses=(praise,)) for n in range(4)]
    (labelled,) = fit([*gold, *extra], RECIPE).label([extra[0]])
    assert labelled.clauses[0].function == "operative.appreciation"


def test_labels_of_a_model_alone_are_too_few() -> None:
    with pytest.raises(CorpusError, match="clauses with a score"):
        fit([scored(document) for document in corpus()], RECIPE)


def test_a_broken_corpus_names_file_and_line(tmp_path: Path) -> None:
    recipe = tmp_path / "r.toml"
    recipe.write_text('name = "r"\n[corpora]\npaths = ["c.jsonl"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"c\.jsonl is missing"):
        train(recipe, tmp_path / "out")
    (tmp_path / "c.jsonl").write_text(corpus(1)[0].to_json() + "\n{", encoding="utf-8")
    with pytest.raises(RecordError, match=r"c\.jsonl:2"):
        train(recipe, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_acts_get_the_further_functions_in_order_even_those_that_open_no_clause() -> None:
    classes = ("praise", "blame")
    chances = np.log(np.array([[0.9, 0.1], [0.2, 0.8]], dtype=np.float32))
    assert align_acts(chances, classes, ("praise", "blame"), "song") == ["praise", "blame"]
    assert align_acts(chances, classes, ("blame",), "song") == [NO_ACT, "blame"]
    assert align_acts(chances, classes, ("dance",), "song") == ["dance", NO_ACT]
    assert align_acts(chances, classes, ("praise",), "blame") == ["praise", "blame"]


def small_recipe(folder: Path, more: str) -> Path:
    """Write a recipe of a small corpus in ``far`` and of more corpora, and return it."""
    recipe = folder / "r.toml"
    recipe.write_text(
        f'name = "r"\nfolds = 2\n[corpora]\nroot = "far"\npaths = ["c.jsonl"]\n{more}\n',
        encoding="utf-8",
    )
    (folder / "far").mkdir()
    (folder / "far" / "c.jsonl").write_text(
        "\n".join(document.to_json() for document in corpus(12)), encoding="utf-8"
    )
    return recipe


def test_supplements_are_learnt_from_and_measured_apart(tmp_path: Path) -> None:
    recipe = small_recipe(tmp_path, 'supplements = ["more.jsonl"]')
    with pytest.raises(ConfigError, match=r"more\.jsonl is missing; it comes with a checkout"):
        train(recipe, tmp_path / "out")
    extra = [
        Document(
            id=f"X/{number}",
            title=f"Bridge {number}",
            clauses=(clause("operative", f"Whistles at bridge {number};", "operative.obligation"),),
        )
        for number in range(6)
    ]
    (tmp_path / "more.jsonl").write_text(
        "\n".join(document.to_json() for document in extra), encoding="utf-8"
    )
    bundle = load_bundle(train(recipe, tmp_path / "out"))
    assert [corpus["name"] for corpus in bundle.manifest.corpora] == ["c.jsonl", "more.jsonl"]
    groups = bundle.manifest.measures["groups"]
    assert groups["supplements"]["clauses"] == 6
    assert groups["whole documents"]["clauses"] == 12 * 6
    assert groups["supplements"]["accuracy"] == 1
    assert "operative.obligation" in bundle.classifier.functions.classes


def test_an_optional_corpus_is_learnt_from_where_it_is_there(tmp_path: Path) -> None:
    recipe = small_recipe(tmp_path, 'optional = ["more.jsonl"]')
    alone = CliRunner().invoke(app, ["train", str(recipe), "-o", str(tmp_path / "alone")])
    assert f"{tmp_path / 'far' / 'more.jsonl'} is missing" in alone.stderr
    whistle = clause("operative", "Whistles at the bridge;", "operative.obligation")
    more = [Document(id=f"X/{n}", clauses=(whistle,)) for n in range(6)]
    (tmp_path / "far" / "more.jsonl").write_text(
        "\n".join(document.to_json() for document in more), encoding="utf-8"
    )
    taught = CliRunner().invoke(app, ["train", str(recipe), "-o", str(tmp_path / "taught")])
    assert "missing" not in taught.stderr
    first, second = load_bundle(tmp_path / "alone"), load_bundle(tmp_path / "taught")
    assert [corpus["name"] for corpus in second.manifest.corpora] == ["c.jsonl", "more.jsonl"]
    assert "operative.obligation" not in first.classifier.functions.classes
    (labelled,) = second.classifier.label([more[0]])
    assert labelled.clauses[0].function == "operative.obligation"


def test_a_report_says_which_optional_corpora_are_missing(tmp_path: Path) -> None:
    recipe = small_recipe(tmp_path, 'optional = ["none.jsonl"]')
    words = ["evaluate", str(recipe), "--cross-validate", "2", "--no-segmentation"]
    found = CliRunner().invoke(app, words)
    assert found.exit_code == 0
    assert "none.jsonl is missing: the model is trained without it" in found.output


def test_a_missing_optional_corpus_gives_a_warning_in_python(tmp_path: Path) -> None:
    recipe = small_recipe(tmp_path, 'optional = ["none.jsonl"]')
    with pytest.warns(UserWarning, match=r"none\.jsonl is missing: the model is trained without"):
        train(recipe, tmp_path / "out")
