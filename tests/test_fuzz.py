"""What is fuzzed holds for the inputs it starts from, and for all that fuzzing ever broke."""

import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).parent / "fuzz"
sys.path.append(str(FUZZ))

from seeds import seeds  # noqa: E402
from targets import TARGETS  # noqa: E402


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_hold(name: str) -> None:
    for data in seeds(name):
        TARGETS[name](data)


@pytest.mark.parametrize("path", sorted(FUZZ.glob("found/*/*")), ids=lambda path: path.name)
def test_what_fuzzing_broke_holds(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())
