"""Recipes: how to train a model, read from TOML. Unknown keys are errors."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from whereas.errors import ConfigError

Group = Literal[
    "opening",
    "words",
    "cues",
    "frame",
    "place",
    "items",
    "pairs",
    "clause",
    "neighbours",
]
Share = Annotated[float, Field(gt=0, lt=1)]
Positive = Annotated[float, Field(gt=0)]


class Settings(BaseModel):
    """Frozen base of the parts of a recipe."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Corpora(Settings):
    """Where the training corpora are.

    ``paths`` are relative to ``root``, which is relative to the recipe; ``obtain`` says how to
    get them, for the message when they are missing. ``supplements``, relative to the recipe, are
    corpora of other kinds of resolutions: models learn from them too, and are measured on
    them apart. ``optional``, relative to ``root``, are corpora like those of ``paths`` that the
    training does without where they are missing.
    """

    root: str = "."
    paths: tuple[str, ...] = Field(min_length=1)
    supplements: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    obtain: str = ""


class Features(Settings):
    """Which groups of features are made, and which of the features are kept.

    One must occur in at least ``least`` clauses, and be among the ``most`` that weigh most.
    """

    groups: tuple[Group, ...] = (
        "opening",
        "words",
        "cues",
        "frame",
        "place",
        "items",
    )
    least: Annotated[int, Field(ge=1)] = 2
    most: Annotated[int, Field(ge=1)] = 60_000


class Estimator(Settings):
    """Settings of the models.

    ``kind`` of model chooses functions: support vector machines or logistic regression; the
    strengths are the inverse of regularisation. Examples count by ``partial_weight`` where they
    are single clauses, cut out of their documents, and more where their function is rarer: by
    the power ``rare`` of how much commoner the commonest is.
    """

    kind: Literal["support_vectors", "logistic"] = "support_vectors"
    strength: Positive = 0.1
    rare: Annotated[float, Field(ge=0, le=1)] = 0.0
    further_strength: Positive = 1.0
    addressee_strength: Positive = 1.0
    partial_weight: Positive = 1.0


class EncoderSettings(Settings):
    """The encoder that gives a second opinion.

    ``path`` is its file, relative to the recipe; it is asked where the likeliest function has a
    probability below ``doubt``.
    """

    path: str
    doubt: Share = 0.7


class Review(Settings):
    """``precision``: the share of right functions wanted among clauses not marked for review."""

    precision: Share = 0.98


class Recipe(Settings):
    """How to train a model.

    ``scheme`` and ``notes``, files of Markdown that are added to the model's card, are paths
    relative to the recipe; without ``scheme``, the labels are those that come with whereas.
    """

    name: Annotated[str, Field(pattern=r"^[\w-]+$")]
    description: str = ""
    languages: tuple[str, ...] = Field(default=("en",), min_length=1)
    scheme: str | None = None
    notes: tuple[str, ...] = ()
    seed: Annotated[int, Field(ge=0)] = 0
    folds: Annotated[int, Field(ge=2)] = 5
    corpora: Corpora
    features: Features = Features()
    estimator: Estimator = Estimator()
    encoder: EncoderSettings | None = None
    review: Review = Review()

    @property
    def doubt(self) -> float:
        """The probability of a function below which the encoder is asked; 0 without one."""
        return self.encoder.doubt if self.encoder else 0.0


def load_recipe(path: Path) -> Recipe:
    """Read a recipe from its TOML file.

    Raises:
        ConfigError: the file cannot be read, is not TOML or is no recipe.
    """
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        return Recipe.model_validate(tree)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not a TOML file ({error})") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "recipe"
        known = _known_keys(first["loc"]) if first["type"] == "extra_forbidden" else ""
        raise ConfigError(f"{path}: {field}: {first['msg']}{known}") from None


def _known_keys(place: tuple[int | str, ...]) -> str:
    model: type[BaseModel] = Recipe
    for part in place[:-1]:
        kind = model.model_fields[str(part)].annotation
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            return ""
        model = kind
    return f"; expected one of {sorted(model.model_fields)}"


def corpus_paths(
    recipe: Recipe,
    recipe_path: Path,
    root: Path | None,
    notice: Callable[[str], object],
) -> list[Path]:
    """Return the training corpora of a recipe, but for its supplements.

    Args:
        root: the folder that holds them, if not the one that the recipe names.
        notice: called with a line for each optional one that is missing.

    Raises:
        ConfigError: one that is not optional is missing; the message says how to get it.
    """
    folder = root or recipe_path.parent / recipe.corpora.root
    how = recipe.corpora.obtain or "name the folder that holds it with --corpus-root"
    paths = _existing(recipe_path, [folder / path for path in recipe.corpora.paths], how)
    for path in (folder / path for path in recipe.corpora.optional):
        if path.exists():
            paths.append(path)
        else:
            notice(f"{path} is missing: the model is trained without it")
    return paths


def supplement_paths(recipe: Recipe, recipe_path: Path) -> list[Path]:
    """Return the supplements of a recipe.

    Raises:
        ConfigError: one is missing.
    """
    paths = [recipe_path.parent / path for path in recipe.corpora.supplements]
    return _existing(recipe_path, paths, "it comes with a checkout of the repository")


def _existing(recipe_path: Path, paths: list[Path], how: str) -> list[Path]:
    for path in paths:
        if not path.exists():
            raise ConfigError(f"{recipe_path}: corpus {path} is missing; {how}")
    return paths
