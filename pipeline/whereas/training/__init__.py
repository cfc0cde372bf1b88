"""Training: from labelled documents and a recipe to a classifier and its bundle."""

import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from whereas.classify import ACT, NO_ACT, ClauseClassifier, Thresholds, impossible
from whereas.classify.baselines import OpeningLookup
from whereas.classify.encoder import Encoder
from whereas.classify.linear import Linear, fit_any, fit_choice, softmax
from whereas.config import Recipe, corpus_paths, load_recipe
from whereas.corpus.records import read_corpus
from whereas.document import Clause, Document
from whereas.errors import CorpusError
from whereas.families import KnownFamilies, family_folds
from whereas.features import Act, addressee_features, document_acts
from whereas.features.cues import load_cues
from whereas.labels import Scheme, load_scheme
from whereas.training.alignment import align_acts
from whereas.training.calibration import review_threshold
from whereas.training.card import write_card
from whereas.training.sources import (
    commit_of,
    describe_corpus,
    is_supplement,
    known_to,
    read_encoder,
    read_notes,
    read_supplements,
)
from whereas.training.validation import Held, addressee_f1, also_f1, calibrate, measure

_GRID = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_FEWEST = 20  # examples from which it is worth training the models of further acts, addressees


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled clause, its acts and how much it counts."""

    clause: Clause
    function: str
    acts: Sequence[Act]
    weight: float


@dataclass(frozen=True)
class Fit:
    """A trained classifier and its measures in cross-validation."""

    classifier: ClauseClassifier
    measures: Mapping[str, Any]


def fit(
    documents: Sequence[Document],
    recipe: Recipe,
    scheme: Scheme | None = None,
    encoder: Encoder | None = None,
) -> ClauseClassifier:
    """Train a classifier on labelled documents.

    Args:
        encoder: what the recipe names, read; without it, the classifier has none.

    Raises:
        CorpusError: the documents have fewer than two functions, or labels not in the scheme.
    """
    return fit_measured(documents, recipe, scheme, encoder).classifier


def fit_measured(
    documents: Sequence[Document],
    recipe: Recipe,
    scheme: Scheme | None = None,
    encoder: Encoder | None = None,
) -> Fit:
    """Train a classifier and measure it by cross-validation over title families.

    The held-out predictions also choose the temperature and the thresholds. Clauses that have a
    ``score`` were labelled by a model: they are learnt from and not measured with. Nor are
    documents of the families that the encoder has learnt from: all models learn from these.
    """
    scheme = scheme or load_scheme()
    examples = [_examples(document, recipe, scheme) for document in documents]
    if len({example.function for each in examples for example in each}) < 2:
        raise CorpusError("training needs clauses of at least two functions")
    held = list(_cross_validate(documents, examples, recipe, scheme, encoder))
    if not held:
        raise CorpusError(
            "training needs at least two documents with clauses of two functions; clauses with a "
            "score, labelled by a model, do not count, nor does what the encoder has learnt from"
        )
    thresholds = _choose(held, recipe)
    held = [each.with_thresholds(thresholds) for each in held]
    classifier = _fit_models([e for each in examples for e in each], recipe, scheme)
    asked = encoder if thresholds.doubt else None
    classifier = replace(classifier, encoder=asked, thresholds=thresholds)
    return Fit(classifier, measure(held, recipe))


def held_out(
    documents: Sequence[Document], recipe: Recipe, scheme: Scheme, encoder: Encoder | None = None
) -> Iterator[Held]:
    """Yield, for each fold of title families, a classifier trained on the others, uncalibrated."""
    examples = [_examples(document, recipe, scheme) for document in documents]
    return _cross_validate(documents, examples, recipe, scheme, encoder)


def fold_numbers(
    documents: Sequence[Document], recipe: Recipe, known: Sequence[bool]
) -> np.ndarray[Any, Any]:
    """Return the fold of each document, -1 of those that nothing is to be measured with.

    Supplements change nothing for the others.
    """
    extra = np.array([is_supplement(document) for document in documents], dtype=bool)
    measured = ~np.array(known, dtype=bool)
    folds = np.full(len(documents), -1, dtype=np.intp)
    for kind in (extra & measured, ~extra & measured):
        if not kind.any():
            continue
        own = [document for document, chosen in zip(documents, kind, strict=True) if chosen]
        folds[kind] = family_folds(own, recipe.folds, recipe.seed)
    return folds


def _examples(document: Document, recipe: Recipe, scheme: Scheme) -> list[Example]:
    language = document.language or recipe.languages[0]
    acts = document_acts(document, load_cues(language), recipe.features.groups)
    weight = recipe.estimator.partial_weight if document.is_partial else 1.0
    examples = []
    for number, (clause, own) in enumerate(zip(document.clauses, acts, strict=True), start=1):
        if clause.function is None:
            continue
        for label in (clause.function, *clause.also):
            if label not in scheme.function_labels:
                raise CorpusError(
                    f"{document.id}: clause {number}: label {label!r} is not in the scheme"
                )
        examples.append(Example(clause, clause.function, own, weight))
    return examples


def _cross_validate(
    documents: Sequence[Document],
    examples: Sequence[Sequence[Example]],
    recipe: Recipe,
    scheme: Scheme,
    encoder: Encoder | None,
) -> Iterator[Held]:
    """Yield, for each fold, a classifier that was not trained on it, and its clauses."""
    folds = fold_numbers(documents, recipe, known_to(encoder, documents))
    for fold in range(recipe.folds):
        inside = [e for each, own in zip(examples, folds, strict=True) if own != fold for e in each]
        if len({example.function for example in inside}) < 2:
            continue
        outside = [
            (document, example)
            for document, each, own in zip(documents, examples, folds, strict=True)
            if own == fold
            for example in each
            if example.clause.score is None
        ]
        if outside:
            yield Held(
                replace(_fit_models(inside, recipe, scheme), encoder=encoder),
                [document for document, _ in outside],
                [example.clause for _, example in outside],
                [example.acts for _, example in outside],
            )


def _fit_models(examples: Sequence[Example], recipe: Recipe, scheme: Scheme) -> ClauseClassifier:
    """Fit the models on examples, without calibration."""
    settings, size = recipe.estimator, recipe.features
    firsts = [(e.acts[0], e.function, e.weight) for e in examples]
    functions = _fit_functions(firsts, recipe)
    later = [_aligned(functions, example) for example in examples]
    pairs = [pair for each in later for pair in each]
    more_acts = [
        (act, label, example.weight)
        for example, own in zip(examples, later, strict=True)
        for act, label in own
        if label != NO_ACT
    ]
    if more_acts:
        functions = _fit_functions([*firsts, *more_acts], recipe)
    asked = [_directive(example, own, scheme) for example, own in zip(examples, later, strict=True)]
    rows = [addressee_features(acts) for acts in asked if acts]
    names = [e.clause.addressees for e, acts in zip(examples, asked, strict=True) if acts]
    heads = [each[0] if each else NO_ACT for each in names]
    common: dict[str, Any] = {"least": size.least, "most": size.most // 3}
    further = None
    kinds = [NO_ACT if label == NO_ACT else ACT for _, label in pairs]
    if len(pairs) >= _FEWEST and ACT in kinds:
        further = fit_choice(
            [*(act.features for act, _ in pairs), ()],
            [*kinds, NO_ACT],  # no words, no act: so that both kinds occur
            strength=settings.further_strength,
            **common,
        )
    first: Linear | None = None
    more: Linear | None = None
    if len(rows) >= _FEWEST and len(set(heads)) > 1:
        strength = settings.addressee_strength
        first = fit_choice(rows, heads, strength=strength, **common)
        more = fit_any(rows, names, strength=strength, **common)
    return ClauseClassifier(
        scheme=scheme,
        cues={language: load_cues(language) for language in recipe.languages},
        groups=recipe.features.groups,
        functions=functions,
        further=further,
        first_addressee=first,
        addressees=more,
    )


def _fit_functions(acts: Sequence[tuple[Act, str, float]], recipe: Recipe) -> Linear:
    """Fit the model of functions on acts, their functions and weights."""
    settings = recipe.estimator
    counts = Counter(label for _, label, _ in acts)
    commonest = max(counts.values())
    return fit_choice(
        [act.features for act, _, _ in acts],
        [label for _, label, _ in acts],
        strength=settings.strength,
        least=recipe.features.least,
        most=recipe.features.most,
        margin=settings.kind == "support_vectors",
        sample_weights=[
            weight * (commonest / counts[label]) ** settings.rare for _, label, weight in acts
        ],
    )


def _aligned(functions: Linear, example: Example) -> list[tuple[Act, str]]:
    """Return the later acts of a clause with what they do."""
    acts = example.acts[1:]
    if not acts:
        return []
    scores = functions.scores([act.features for act in acts])
    scores += impossible(functions.classes, [example.clause.zone] * len(acts))
    chances = np.log(softmax(scores) + 1e-9)
    labels = align_acts(chances, functions.classes, example.clause.also, example.function)
    return list(zip(acts, labels, strict=True))


def _directive(
    example: Example, later: Sequence[tuple[Act, str]], scheme: Scheme
) -> list[tuple[Act, str]]:
    """Return the acts of a clause that ask somebody to act."""
    every = [(example.acts[0], example.function), *later]
    return [(act, label) for act, label in every if label in scheme.directive]


def _choose(held: Sequence[Held], recipe: Recipe) -> Thresholds:
    """Choose the thresholds on held-out clauses."""
    chosen = calibrate(held, recipe.doubt)
    held = [each.with_thresholds(chosen) for each in held]
    chances = [softmax(each.scores()) for each in held]
    confidence = np.concatenate([own.max(axis=1) for own in chances])
    right = np.concatenate(
        [own.argmax(axis=1) == each.truth() for own, each in zip(chances, held, strict=True)]
    )
    whole = np.concatenate([each.whole() for each in held])
    if whole.any():
        confidence, right = confidence[whole], right[whole]
    review = review_threshold(confidence, right, recipe.review.precision)
    chosen = replace(chosen, review=review)
    chosen = replace(chosen, further=max(_GRID, key=also_f1(held)))
    grid = [replace(chosen, addressee=value) for value in _GRID[::2]]
    return max(grid, key=lambda each: addressee_f1([h.with_thresholds(each) for h in held]))


def train(
    recipe_path: Path,
    output: Path | None = None,
    root: Path | None = None,
    notice: Callable[[str], object] = warnings.warn,
) -> Path:
    """Train the model of a recipe and save its bundle.

    Args:
        output: the bundle's folder; without one, ``models/`` and the recipe's name, in the
            current folder.
        root: the folder that holds the corpora, if not the one that the recipe names.
        notice: called with a line for each optional corpus that is missing; the training goes on.

    Returns:
        The bundle's folder.

    Raises:
        WhereasError: the recipe, the scheme or a corpus is missing or not well formed.
    """
    from whereas.bundle import save_bundle

    recipe = load_recipe(recipe_path)
    scheme = load_scheme(recipe_path.parent / recipe.scheme if recipe.scheme else None)
    paths = corpus_paths(recipe, recipe_path, root, notice)
    corpora = [(path, read_corpus(path)) for path in paths]
    corpora += read_supplements(recipe, recipe_path)
    documents = [document for _, own in corpora for document in own]
    encoder = read_encoder(recipe, recipe_path, scheme)
    result = fit_measured(documents, recipe, scheme, encoder)
    described = [describe_corpus(path, own) for path, own in corpora]
    about = {
        "name": recipe.name,
        "recipe": recipe.model_dump(mode="json"),
        "corpora": described,
        "measures": result.measures,
        "seed": recipe.seed,
        "commit": commit_of(recipe_path.parent),
    }
    notes = read_notes(recipe, recipe_path)
    card = write_card(recipe, described, result.measures, notes)
    output = output or Path("models") / recipe.name
    baseline = OpeningLookup.fit(documents)
    families = KnownFamilies.of(documents)
    if encoder:
        families = families.joined(encoder.families)
    return save_bundle(
        result.classifier, output, about=about, card=card, baseline=baseline, families=families
    )
