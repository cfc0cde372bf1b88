"""Where a model comes from: its corpora, notes and commit."""

import hashlib
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from whereas.config import Recipe
from whereas.document import Document
from whereas.errors import ConfigError, CorpusError


def read_corpus(path: Path) -> list[Document]:
    """Read a corpus: a file of records, or a folder of such files (``*.jsonl``).

    Raises:
        CorpusError: a file cannot be read.
        RecordError: a line is no record.
    """
    documents: list[Document] = []
    for file in _files(path):
        try:
            with file.open(encoding="utf-8") as lines:
                documents += [
                    Document.from_json(line, f"{file}:{number}")
                    for number, line in enumerate(lines, start=1)
                    if line.strip()
                ]
        except OSError as error:
            raise CorpusError(f"{file}: cannot be read ({error.strerror})") from None
        except UnicodeDecodeError as error:
            raise CorpusError(f"{file}: not UTF-8 text ({error.reason})") from None
    return documents


def _files(path: Path) -> Iterator[Path]:
    yield from sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]


def describe_corpus(path: Path, documents: Sequence[Document]) -> dict[str, Any]:
    """Return name, size and hash of a corpus for the manifest."""
    digest = hashlib.sha256()
    for file in _files(path):
        digest.update(file.read_bytes())
    return {
        "name": path.name,
        "sha256": digest.hexdigest(),
        "documents": len(documents),
        "clauses": sum(len(document.clauses) for document in documents),
    }


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
