"""``whereas evaluate``: how well a model does on labelled documents."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whereas.cli.console import say

if TYPE_CHECKING:
    from whereas.bundle import Bundle
    from whereas.document import Document
    from whereas.evaluate import Evaluation
    from whereas.evaluate.comparison import Comparison
    from whereas.report.about import About


def evaluate(
    model: Annotated[str, typer.Argument(help="Name of a shipped model, or folder of a bundle.")],
    corpora: Annotated[
        list[Path], typer.Argument(help="Labelled documents: files of records, or folders.")
    ],
    report: Annotated[
        Path | None, typer.Option(help="Folder for the report: HTML, Markdown, JSON, predictions.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(help="Another model, or any system's predictions (*.jsonl), to compare."),
    ] = None,
    segmentation: Annotated[
        bool, typer.Option(help="Measure also clauses that are found in the text, not given.")
    ] = True,
) -> None:
    """Measure a model on labelled documents, beside its baselines."""
    from whereas.bundle import find_bundle, load_bundle
    from whereas.corpus.records import read_corpus
    from whereas.evaluate import Bootstrap, compare_with, evaluate_model, with_texts
    from whereas.report import Report, check_folder, render, write_report
    from whereas.report.records import prediction_lines
    from whereas.segment import segment

    if report is not None:
        check_folder(report)
    bundle = load_bundle(find_bundle(model))
    read = [(path, read_corpus(path)) for path in corpora]
    gold = with_texts([document for _, documents in read for document in documents])
    other = None if against is None else _predictions_of(against, gold)
    result, predictions = evaluate_model(
        bundle, gold, segmenter=segment if segmentation else None, progress=show_progress
    )
    comparison = None
    if against is not None and other is not None:
        comparison = compare_with(
            Path(against).name, gold, predictions.labelled, other, Bootstrap(len(gold))
        )
    typer.echo("\n".join(table(result, comparison)))
    if report is not None:
        lines = prediction_lines(gold, predictions.labelled, predictions.segmented)
        about = _about(bundle, read)
        write_report(report, render(Report(about, result, comparison), "".join(lines)))
        say(f"report: {report / 'report.html'}")


def _predictions_of(against: str, gold: Sequence["Document"]) -> list["Document"]:
    """Return the predictions of another model, or those in a file."""
    from whereas.bundle import find_bundle, load_bundle
    from whereas.corpus.records import read_corpus

    if against.endswith(".jsonl") or Path(against).is_file():
        return read_corpus(Path(against))
    return load_bundle(find_bundle(against)).classifier.label(gold)


def _about(bundle: "Bundle", read: Sequence[tuple[Path, Sequence["Document"]]]) -> "About":
    import shlex
    from datetime import UTC, datetime

    from whereas.evaluate.estimate import Bootstrap
    from whereas.report.about import About, Corpus, card_line, versions
    from whereas.train.sources import describe_corpus

    described = [describe_corpus(path, documents) for path, documents in read]
    manifest = bundle.manifest
    defaults = Bootstrap(0)
    return About(
        system=f"model {manifest.name}",
        card=card_line(bundle.card),
        commit=manifest.commit,
        trained_on=tuple(manifest.corpora),
        corpora=tuple(Corpus(**each) for each in described),
        method="The model was trained beforehand, on other documents.",
        date=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        command=shlex.join(["whereas", *sys.argv[1:]]),
        versions=versions(),
        resamples=defaults.resamples,
        seed=defaults.seed,
    )


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
