"""``whereas corpus suggest``: the next clauses worth labelling."""

from pathlib import Path
from typing import Annotated

import typer

from whereas.cli.console import say
from whereas.cli.corpus.convert import Output, To, write_documents


def suggest(
    inputs: Annotated[
        list[str],
        typer.Argument(help="Documents without labels, in any form; - is standard input."),
    ],
    output: Output = None,
    to: To = None,
    count: Annotated[int, typer.Option("--count", "-n", min=1, help="How many clauses.")] = 50,
    model: Annotated[
        str, typer.Option(help="Name of a shipped model, or folder of a bundle.")
    ] = "default",
    known: Annotated[
        list[Path] | None,
        typer.Option(help="Labelled corpus that one has: nothing like it is suggested."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of documents that do not say theirs.")
    ] = None,
) -> None:
    """Pick the clauses that a model is least sure of and that differ most, with its guesses.

    Label them with the tool that you know, convert them back, add them to the training corpora
    and train again.
    """
    from whereas.corpus.inputs import read_inputs
    from whereas.corpus.records import read_corpora
    from whereas.corpus.suggestions import suggest as choose
    from whereas.document import Document
    from whereas.errors import WhereasError
    from whereas.prediction import load_models, predict

    failures: list[WhereasError] = []
    models = load_models(model)
    have = read_corpora(known) if known else []
    documents: list[Document] = []
    guessed: list[Document] = []
    for document in read_inputs(inputs, language=language, failed=failures.append):
        try:
            guessed += predict([document], models)
            documents.append(document)
        except WhereasError as error:
            failures.append(error)
    for failure in failures:
        say(str(failure))
    chosen = choose(documents, guessed, count, have)
    write_documents(chosen, output, to)
    total = sum(len(document.clauses) for document in documents)
    say(f"{len(chosen)} of {total} clauses in {len(documents)} documents suggested")
    if failures:
        raise typer.Exit(1)
