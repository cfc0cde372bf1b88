"""``whereas evaluate``: how well a model does on labelled documents."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whereas.cli.console import say

if TYPE_CHECKING:
    from whereas.evaluate import Evaluation


def evaluate(
    model: Annotated[str, typer.Argument(help="Name of a shipped model, or folder of a bundle.")],
    corpora: Annotated[
        list[Path], typer.Argument(help="Labelled documents: files of records, or folders.")
    ],
) -> None:
    """Measure a model on labelled documents, beside its baselines."""
    from whereas.bundle import find_bundle, load_bundle
    from whereas.corpus.records import read_corpus
    from whereas.evaluate import evaluate_model, with_texts

    bundle = load_bundle(find_bundle(model))
    documents = [document for path in corpora for document in read_corpus(path)]
    result, _ = evaluate_model(bundle, with_texts(documents), progress=show_progress)
    typer.echo("\n".join(table(result)))


def show_progress(what: str, done: int, total: int) -> None:
    """Keep one line of a terminal up to date; elsewhere, be silent."""
    if sys.stderr.isatty():
        typer.echo(f"\r{what}: {done}/{total}", err=True, nl=done == total)


def table(result: "Evaluation") -> list[str]:
    """Return the lines that the command prints."""
    scores = result.functions
    lines = [f"{result.documents} documents, {scores.clauses} labelled clauses", ""]
    systems = {"model": scores, **result.baselines}
    for name, own in systems.items():
        lines.append(f"{name}: accuracy {own.accuracy}, macro-F1 {own.macro_f1}")
    if not result.baselines:
        say("the model stores no baseline to compare it with; train it anew to have one")
    if result.unknown:
        shown = ", ".join(f"{label} ({n})" for label, n in result.unknown.labels.items())
        lines.append(f"labels that the model does not know, counted as errors: {shown}")
        lines.append(f"accuracy on the other clauses: {result.unknown.accuracy_elsewhere}")
    width = max((len(each.label) for each in scores.per_label), default=0)
    lines += ["", f"{'function':<{width}}  precision  recall     F1  support"]
    for each in scores.per_label:
        figures = (each.precision.value, each.recall.value, each.f1.value)
        p, r, f = ("n/a" if v is None else f"{v:.3f}" for v in figures)
        lines.append(f"{each.label:<{width}}  {p:>9}  {r:>6}  {f:>5}  {each.support:>7}")
    return lines
