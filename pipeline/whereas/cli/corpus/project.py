"""``whereas corpus project``: labels from one language version of resolutions to another."""

from pathlib import Path
from typing import Annotated

import typer

from whereas.cli.console import say


def project(
    labelled: Annotated[Path, typer.Argument(help="Labelled corpus, JSON Lines.")],
    paths: Annotated[
        list[Path],
        typer.Argument(help="Akoma Ntoso files in both languages; folders or archives of them."),
    ],
    language: Annotated[str, typer.Option(help="Language to carry the labels to.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File of the new corpus.")],
    least_score: Annotated[
        float,
        typer.Option(
            "--least-score",
            min=0,
            max=1,
            help="Of labels that a model gave, carry those with at least this score, each wording "
            "once.",
        ),
    ] = 0.0,
    known: Annotated[
        list[Path] | None,
        typer.Option(help="Labelled corpus whose clauses not to label again; can be repeated."),
    ] = None,
    verbose: Annotated[bool, typer.Option(help="Name each document that is refused.")] = False,
) -> None:
    """Carry labels to another language where the clauses of two versions align."""
    from whereas.corpus.predictions import worth_learning
    from whereas.corpus.project import Report, project
    from whereas.corpus.records import read_corpus, record_lines, write_whole
    from whereas.corpus.versions import read_versions
    from whereas.families import symbol_key

    documents = read_corpus(labelled)
    if least_score or known:
        before = [document for path in known or () for document in read_corpus(path)]
        documents = list(worth_learning(documents, least_score, before))
    symbols = {symbol_key(document.symbol) for document in documents if document.symbol}
    languages = {language} | {document.language or "" for document in documents}
    versions = read_versions(paths, symbols, languages, failed=lambda error: say(str(error)))
    labels = sum(bool(clause.function) for document in documents for clause in document.clauses)
    report = Report()
    write_whole(output, record_lines(project(documents, versions, language, report)))
    say(
        f"{language}: {report.documents} of {len(documents)} documents, "
        f"{report.clauses} of {labels} labels"
    )
    say(f"clauses without a counterpart in their own language: {report.unplaced}")
    say(f"pairs of clauses refused since their numbers disagree: {report.wrong_pairs}")
    for reason, count in report.reasons.most_common():
        say(f"documents refused: {count}: {reason}")
    if verbose:
        for name, reason in report.refused:
            say(f"{name}: {reason}")
