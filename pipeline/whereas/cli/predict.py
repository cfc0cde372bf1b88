"""``whereas predict`` and ``whereas segment``: label documents, or only split them."""

import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from whereas.cli.console import say
from whereas.errors import WriteError

if TYPE_CHECKING:
    from whereas.prediction.output import Sink
    from whereas.prediction.runner import Task


class Language(StrEnum):
    """A document's language; ``auto`` detects it."""

    auto = "auto"
    en = "en"
    fr = "fr"
    es = "es"
    ru = "ru"
    zh = "zh"
    ar = "ar"


class Format(StrEnum):
    """What results are written as; see ``whereas.writers``."""

    jsonl = "jsonl"
    csv = "csv"
    akn = "akn"
    html = "html"
    text = "text"
    argmining = "argmining"


class Engine(StrEnum):
    """Where the work is done; see ``whereas.prediction.runner``."""

    local = "local"
    dask = "dask"


Paths = Annotated[
    list[str],
    typer.Argument(help="Files, folders or archives; - is standard input.", metavar="PATH..."),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="File, or folder for a file each; standard output if not given.",
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="If not given: by the extension of -o, text on a terminal, else jsonl.",
    ),
]
LanguageOption = Annotated[Language, typer.Option(help="Language of all documents.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", help="Processes; -1 is one a core.")]
EngineOption = Annotated[Engine, typer.Option(help="Where the work is done.")]
Address = Annotated[str | None, typer.Option(help="The Dask scheduler, such as tcp://host:8786.")]
Bom = Annotated[
    bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for spreadsheets.")
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with an interrupted run into the folder -o.")
]


def predict(
    paths: Paths,
    output: Output = None,
    format: FormatOption = None,
    language: LanguageOption = Language.auto,
    model: Annotated[
        str, typer.Option(help="Name of a shipped model, or folder of a bundle.")
    ] = "default",
    explain: Annotated[
        bool, typer.Option("--explain", help="Add to each clause the evidence that decided.")
    ] = False,
    jobs: Jobs = 1,
    engine: EngineOption = Engine.local,
    address: Address = None,
    resume: Resume = False,
    bom: Bom = False,
) -> None:
    """Split documents into clauses and say what each clause does.

    Documents that come with their clauses, such as Akoma Ntoso files or records, keep them.
    """
    from whereas.prediction.runner import Task

    chosen = _format(format, output)
    used = None if chosen is Format.argmining else model  # whose files have no place for functions
    task = Task(chosen.value, used, _language(language), explain, _coloured(output))
    _run(paths, task, output, bom, jobs=jobs, engine=engine, address=address, resume=resume)


def segment(
    paths: Paths,
    output: Output = None,
    format: FormatOption = None,
    language: LanguageOption = Language.auto,
    jobs: Jobs = 1,
    engine: EngineOption = Engine.local,
    address: Address = None,
    resume: Resume = False,
    bom: Bom = False,
) -> None:
    """Split documents into clauses, without saying what they do."""
    from whereas.prediction.runner import Task

    chosen = _format(format, output)
    task = Task(chosen.value, None, _language(language), coloured=_coloured(output))
    _run(paths, task, output, bom, jobs=jobs, engine=engine, address=address, resume=resume)


def _format(format: Format | None, output: Path | None) -> Format:
    from whereas.writers import format_of

    if format is not None:
        return format
    if output is not None and (name := format_of(output.name)):
        return Format(name)
    return Format("text") if output is None and sys.stdout.isatty() else Format("jsonl")


def _coloured(output: Path | None) -> bool:
    return output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _language(language: Language) -> str | None:
    return None if language is Language.auto else language.value


def _run(
    paths: list[str],
    task: "Task",
    output: Path | None,
    bom: bool,
    *,
    jobs: int,
    engine: Engine,
    address: str | None,
    resume: bool,
) -> None:
    """Run a task over paths and write what comes of it; exit 1 if anything failed."""
    from whereas.prediction.runner import run
    from whereas.prediction.units import list_units

    if jobs == 0 or jobs < -1:
        raise typer.BadParameter("must be at least 1, or -1 for one a core", param_hint="--jobs")
    # joblib warns of what an interrupted run leaves undone; nobody who interrupts it needs that
    warnings.filterwarnings("ignore", message=".*tasks which were still being processed")
    failed = done = 0
    try:
        with _sink(output, task, resume, bom) as sink, _progress(paths, output) as advance:
            units = sink.left(list_units(paths))
            for outcome in run(units, task, jobs=jobs, engine=engine.value, address=address):
                sink.write(outcome)
                done = sink.documents
                advance(outcome.unit.size, done)
                for failure in outcome.failures:
                    failed += 1
                    say(failure.message)
    except KeyboardInterrupt:
        say(f"interrupted; {done} documents are done")
        raise typer.Exit(130) from None
    if failed:
        say(f"{failed} failed, {done} done")
        raise typer.Exit(1)


@contextmanager
def _sink(output: Path | None, task: "Task", resume: bool, bom: bool) -> Iterator["Sink"]:
    """Open what results are written into, and close it when all are."""
    from whereas.prediction.output import Folder, Stream, open_file
    from whereas.prediction.runner import settings_of
    from whereas.writers import load_format

    format = load_format(task.format, bom=bom)
    is_folder = output is not None and (output.is_dir() or not (output.suffix or output.exists()))
    if resume and not is_folder:
        raise typer.BadParameter("needs -o with a folder", param_hint="--resume")
    if output is None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        stream = Stream(sys.stdout, format, "standard output")
        try:
            yield stream
            stream.flush()
        except WriteError:
            _drop_the_unwritable()
            raise
    elif is_folder:
        folder = Folder(output, format, settings_of(task), resume)
        folder.open()
        yield folder
        folder.close()
    else:
        with open_file(output, format) as stream:
            yield stream


def _drop_the_unwritable() -> None:
    """Write what standard output still holds back, or forget it, so that ending raises nothing."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _progress(paths: list[str], output: Path | None) -> Iterator[Callable[[int, int], None]]:
    """Show how far the work is on a terminal that shows no results; elsewhere do nothing."""
    if not sys.stderr.isatty() or (output is None and sys.stdout.isatty()):
        yield lambda size, documents: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from whereas.prediction.units import total_size

    rate = TextColumn("{task.fields[documents]} documents, {task.fields[rate]:.1f}/s")
    columns = (BarColumn(), TextColumn("{task.percentage:>3.0f}%"), rate, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=total_size(paths), documents=0, rate=0.0)
        started = monotonic()

        def advance(size: int, documents: int) -> None:
            rate = documents / max(monotonic() - started, 1e-6)
            progress.update(bar, advance=size, documents=documents, rate=rate)

        yield advance
