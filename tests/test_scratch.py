"""Files appear whole under their names, or not at all."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from whereas.corpus.records import write_whole
from whereas.errors import WriteError
from whereas.scratch import scratch_for

POSIX = pytest.mark.skipif(os.name != "posix", reason="the system has no such files")


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


@POSIX
def test_a_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_whole(tmp_path / "whole", [b"new"])
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_file_keeps_the_permissions_it_had(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "kites.csv"
    path.write_text("old")
    path.chmod(mode)
    write_whole(path, [b"new"])
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", mode)


@POSIX
def test_a_file_that_is_not_to_be_written_is_left(tmp_path: Path) -> None:
    path = tmp_path / "kites.csv"
    path.write_text("old")
    path.chmod(0o400)
    with pytest.raises(WriteError, match=r"kites.csv: cannot be written \(Permission denied\)"):
        write_whole(path, [b"new"])
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("old", 0o400)
    assert list(tmp_path.iterdir()) == [path]


@POSIX
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path, exists: bool) -> None:
    (tmp_path / "far").mkdir()
    target, link = tmp_path / "far" / "kites.csv", tmp_path / "link"
    if exists:
        target.write_text("old")
    link.symlink_to(target)
    write_whole(link, [b"new"])
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert list((tmp_path / "far").iterdir()) == [target]


@POSIX
def test_links_that_lead_to_each_other_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(WriteError, match="a: cannot be written"):
        write_whole(tmp_path / "a", [b"new"])


@POSIX
def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, [b"new"])
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_folder_in_the_way_is_said_and_one_that_lacks_is_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b.jsonl", [b"new"])
    with pytest.raises(WriteError, match="a: is a folder; name a file"):
        write_whole(tmp_path / "a", [b"new"])
    with pytest.raises(WriteError, match="deeper: cannot be written"):
        write_whole(tmp_path / "a" / "b.jsonl" / "deeper", [b"new"])
