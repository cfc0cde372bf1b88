"""Model bundles: folders that hold a trained classifier and say where it comes from.

A bundle is checked before any of it is used: its format, that its files are plain files of the
size and hash that the manifest gives, and the versions it was made with. What may be in the saved
models is said in ``whereas.classify.saved``, never in the bundle.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from whereas.classify import ACT, NO_ACT, ClauseClassifier, Thresholds
from whereas.classify.baselines import OpeningLookup
from whereas.classify.encoder import Encoder
from whereas.classify.linear import Linear
from whereas.classify.saved import MALFORMED, read_saved
from whereas.config import Group
from whereas.errors import ConfigError, ModelError
from whereas.families import KnownFamilies
from whereas.features.cues import Cues
from whereas.labels import Scheme
from whereas.resources import resource

FORMAT = 2
DEFAULT = "default"
_MODEL, _CUES, _CARD, _BASELINE = "model.skops", "cues.json", "CARD.md", "baseline.json"
_FAMILIES = "families.json"
_NEEDED = frozenset({_MODEL, _CUES, _CARD})
_LARGEST = 64 * 2**20  # bytes of a file
_MODELS = ("functions", "further", "first_addressee", "addressees")


class FileEntry(BaseModel):
    """Size and hash of a file of a bundle."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    size: int
    sha256: str


class Manifest(BaseModel):
    """What a bundle says of itself."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: int
    name: str
    languages: tuple[str, ...]
    versions: Mapping[str, str]
    files: Mapping[str, FileEntry]
    scheme: Scheme
    groups: tuple[Group, ...]
    thresholds: Mapping[str, float]
    recipe: Mapping[str, Any] = {}
    corpora: tuple[Mapping[str, Any], ...] = ()
    measures: Mapping[str, Any] = {}
    seed: int = 0
    commit: str | None = None


@dataclass(frozen=True, eq=False)
class Bundle:
    """A loaded bundle.

    ``baseline``, fitted on the same clauses, is there to compare it with; ``families`` tell
    documents like those it was trained on from others.
    """

    path: Path
    manifest: Manifest
    card: str
    classifier: ClauseClassifier
    baseline: OpeningLookup | None = None
    families: KnownFamilies | None = None


def find_bundle(name_or_path: str | Path | None = None) -> Path:
    """Return the folder of a bundle: a path, or the name of one that comes with whereas.

    Raises:
        ModelError: there is no such bundle.
    """
    name = DEFAULT if name_or_path is None else str(name_or_path)
    if (Path(name) / "manifest.json").is_file():
        return Path(name)
    if Path(name).is_file():
        raise ModelError(f"{name}: is a file, and a model is a folder; unpack it and name that")
    shipped = {path.name: path for path in shipped_bundles()}
    if name not in shipped:
        raise ModelError(
            f"{name}: no such model; name the folder of a bundle or one of {sorted(shipped)}"
        )
    return shipped[name]


def shipped_bundles() -> Iterator[Path]:
    """Yield the folders of the bundles that come with whereas, by name."""
    try:
        models = resource("models")
    except ConfigError:
        return
    yield from sorted(path.parent for path in models.glob("*/manifest.json"))


def load_bundle(path: Path) -> Bundle:
    """Check a bundle and load it.

    Raises:
        ModelError: it is missing, damaged, of another format or not to be trusted.
    """
    manifest = read_manifest(path)
    content = {name: _read(path, name, entry) for name, entry in manifest.files.items()}
    check_versions(path, manifest)
    try:
        state = read_saved(content[_MODEL], path / _MODEL)
        cues = json.loads(content[_CUES])
        classifier = ClauseClassifier(
            scheme=manifest.scheme,
            cues={language: Cues.from_json(tree) for language, tree in cues.items()},
            groups=manifest.groups,
            thresholds=Thresholds(**manifest.thresholds),
            encoder=Encoder.from_state(state["encoder"]) if "encoder" in state else None,
            **{name: Linear.from_state(state[name]) for name in _MODELS if name in state},
        )
        baseline = (
            OpeningLookup.from_json(json.loads(content[_BASELINE]))
            if _BASELINE in content
            else None
        )
        families = (
            KnownFamilies.from_json(json.loads(content[_FAMILIES]))
            if _FAMILIES in content
            else None
        )
        card = content[_CARD].decode("utf-8")
        _check_models(classifier)
    except MALFORMED as error:
        raise ModelError(f"{path}: damaged ({_first_line(error)}); {_REMEDY}") from None
    return Bundle(path, manifest, card, classifier, baseline, families)


_REMEDY = "train it anew with `whereas train` or reinstall whereas"


def read_manifest(path: Path) -> Manifest:
    """Read and check a bundle's manifest alone.

    Raises:
        ModelError: it is missing, of another format or not well formed.
    """
    place = path / "manifest.json"
    text = _read(path, "manifest.json", None)
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        raise ModelError(f"{place}: not JSON; {_REMEDY}") from None
    found = tree.get("format") if isinstance(tree, dict) else None
    if not isinstance(found, int):
        raise ModelError(f"{place}: has no format number; not a model of whereas")
    if found != FORMAT:
        way_out = "update whereas" if found > FORMAT else "train it anew with `whereas train`"
        raise ModelError(f"{place}: format {found}, this whereas reads {FORMAT}; {way_out}")
    try:
        manifest = Manifest.model_validate(tree)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ModelError(f"{place}: {field}: {first['msg']}; {_REMEDY}") from None
    if missing := _NEEDED - set(manifest.files):
        raise ModelError(f"{place}: files: lists no {min(missing)}; {_REMEDY}")
    if unknown := set(manifest.files) - _NEEDED - {_BASELINE, _FAMILIES}:
        raise ModelError(f"{place}: files: {min(unknown)!r} is no file of a bundle")
    return manifest


def _read(path: Path, name: str, entry: FileEntry | None) -> bytes:
    """Return a file's content if it is a plain file of the size and hash it should have."""
    place = path / name
    if place.is_symlink() or not place.is_file():
        raise ModelError(f"{place}: missing, or not a plain file; {_REMEDY}")
    if (size := place.stat().st_size) > _LARGEST:
        raise ModelError(f"{place}: {size} bytes, more than the {_LARGEST} a model may have")
    try:
        content = place.read_bytes()
    except OSError as error:
        raise ModelError(f"{place}: cannot be read ({error.strerror})") from None
    if entry and (len(content), hashlib.sha256(content).hexdigest()) != (entry.size, entry.sha256):
        raise ModelError(f"{place}: changed since the model was saved; {_REMEDY}")
    return content


def check_versions(path: Path, manifest: Manifest) -> None:
    """Raise ModelError if scikit-learn is too far from the version that trained the model."""
    trained, here = manifest.versions.get("scikit-learn", "?"), version("scikit-learn")
    if trained.partition(".")[0] != here.partition(".")[0]:
        raise ModelError(
            f"{path}: trained with scikit-learn {trained}, this is {here}; "
            f"install scikit-learn {trained} or train it anew with `whereas train`"
        )


def _check_models(classifier: ClauseClassifier) -> None:
    """Raise ValueError if the models do not fit the scheme that the manifest gives."""
    scheme = classifier.scheme
    functions, addressees = {*scheme.function_labels}, {*scheme.addressee_labels}
    if classifier.encoder and (unknown := {*classifier.encoder.classes} - functions):
        raise ValueError(f"encoder: the scheme has no label {min(unknown)}")
    for name, model, labels in (
        ("functions", classifier.functions, functions),
        ("further", classifier.further, {ACT, NO_ACT}),
        ("first_addressee", classifier.first_addressee, {*addressees, NO_ACT}),
        ("addressees", classifier.addressees, addressees),
    ):
        if model is None:
            continue
        if unknown := set(model.classes) - labels:
            raise ValueError(f"{name}: the scheme has no label {min(unknown)}")
        if model.weights.shape != (len(model.features), len(model.classes)):
            raise ValueError(f"{name}: has weights of {model.weights.shape} features and labels")
        if model.intercept.shape != (len(model.classes),):
            raise ValueError(f"{name}: has intercepts of {model.intercept.shape} labels")
        if not (np.isfinite(model.weights).all() and np.isfinite(model.intercept).all()):
            raise ValueError(f"{name}: has weights that are no numbers")


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


def save_bundle(
    classifier: ClauseClassifier,
    output: Path,
    *,
    about: Mapping[str, Any],
    card: str,
    baseline: OpeningLookup | None = None,
    families: KnownFamilies | None = None,
) -> Path:
    """Write a bundle, all of it or nothing, in place of an older one.

    Args:
        classifier: as trained; one that was loaded has no estimators left that can be saved.
        output: the folder to make.
        about: further fields of the manifest: name, recipe, corpora, measures, seed, commit.

    Raises:
        ModelError: the folder exists and is no bundle, or cannot be written.
    """
    from skops.io import dumps

    if output.exists() and not (output / "manifest.json").is_file():
        raise ModelError(f"{output}: exists and is no model; remove it or name another folder")
    cues = {language: own.to_json() for language, own in classifier.cues.items()}
    models = dumps(classifier.state(), compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    try:
        read_saved(models, output / _MODEL)  # so that one that cannot be read is never saved
    except MALFORMED as error:
        raise ModelError(
            f"{output / _MODEL}: skops {version('skops')} writes what this whereas cannot read "
            f"({_first_line(error)}); install an older one and train it anew"
        ) from None
    content = {
        _MODEL: models,
        _CUES: _json(cues),
        _CARD: card.encode("utf-8"),
    }
    if baseline is not None:
        content[_BASELINE] = _json(baseline.to_json())
    if families is not None:
        content[_FAMILIES] = _json(families.to_json())
    manifest = Manifest(
        format=FORMAT,
        languages=tuple(classifier.cues),
        versions={name: version(name) for name in ("whereas", "scikit-learn", "numpy", "skops")},
        files={
            name: FileEntry(size=len(data), sha256=hashlib.sha256(data).hexdigest())
            for name, data in content.items()
        },
        scheme=classifier.scheme,
        groups=classifier.groups,
        thresholds=asdict(classifier.thresholds),
        **about,
    )
    content["manifest.json"] = _json(manifest.model_dump(mode="json"))
    try:
        _replace_folder(output, content)
    except OSError as error:
        raise ModelError(f"{output}: cannot be written ({error.strerror})") from None
    return output


def _json(tree: Any) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _replace_folder(output: Path, content: Mapping[str, bytes]) -> None:
    """Write a folder under a temporary name and rename it."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{output.name}.", dir=output.parent) as temporary:
        new = Path(temporary) / "new"
        new.mkdir()
        for name, data in content.items():
            (new / name).write_bytes(data)
        if output.exists():
            output.rename(Path(temporary) / "old")
        new.rename(output)
