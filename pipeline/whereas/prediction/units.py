"""Units of work: what is read, labelled and written, or fails, as one.

A unit is a file, standard input, a member of an archive, or some lines of a file of records, so
that neither a folder of many files nor a file of many documents has to fit into memory.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from whereas.errors import ReadError
from whereas.readers import printable_name
from whereas.readers.archive import LARGEST, contents_of, is_archive, members

_RECORDS = (".jsonl", ".ndjson")
_LINES = 50  # records in a unit
_BATCH_UNITS = 16
_BATCH_BYTES = 400_000  # about 25 resolutions of ordinary length


@dataclass(frozen=True, slots=True)
class Unit:
    """Something to read.

    Attributes:
        name: how messages call it.
        stem: relative path, without the new extension, of what is made of it in a folder;
            no two units share one.
        path: where its content is.
        data: its content, where that has been read already.
        line: for lines of a file of records, the number of the first, counted from 1; else 0.
        size: in bytes.
        stamp: when its file was last changed, in nanoseconds since 1970.
        problem: why it cannot be read, where that is known already.
    """

    name: str
    stem: str
    path: Path | None = None
    data: bytes | None = None
    line: int = 0
    size: int = 0
    stamp: int = 0
    problem: str | None = None


def list_units(paths: Sequence[str | Path]) -> Iterator[Unit]:
    """Yield what there is to read, in the order of ``paths`` and, in folders, of the names.

    Args:
        paths: files, folders, archives, or ``-`` for standard input. In folders, hidden files
            are left out, and links to folders and what is no file are passed over.
    """
    for path, prefix in zip(paths, _prefixes(paths), strict=True):
        if str(path) == "-":
            data = contents_of(sys.stdin.buffer, "standard input")
            yield Unit("standard input", prefix, data=data, size=len(data))
        elif Path(path).is_dir():
            for file in _walk(Path(path)):
                yield from _units_of(file, str(Path(prefix) / file.relative_to(path)))
        else:
            yield from _units_of(Path(path), prefix)


def _prefixes(paths: Sequence[str | Path]) -> Iterator[str]:
    """Yield a different beginning of stems for each path; none where there is but one folder."""
    if len(paths) == 1 and Path(paths[0]).is_dir():
        yield ""
        return
    taken: Counter[str] = Counter()
    for path in paths:
        name = "stdin" if str(path) == "-" else Path(path).resolve().name
        taken[name] += 1
        yield name if taken[name] == 1 else f"{name}~{taken[name]}"


def total_size(paths: Sequence[str | Path]) -> int | None:
    """Return how many bytes there are to read, or None where that cannot be known before."""
    total = 0
    for path in paths:
        for file in _walk(Path(path)) if Path(path).is_dir() else [Path(path)]:
            try:
                if str(path) == "-" or is_archive(file):
                    return None
                total += file.stat().st_size
            except OSError:
                continue
    return total


def _walk(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                (entry.name, entry.is_dir(follow_symlinks=False))
                for entry in entries
                if entry.is_file() or entry.is_dir(follow_symlinks=False) or _leads_nowhere(entry)
            )
    except OSError:
        yield folder  # reading it as a file says what is wrong
        return
    for name, is_folder in found:
        if name.startswith("."):
            continue
        if is_folder:
            yield from _walk(folder / name)
        else:
            yield folder / name


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not Path(entry.path).exists()


def _units_of(file: Path, stem: str) -> Iterator[Unit]:
    stem = printable_name(stem)
    try:
        status = file.stat()
        if is_archive(file):
            yield from _archived(file, stem, status.st_mtime_ns)
        elif file.name.lower().endswith(_RECORDS):
            yield from _recorded(file, stem, status.st_mtime_ns)
        else:
            size, stamp = status.st_size, status.st_mtime_ns
            yield Unit(str(file), stem, path=file, size=size, stamp=stamp)
    except OSError as error:
        problem = f"{file}: cannot be read ({error.strerror}); check its name"
        yield Unit(str(file), stem, problem=problem)
    except ReadError as error:
        yield Unit(str(file), stem, problem=str(error))


def _archived(file: Path, stem: str, stamp: int) -> Iterator[Unit]:
    for name, data in members(file):
        size = len(data)
        yield Unit(f"{file}: {name}", f"{stem}/{name}", data=data, size=size, stamp=stamp)


def _recorded(file: Path, stem: str, stamp: int) -> Iterator[Unit]:
    with file.open("rb") as lines:
        first = 1
        records = iter(lambda: lines.readline(LARGEST + 1), b"")
        while piece := list(islice(records, _LINES)):
            if len(max(piece, key=len)) > LARGEST:
                raise ReadError(f"{file}:{first}: a line of more than {LARGEST} bytes is not read")
            data = b"".join(piece)
            place = f"{stem}-{first:07d}"
            yield Unit(str(file), place, data=data, line=first, size=len(data), stamp=stamp)
            first += len(piece)


def batches(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """Group units so that each group is worth sending to another process."""
    batch: list[Unit] = []
    size = 0
    for unit in units:
        batch.append(unit)
        size += unit.size
        if len(batch) >= _BATCH_UNITS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
