"""Read and segment every file of a folder of corpora, and check what comes of it.

    python tests/benchmarks/real_input.py ../shared/corpora                  all of it (20 minutes)
    python tests/benchmarks/real_input.py ../shared/corpora --sample 50      every 50th file
    python tests/benchmarks/real_input.py ../shared/corpora --plain          the text alone

With ``--plain``, what files say of their clauses and layout is forgotten and their text segmented.
Checks that nothing raises but errors in one line, that the spans of clauses and items lie in the
text, in order and apart, and that the words of every clause are found in its spans: the same
letters and figures in the same order, whatever cleaning did to spaces, hyphens and line ends.
Prints, for each archive or kind of file, how many files and documents were read, how many clauses
they have, how many files could not be read, and the slowest file; then what was wrong.
"""

import argparse
import time
import traceback
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from whereas.document import Clause, Document, Item, Spans
from whereas.errors import WhereasError
from whereas.readers import read_bytes
from whereas.readers.archive import is_archive, members
from whereas.segmenter import segment

_SHOWN = 40  # faults that are printed in full
_TEXTS = (".xml", ".txt", ".pdf", ".json", ".jsonl", ".html", ".docx")


@dataclass
class Tally:
    """What was seen of one archive, or of one kind of file."""

    files: int = 0
    documents: int = 0
    clauses: int = 0
    unread: int = 0
    seconds: float = 0.0
    slowest: tuple[float, str] = (0.0, "")
    faults: list[str] = field(default_factory=list)


def letters(text: str) -> str:
    """Return the letters and figures of a text, which cleaning must keep; strokes are none."""
    folded = unicodedata.normalize("NFKC", text).replace("\u0640", "")
    return "".join(char for char in folded if char.isalnum())


def faults_of(document: Document) -> Iterator[str]:
    """Yield what is wrong with the clauses of a document."""
    text = document.text
    if text is None:
        return
    taken: list[tuple[int, int]] = []
    for number, clause in enumerate(document.clauses, start=1):
        for part in (clause, *clause.items):
            taken += part.spans
            if part.spans and (problem := misquoted(text, part)):
                yield f"clause {number}: {problem}"
    taken.sort()
    if any(after[0] < before[1] for before, after in pairwise(taken)):
        yield "spans overlap"
    starts = [clause.spans[0] for clause in document.clauses if clause.spans]
    if starts != sorted(starts):
        yield "clauses are out of order"


def misquoted(text: str, part: Clause | Item) -> str | None:
    """Say how the words of a part differ from those of its spans, if they do."""
    source, words = letters(quoted(text, part.spans)), letters(part.text)
    number = letters(part.number or "")
    if source in (words, number + words) or source.endswith(words):
        return None
    return f"{part.text[:60]!r} is not in its spans, which hold {quoted(text, part.spans)[:60]!r}"


def quoted(text: str, spans: Spans) -> str:
    """Return the text in spans."""
    return "".join(text[start:end] for start, end in spans)


def files_of(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield every file: what it is counted under, its name and its content."""
    for path in sorted(folder.rglob("*")):
        if is_archive(path):
            for name, data in members(path):
                yield path.name, name, data
        elif path.suffix in _TEXTS:
            yield f"{path.parent.name}/*{path.suffix}", str(path), path.read_bytes()


def examine(tally: Tally, name: str, data: bytes, *, plain: bool) -> None:
    """Read and segment one file, and note what comes of it."""
    began = time.perf_counter()
    try:
        for document in read_bytes(data, name):
            if plain:
                known = {"id": document.id, "text": document.text, "language": document.language}
                document = Document(**known)
            segmented = segment(document)
            tally.documents += 1
            tally.clauses += len(segmented.clauses)
            tally.faults += (f"{name}: {document.id}: {said}" for said in faults_of(segmented))
    except WhereasError as error:
        tally.unread += 1
        print(f"  {error}", flush=True)
    except Exception:  # what must never be: it is counted, and the rest is read
        tally.faults.append(f"{name}: {traceback.format_exc()}")
    seconds = time.perf_counter() - began
    tally.files += 1
    tally.seconds += seconds
    tally.slowest = max(tally.slowest, (seconds, name))


def show(name: str, tally: Tally) -> None:
    """Print the line of one archive."""
    slowest = f"slowest {tally.slowest[0]:.2f} s {tally.slowest[1]}"
    print(
        f"{name:34} {tally.files:6} files {tally.documents:6} documents {tally.clauses:8} clauses "
        f"{tally.unread:4} unread {len(tally.faults):4} faults {tally.seconds:6.0f} s  {slowest}",
        flush=True,
    )


def main() -> int:
    """Examine the files of a folder."""
    parser = argparse.ArgumentParser(description="Read and segment all real input.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="every Nth file only")
    parser.add_argument("--plain", action="store_true", help="forget what files mark up")
    wanted = parser.parse_args()
    tallies: dict[str, Tally] = {}
    last = ""
    for number, (group, name, data) in enumerate(files_of(wanted.folder)):
        if last and group != last:
            show(last, tallies[last])
        last = group
        tally = tallies.setdefault(group, Tally())
        if number % wanted.sample == 0:
            examine(tally, name, data, plain=wanted.plain)
    if last:
        show(last, tallies[last])
    faults = [fault for tally in tallies.values() for fault in tally.faults]
    total = Tally(
        files=sum(tally.files for tally in tallies.values()),
        documents=sum(tally.documents for tally in tallies.values()),
        clauses=sum(tally.clauses for tally in tallies.values()),
        unread=sum(tally.unread for tally in tallies.values()),
        seconds=sum(tally.seconds for tally in tallies.values()),
        slowest=max((tally.slowest for tally in tallies.values()), default=(0.0, "")),
        faults=faults,
    )
    show("all", total)
    for fault in faults[:_SHOWN]:
        print(f"FAULT {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
