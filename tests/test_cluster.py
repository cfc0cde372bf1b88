"""Work on a Dask cluster: a scheduler and two worker processes, one of which is killed."""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from whereas.errors import ConfigError
from whereas.prediction.runner import Task, run
from whereas.prediction.units import list_units

pytest.importorskip("distributed", reason="the extra `dask` is not installed")

RECORDS = Path(__file__).parents[1] / "data" / "written" / "en" / "clean.jsonl"
TASK = Task("jsonl", "default")


def dask(*words: str) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "dask", *words]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Return the scheduler's address and the workers."""
    scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    processes = [scheduler]
    try:
        assert scheduler.stderr
        address = next(
            m[0] for m in map(re.compile(r"tcp://[\d.:]+").search, scheduler.stderr) if m
        )
        options = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        workers = [dask("worker", address, *options) for _ in range(2)]
        processes += workers
        yield address, workers
    finally:
        for process in processes:
            process.kill()
            process.communicate()


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # what distributed warns of is not ours
def test_a_killed_worker_loses_and_doubles_nothing(
    cluster: tuple[str, list[subprocess.Popen[str]]], tmp_path: Path
) -> None:
    address, workers = cluster
    corpus = tmp_path / "many.jsonl"
    corpus.write_text(RECORDS.read_text(encoding="utf-8") * 20, encoding="utf-8")
    expected = list(chain.from_iterable(o.texts for o in run(list_units([corpus]), TASK)))
    found: list[str] = []
    for outcome in run(list_units([corpus]), TASK, engine="dask", address=address):
        found += outcome.texts
        assert not outcome.failures
        if workers[0].poll() is None:
            workers[0].kill()
    assert found == expected
    assert workers[1].poll() is None


@pytest.mark.filterwarnings("default")
def test_a_cluster_that_does_not_answer_is_named() -> None:
    units = list_units([RECORDS])
    with pytest.raises(ConfigError, match=r"127\.0\.0\.1:9"):
        list(run(units, TASK, engine="dask", address="tcp://127.0.0.1:9", patience=0.3))
    with pytest.raises(ConfigError, match="--address"):
        list(run(units, TASK, engine="dask"))
