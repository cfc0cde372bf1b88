"""Scratch files: what is written appears under its own name whole, or not at all."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_KEPT = 50  # characters of a name, of up to four bytes each; file systems allow 255 bytes


@contextmanager
def scratch_for(path: Path) -> Iterator[Path]:
    """Yield a new name beside ``path``: what is written there takes its place at the end.

    Where writing fails or is interrupted, ``path`` stays as it was and nothing stays beside it.
    """
    scratch = path.with_name(f".{path.name[:_KEPT]}.{secrets.token_hex(4)}.tmp")
    try:
        yield scratch
        scratch.replace(path)
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
