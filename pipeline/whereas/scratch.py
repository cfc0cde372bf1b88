"""Scratch files: what is written appears under its own name whole, or not at all."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_KEPT = 50  # characters of a name, of up to four bytes each; file systems allow 255 bytes
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def scratch_for(path: Path) -> Iterator[Path]:
    """Yield a new name beside ``path``: what is written there takes its place at the end.

    Where writing fails or is interrupted, ``path`` stays as it was and nothing stays beside it.
    Links are followed, and an older file's permissions are those of the new one. What is no
    file, such as a pipe or a device, is yielded itself.

    Raises:
        PermissionError: the older file is not to be written, even where the system lets it.
    """
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        yield path
        return
    if mode is not None and not (mode & _WRITABLE and os.access(path, os.W_OK)):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    target = path.resolve()
    scratch = target.with_name(f".{target.name[:_KEPT]}.{secrets.token_hex(4)}.tmp")
    try:
        if mode is not None:
            scratch.touch(0o600)
            scratch.chmod(stat.S_IMODE(mode))
        yield scratch
        scratch.replace(target)
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)


def _mode(path: Path) -> int | None:
    """Return what ``path`` is and who may use it, or None where there is nothing."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None
