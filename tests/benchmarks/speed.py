"""Documents a second, and where the time goes.

    python tests/benchmarks/speed.py FOLDER [--jobs 2] [--documents 1000]

FOLDER holds resolutions in any format. Prints, in one run: how long the command takes to say
what it can do, and to label a first small document in a process of its own; the processor time
of each stage for a document, and of the opening-verb lookup in place of the classifier; and
documents a second, with peaks of memory of this process and of the workers, for one job and for
several, once with few documents and once with many (the same ones again, under other names).
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import chain, cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from whereas.bundle import find_bundle, load_bundle
from whereas.document import Document
from whereas.prediction import label, load_models
from whereas.readers import read
from whereas.segmenter import segment_parts
from whereas.writers import load_format

EXAMPLE = Path(__file__).parents[2] / "data" / "examples" / "tide-mills.en.txt"
RUN = """
import resource, sys
from whereas.prediction.runner import Task, run
from whereas.prediction.units import list_units
from time import perf_counter
units, jobs = list(list_units([sys.argv[1]])), int(sys.argv[2])
def done(units):
    began, task = perf_counter(), Task("jsonl", "default")
    return sum(len(each.texts) for each in run(units, task, jobs=jobs)), perf_counter() - began
done(units[:8 * jobs * 16])
count, seconds = done(units)
if jobs > 1:
    from joblib.externals.loky import get_reusable_executor
    get_reusable_executor().shutdown()
who = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
print(count, seconds, *(resource.getrusage(each).ru_maxrss for each in who))
"""


def command(*words: str) -> tuple[float, float]:
    """Return the wall time and the processor time of the command, the median of five."""
    times = []
    for _ in range(5):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
        subprocess.run([sys.executable, "-m", "whereas", *words], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        times.append((perf_counter() - began, spent))
    return median(wall for wall, _ in times), median(spent for _, spent in times)


def timed(stage: Callable[[], list[Document]]) -> tuple[list[Document], float]:
    """Return what a stage returns, and the processor time it takes."""
    began = process_time()
    return stage(), process_time() - began


def stages(files: Sequence[Path]) -> None:
    """Print the processor time of each stage."""
    models, write = load_models("default"), load_format("jsonl").write
    lookup = load_bundle(find_bundle("default")).baseline
    assert lookup
    for file in files[:3]:
        label(list(chain(*map(segment_parts, read(file)))), models)
    found, reading = timed(lambda: [document for file in files for document in read(file)])
    parts, segmenting = timed(lambda: list(chain(*map(segment_parts, found))))
    own = [part for part in parts if part.clauses]
    labelled, labelling = timed(lambda: label(own, models))
    _, looking = timed(lambda: lookup.label(own))
    began = process_time()
    size = sum(map(len, map(write, labelled)))
    writing = process_time() - began
    clauses = sum(len(document.clauses) for document in labelled)
    length = sum(len(document.text or "") for document in found)
    print(
        f"{len(found)} documents, {length // len(found):,} characters and "
        f"{clauses / len(found):.0f} clauses each; {size:,} characters written"
    )
    total = reading + segmenting + labelling + writing
    rows = {"read": reading, "segment": segmenting, "label": labelling, "write": writing}
    for name, seconds in (rows | {"all": total, "opening lookup": looking}).items():
        share = f"{seconds / total:6.0%}" if name in rows else ""
        print(f"  {name:16}{seconds / len(found) * 1000:8.2f} ms a document {share}")
    print(
        f"  with the lookup in place of the classifier all takes "
        f"{(total - labelling + looking) / total:.2f} times as long"
    )


def throughput(files: Sequence[Path], sizes: Sequence[int], jobs: Sequence[int]) -> None:
    """Print documents a second, and peaks of memory."""
    print(f"{'documents':>10}{'jobs':>6}{'documents/s':>14}{'peak MB':>9}{'a worker':>10}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            for n, file in enumerate(islice(cycle(files), size)):
                (Path(folder) / f"{n:06d}{file.suffix}").symlink_to(file.resolve())
            for number in jobs:
                line = [sys.executable, "-c", RUN, folder, str(number)]
                done = subprocess.run(line, check=True, capture_output=True, text=True)
                count, seconds, own, worker = map(float, done.stdout.split())
                shown = f"{worker / 1024:10.0f}" if number > 1 else ""
                print(f"{size:10,}{number:6}{count / seconds:14.1f}{own / 1024:9.0f}{shown}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2, help="beside one")
    parser.add_argument("--documents", type=int, nargs="+", default=[200, 1000])
    chosen = parser.parse_args()
    files = sorted(path for path in chosen.folder.iterdir() if path.is_file())
    for words in (["--help"], ["predict", str(EXAMPLE)]):
        wall, spent = command(*words)
        print(f"whereas {words[0]}: {wall:.2f} s, {spent:.2f} s of them processor time")
    stages(files[:200])
    throughput(files, chosen.documents, [1, chosen.jobs])


if __name__ == "__main__":
    main()
