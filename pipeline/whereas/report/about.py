"""What was evaluated, on what, when and with what: the head of a report."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

_PACKAGES = ("whereas", "scikit-learn", "scipy", "numpy", "nltk")


@dataclass(frozen=True)
class Corpus:
    """A corpus by name, SHA-256 of its files, and size."""

    name: str
    sha256: str
    documents: int
    clauses: int


@dataclass(frozen=True)
class About:
    """The facts that let somebody repeat an evaluation.

    ``system`` names what was evaluated, ``card`` is the first line that its card says of it,
    ``trained_on`` are the corpora it comes from. ``date`` is in UTC, ``command`` what was typed.
    ``method`` says how predictions were made, ``warnings`` what makes the figures doubtful.
    """

    system: str
    card: str
    commit: str | None
    trained_on: tuple[Mapping[str, Any], ...]
    corpora: tuple[Corpus, ...]
    method: str
    date: str
    command: str
    versions: Mapping[str, str]
    resamples: int
    seed: int
    warnings: tuple[str, ...] = ()


def versions() -> dict[str, str]:
    """Return the versions of what computes the figures."""
    return {"Python": platform.python_version()} | {name: version(name) for name in _PACKAGES}


def card_line(card: str) -> str:
    """Return the first paragraph of a model card that is no heading, on one line."""
    for paragraph in card.split("\n\n"):
        if paragraph.strip() and not paragraph.lstrip().startswith("#"):
            return " ".join(paragraph.split())
    return ""
