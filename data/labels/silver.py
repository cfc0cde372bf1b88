"""Silver labels: what two models together say of unlabelled clauses of which one is unsure.

    pip install -e ".[silver]"
    python data/labels/silver.py RECIPE CORPORA FILES... --apart CORPORA/dev.jsonl -o silver.jsonl
    whereas corpus strip silver.jsonl --source FILES -o data/labels/silver.jsonl

reads the corpora of RECIPE from the folder CORPORA and unlabelled resolutions from FILES, but for
the documents of those corpora and of others kept apart. The *plain* model is the recipe's own; the
*encoder* is a sentence encoder (MiniLM) fine-tuned on the same clauses, which reads a clause with
the openings of its neighbours. Clauses of which the plain model is unsure get the label that is
likeliest by both together, if it is likely enough, and are written as records.

    python data/labels/silver.py RECIPE CORPORA FILES... --apart ... --cross-validate

measures instead, fold by fold of title families, the plain model, the encoder, both together and
the *taught* model, which is the plain one with silver labels to learn from; neither teacher nor
silver clauses are of the fold's families. Takes about an hour on two cores; making labels a fifth.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from whereas.classify import ClauseClassifier, impossible
from whereas.config import Recipe, corpus_paths, load_recipe
from whereas.corpus.prints import fingerprint
from whereas.corpus.records import read_corpora, read_corpus, record_lines, write_whole
from whereas.corpus.standoff import symbol_key, without_spans
from whereas.document import Clause, Document
from whereas.families import family_folds, title_families
from whereas.readers import read_all
from whereas.training import fit_measured
from whereas.training.sources import read_supplements
from whereas.training.validation import Held, measure

if TYPE_CHECKING:
    from encoder import Encoder

UNSURE = 0.95  # score of the plain model under which the encoder is asked
SHARE = 0.7  # of the encoder's log probabilities, beside the plain model's
SURE = 0.6  # probability from which the label of both is kept
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Place:
    """A clause in its document."""

    document: Document
    number: int

    @property
    def clause(self) -> Clause:
        """The clause."""
        return self.document.clauses[self.number]


def places(documents: Sequence[Document]) -> list[Place]:
    """Return the labelled clauses of documents."""
    return [
        Place(document, number)
        for document in documents
        for number, clause in enumerate(document.clauses)
        if clause.function
    ]


def unlabelled(files: Sequence[Path], known: Sequence[Document]) -> list[Place]:
    """Return the English clauses of files that differ from each other and from known ones."""
    seen = {fingerprint(clause) for document in known for clause in document.clauses}
    symbols = {key(document) for document in known if not partial(document)}
    found = []
    for document in read_all(files, failed=lambda error: print(error, file=sys.stderr)):
        if document.language != "en" or key(document) in symbols:
            continue
        for number, clause in enumerate(document.clauses):
            if (own := fingerprint(clause)) not in seen:
                seen.add(own)
                found.append(Place(document, number))
    return found


def key(document: Document) -> str:
    """Return the symbol of a document, in the form in which symbols are compared."""
    return symbol_key(document.symbol or document.id.partition("#")[0])


def partial(document: Document) -> bool:
    """Say whether a document is a clause cut out of one."""
    return bool((document.model_extra or {}).get("partial"))


def described(place: Place) -> tuple[str, str]:
    """Return what the encoder reads: the place of a clause, and its words."""
    document, clause = place.document, place.clause
    head = f"{document.organ or ''} {clause.zone}"
    if not partial(document):
        own = [n for n, other in enumerate(document.clauses) if other.zone == clause.zone]
        rank = own.index(place.number)
        before = words(document, own[rank - 1], 7) if rank else "start"
        after = words(document, own[rank + 1], 5) if rank + 1 < len(own) else "end"
        head += f" {rank + 1} of {len(own)} after {before} before {after}"
    items = " ".join(item.text[:80] for item in clause.items[:4])
    return head, f"{clause.text} {items}".strip()[:700]


def words(document: Document, number: int, most: int) -> str:
    """Return the first words of a clause."""
    return " ".join(document.clauses[number].text.split()[:most])


def logarithms(scores: Floats) -> Floats:
    """Turn scores into log probabilities."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def fitted(
    gold: Sequence[Document], recipe: Recipe, silver: Sequence[Document] = ()
) -> ClauseClassifier:
    """Train a model of the recipe; two folds are enough for its temperature."""
    quick = recipe.model_copy(update={"folds": 2})
    return fit_measured(gold, quick, silver=silver).classifier


def plain_scores(model: ClauseClassifier, examples: Sequence[Place]) -> Floats:
    """Return the log probabilities that a model gives the functions."""
    found: dict[int, Floats] = {}
    for document in {id(each.document): each.document for each in examples}.values():
        rows = [acts[0].features for acts in model.acts(document)]
        found[id(document)] = logarithms(model.function_scores(document.clauses, rows))
    return np.array([found[id(each.document)][each.number] for each in examples])


@dataclass(frozen=True, eq=False)
class Teachers:
    """The plain model and the encoder, which know the same documents."""

    plain: ClauseClassifier
    encoder: "Encoder"

    @classmethod
    def of(cls, gold: Sequence[Document], recipe: Recipe) -> "Teachers":
        """Train both."""
        import torch
        from encoder import NOBODY, Encoder

        torch.manual_seed(recipe.seed)
        plain, examples = fitted(gold, recipe), places(gold)
        names = (None, *plain.scheme.addressee_labels)
        classes = plain.functions.classes
        encoder = Encoder(len(classes), len(names))
        encoder.learn(
            [described(each) for each in examples],
            [classes.index(each.clause.function or "") for each in examples],
            [
                names.index((*each.clause.addressees, None)[0])
                if plain.scheme.directive & {each.clause.function, *each.clause.also}
                else NOBODY
                for each in examples
            ],
            recipe.seed,
        )
        return cls(plain, encoder)

    def scores(self, examples: Sequence[Place], plain: Floats) -> dict[str, Floats]:
        """Return the log probabilities of the plain model, the encoder, and both together."""
        scores = self.encoder.scores([described(each) for each in examples])
        scores += impossible(self.plain.functions.classes, [e.clause.zone for e in examples])
        encoder = logarithms(scores)
        return {"plain": plain, "encoder": encoder, "both": logarithms(plain + SHARE * encoder)}

    def label(self, pool: Sequence[Place]) -> list[Document]:
        """Return, as parts of their documents, the clauses that are worth learning from."""
        plain = plain_scores(self.plain, pool)
        unsure = np.flatnonzero(np.exp(plain.max(axis=1)) < UNSURE)
        if not len(unsure):
            return []
        asked = [pool[number] for number in unsure]
        parts: dict[int, tuple[Document, list[Clause]]] = {}
        for place, scores in zip(asked, self.scores(asked, plain[unsure])["both"], strict=True):
            if np.exp(scores.max()) >= SURE:
                function = self.plain.functions.classes[int(scores.argmax())]
                _, clauses = parts.setdefault(id(place.document), (place.document, []))
                clauses.append(place.clause.model_copy(update={"function": function}))
        return [part_of(document, clauses) for document, clauses in parts.values()]


def part_of(document: Document, clauses: Sequence[Clause]) -> Document:
    """Return a document that is nothing but these clauses, each by itself."""
    update = {"text": None, "structure": (), "emphasis": (), "partial": True}
    return document.model_copy(update={**update, "clauses": tuple(map(without_spans, clauses))})


def cross_validate(
    gold: Sequence[Document],
    extra: Sequence[Document],
    pool: Sequence[Place],
    recipe: Recipe,
) -> None:
    """Print what each model makes of the clauses of whole documents, of families it never saw."""
    homes = list({id(place.document): place.document for place in pool}.values())
    fold_of = family_folds(gold, recipe.folds, recipe.seed)
    families = title_families([*gold, *homes])
    taken: dict[int, set[int]] = {}
    for family, fold in zip(families[: len(gold)], fold_of, strict=True):
        taken.setdefault(family, set()).add(fold)
    folds_of = {
        id(home): taken.get(family, set())
        for home, family in zip(homes, families[len(gold) :], strict=True)
    }
    truth: list[str] = []
    found: dict[str, list[str]] = {}
    held: dict[str, list[Held]] = {"plain": [], "taught": []}
    for fold in range(recipe.folds):
        inside = [d for d, own in zip(gold, fold_of, strict=True) if own != fold] + [*extra]
        outside = places([d for d, own in zip(gold, fold_of, strict=True) if own == fold])
        teachers = Teachers.of(inside, recipe)
        allowed = [place for place in pool if fold not in folds_of[id(place.document)]]
        taught = fitted(inside, recipe, teachers.label(allowed))
        held["plain"].append(held_of(teachers.plain, outside))
        held["taught"].append(held_of(taught, outside))
        whole = [place for place in outside if not partial(place.document)]
        truth += [place.clause.function or "" for place in whole]
        for name, rows in teachers.scores(whole, plain_scores(teachers.plain, whole)).items():
            classes = teachers.plain.functions.classes
            found.setdefault(name, []).extend(classes[n] for n in rows.argmax(axis=1))
        print(f"\nafter fold {fold + 1} of {recipe.folds}: {len(truth)} clauses of whole documents")
        for name, labels in found.items():
            right = np.mean([a == b for a, b in zip(truth, labels, strict=True)])
            f1 = f1_score(truth, labels, average="macro", zero_division=0)
            print(f"{name:10}accuracy {right:.4f}  macro-F1 {f1:.4f}")
        for name, each in held.items():
            measures = {**measure(each, recipe.review.precision)}
            del measures["labels"]
            print(f"\n{name}: {json.dumps(measures, indent=1)}")
        sys.stdout.flush()


def held_of(model: ClauseClassifier, outside: Sequence[Place]) -> Held:
    """Return clauses with the acts that a model sees in them, to be measured."""
    acts = {id(each.document): model.acts(each.document) for each in outside}
    return Held(
        model,
        [each.document for each in outside],
        [each.clause for each in outside],
        [acts[id(each.document)][each.number] for each in outside],
    )


def main() -> None:
    """Make silver labels or measure what they bring."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("recipe", type=Path)
    parser.add_argument("corpora", type=Path, help="folder of the recipe's corpora")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="as whereas reads them")
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--output", "-o", type=Path)
    task.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--apart", type=Path, nargs="*", default=[], help="corpora to keep out")
    chosen = parser.parse_args()
    recipe = load_recipe(chosen.recipe)
    gold = read_corpora(corpus_paths(recipe, chosen.recipe, chosen.corpora))
    extra = [d for _, own in read_supplements(recipe, chosen.recipe) for d in own]
    apart = [document for path in chosen.apart for document in read_corpus(path)]
    pool = unlabelled(chosen.files, [*gold, *apart])
    print(f"{len(pool)} clauses without labels", file=sys.stderr)
    if not pool:
        sys.exit("no file has a clause in English that is not in the corpora")
    if chosen.cross_validate:
        cross_validate(gold, extra, pool, recipe)
    if chosen.output:
        silver = Teachers.of([*gold, *extra], recipe).label(pool)
        write_whole(chosen.output, record_lines(silver))


if __name__ == "__main__":
    main()
