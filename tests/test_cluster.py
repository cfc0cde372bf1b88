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


class Cluster:
    """A scheduler and its workers."""

    def __init__(self) -> None:
        self.scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.workers: list[subprocess.Popen[str]] = []
        found = map(re.compile(r"tcp://[\d.:]+").search, self.scheduler.stderr or ())
        self.address = next(match[0] for match in found if match)

    def add_worker(self) -> subprocess.Popen[str]:
        options = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        self.workers.append(dask("worker", self.address, *options))
        return self.workers[-1]

    def wait_for(self, workers: int) -> None:
        from distributed import Client

        with Client(self.address) as client:
            client.wait_for_workers(workers, timeout=60)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    try:
        yield cluster
    finally:
        for process in (cluster.scheduler, *cluster.workers):
            process.kill()
            process.communicate()


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # what distributed warns of is not ours
@pytest.mark.parametrize("late", [False, True], ids=["both from the start", "one comes late"])
def test_a_killed_worker_loses_and_doubles_nothing(
    cluster: Cluster, late: bool, tmp_path: Path
) -> None:
    """A worker that comes late has no copy of the model when the other one dies."""
    corpus = tmp_path / "many.jsonl"
    corpus.write_text(RECORDS.read_text(encoding="utf-8") * 20, encoding="utf-8")
    expected = list(chain.from_iterable(o.texts for o in run(list_units([corpus]), TASK)))
    first = cluster.add_worker()
    if not late:
        cluster.add_worker()
    cluster.wait_for(len(cluster.workers))
    found: list[str] = []
    for outcome in run(list_units([corpus]), TASK, engine="dask", address=cluster.address):
        found += outcome.texts
        assert not outcome.failures
        if first.poll() is None:
            first.kill()
            if late:
                cluster.add_worker()
    assert found == expected
    assert cluster.workers[-1].poll() is None


@pytest.mark.filterwarnings("default")
def test_a_cluster_that_does_not_answer_is_named() -> None:
    units = list_units([RECORDS])
    with pytest.raises(ConfigError, match=r"127\.0\.0\.1:9"):
        list(run(units, TASK, engine="dask", address="tcp://127.0.0.1:9", patience=0.3))
    with pytest.raises(ConfigError, match="--address"):
        list(run(units, TASK, engine="dask"))
