"""Leave out, or add, groups of features and other parts of a recipe, and cross-validate.

    python tests/benchmarks/ablation.py ../shared/corpora/functions [configs/default.toml]

Prints, for each variant of the recipe, accuracy and macro-F1 over the clauses of whole documents,
each with a 95% interval by bootstrap over documents, and accuracy over single clauses of families
that the encoder doesn't know. Each clause is labelled by a model that has not seen its title
family. Only the recipe itself, with and without encoder and supplements, learns from later acts
too; compare the other rows with the one without them. Takes a minute or two a variant.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from whereas.classify import impossible
from whereas.classify.baselines import OpeningLookup
from whereas.classify.encoder import Encoder
from whereas.classify.linear import fit_choice
from whereas.config import Recipe, corpus_paths, load_recipe
from whereas.corpus.records import read_corpus
from whereas.document import Document
from whereas.evaluation.estimate import Bootstrap, Estimate
from whereas.features import GROUPS, document_acts
from whereas.features.cues import load_cues
from whereas.labels import load_scheme
from whereas.training import fold_numbers, held_out
from whereas.training.sources import known_to, read_encoder, read_supplements
from whereas.training.validation import nested


def variants(recipe: Recipe) -> Iterator[tuple[str, Recipe]]:
    """Yield the recipe, and it with one thing changed."""
    groups = recipe.features.groups
    yield "without later acts", recipe
    yield "... but the opening alone", _with(recipe, groups=("opening",))
    for group in groups:
        yield f"... and {group}", _with(recipe, groups=tuple(g for g in groups if g != group))
    for group in GROUPS:
        if group not in groups:
            yield f"... but with {group}", _with(recipe, groups=(*groups, group))
    logistic = {"kind": "logistic", "strength": 1.0}
    yield (
        "logistic regression",
        recipe.model_copy(update={"estimator": recipe.estimator.model_copy(update=logistic)}),
    )


def _with(recipe: Recipe, **changes: object) -> Recipe:
    return recipe.model_copy(update={"features": recipe.features.model_copy(update=changes)})


def predict_as_trained(
    documents: Sequence[Document], recipe: Recipe, encoder: Encoder | None, doubt: float
) -> list[list[str]]:
    """Return the functions of each document's clauses by the recipe, nothing left out.

    Documents of families that the encoder knows get none.
    """
    found: dict[int, list[str]] = {id(document): [] for document in documents}
    for each in nested(list(held_out(documents, recipe, load_scheme(), encoder)), doubt):
        for document, function in zip(each.documents, each.functions(), strict=True):
            found[id(document)].append(function)
    return [found[id(document)] for document in documents]


def predict(documents: Sequence[Document], recipe: Recipe, folds: np.ndarray) -> list[list[str]]:
    """Return the functions of each document's clauses, as models of the other folds see them."""
    cues = load_cues(recipe.languages[0])
    rows = [
        [acts[0].features for acts in document_acts(document, cues, recipe.features.groups)]
        for document in documents
    ]
    found: list[list[str]] = [[] for _ in documents]
    for fold in range(recipe.folds):
        inside = np.flatnonzero(folds != fold)
        model = fit_choice(
            [row for n in inside for row in rows[n]],
            [str(c.function) for n in inside for c in documents[n].clauses],
            strength=recipe.estimator.strength,
            least=recipe.features.least,
            most=recipe.features.most,
            margin=recipe.estimator.kind == "support_vectors",
        )
        for n in np.flatnonzero(folds == fold):
            zones = [clause.zone for clause in documents[n].clauses]
            scores = model.scores(rows[n]) + impossible(model.classes, zones)
            found[n] = [model.classes[column] for column in scores.argmax(axis=1)]
    return found


def lookup(documents: Sequence[Document], folds: np.ndarray) -> list[list[str]]:
    """Return what the baseline of opening phrases says."""
    found: list[list[str]] = [[] for _ in documents]
    for fold in range(folds.max() + 1):
        inside = np.flatnonzero(folds != fold)
        baseline = OpeningLookup.fit([documents[n] for n in inside])
        for n in np.flatnonzero(folds == fold):
            clauses = documents[n].clauses
            found[n] = [str(baseline.function(c, documents[n].language)) for c in clauses]
    return found


def scores(
    documents: Sequence[Document], found: Sequence[Sequence[str]], bootstrap: Bootstrap
) -> tuple[Estimate, Estimate]:
    """Return accuracy and macro-F1 with their intervals."""
    gold = [[str(c.function) for c in document.clauses] for document in documents]
    labels = {label: n for n, label in enumerate(sorted({own for each in gold for own in each}))}
    counts = np.zeros((len(documents), 3, len(labels)))
    for number, (truth, guesses) in enumerate(zip(gold, found, strict=True)):
        for right, guess in zip(truth, guesses, strict=True):
            counts[number, 1, labels[right]] += 1
            if guess in labels:
                counts[number, 2, labels[guess]] += 1
            if right == guess:
                counts[number, 0, labels[right]] += 1
    sums = bootstrap.sums(counts.reshape(len(documents), -1)).reshape(-1, 3, len(labels))
    accuracy = bootstrap.ratio(counts[:, 0].sum(axis=1), counts[:, 1].sum(axis=1), "clauses")
    macro = bootstrap.estimate(float(_macro(counts.sum(axis=0)[None])[0]), _macro(sums), "clauses")
    return accuracy, macro


def _macro(sums: np.ndarray) -> np.ndarray:
    both, gold, found = sums[:, 0], sums[:, 1], sums[:, 2]
    total = gold + found
    f1 = np.divide(2 * both, total, out=np.full(total.shape, np.nan), where=gold > 0)
    return np.nanmean(f1, axis=1)


def main(folder: Path, path: Path) -> None:
    """Print the table, in Markdown."""
    recipe = load_recipe(path)
    paths = corpus_paths(recipe, path, folder, lambda line: print(line, file=sys.stderr))
    documents = [document for file in paths for document in read_corpus(file)]
    measured = len(documents)
    documents += [d for _, extra in read_supplements(recipe, path) for d in extra]
    encoder = read_encoder(recipe, path, load_scheme())
    folds = fold_numbers(documents, recipe, known_to(encoder, documents))
    unknown = [n for n in range(measured) if folds[n] >= 0]
    whole = [n for n in unknown if not documents[n].is_partial]
    single = [n for n in unknown if documents[n].is_partial]
    bootstrap = Bootstrap(len(whole))

    def row(name: str, found: Mapping[int, Sequence[str]]) -> None:
        accuracy, macro = scores(
            [documents[n] for n in whole], [found[n] for n in whole], bootstrap
        )
        right = [
            guess == clause.function
            for n in single
            for guess, clause in zip(found[n], documents[n].clauses, strict=True)
        ]
        share = f"{np.mean(right):.3f}" if right else "none"
        print(f"| {name} | {accuracy} | {macro} | {share} |", flush=True)

    print("| variant | accuracy | macro-F1 | accuracy, single clauses |\n|---|---|---|---|")
    row("baseline: opening lookup", dict(enumerate(lookup(documents, folds))))
    asked, never = (
        dict(enumerate(predict_as_trained(documents, recipe, encoder, doubt)))
        for doubt in (recipe.doubt, 0.0)
    )
    row("the recipe", asked)
    if encoder:
        row("without the encoder", never)
    alone = predict_as_trained(documents[:measured], recipe, encoder, recipe.doubt)
    row("without supplements", dict(enumerate(alone)))
    for name, changed in variants(recipe):
        row(name, dict(enumerate(predict(documents, changed, folds))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "configs/default.toml"))
