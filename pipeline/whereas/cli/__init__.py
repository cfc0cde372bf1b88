"""The ``whereas`` command; each module here is one of its sub-commands.

Modules here import nothing heavy at the top: what a command needs, it imports when it runs.
"""

from typing import Annotated

import typer

from whereas.cli import corpus, model
from whereas.cli.console import ErrorReporting
from whereas.cli.evaluate import evaluate
from whereas.cli.predict import predict, segment
from whereas.cli.train import train

app = typer.Typer(
    name="whereas",
    help="Split resolutions into clauses and say what each clause does.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    cls=ErrorReporting,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"whereas {version('whereas')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    pass


app.command()(predict)
app.command()(segment)
app.command()(train)
app.command()(evaluate)
app.add_typer(corpus.app, name="corpus")
app.add_typer(model.app, name="model")


def main() -> None:
    """Run the command line."""
    app()
