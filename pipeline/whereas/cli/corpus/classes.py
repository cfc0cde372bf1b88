"""``whereas corpus classes``: word classes from resolutions without labels."""

from pathlib import Path
from typing import Annotated

import typer

from whereas.cli.console import say


def classes(
    paths: Annotated[
        list[Path], typer.Argument(help="Akoma Ntoso files, folders or archives of them.")
    ],
    language: Annotated[str, typer.Option(help="Language whose words to divide.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Text file; standard output if not given."),
    ] = None,
    count: Annotated[int, typer.Option(min=2, help="How many classes to make.")] = 300,
    skip: Annotated[
        list[str] | None,
        typer.Option(help="Leave out files with this in their name; can be repeated."),
    ] = None,
    sources: Annotated[
        str | None, typer.Option(help="What to name as the source; else the names of PATHS.")
    ] = None,
) -> None:
    """Divide the words of a language into classes by the company that they keep."""
    from whereas.corpus.company import collect_classes
    from whereas.corpus.records import write_whole

    found = collect_classes(
        paths, language, count=count, skip=skip or (), failed=lambda error: say(str(error))
    )
    source = sources or ", ".join(path.name for path in paths)
    lines = [
        "# Words that keep the same company, a class a line, the commonest first.",
        f"# Built by `whereas corpus classes` from {source}.",
        *(" ".join(words) for words in found),
    ]
    text = "\n".join(lines) + "\n"
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_whole(output, [text.encode("utf-8")])
        say(f"{output}: {len(found)} classes of {sum(map(len, found))} words")
