"""``whereas corpus lexicon``: opening phrases from resolutions whose mark-up shows them."""

from pathlib import Path
from typing import Annotated

import typer

from whereas.cli.console import say


def lexicon(
    paths: Annotated[
        list[Path], typer.Argument(help="Akoma Ntoso files, folders or archives of them.")
    ],
    language: Annotated[str, typer.Option(help="Language whose phrases to collect.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="TOML file; standard output if not given."),
    ] = None,
    skip: Annotated[
        list[str] | None,
        typer.Option(help="Leave out files with this in their name; can be repeated."),
    ] = None,
    sources: Annotated[
        str | None, typer.Option(help="What to name as the source; else the names of PATHS.")
    ] = None,
) -> None:
    """Count the phrases that open clauses, and the words that decorate them."""
    from whereas.corpus.openings import collect_lexicon
    from whereas.corpus.records import write_whole
    from whereas.lexicon.build import lexicon_toml

    found = collect_lexicon(paths, language, skip=skip or (), failed=lambda error: say(str(error)))
    text = lexicon_toml(found, sources or ", ".join(path.name for path in paths))
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_whole(output, [text.encode("utf-8")])
        phrases = len(found.preambular) + len(found.operative)
        say(f"{output}: {phrases} phrases, {len(found.before) + len(found.after)} decorations")
