"""Running over many units: in this process, in several, or on a cluster; in order, and bounded."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Literal

from whereas.document import Document
from whereas.errors import ConfigError, LanguageError, ModelError, ReadError, WhereasError
from whereas.language import LANGUAGES, seems_known
from whereas.prediction import label, segment_for
from whereas.prediction.models import Models, load_models
from whereas.prediction.units import Unit, batches
from whereas.readers import read_bytes
from whereas.readers.archive import contents
from whereas.readers.records import with_language
from whereas.segmenter import segment_parts
from whereas.writers import FormatName, load_format

Engine = Literal["local", "dask"]
_IDLE = 15  # seconds after which a worker without work ends, as when this process was killed
_LOSSES = 3  # times in a row that a cluster may lose what was sent to it
_WINDOW = 16  # batches a worker before all wait for the slowest, which bounds memory


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read or labelled, and why, in one line."""

    source: str
    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a unit: the texts written of its documents, and what failed."""

    unit: Unit
    texts: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with each document: read, segment, label with a model if one is named, write.

    ``language`` is that of all documents, where it is not to be detected. ``coloured`` puts the
    codes into text that colour it on a terminal.
    """

    format: FormatName
    model: str | None = None
    language: str | None = None
    explain: bool = False
    coloured: bool = False


def settings_of(task: Task) -> dict[str, Any]:
    """Return what two runs must have in common for their results to belong together."""
    from importlib.metadata import version

    found = {"whereas": version("whereas"), **asdict(task)}
    if task.model is not None:
        found["model"] = {"name": task.model, "sha256": load_models(task.model).fingerprint()}
    return found


def run(
    units: Iterable[Unit],
    task: Task,
    *,
    jobs: int = 1,
    engine: Engine = "local",
    address: str | None = None,
    patience: float = 20,
) -> Iterator[Outcome]:
    """Yield what becomes of each unit, in the order of the units; they are done some at a time.

    Args:
        jobs: how many processes work on this machine, -1 for one a core.
        engine: ``"dask"`` sends the work to all workers of a Dask cluster.
        address: where the cluster's scheduler listens, such as ``"tcp://10.0.0.1:8786"``.
        patience: seconds in which it must answer.

    Raises:
        ModelError: a model cannot be used.
        ConfigError: the cluster cannot be reached, or loses its workers again and again. What
            goes wrong with a unit is in its outcome.
    """
    models = load_models(task.model) if task.model is not None else None
    if engine == "local" and jobs == 1:
        for batch in batches(units):
            yield from work_batch(batch, task, models)
        return
    from joblib import Parallel, delayed

    pending = batches(units)
    window: deque[list[Unit]] = deque()
    losses = 0
    while losses <= _LOSSES:
        with (
            _engine(engine, jobs, address, patience, models) as (settings, workers, sent),
            Parallel(return_as="generator", **settings) as parallel,
        ):
            try:
                while window := window or deque(islice(pending, _WINDOW * workers)):
                    calls = [delayed(work_batch)(batch, task, sent) for batch in window]
                    for outcomes in parallel(calls):
                        window.popleft()
                        losses = 0
                        yield from outcomes
                return
            except CancelledError:  # the one worker that had the model died: send it anew
                losses += 1
    raise ConfigError(f"{address}: the cluster lost its workers {losses} times; look at their logs")


@contextmanager
def _engine(
    engine: Engine, jobs: int, address: str | None, patience: float, models: Models | None
) -> Iterator[tuple[dict[str, Any], int, Models | None]]:
    """Set up joblib's backend.

    Returns:
        The settings of ``Parallel``, how many workers there are, and the models to send along:
        a process of this machine loads them itself, a cluster gets them once for each worker.
    """
    if engine == "local":
        workers = jobs if jobs > 0 else (os.cpu_count() or 1)
        loky = {"backend": "loky", "idle_worker_timeout": _IDLE}
        yield {"n_jobs": workers, "batch_size": 1, **loky}, workers, None
        return
    try:
        from distributed import Client
    except ImportError:
        raise ConfigError(
            "the dask engine is not installed; install it with `pip install 'whereas[dask]'`"
        ) from None
    if address is None:
        raise ConfigError("the dask engine needs --address, such as tcp://127.0.0.1:8786")
    from joblib import parallel_config

    try:
        client = Client(address, timeout=patience)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{address}: no Dask scheduler answers ({error})") from None
    with client:
        workers = max(1, sum(client.nthreads().values()))
        if models is not None:
            models.load_all()
        scatter = [models] if models is not None else []
        with parallel_config("dask", client=client, scatter=scatter):
            yield {"batch_size": 1}, workers, models


def work_batch(batch: Sequence[Unit], task: Task, models: Models | None) -> list[Outcome]:
    """Read units, segment and label their documents, and write them as text.

    Without models that a task needs, as in a worker, they are loaded. One stage follows the
    other for the whole batch, so that what each has at hand serves all documents.
    """
    if models is None and task.model is not None:
        models = load_models(task.model)
    failures: list[list[Failure]] = [[] for _ in batch]
    parts: list[Document] = []
    owners: list[int] = []
    for number, unit in enumerate(batch):
        for document in _documents(unit, task, failures[number]):
            try:
                own = segment_for(document, models) if models else segment_parts(document)
                _check_language(document, own)
            except ModelError:
                raise
            except WhereasError as error:
                place = f"{unit.name}: {document.id}"
                message = f"{place}: {error}"
                failures[number].append(Failure(place, type(error).__name__, message))
                continue
            parts += own
            owners += [number] * len(own)
    if models is not None:
        parts = label(parts, models, explain=task.explain)
    write = load_format(task.format, colour=task.coloured).write
    texts: list[list[str]] = [[] for _ in batch]
    for number, document in zip(owners, parts, strict=True):
        texts[number].append(write(document))
    return [
        Outcome(unit, tuple(written), tuple(failed))
        for unit, written, failed in zip(batch, texts, failures, strict=True)
    ]


def _check_language(document: Document, parts: Sequence[Document]) -> None:
    """Raise LanguageError where neither the words nor what was made of them show a language.

    A document that says its language, or comes with its clauses, is never refused. Nor is one
    whose words a scanner split or joined, as long as one of its clauses has an opening phrase.
    """
    if document.language is not None or document.clauses:
        return
    opened = any(clause.opening for part in parts for clause in part.clauses)
    if not opened and not seems_known(document.text or ""):
        raise LanguageError(
            f"seems to be in none of {', '.join(LANGUAGES)}; "
            "if it is in one of them, name that with --language"
        )


def _documents(unit: Unit, task: Task, failures: list[Failure]) -> Iterator[Document]:
    """Yield the documents of a unit; what cannot be read is added to ``failures``."""
    if unit.line:
        for number, line in enumerate((unit.data or b"").split(b"\n"), unit.line):
            place = f"{unit.name}:{number}"
            try:
                if line.strip():
                    yield with_language(Document.from_json(line, place), task.language)
            except WhereasError as error:
                failures.append(_failure(place, error))
        return
    try:
        yield from read_bytes(_content(unit), unit.name, task.language)
    except WhereasError as error:
        failures.append(_failure(unit.name, error))


def _content(unit: Unit) -> bytes:
    if unit.problem is not None:
        raise ReadError(unit.problem)
    if unit.path is None:
        return unit.data or b""
    return contents(unit.path)


def _failure(source: str, error: WhereasError) -> Failure:
    return Failure(source, type(error).__name__, str(error))
