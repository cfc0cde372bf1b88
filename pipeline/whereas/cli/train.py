"""``whereas train``: a model from a recipe."""

from pathlib import Path
from typing import Annotated

import typer

from whereas.cli.console import say


def train(
    recipe: Annotated[Path, typer.Argument(help="Recipe, a TOML file.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Folder of the model; models/NAME if not given."),
    ] = None,
    corpus_root: Annotated[
        Path | None,
        typer.Option(help="Folder that holds the recipe's corpora, if not where it says."),
    ] = None,
) -> None:
    """Train a model from labelled corpora and measure it by cross-validation."""
    from whereas.bundle import read_manifest
    from whereas.training import train

    place = train(recipe, output, corpus_root, say)
    for group, values in read_manifest(place).measures["groups"].items():
        say(
            f"{group}: {values['clauses']} clauses, "
            f"accuracy {values['accuracy']}, macro-F1 {values['macro_f1']}"
        )
    typer.echo(place)
