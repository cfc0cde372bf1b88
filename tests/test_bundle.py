import contextlib
import copy
import hashlib
import io
import json
import pickle
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skops.io
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sample_corpus import corpus
from whereas.bundle import FORMAT, find_bundle, load_bundle, save_bundle, shipped_bundles
from whereas.classify import ClauseClassifier
from whereas.classify.baselines import OpeningLookup
from whereas.classify.saved import MALFORMED, read_saved
from whereas.cli import app
from whereas.config import Recipe
from whereas.errors import ModelError
from whereas.families import KnownFamilies
from whereas.training import fit, train

ABOUT = {"name": "small", "seed": 0}


@pytest.fixture(scope="module")
def classifier() -> ClauseClassifier:
    recipe = Recipe.model_validate({"name": "small", "folds": 2, "corpora": {"paths": ["x"]}})
    return fit(corpus(), recipe)


@pytest.fixture
def bundle(tmp_path: Path, classifier: ClauseClassifier) -> Path:
    return save_bundle(classifier, tmp_path / "small", about=ABOUT, card="# Small\n")


def replace_file(bundle: Path, name: str, content: bytes) -> None:
    """Swap a file and let the manifest say that it was always so."""
    (bundle / name).write_bytes(content)
    edit_manifest(
        bundle,
        lambda tree: tree["files"].update(
            {name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}}
        ),
    )


def edit_manifest(bundle: Path, edit: Callable[[dict], object]) -> None:
    tree = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    edit(tree)
    (bundle / "manifest.json").write_text(json.dumps(tree), encoding="utf-8")


def archive(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return packed.getvalue()


def refusal(bundle: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load_bundle(bundle)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_bundle_labels_as_the_classifier_that_was_saved(
    bundle: Path, classifier: ClauseClassifier
) -> None:
    loaded = load_bundle(bundle)
    assert loaded.card == "# Small\n"
    assert loaded.baseline is None
    assert loaded.classifier.label(corpus()) == classifier.label(corpus())


def test_a_baseline_travels_with_a_bundle(tmp_path: Path, classifier: ClauseClassifier) -> None:
    baseline = OpeningLookup.fit(corpus())
    path = save_bundle(classifier, tmp_path / "b", about=ABOUT, card="", baseline=baseline)
    assert load_bundle(path).baseline == baseline


def test_known_families_travel_with_a_bundle(tmp_path: Path, classifier: ClauseClassifier) -> None:
    families = KnownFamilies.of(corpus())
    path = save_bundle(classifier, tmp_path / "b", about=ABOUT, card="", families=families)
    assert load_bundle(path).families == families


def test_saving_replaces_an_older_bundle_and_leaves_nothing_else(
    bundle: Path, classifier: ClauseClassifier
) -> None:
    save_bundle(classifier, bundle, about=ABOUT, card="# Newer\n")
    assert load_bundle(bundle).card == "# Newer\n"
    assert list(bundle.parent.iterdir()) == [bundle]


def test_saving_never_replaces_a_folder_that_is_no_bundle(
    tmp_path: Path, classifier: ClauseClassifier
) -> None:
    (tmp_path / "letters").mkdir()
    with pytest.raises(ModelError, match="is no model"):
        save_bundle(classifier, tmp_path / "letters", about=ABOUT, card="")


class Intruder:
    """Writes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.mark,)


def test_a_pickle_in_place_of_the_models_is_refused_and_not_run(
    bundle: Path, tmp_path: Path
) -> None:
    replace_file(bundle, "model.skops", pickle.dumps(Intruder(tmp_path / "mark")))
    assert "not a file of models" in refusal(bundle)
    assert not (tmp_path / "mark").exists()


def test_code_to_run_on_loading_is_refused_before_it_runs(bundle: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    content = skops.io.dumps({"functions": print})
    schema = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("schema.json"))
    evil = json.dumps(schema).replace('"print"', '"exec"')
    replace_file(bundle, "model.skops", archive(**{"schema.json": evil.encode()}))
    assert "exec" in refusal(bundle)
    array = skops.io.dumps({"functions": np.array([Intruder(mark)], dtype=object)})
    replace_file(bundle, "model.skops", array)
    assert "which no model of whereas does" in refusal(bundle)
    assert not mark.exists()


def npy(array: np.ndarray, *, shape: str = "") -> bytes:
    """Return an array as a file, which says that it has another shape if one is given."""
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    data = file.getvalue()
    if not shape:
        return data
    said = repr(array.shape).encode()
    return data.replace(said + b", }" + b" " * (len(shape) - len(said)), shape.encode() + b", }")


def swap_array(bundle: Path, content: bytes) -> None:
    """Put another array in the place of the first one among the models."""
    with zipfile.ZipFile(bundle / "model.skops") as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    files[next(name for name in files if name.endswith(".npy"))] = content
    replace_file(bundle, "model.skops", archive(**files))


def test_a_pickle_inside_an_array_is_refused_and_not_run(bundle: Path, tmp_path: Path) -> None:
    swap_array(bundle, npy(np.array([Intruder(tmp_path / "mark")], dtype=object)))
    assert "no array of numbers" in refusal(bundle)
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("shape", ["(1000000000000,)", "(-4,)", "(-1, 4)"])
def test_an_array_that_says_it_is_huge_or_negative_is_refused_before_room_is_made(
    bundle: Path, shape: str
) -> None:
    swap_array(bundle, npy(np.zeros(4), shape=shape))
    assert "not a whole one" in refusal(bundle)


def test_an_array_with_a_header_that_is_none_is_refused(bundle: Path) -> None:
    swap_array(bundle, npy(np.zeros(4)).replace(b"{'descr'", b"(((((((("))
    assert "not a file of models" in refusal(bundle)


def test_models_whose_parts_do_not_fit_are_refused(
    tmp_path: Path, classifier: ClauseClassifier
) -> None:
    estimator = copy.deepcopy(classifier.functions.estimators[0])
    estimator.intercept_ = estimator.intercept_[:-1]
    functions = replace(classifier.functions, estimators=(estimator,))
    broken = replace(classifier, functions=functions)
    assert "intercepts" in refusal(save_bundle(broken, tmp_path / "b", about=ABOUT, card=""))


def test_a_zipped_bundle_is_to_be_unpacked_first(bundle: Path, tmp_path: Path) -> None:
    zipped = tmp_path / "model.zip"
    zipped.write_bytes(archive(**{path.name: path.read_bytes() for path in bundle.iterdir()}))
    with pytest.raises(ModelError, match="a model is a folder; unpack it"):
        find_bundle(zipped)


def test_estimators_of_other_kinds_are_refused(bundle: Path) -> None:
    from sklearn.dummy import DummyClassifier

    content = skops.io.dumps({"functions": DummyClassifier()})
    replace_file(bundle, "model.skops", content)
    assert "DummyClassifier" in refusal(bundle)


@pytest.mark.parametrize("name", ["../outside.npy", "/etc/x.npy", "a/../../b.npy", "..\\b.npy"])
def test_a_path_that_leaves_the_archive_is_refused(bundle: Path, name: str) -> None:
    replace_file(bundle, "model.skops", archive(**{"schema.json": b"{}", name: b"x"}))
    assert "in another folder" in refusal(bundle)


def test_an_archive_that_unpacks_to_too_much_is_refused(bundle: Path) -> None:
    packed = bytearray(archive(**{"schema.json": b"{}", "1.npy": b"0" * 1000}))
    entry = packed.rfind(b"PK\x01\x02")  # the central directory's entry of 1.npy
    packed[entry + 24 : entry + 28] = (2**31).to_bytes(4, "little")
    replace_file(bundle, "model.skops", bytes(packed))
    assert "too many for a model" in refusal(bundle)


@pytest.mark.parametrize(
    "content", [b"", b"{}", archive(), archive(**{"schema.json": b"[" * 5000})], ids=len
)
def test_what_is_no_archive_of_models_is_refused(bundle: Path, content: bytes) -> None:
    replace_file(bundle, "model.skops", content)
    assert "model.skops" in refusal(bundle)


def test_what_skops_saves_is_read_as_skops_reads_it() -> None:
    from sklearn.linear_model import LogisticRegression

    estimator = LogisticRegression().fit([[0.0, 1.0], [1.0, 0.0]], ["a", "b"])
    estimator.coef_ = np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3))
    tree = {"x": {"n": [1, 2.5, None, True, "é"], "empty": np.zeros((0, 3))}, "e": [estimator]}
    found = read_saved(skops.io.dumps(tree), Path("model.skops"))
    assert found["x"]["n"] == tree["x"]["n"]
    assert found["x"]["empty"].shape == (0, 3)
    (read,) = found["e"]
    assert read.coef_.tolist() == estimator.coef_.tolist()
    assert read.coef_.dtype == np.float32
    assert read.classes_.tolist() == ["a", "b"]
    assert read.intercept_.tolist() == estimator.intercept_.tolist()


def test_a_file_of_another_protocol_is_refused(bundle: Path) -> None:
    content = skops.io.dumps({"functions": {}})
    schema = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("schema.json"))
    schema["protocol"] = 99
    replace_file(bundle, "model.skops", archive(**{"schema.json": json.dumps(schema).encode()}))
    assert "protocol 99 of skops" in refusal(bundle)


@given(
    st.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)),
    st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_no_file_of_models_ends_in_a_traceback(
    packing: int, changes: list[tuple[int, int]]
) -> None:
    tree = {"functions": {"a": np.arange(300), "b": ["x", None]}}
    content = bytearray(skops.io.dumps(tree, compression=packing))
    for place, byte in changes:
        content[place % len(content)] = byte
    with contextlib.suppress(ModelError, *MALFORMED):
        read_saved(bytes(content), Path("model.skops"))


def test_a_file_swapped_after_saving_is_refused(bundle: Path) -> None:
    (bundle / "cues.json").write_text("{}", encoding="utf-8")
    assert "cues.json: changed since the model was saved" in refusal(bundle)


def test_a_link_is_refused(bundle: Path, tmp_path: Path) -> None:
    (bundle / "CARD.md").rename(tmp_path / "CARD.md")
    (bundle / "CARD.md").symlink_to(tmp_path / "CARD.md")
    assert "not a plain file" in refusal(bundle)


def test_a_manifest_can_name_no_other_files(bundle: Path) -> None:
    entry = {"size": 1, "sha256": ""}
    edit_manifest(bundle, lambda tree: tree["files"].update({"../../secret": entry}))
    assert "is no file of a bundle" in refusal(bundle)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda tree: tree.pop("format"), "no format number"),
        (lambda tree: tree.update(format=99), "update whereas"),
        (lambda tree: tree.update(format=0), "train it anew"),
        (lambda tree: tree.pop("thresholds"), "thresholds"),
        (lambda tree: tree.update(thresholds={"mood": 1.0}), "damaged"),
        (lambda tree: tree.update(groups=["opening", "moods"]), "groups"),
        (lambda tree: tree["files"].pop("model.skops"), "lists no model.skops"),
        (lambda tree: tree["scheme"].update(addressees=[]), "the scheme has no label"),
        (lambda tree: tree["scheme"].update(functions=[]), "the scheme has no label"),
        (lambda tree: tree["versions"].update({"scikit-learn": "0.19.2"}), "scikit-learn 0.19.2"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    bundle: Path, edit: Callable[[dict], object], message: str
) -> None:
    edit_manifest(bundle, edit)
    assert message in refusal(bundle)


def test_a_missing_model_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no such model; .*default"):
        find_bundle(str(tmp_path))


def test_the_bundles_that_ship_load() -> None:
    manifests = [load_bundle(path).manifest for path in shipped_bundles()]
    assert "default" in {manifest.name for manifest in manifests}
    for manifest in manifests:
        assert Recipe.model_validate(manifest.recipe).features.groups == manifest.groups
    assert find_bundle().name == "default"


def test_the_manifest_says_where_a_model_comes_from(tmp_path: Path) -> None:
    text = "".join(f"{document.to_json()}\n" for document in corpus())
    (tmp_path / "corpus.jsonl").write_text(text, encoding="utf-8")
    recipe = tmp_path / "recipe.toml"
    settings = 'name = "tiny"\nseed = 7\nfolds = 2\n[corpora]\npaths = ["corpus.jsonl"]\n'
    recipe.write_text(settings, encoding="utf-8")
    manifest = load_bundle(train(recipe, tmp_path / "tiny")).manifest
    (described,) = manifest.corpora
    assert described["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert (manifest.seed, manifest.recipe["folds"]) == (7, 2)
    assert manifest.recipe["estimator"]["strength"] > 0  # what the recipe leaves out is there too
    assert manifest.measures["groups"]
    assert set(manifest.versions) >= {"whereas", "scikit-learn", "skops"}
    for name, entry in manifest.files.items():
        content = (tmp_path / "tiny" / name).read_bytes()
        assert (entry.size, entry.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def run_model(*words: str) -> Result:
    return CliRunner().invoke(app, ["model", *words])


def test_verify_prints_what_the_manifest_says(bundle: Path) -> None:
    result = run_model("verify", str(bundle))
    assert result.exit_code == 0
    assert f"{bundle}: sound" in result.stdout
    assert f"format {FORMAT}" in result.stdout
    for name in ("model.skops", "cues.json", "CARD.md"):
        assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() in result.stdout


def test_verify_says_in_one_line_what_is_wrong(bundle: Path) -> None:
    (bundle / "CARD.md").write_text("# Other\n", encoding="utf-8")
    result = run_model("verify", str(bundle))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "CARD.md: changed since the model was saved" in result.stderr


def test_a_card_cannot_steer_the_terminal(tmp_path: Path, classifier: ClauseClassifier) -> None:
    path = save_bundle(classifier, tmp_path / "b", about=ABOUT, card="# A\x1b[2J\n")
    assert run_model("show", str(path)).stdout == "# A[2J\n"
