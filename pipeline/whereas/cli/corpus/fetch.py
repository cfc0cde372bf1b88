"""``whereas corpus fetch``: public sources, downloaded and checked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from whereas.cli.console import say


def fetch(
    name: Annotated[
        str | None, typer.Argument(help="Source of the register; without one, they are listed.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="New folder for what it holds; NAME if not given."),
    ] = None,
    sha256: Annotated[
        str | None, typer.Option(help="The SHA-256 that the download must have.")
    ] = None,
    trust_first_use: Annotated[
        bool,
        typer.Option(
            "--trust-first-use",
            help="Take a source without a known SHA-256, and write its hash down beside the "
            "folder: later downloads must have the same.",
        ),
    ] = False,
    register: Annotated[
        Path | None, typer.Option(help="Another register of sources (TOML).")
    ] = None,
) -> None:
    """Download a public source, check its hash and unpack it; go on with what broke off."""
    from whereas.corpus.download import fetch as download
    from whereas.corpus.download import first_use_hash, remember_first_use
    from whereas.corpus.register import find_source, load_register
    from whereas.errors import ConfigError

    known = load_register(register)
    if name is None:
        for key, each in known.items():
            pinned = f"SHA-256 {each.sha256}" if each.sha256 else "not pinned: no SHA-256 is known"
            typer.echo(f"{key}\n  {each.title}\n  {each.url} ({each.version})\n  {pinned}")
            typer.echo(f"  by {each.publisher}; {each.terms}\n  holds {each.holds}")
        return
    source = find_source(name, known)
    folder = output or Path(name)
    wanted = sha256 or source.sha256 or first_use_hash(folder)
    if wanted is None and not trust_first_use:
        raise ConfigError(
            f"{name}: no SHA-256 of {source.url} is known; pass --sha256 with one that you know, "
            "or --trust-first-use to take what comes and write its hash down"
        )
    say(f"{source.url}; {source.terms}")
    with _progress(name) as progress:
        found = download(source.url, folder, sha256=wanted, progress=progress)
    if wanted is None:
        remember_first_use(folder, source.url, found)
        say(f"trusted on first use: SHA-256 {found}")
    typer.echo(folder)


@contextmanager
def _progress(name: str) -> "Iterator[Callable[[int, int | None], None]]":
    """Show a progress bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    console = Console(stderr=True)
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(
        TextColumn("{task.description}"), *columns, console=console, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
