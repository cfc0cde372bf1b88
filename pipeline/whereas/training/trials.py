"""Trials: what a report is made of, for a model on new documents or a recipe on its own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from whereas.bundle import Manifest, find_bundle, load_bundle
from whereas.config import Recipe, corpus_paths, load_recipe
from whereas.corpus.records import read_corpus
from whereas.document import Document
from whereas.errors import ConfigError, ModelError
from whereas.evaluation import predict, with_texts
from whereas.evaluation.curve import LearningCurve
from whereas.evaluation.estimate import Bootstrap
from whereas.evaluation.mistakes import Progress
from whereas.evaluation.predictions import Predictions, Segmenter
from whereas.families import family_folds
from whereas.labels import load_scheme
from whereas.report.about import About, Corpus, card_line, versions
from whereas.training.crossvalidation import cross_validate, learning_curve
from whereas.training.sources import (
    commit_of,
    describe_corpus,
    known_to,
    read_encoder,
    read_supplements,
)

Read = Sequence[tuple[Path, Sequence[Document]]]


@dataclass(frozen=True)
class Trial:
    """Gold documents, the predictions for them, and where both come from."""

    about: About
    gold: Sequence[Document]
    predictions: Predictions
    curve: LearningCurve | None = None


@dataclass(frozen=True)
class Wishes:
    """How a trial is to be made.

    ``segmenter`` finds clauses in texts, if that is to be measured; ``curve`` asks for a
    learning curve; ``corpus_root`` is the folder of the training corpora, if the recipe's is not
    to be used; ``command`` is what was typed.
    """

    segmenter: Segmenter | None = None
    curve: bool = False
    corpus_root: Path | None = None
    command: str = ""
    progress: Progress | None = None


def try_model(name: str, corpora: Sequence[Path], wishes: Wishes) -> Trial:
    """Let a model and its baselines label corpora.

    Raises:
        WhereasError: the model or a corpus cannot be read, or a learning curve is wished for
            and the model's training corpora are not there.
    """
    bundle = load_bundle(find_bundle(name))
    manifest = bundle.manifest
    training: list[Document] = []
    missing: list[str] = []
    recipe = None
    if wishes.curve:
        if wishes.corpus_root is None or not manifest.recipe:
            raise ConfigError(
                f"{name}: a learning curve needs the corpora that the model was trained on; "
                "name the folder that holds them with --corpus-root"
            )
        recipe = _recipe_of(name, manifest)
        for path in corpus_paths(recipe, bundle.path, wishes.corpus_root, missing.append):
            training += read_corpus(path)
    read = [(path, read_corpus(path)) for path in corpora]
    gold = _gold(read)
    predictions = predict(
        bundle.classifier,
        gold,
        baseline=bundle.baseline,
        families=bundle.families,
        segmenter=wishes.segmenter,
        progress=wishes.progress,
    )
    curve = None
    if recipe is not None:
        classifier, progress = bundle.classifier, wishes.progress
        curve = learning_curve(
            training, gold, recipe, classifier.scheme, classifier.encoder, progress=progress
        )
    bootstrap = Bootstrap(len(gold))
    described = _described(read)
    about = About(
        system=f"model {manifest.name}",
        card=card_line(bundle.card),
        commit=manifest.commit,
        trained_on=tuple(manifest.corpora),
        corpora=described,
        warnings=(*missing, *_warnings(manifest, described, gold)),
        method="The model was trained beforehand; the slices by title family say which of the "
        "documents are like those it was trained on.",
        date=_now(),
        command=wishes.command,
        versions=versions(),
        resamples=bootstrap.resamples,
        seed=bootstrap.seed,
    )
    return Trial(about, gold, predictions, curve)


def _recipe_of(name: str, manifest: Manifest) -> Recipe:
    try:
        return Recipe.model_validate(manifest.recipe)
    except ValidationError:
        raise ModelError(
            f"{name}: made by a recipe with settings that this whereas does not have; train it anew"
        ) from None


def try_recipe(path: Path, folds: int, wishes: Wishes) -> Trial:
    """Cross-validate a recipe on its corpora; a learning curve is measured on the first fold.

    Raises:
        WhereasError: the recipe or a corpus cannot be read, or is too small.
    """
    recipe = load_recipe(path)
    scheme = load_scheme(path.parent / recipe.scheme if recipe.scheme else None)
    missing: list[str] = []
    paths = corpus_paths(recipe, path, wishes.corpus_root, missing.append)
    read = [(own, read_corpus(own)) for own in paths]
    documents = _gold(read)
    encoder = read_encoder(recipe, path, scheme)
    known = known_to(encoder, documents)
    gold = [document for document, seen in zip(documents, known, strict=True) if not seen]
    learnt = [document for document, seen in zip(documents, known, strict=True) if seen]
    predictions = cross_validate(
        gold,
        recipe,
        scheme,
        folds,
        encoder=encoder,
        supplements=[*learnt, *(d for _, own in read_supplements(recipe, path) for d in own)],
        segmenter=wishes.segmenter,
        progress=wishes.progress,
    )
    curve = None
    if wishes.curve:
        fold_of = family_folds(gold, folds, recipe.seed)
        inside, first = (
            [d for d, own in zip(gold, fold_of, strict=True) if (own == 0) is held]
            for held in (False, True)
        )
        curve = learning_curve(
            [*inside, *learnt], first, recipe, scheme, encoder, progress=wishes.progress
        )
    bootstrap = Bootstrap(len(gold))
    about = About(
        system=f"recipe {recipe.name}",
        card=" ".join(recipe.description.split()),
        commit=commit_of(path.parent),
        trained_on=(),
        corpora=_described(read),
        warnings=tuple(missing),
        method=f"Cross-validation over {folds} folds of title families: each document is "
        "labelled by a model, and by baselines, trained without its family."
        + (f" {len(learnt)} documents that the encoder knows are learnt from only." * bool(learnt)),
        date=_now(),
        command=wishes.command,
        versions=versions(),
        resamples=bootstrap.resamples,
        seed=bootstrap.seed,
    )
    return Trial(about, gold, predictions, curve)


def _warnings(
    manifest: Manifest, corpora: Sequence[Corpus], gold: Sequence[Document]
) -> Iterator[str]:
    """Yield what makes the figures of a model on corpora doubtful."""
    seen = {each.get("sha256") for each in manifest.corpora}
    for corpus in corpora:
        if corpus.sha256 in seen:
            yield f"The model was trained on {corpus.name} itself: its figures are too good."
    foreign = Counter(d.language for d in gold if d.language not in (None, *manifest.languages))
    for language, count in sorted(foreign.items(), key=str):
        documents = "1 document is" if count == 1 else f"{count} documents are"
        yield f"{documents} in a language that the model was not trained on: {language}."


def _gold(read: Read) -> list[Document]:
    return with_texts([document for _, documents in read for document in documents])


def _described(read: Read) -> tuple[Corpus, ...]:
    return tuple(Corpus(**describe_corpus(path, documents)) for path, documents in read)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
