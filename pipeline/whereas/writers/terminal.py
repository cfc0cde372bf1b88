"""A table for a terminal: one row a clause, with what it does and to whom it speaks."""

import io
import unicodedata

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from whereas.document import Clause, Document

_NARROW, _WIDEST = 60, 160  # columns that a table takes at least and at most
_STYLES = {"preambular": "cyan", "operative": "green"}


def write(document: Document) -> str:
    """Return the table of a document, as wide as the terminal, without colours."""
    return render(document)


def render(document: Document, width: int | None = None, *, colour: bool = False) -> str:
    """Return the table of a document.

    Args:
        width: in columns; without it, that of the terminal.
        colour: whether to put in the codes that colour a terminal's text.
    """
    console = Console(
        file=io.StringIO(),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        width=max(_NARROW, min(width or Console().width, _WIDEST)),
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(_heading(document), soft_wrap=False)
        if document.clauses:
            console.print(_table(document))
        else:
            console.print("no clauses found\n")
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def _heading(document: Document) -> Text:
    name = _plain(document.symbol or document.id)
    facts = [document.organ, document.adopted, document.language]
    heading = Text(name, style="bold")
    heading.append(f"  {' · '.join(_plain(fact) for fact in facts if fact)}", style="dim")
    if document.title:
        heading.append(f"\n{_plain(document.title)}")
    return heading


def _table(document: Document) -> Table:
    """Build the table, with the columns for which there is something to say."""
    clauses = document.clauses
    labelled = any(clause.function for clause in clauses)
    addressed = any(clause.addressees for clause in clauses)
    scored = any(clause.score is not None for clause in clauses)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("No.", justify="right", no_wrap=True)
    if labelled:
        table.add_column("Function", no_wrap=True)
    if addressed:
        table.add_column("To", max_width=14)
    if scored:
        table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("Clause", ratio=1)
    zone = None
    for clause in clauses:
        if zone is not None and clause.zone != zone:
            table.add_section()
        zone = clause.zone
        cells = [Text(_plain(clause.number or ""))]
        if labelled:
            cells.append(_function(clause))
        if addressed:
            cells.append(Text(", ".join(map(_plain, clause.addressees))))
        if scored:
            cells.append(_score(clause))
        cells.append(_words(clause))
        table.add_row(*cells)
    return table


def _function(clause: Clause) -> Text:
    name = _plain(clause.function or "").removeprefix(f"{clause.zone}.")
    also = "".join(f"\n+ {_plain(one).removeprefix(f'{clause.zone}.')}" for one in clause.also)
    function = Text(name, style=_STYLES[clause.zone])
    function.append(also, style="dim")
    return function


def _score(clause: Clause) -> Text:
    score = Text("" if clause.score is None else f"{clause.score:.2f}")
    if clause.review:
        score.append(" ?", style="bold yellow")
    return score


def _words(clause: Clause) -> Text:
    text = _plain(clause.text)
    words = Text(text)
    opening = _plain(clause.opening or "")
    if opening and text.startswith(opening):
        words.stylize("italic", 0, len(opening))
    for item in clause.items:
        number = f"{_plain(item.number)} " if item.number else ""
        words.append(f"\n{'  ' * (item.level - 1)}{number}{_plain(item.text)}")
    return words


def _plain(text: str) -> str:
    """Return text without characters that could command a terminal."""
    return "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) != "Cc"
    )
