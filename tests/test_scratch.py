"""Files appear whole under their names, or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from whereas.corpus.records import write_whole
from whereas.errors import WriteError
from whereas.scratch import scratch_for


def test_a_file_has_its_old_content_until_the_new_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "kites.csv"
    path.write_text("old")
    with scratch_for(path) as scratch:
        scratch.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_what_is_not_whole_leaves_nothing_behind(
    tmp_path: Path, error: type[BaseException]
) -> None:
    def pieces() -> Iterator[str]:
        yield "half"
        raise error

    path = tmp_path / "kites.csv"
    with pytest.raises(error), scratch_for(path) as scratch, scratch.open("w") as file:
        file.writelines(pieces())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("letter", ["k", "ж", "船"])
def test_the_longest_names_can_be_written(tmp_path: Path, letter: str) -> None:
    path = tmp_path / (letter * (255 // len(letter.encode())))
    write_whole(path, [b"new"])
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.name != "posix", reason="the system has no such permissions")
def test_a_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_whole(tmp_path / "whole", [b"new"])
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_a_folder_in_the_way_is_said_and_one_that_lacks_is_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b.jsonl", [b"new"])
    with pytest.raises(WriteError, match="a: is a folder; name a file"):
        write_whole(tmp_path / "a", [b"new"])
    with pytest.raises(WriteError, match="deeper: cannot be written"):
        write_whole(tmp_path / "a" / "b.jsonl" / "deeper", [b"new"])
