"""Same version, model and input: same bytes, wherever and in whatever order they are made."""

import json
import os
import subprocess
import sys
from pathlib import Path

from example_labels import GOLDEN, KNOWN, label_examples
from sample_corpus import corpus
from whereas.bundle import load_bundle
from whereas.training import train

STRANGE = {  # a different hash seed, locale, time zone and number of threads
    "PYTHONHASHSEED": "4711",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "TZ": "Pacific/Chatham",
    "OMP_NUM_THREADS": "2",
    "OPENBLAS_NUM_THREADS": "2",
}


def run(*words: object, **environment: str) -> bytes:
    line = [sys.executable, "-m", "whereas", *map(str, words)]
    done = subprocess.run(line, capture_output=True, env=os.environ | environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def test_nothing_of_the_environment_leaks_into_results() -> None:
    plain = run("predict", *KNOWN, "--format", "jsonl", PYTHONHASHSEED="0")
    strange = run("predict", *KNOWN, "--format", "jsonl", "--jobs", 2, **STRANGE)
    assert plain == strange
    assert len(plain.splitlines()) == len(KNOWN)


def test_a_document_is_labelled_the_same_whatever_comes_before_it(tmp_path: Path) -> None:
    for name, paths in (("one", KNOWN[:3]), ("two", KNOWN[2::-1])):
        run("predict", *paths, "-o", tmp_path / name, "--format", "jsonl")
    for path in KNOWN[:3]:
        made = [tmp_path / name / f"{path.name}.jsonl" for name in ("one", "two")]
        assert made[0].read_bytes() == made[1].read_bytes()


def test_training_twice_makes_the_same_model(tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.toml"
    settings = 'name = "tiny"\nseed = 7\nfolds = 2\n[corpora]\npaths = ["corpus.jsonl"]\n'
    recipe.write_text(settings, encoding="utf-8")
    text = "".join(f"{document.to_json()}\n" for document in corpus())
    (tmp_path / "corpus.jsonl").write_text(text, encoding="utf-8")
    one = load_bundle(train(recipe, tmp_path / "one"))
    words = ["train", str(recipe), "-o", str(tmp_path / "two")]
    line = [sys.executable, "-m", "whereas", *words]
    subprocess.run(line, capture_output=True, env=os.environ | STRANGE, check=True)
    two = load_bundle(tmp_path / "two")
    assert one.manifest.measures == two.manifest.measures
    assert one.classifier.label(corpus()) == two.classifier.label(corpus())


def test_the_examples_have_the_labels_they_had() -> None:
    """A change of labels is to be seen; ``python tests/example_labels.py`` accepts it."""
    assert label_examples() == json.loads(GOLDEN.read_text(encoding="utf-8"))
