"""``whereas corpus``: check, count, divide, compare, convert and build corpora."""

import typer

from whereas.cli.corpus.agreement import agreement
from whereas.cli.corpus.build import build, strip
from whereas.cli.corpus.convert import convert
from whereas.cli.corpus.fetch import fetch
from whereas.cli.corpus.lexicon import lexicon
from whereas.cli.corpus.look import stats, validate
from whereas.cli.corpus.project import project
from whereas.cli.corpus.split import split
from whereas.cli.corpus.suggest import suggest
from whereas.cli.corpus.words import words

app = typer.Typer(help="Check, count, divide, compare and convert corpora.", no_args_is_help=True)
app.command()(validate)
app.command()(stats)
app.command()(split)
app.command()(agreement)
app.command()(convert)
app.command()(words)
app.command()(lexicon)
app.command()(build)
app.command()(strip)
app.command()(fetch)
app.command()(suggest)
app.command()(project)
