"""What every sub-command does alike: report errors in one line, on standard error."""

from typing import Any

import typer
from typer.core import TyperGroup

from whereas.errors import WhereasError

_WIDE = 160  # columns


def say(message: str) -> None:
    """Print a message to standard error, where it does not mix with results."""
    typer.echo(f"whereas: {message}", err=True)


class ErrorReporting(TyperGroup):
    """A command group that reports a user's error in one line and exits with code 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the sub-command; errors that are not the user's pass through."""
        try:
            return super().invoke(ctx)
        except WhereasError as error:
            say(str(error))
            raise typer.Exit(1) from None


def printer() -> Any:
    """Return a rich console for tables, which do not wrap where nobody looks at a terminal."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDE)
