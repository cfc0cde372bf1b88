"""``whereas corpus build`` and ``strip``: labels without text, and with it again."""

from pathlib import Path
from typing import Annotated

import typer

from whereas.cli.console import say

Sources = Annotated[
    list[Path],
    typer.Option("--source", help="File, folder or archive that has the text; may be repeated."),
]


def build(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Stand-off labels (*.jsonl, or folders of them), and the public files, folders "
            "or archives (.zip, .tar.xz ...) that have the text.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="File (*.jsonl), or folder for a corpus for each file of labels."
        ),
    ],
    text: Annotated[
        bool, typer.Option("--text", help="Also give each document its text, with offsets.")
    ] = False,
) -> None:
    """Join stand-off labels with the texts they are for; exit 1 if any finds no place."""
    from whereas.corpus.build import build_corpus
    from whereas.corpus.records import record_lines, write_whole
    from whereas.corpus.standoff import is_standoff, read_standoff, standoff_files
    from whereas.errors import CorpusError

    files = standoff_files(paths)
    sources = [path for path in paths if not is_standoff(path)]
    if not files:
        raise CorpusError("no stand-off labels among the paths; they are files such as data/labels")
    if not sources:
        raise CorpusError("no texts among the paths; name the public files, folders or archives")
    labels = {file: list(read_standoff(file)) for file in files}
    documents, unplaced = build_corpus(
        [each for own in labels.values() for each in own], sources, text=text
    )
    if output.suffix == ".jsonl":
        write_whole(output, record_lines(documents))
    else:
        for file, own in labels.items():
            ids = {each.id for each in own}
            part = [document for document in documents if document.id in ids]
            write_whole(output / file.name, record_lines(part))
    for each in unplaced:
        say(str(each))
    clauses = sum(len(document.clauses) for document in documents)
    say(f"{len(documents)} documents, {clauses} clauses; {len(unplaced)} labels not placed")
    if unplaced:
        raise typer.Exit(1)


def strip(
    corpora: Annotated[list[Path], typer.Argument(help="Labelled records (*.jsonl).")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File of labels (*.jsonl).")],
    source: Sources,
) -> None:
    """Take the text off a labelled corpus of public documents: what is left may be shared."""
    from whereas.corpus.build import Unplaced, strip_corpus
    from whereas.corpus.records import read_corpora, write_whole
    from whereas.corpus.standoff import standoff_line

    failures: list[Unplaced] = []
    labels = strip_corpus(read_corpora(corpora), source, failures.append)
    write_whole(output, map(standoff_line, labels))
    for each in failures:
        say(str(each))
    clauses = sum(len(each.clauses) for each in labels)
    say(f"{len(labels)} documents, {clauses} clauses; {len(failures)} labels left out")
