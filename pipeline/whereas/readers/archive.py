"""Files, folders and archives as streams of named bytes, read without writing anything to disk.

Links, devices and names that climb out of their archive are passed over; what is larger than
``LARGEST`` is an error, before it is in memory.
"""

import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from whereas.errors import ReadError

LARGEST = 256 * 2**20  # bytes of one file or member
_DAMAGE = (  # what the modules of the standard library raise over archives that are none
    *(OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(ValueError, TypeError, OverflowError, struct.error),
)
_HIDDEN = (".", "__MACOSX")
_TAR_NAMES = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2")


def members(
    path: Path, wanted: Callable[[str], bool] = lambda name: True
) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of the files that ``path`` holds.

    A file holds itself. A folder holds its files and those of its folders, by name; archives in
    it are opened. A ``.zip`` or ``.tar`` (plain, gz, xz, bz2) holds its members, in their order;
    archives in archives are not opened.

    Args:
        wanted: says by a member's name whether to read it; not asked about ``path`` itself.

    Raises:
        ReadError: ``path`` does not exist or cannot be read, or a file is too large.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path).parts
            if not any(part.startswith(_HIDDEN) for part in inside) and _is_plain(file):
                if is_archive(file):
                    yield from _archived(file, wanted)
                elif wanted(str(file)):
                    yield str(file), contents(file)
    elif is_archive(path):
        yield from _archived(path, wanted)
    else:
        yield str(path), contents(path)


def is_archive(path: Path) -> bool:
    """Say by its name whether a file is an archive that ``members`` opens."""
    return path.name.lower().endswith((".zip", *_TAR_NAMES))


def _is_plain(file: Path) -> bool:
    return stat.S_ISREG(file.lstat().st_mode)


def contents(file: Path) -> bytes:
    """Return what a file holds.

    Raises:
        ReadError: it cannot be read, or holds more than ``LARGEST`` bytes.
    """
    try:
        _check_size(str(file), file.stat().st_size)
        with file.open("rb") as stream:
            return contents_of(stream, str(file))
    except OSError as error:
        raise ReadError(f"{file}: cannot be read ({error.strerror})") from None


def contents_of(stream: IO[bytes], name: str) -> bytes:
    """Return what a stream holds, which may not say before how much that is.

    Raises:
        ReadError: it is more than ``LARGEST`` bytes.
    """
    data = stream.read(LARGEST + 1)
    _check_size(name, len(data))
    return data


def _archived(path: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    opened = _zipped if path.name.lower().endswith(".zip") else _tarred
    try:
        yield from opened(path, wanted)
    except FileNotFoundError:
        raise ReadError(f"{path}: cannot be read (No such file or directory)") from None
    except _DAMAGE as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise ReadError(f"{path}: damaged archive, or none ({reason})") from None
    except (RuntimeError, NotImplementedError) as error:  # how zipfile refuses encryption
        raise ReadError(f"{path}: cannot be unpacked ({error})") from None


def _tarred(path: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path, "r|*") as archive:
        for member in archive:
            if member.isfile() and _is_safe(member.name) and wanted(member.name):
                _check_size(f"{path}: {member.name}", member.size)
                stream = archive.extractfile(member)
                if stream is not None:
                    yield member.name, stream.read()


def _zipped(path: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            linked = stat.S_ISLNK(member.external_attr >> 16)
            if not _is_safe(member.filename) or member.is_dir() or linked:
                continue
            if wanted(member.filename):
                _check_size(f"{path}: {member.filename}", member.file_size)
                with archive.open(member) as stream:
                    data = stream.read(member.file_size + 1)  # it may have lied about its size
                _check_size(f"{path}: {member.filename}", len(data))
                yield member.filename, data


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return bool(parts) and not any(
        part == "/" or part.startswith(_HIDDEN) for part in parts if part != "."
    )


def _check_size(name: str, size: int) -> None:
    if size > LARGEST:
        raise ReadError(f"{name}: {size} bytes or more; files of more than {LARGEST} are not read")
