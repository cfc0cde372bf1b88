from pathlib import Path

import pytest

from whereas.config import corpus_paths, load_recipe
from whereas.errors import ConfigError
from whereas.resources import resource


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["default", "smoke"])
def test_the_recipes_that_ship_are_well_formed(name: str) -> None:
    recipe = load_recipe(resource(f"configs/{name}.toml"))
    assert recipe.name == name
    for note in recipe.notes:
        assert resource(f"configs/{note}").is_file()


def test_what_a_recipe_leaves_out_has_a_default(tmp_path: Path) -> None:
    recipe = load_recipe(write(tmp_path, 'name = "x"\n[corpora]\npaths = ["a.jsonl"]\n'))
    assert recipe.languages == ("en",)
    assert "opening" in recipe.features.groups


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name = [", "not a TOML file"),
        ('name = "x"\n', "corpora: Field required"),
        ('name = "x"\ncolour = "red"\n[corpora]\npaths = ["a"]\n', "colour"),
        ('name = "x"\n[corpora]\npaths = ["a"]\n[features]\ngroups = ["smell"]\n', "groups.0"),
        ('name = "x"\n[corpora]\npaths = []\n', "corpora.paths"),
        ('name = "../x"\n[corpora]\npaths = ["a"]\n', "name"),
    ],
)
def test_an_error_names_the_place(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(ConfigError, match=r"recipe\.toml") as caught:
        load_recipe(write(tmp_path, text))
    assert place in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_key_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    text = 'name = "x"\n[corpora]\npaths = ["a"]\n[estimator]\nstrenght = 2.0\n'
    with pytest.raises(ConfigError, match=r"estimator\.strenght.*'strength'"):
        load_recipe(write(tmp_path, text))


def test_a_missing_corpus_is_answered_with_how_to_get_it(tmp_path: Path) -> None:
    text = 'name = "x"\n[corpora]\npaths = ["a.jsonl"]\nobtain = "ask the harbour master"\n'
    path = write(tmp_path, text)
    recipe = load_recipe(path)
    with pytest.raises(ConfigError, match=r"a\.jsonl is missing; ask the harbour master"):
        corpus_paths(recipe, path, None, pytest.fail)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.jsonl").touch()
    assert corpus_paths(recipe, path, elsewhere, pytest.fail) == [elsewhere / "a.jsonl"]
