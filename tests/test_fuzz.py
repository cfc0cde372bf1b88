"""What is fuzzed holds for the inputs it starts from, and for all that fuzzing ever broke."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FUZZ = Path(__file__).parent / "fuzz"
sys.path.append(str(FUZZ))

from seeds import seeds  # noqa: E402
from targets import TARGETS  # noqa: E402


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_hold(name: str) -> None:
    for data in seeds(name):
        TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
@settings(deadline=None, max_examples=20)
@given(data=st.data())
def test_damaged_seeds_hold(name: str, data: st.DataObject) -> None:
    """Cut a seed, write over some of its bytes and put others in: each law still holds."""
    whole = bytearray(data.draw(st.sampled_from(seeds(name))))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        gone = data.draw(st.integers(0, 30))
        whole[at : at + gone] = data.draw(st.binary(max_size=8))
    TARGETS[name](bytes(whole))


@pytest.mark.parametrize("path", sorted(FUZZ.glob("found/*/*")), ids=lambda path: path.name)
def test_what_fuzzing_broke_holds(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())
