"""``whereas corpus validate`` and ``stats``: what is wrong with corpora, and what they hold."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from whereas.cli.console import printer, say

Corpora = Annotated[
    list[Path], typer.Argument(help="Records, one a line (*.jsonl), or folders of such files.")
]


def validate(
    corpora: Corpora,
    scheme: Annotated[
        Path | None, typer.Option(help="Labels that are allowed (TOML); else whereas' own.")
    ] = None,
    near: Annotated[
        float,
        typer.Option(
            min=0.0,
            help="Report documents that share this much of their text; above 1, report none.",
        ),
    ] = 0.9,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a finding.")] = False,
) -> None:
    """Check records, labels, spans, texts, order and repeats; exit 1 if anything is wrong."""
    from dataclasses import asdict

    from whereas.corpus.findings import find_faults
    from whereas.labels import load_scheme

    count = 0
    for finding in find_faults(corpora, load_scheme(scheme), near):
        count += 1
        typer.echo(json.dumps(asdict(finding), ensure_ascii=False) if as_json else finding)
    if count:
        say(f"{count} finding{'s' if count > 1 else ''}")
        raise typer.Exit(1)
    say("no findings")


def stats(
    corpora: Corpora,
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON.")] = False,
) -> None:
    """Count documents, clauses and labels by zone, language, organ and year."""
    from whereas.corpus.counts import count_corpus
    from whereas.corpus.records import stream_corpus

    counts = count_corpus(d for path in corpora for d in stream_corpus(path)).as_json()
    if as_json:
        typer.echo(json.dumps(counts, ensure_ascii=False, indent=2))
    else:
        _print_counts(counts)


def _print_counts(counts: Mapping[str, Any]) -> None:
    from rich.table import Table

    console = printer()
    typer.echo(
        f"{counts['documents']} documents ({counts['partial_documents']} partial, "
        f"{counts['documents_with_text']} with their text), "
        f"{counts['clauses']} clauses, {counts['items']} items"
    )
    for name in ("languages", "organs", "years"):
        table = Table(name[:-1], "documents", box=None, title=name, title_justify="left")
        for value, count in counts[name].items():
            table.add_row(value, str(count))
        console.print(table)
    table = Table("zone", "function", "clauses", "share", box=None, title="functions")
    for zone, labels in counts["functions"].items():
        for label, count in labels.items():
            table.add_row(zone, label, str(count), f"{count / counts['clauses']:.1%}")
    console.print(table)
    for name, title in (("also", "further acts"), ("addressees", "addressees")):
        table = Table(name, "clauses", box=None, title=title, title_justify="left")
        for value, count in counts[name].items():
            table.add_row(value, str(count))
        if table.row_count:
            console.print(table)
    lengths = counts["words_per_clause"]
    if lengths:
        typer.echo(
            "words per clause: "
            + ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in lengths.items())
        )
