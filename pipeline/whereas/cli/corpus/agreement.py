"""``whereas corpus agreement``: how alike two annotations of the same documents are."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whereas.cli.console import printer, say

if TYPE_CHECKING:
    from whereas.corpus.agreement import Agreement


def agreement(
    first: Annotated[Path, typer.Argument(help="One annotation: records, or a folder of them.")],
    second: Annotated[Path, typer.Argument(help="Another annotation of the same documents.")],
    as_json: Annotated[bool, typer.Option("--json", help="The measures as JSON.")] = False,
    adjudicate: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Also write a sheet to edit (.csv, or records as .jsonl), with what is disputed "
            "left open; `convert` makes records of it.",
        ),
    ] = None,
) -> None:
    """Measure how far two annotations of the same documents agree, and list where they do not."""
    from whereas.corpus.agreement import compare
    from whereas.corpus.records import read_corpora

    ours, theirs = read_corpora([first]), read_corpora([second])
    result = compare(ours, theirs)
    if adjudicate is not None:
        from whereas.cli.corpus.convert import write_documents
        from whereas.corpus.adjudication import adjudication_sheet

        write_documents(adjudication_sheet(ours, theirs), adjudicate, None)
    if as_json:
        disputes = [
            {
                "id": each.id,
                "clause": each.number,
                "field": each.field,
                "first": list(each.first),
                "second": list(each.second),
                "text": each.text,
            }
            for each in result.disputes
        ]
        measures = {**result.as_json(), "disagreements": disputes}
        typer.echo(json.dumps(measures, ensure_ascii=False, indent=2))
    else:
        _print_agreement(result)
    for name in result.unpaired:
        say(f"{name}: is in one annotation only")


def _print_agreement(result: "Agreement") -> None:
    from rich.table import Table

    measures = result.as_json()
    console = printer()
    typer.echo(
        f"{measures['documents']} documents, {measures['clauses']} clauses labelled in both, "
        f"{measures['clauses_of_one_only']} clauses that only one has, "
        f"{measures['clauses_without_a_function']} without a function in one"
    )
    function = measures["function"]
    table = Table("", "observed", "Cohen's kappa", "Krippendorff's alpha", box=None)
    table.add_row("function", *(_shown(function[key]) for key in ("observed", "kappa", "alpha")))
    for name in ("also", "addressees"):
        own = measures[name]
        table.add_row(name, _shown(own["observed"]), "", f"{_shown(own['alpha_masi'])} (MASI)")
    console.print(table)
    table = Table("label", "first", "second", "both", "kappa", box=None)
    for label, own in function["labels"].items():
        counts = (str(own[key]) for key in ("first", "second", "both"))
        table.add_row(label, *counts, _shown(own["kappa"]))
    console.print(table)
    _print_confusion(result)
    cuts = measures["segmentation"]
    typer.echo(
        f"segmentation: {_shown(cuts['clause_f1'])} of the clauses have the same words in both; "
        f"boundary similarity {_shown(cuts['boundary_similarity'])}, "
        f"WindowDiff {_shown(cuts['window_diff'])}, Pk {_shown(cuts['pk'])} "
        f"over the {cuts['documents_compared_word_by_word']} documents with the same words"
    )
    for each in result.disputes:
        ours, theirs = (", ".join(labels) or "(none)" for labels in (each.first, each.second))
        text = each.text if len(each.text) <= 90 else f"{each.text[:89]}…"
        typer.echo(f"{each.id} clause {each.number + 1} {each.field}: {ours} / {theirs}: {text}")
    for name, number, side in result.lone:
        typer.echo(f"{name} clause {number + 1}: only in the {side}")


def _print_confusion(result: "Agreement") -> None:
    """Print a line for each label of the first annotation, with counts by that of the second."""
    from collections import Counter

    first, second = result.functions
    counts = Counter(zip(first, second, strict=True))
    labels = sorted({*first, *second})
    if not labels:
        return
    width = max(3, len(str(max(counts.values()))) + 1)
    name = max(map(len, labels))
    typer.echo("confusion (rows: first, columns: second)")
    typer.echo(" " * (name + 4) + "".join(f"{n:>{width}}" for n in range(1, len(labels) + 1)))
    for number, label in enumerate(labels, start=1):
        row = "".join(f"{counts[label, other] or '·':>{width}}" for other in labels)
        typer.echo(f"{number:>3} {label:<{name}}{row}")


def _shown(value: Any) -> str:
    return "not defined" if value is None else f"{value:.3f}"
