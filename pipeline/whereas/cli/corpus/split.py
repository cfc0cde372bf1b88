"""``whereas corpus split``: a corpus divided into training, development and test parts."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whereas.cli.console import printer, say
from whereas.cli.corpus.look import Corpora

if TYPE_CHECKING:
    from whereas.corpus.splits import Split
    from whereas.document import Document


_SHOWN = 20  # families on the terminal


class By(StrEnum):
    """What is kept together."""

    family = "family"
    year = "year"


def split(
    corpora: Corpora,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the parts.")],
    train: Annotated[float, typer.Option(min=0.0, help="Share of the clauses to train on.")] = 0.8,
    dev: Annotated[float, typer.Option(min=0.0, help="Share to develop on; may be 0.")] = 0.1,
    test: Annotated[float, typer.Option(min=0.0, help="Share to test on; may be 0.")] = 0.1,
    by: Annotated[By, typer.Option(help="Divide by title family, or by year.")] = By.family,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the division by family.")] = 0,
) -> None:
    """Divide a corpus into train.jsonl, dev.jsonl and test.jsonl, and list its families.

    Resolutions repeated from year to year are one family and stay together, unless the division
    is by year. families.csv says which documents are one family, and where each went.
    """
    from whereas.corpus.records import read_corpora, record_lines, write_whole
    from whereas.corpus.splits import split_by_family, split_by_year

    documents = read_corpora(corpora)
    wanted = {"train": train, "dev": dev, "test": test}
    shares = {part: share for part, share in wanted.items() if share}
    if by is By.year:
        result = split_by_year(documents, shares)
    else:
        result = split_by_family(documents, shares, seed)
    for part in shares:
        write_whole(output / f"{part}.jsonl", record_lines(result.of(part, documents)))
    write_whole(output / "families.csv", [_family_table(documents, result)])
    _print_split(documents, result, shares)


def _family_table(documents: "list[Document]", result: "Split") -> bytes:
    import csv
    import io

    from whereas.corpus.counts import year_of

    sheet = io.StringIO(newline="")
    table = csv.writer(sheet, lineterminator="\n")
    table.writerow(("family", "part", "id", "symbol", "language", "year", "title", "clauses"))
    rows = sorted(
        zip(result.families, result.parts, documents, strict=True), key=lambda row: row[0]
    )
    for family, part, document in rows:
        head = (family, part, document.id, document.symbol, document.language)
        table.writerow((*head, year_of(document), document.title, len(document.clauses)))
    return sheet.getvalue().encode("utf-8")


def _print_split(documents: "list[Document]", result: "Split", shares: dict[str, float]) -> None:
    from collections import Counter

    from rich.table import Table

    from whereas.corpus.counts import UNLABELLED

    console = printer()
    members = {part: result.of(part, documents) for part in shares}
    counts = {
        part: Counter(clause.function or UNLABELLED for d in own for clause in d.clauses)
        for part, own in members.items()
    }
    homes = set(zip(result.families, result.parts, strict=True))
    table = Table("", *shares, box=None)
    table.add_row("families", *(str(sum(part == own for _, own in homes)) for part in shares))
    table.add_row("documents", *(str(len(own)) for own in members.values()))
    table.add_row("clauses", *(str(own.total()) for own in counts.values()))
    for label in sorted({label for own in counts.values() for label in own}):
        table.add_row(label, *(str(own[label]) for own in counts.values()))
    console.print(table)
    sizes = Counter(result.families)
    large = [family for family, size in sizes.most_common() if size > 1]
    for family in large[:_SHOWN]:
        own = [n for n, each in enumerate(result.families) if each == family]
        parts = "+".join(sorted({result.parts[n] for n in own}))
        titles = dict.fromkeys(documents[n].title or documents[n].id for n in own)
        say(f"family {family} ({parts}), {len(own)} documents: {' | '.join(titles)}")
    say(f"{len(sizes)} families, {len(large)} of more than one document; all in families.csv")
    if result.divided:
        say(
            f"{len(result.divided)} families stand in more than one part: what is tested there "
            "was nearly seen in training"
        )
