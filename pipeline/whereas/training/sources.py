"""Where a model comes from: its corpora, notes and commit."""

import hashlib
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whereas.classify.encoder import Encoder
from whereas.classify.saved import MALFORMED, read_saved
from whereas.config import Recipe, supplement_paths
from whereas.corpus.records import corpus_files, read_corpus
from whereas.document import Document
from whereas.errors import ConfigError, ModelError
from whereas.families import title_families
from whereas.labels import Scheme


def describe_corpus(path: Path, documents: Sequence[Document]) -> dict[str, Any]:
    """Return name, size and hash of a corpus for the manifest."""
    digest = hashlib.sha256()
    for file in corpus_files(path):
        digest.update(file.read_bytes())
    return {
        "name": path.name,
        "sha256": digest.hexdigest(),
        "documents": len(documents),
        "clauses": sum(len(document.clauses) for document in documents),
    }


def read_supplements(recipe: Recipe, recipe_path: Path) -> list[tuple[Path, list[Document]]]:
    """Return the supplements of a recipe, their documents marked as such.

    Raises:
        ConfigError: one is missing.
        CorpusError, RecordError: one cannot be read, or a line of it is no record.
    """
    return [
        (path, [d.model_copy(update={"supplement": True}) for d in read_corpus(path)])
        for path in supplement_paths(recipe, recipe_path)
    ]


def is_supplement(document: Document) -> bool:
    """Say whether a document is one of a recipe's supplements."""
    return bool((document.model_extra or {}).get("supplement"))


def read_encoder(recipe: Recipe, recipe_path: Path, scheme: Scheme) -> Encoder | None:
    """Return the encoder that a recipe names, if it names one.

    Raises:
        ConfigError: it is missing, no encoder, or has learnt labels of another scheme.
    """
    if recipe.encoder is None:
        return None
    place = recipe_path.parent / recipe.encoder.path
    try:
        encoder = Encoder.from_state(read_saved(place.read_bytes(), place))
    except OSError as error:
        raise ConfigError(
            f"{recipe_path}: encoder {place} cannot be read ({error.strerror}); it comes with a "
            "checkout of the repository"
        ) from None
    except (ModelError, *MALFORMED):
        raise ConfigError(
            f"{recipe_path}: {place} is damaged or no encoder; take it from a checkout of the "
            "repository"
        ) from None
    if unknown := set(encoder.classes) - {*scheme.function_labels}:
        raise ConfigError(
            f"{recipe_path}: encoder {place} gives {min(unknown)!r}, which the scheme lacks; "
            "leave it out"
        )
    return encoder


def known_to(encoder: Encoder | None, documents: Sequence[Document]) -> list[bool]:
    """Say which documents are of families that an encoder has learnt from.

    Families are whole: if one document is known, all are. Supplements have none.
    """
    if encoder is None:
        return [False] * len(documents)
    held = [bool(known) for known in encoder.families.hold(documents)]
    own = [number for number, document in enumerate(documents) if not is_supplement(document)]
    families = title_families([documents[number] for number in own])
    known = {family for number, family in zip(own, families, strict=True) if held[number]}
    for number, family in zip(own, families, strict=True):
        held[number] = family in known
    return held


def read_notes(recipe: Recipe, recipe_path: Path) -> list[str]:
    """Return the Markdown that a recipe adds to the card.

    Raises:
        ConfigError: a file of it cannot be read.
    """
    notes = []
    for name in recipe.notes:
        place = recipe_path.parent / name
        try:
            notes.append(place.read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError):
            raise ConfigError(f"{recipe_path}: notes: {place} cannot be read") from None
    return notes


def commit_of(folder: Path) -> str | None:
    """Return the Git commit that a folder is at, or None if that is not known."""
    command = ["git", "-C", str(folder), "rev-parse", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None
