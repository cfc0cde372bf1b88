"""``whereas evaluate``: how well a model, or a recipe, does on labelled documents."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whereas.cli.console import say

if TYPE_CHECKING:
    from whereas.document import Document
    from whereas.evaluation import Evaluation
    from whereas.evaluation.comparison import Comparison


def evaluate(
    model: Annotated[
        str,
        typer.Argument(help="Shipped model or folder of a bundle; a recipe to cross-validate."),
    ],
    corpora: Annotated[
        list[Path] | None,
        typer.Argument(help="Labelled documents: files of records, or folders."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Folder for the report: HTML, Markdown, JSON, predictions.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(help="Another model, or any system's predictions (*.jsonl), to compare."),
    ] = None,
    cross_validate: Annotated[
        int | None,
        typer.Option(min=2, help="Train and test on so many parts of the recipe's corpora."),
    ] = None,
    learning_curve: Annotated[
        bool, typer.Option("--learning-curve", help="Train also on parts of the training corpora.")
    ] = False,
    corpus_root: Annotated[
        Path | None, typer.Option(help="Folder that holds the training corpora.")
    ] = None,
    segmentation: Annotated[
        bool, typer.Option(help="Measure also clauses that are found in the text, not given.")
    ] = True,
) -> None:
    """Measure a model on labelled documents, beside its baselines.

    With --cross-validate K, MODEL is a recipe: models are trained on its corpora, and each
    document is labelled by one that has not seen its title family.
    """
    if cross_validate is None and not corpora:
        raise typer.BadParameter("name the labelled documents to measure the model on")
    if cross_validate is not None and corpora:
        raise typer.BadParameter("the recipe names the corpora; give no others")
    import shlex

    from whereas.evaluation import Bootstrap, compare_with
    from whereas.evaluation import evaluate as measure
    from whereas.report import Report, check_folder, render, write_report
    from whereas.report.records import prediction_lines
    from whereas.segmenter import segment
    from whereas.training.trials import Wishes, try_model, try_recipe

    if report is not None:
        check_folder(report)
    other = None if against is None else _system(against)
    wishes = Wishes(
        segmenter=segment if segmentation else None,
        curve=learning_curve,
        corpus_root=corpus_root,
        command=shlex.join(["whereas", *sys.argv[1:]]),
        progress=show_progress,
    )
    if cross_validate is None:
        trial = try_model(model, corpora or [], wishes)
    else:
        trial = try_recipe(Path(model), cross_validate, wishes)
    for warning in trial.about.warnings:
        say(warning)
    gold, predictions = trial.gold, trial.predictions
    bootstrap = Bootstrap(len(gold), trial.about.resamples, trial.about.seed)
    result = measure(gold, predictions, bootstrap, show_progress)
    comparison = None
    if against is not None and other is not None:
        name = Path(against).name
        comparison = compare_with(name, gold, predictions.labelled, other(gold), bootstrap)
    typer.echo("\n".join(table(result, comparison)))
    if report is not None:
        lines = prediction_lines(gold, predictions.labelled, predictions.segmented)
        whole = Report(trial.about, result, comparison, trial.curve)
        write_report(report, render(whole, "".join(lines)))
        say(f"report: {report / 'report.html'}")


def _system(against: str) -> Callable[[Sequence["Document"]], Sequence["Document"]]:
    """Return what gives the predictions of another model, or those in a file."""
    from whereas.bundle import find_bundle, load_bundle
    from whereas.corpus.records import read_corpus

    if against.endswith(".jsonl") or Path(against).is_file():
        predictions = read_corpus(Path(against))
        return lambda gold: predictions
    return load_bundle(find_bundle(against)).classifier.label


def show_progress(what: str, done: int, total: int) -> None:
    """Keep one line of a terminal up to date; elsewhere, be silent."""
    if sys.stderr.isatty():
        typer.echo(f"\r{what}: {done}/{total}\033[K", err=True, nl=done == total)


def table(result: "Evaluation", comparison: "Comparison | None" = None) -> list[str]:
    """Return the lines that the command prints."""
    scores = result.functions
    lines = [f"{result.documents} documents, {scores.clauses} labelled clauses", ""]
    for name, own in {"model": scores, **result.baselines}.items():
        lines.append(f"{name}: accuracy {own.accuracy}, macro-F1 {own.macro_f1}")
    if not result.baselines:
        lines.append("baselines: n/a (needs a model that stores them; train it anew)")
    lines.append(f"further acts: micro-F1 {result.also.micro_f1}")
    lines.append(f"addressees: micro-F1 {result.addressees.micro_f1}")
    for name, part in (("texts", result.texts), ("flattened texts", result.flattened)):
        if part is not None:
            exact = part.segmentation["model"].clauses[1.0].f1
            lines.append(f"clauses found in {name}: F1, exact {exact}")
            lines.append(f"end to end from {name}: F1 {part.end_to_end['model'].f1}")
    if result.unknown:
        shown = ", ".join(f"{label} ({n})" for label, n in result.unknown.labels.items())
        lines.append(f"labels that the model does not know, counted as errors: {shown}")
        lines.append(f"accuracy on the other clauses: {result.unknown.accuracy_elsewhere}")
    if comparison is not None:
        lines.append(f"compared with {comparison.other}: {comparison.words}")
    width = max((len(each.label) for each in scores.per_label), default=0)
    lines += ["", f"{'function':<{width}}  precision  recall     F1  support"]
    for each in scores.per_label:
        figures = (each.precision.value, each.recall.value, each.f1.value)
        p, r, f = ("n/a" if v is None else f"{v:.3f}" for v in figures)
        lines.append(f"{each.label:<{width}}  {p:>9}  {r:>6}  {f:>5}  {each.support:>7}")
    return lines
