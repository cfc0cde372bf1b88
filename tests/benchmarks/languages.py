"""How well functions are told in each language.

    python tests/benchmarks/languages.py [--projected FOLDER] [--language fr]

For each bundle of the default model: accuracy and macro-F1 as training cross-validated them over
title families, on clauses of whole documents; and the same on the resolutions written for the
project (``data/written``), whose texts are nobody's training data. With ``--projected``, the
folder of the corpora of ``configs/default-LANGUAGE.toml``, the recipe is trained on all but the
General Assembly's sessions 78 and 79 and measured on whole resolutions of these. (The labels that
the English model gave to earlier resolutions come from a model that knows those sessions.)
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from sklearn.metrics import accuracy_score, f1_score

from whereas.bundle import read_manifest
from whereas.config import corpus_paths, load_recipe
from whereas.corpus.records import read_corpus
from whereas.document import Document
from whereas.prediction import load_models
from whereas.training import fit

ROOT = Path(__file__).parents[2]
LATE = ("A/RES/78/", "A/RES/79/")


def main() -> None:
    """Print a line a language and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projected", type=Path, help="folder of the projected corpora")
    parser.add_argument("--language", action="append", help="only this one; can be repeated")
    options = parser.parse_args()
    models = load_models("default")
    print(f"{'':2} {'measured on':22} {'accuracy':>8} {'macro-F1':>8} {'clauses':>7}")
    for path in models.bundles():
        manifest = read_manifest(path)
        (language,) = manifest.languages
        if options.language and language not in options.language:
            continue
        found = manifest.measures["groups"]["whole documents"]
        _line(language, "cross-validation", found["accuracy"], found["macro_f1"], found["clauses"])
        written = read_corpus(ROOT / "data" / "written" / language / "clean.jsonl")
        _score(language, "written", written, models.classifier(language).label(written))
        if options.projected and language != "en":
            _later(language, options.projected)


def _later(language: str, folder: Path) -> None:
    place = ROOT / "configs" / f"default-{language}.toml"
    recipe = load_recipe(place)
    paths = corpus_paths(recipe, place, folder, lambda line: print(line, file=sys.stderr))
    documents = [document for path in paths for document in read_corpus(path)]
    early = [d for d in documents if not (d.symbol or "").startswith(LATE)]
    late = [
        d
        for d in documents
        if (d.symbol or "").startswith(LATE)
        and not d.is_partial
        and all(clause.score is None and clause.function for clause in d.clauses)
    ]
    _score(language, "sessions 78 and 79", late, fit(early, recipe).label(late))


def _score(language: str, name: str, gold: Sequence[Document], found: Sequence[Document]) -> None:
    truth, guess = list(_functions(gold)), list(_functions(found))
    macro = f1_score(truth, guess, labels=sorted(set(truth)), average="macro", zero_division=0)
    _line(language, name, accuracy_score(truth, guess), macro, len(truth))


def _functions(documents: Sequence[Document]) -> Iterator[str]:
    return (str(clause.function) for document in documents for clause in document.clauses)


def _line(language: str, name: str, accuracy: float, macro: float, clauses: int) -> None:
    print(f"{language:2} {name:22} {accuracy:8.4f} {macro:8.4f} {clauses:7}", flush=True)


if __name__ == "__main__":
    main()
