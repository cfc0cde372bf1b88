"""The ``whereas`` command; each module here is one of its sub-commands."""

import typer

app = typer.Typer(
    name="whereas",
    help="Split resolutions into clauses and say what each clause does.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    app()
