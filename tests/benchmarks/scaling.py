"""Time against length: `python tests/benchmarks/scaling.py` prints a table for each shape of text.

Each length is ten times the one before it, or what `--longest` allows; the last columns say how
many times as long each stage took, for a text as many times as long: work that is linear shows
about the same number everywhere, and quadratic work one that grows with the length.
"""

import argparse
from collections.abc import Callable, Iterator
from itertools import pairwise
from time import process_time

from whereas.document import Document
from whereas.prediction import load_models
from whereas.readers import read_bytes
from whereas.segmenter import segment_parts
from whereas.writers import load_format

_FRONT = "LL/A/RES/9/4\n\nThe oil of lamps\n\nThe Assembly of Lanterns,\n\n"
_PREAMBLE = "Recalling its resolution 8/{n} of 24 May 1999 on the oil of the {n} lamps,\n\n"
_CLAUSE = "{n}. Requests the Lamp Master, in consultation with the keepers, to report on the lamps;"
_ITEM = "\n\n({letter}) To trim the wick of lamp {n} and to clean its glass;"
_PAGE = "\n\f{page}/99\nLL/A/RES/9/4\n_______________\n{n} See resolution 8/{n}.\n\n"


def clauses(size: int) -> Iterator[str]:
    """Many clauses, numbered through."""
    yield _FRONT
    for n in range(size // 90):
        yield _CLAUSE.format(n=n % 999 + 1) + "\n\n"


def preamble(size: int) -> Iterator[str]:
    """Many preambular clauses."""
    yield _FRONT
    for n in range(1, size // 75 + 1):
        yield _PREAMBLE.format(n=n)
    yield _CLAUSE.format(n=1)


def items(size: int) -> Iterator[str]:
    """One clause with many sub-paragraphs."""
    yield _FRONT + _CLAUSE.format(n=1).replace(";", ":")
    for n in range(size // 64):
        yield _ITEM.format(letter="abcdefghijklmnopqrstuvwxyz"[n % 26], n=n)


def annex(size: int) -> Iterator[str]:
    """A short resolution with a long annex of numbered paragraphs."""
    yield _FRONT + _PREAMBLE.format(n=1) + _CLAUSE.format(n=1) + "\n\nAnnex\n\n"
    for n in range(size // 90):
        yield _CLAUSE.format(n=n % 999 + 1) + "\n\n"


def pages(size: int) -> Iterator[str]:
    """Clauses on pages with running heads and notes."""
    yield _FRONT
    for n in range(1, size // 330 + 1):
        wrapped = _CLAUSE.format(n=n).replace("keepers, ", "keepers,\n")
        yield "\n".join([wrapped] * 2) + _PAGE.format(page=n % 99, n=n % 400)


def flowing(size: int) -> Iterator[str]:
    """Text that has lost its line breaks."""
    for part in clauses(size):
        yield " ".join(part.split()) + " "


def prose(size: int) -> Iterator[str]:
    """Words without any clause."""
    yield "the lamps of the harbour were lit and the keepers went home " * (size // 60)


def line(size: int) -> Iterator[str]:
    """One word that never ends."""
    yield "lamp" * (size // 4)


SHAPES: tuple[Callable[[int], Iterator[str]], ...] = (
    *(clauses, preamble, items, annex, pages, flowing, prose, line),
)
STAGES = ("read", "segment", "label", "write")


def seconds(text: str) -> list[float]:
    """Return the processor time that each stage takes."""
    models, write = load_models("default"), load_format("jsonl").write
    models.classifier("en")
    times = [process_time()]
    (document,) = read_bytes(text.encode(), "lamps.txt", "en")
    times.append(process_time())
    (segmented,) = segment_parts(document)
    times.append(process_time())
    labelled = models.classifier("en").label([segmented])[0] if segmented.clauses else segmented
    times.append(process_time())
    assert isinstance(labelled, Document)
    write(labelled)
    times.append(process_time())
    return [after - before for before, after in pairwise(times)]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--longest", type=int, default=10_000_000, help="characters")
    parser.add_argument("--shape", choices=[shape.__name__ for shape in SHAPES])
    chosen = parser.parse_args()
    print(f"{'shape':10}{'characters':>12}" + "".join(f"{stage:>10}" for stage in STAGES), end="")
    print(f"{'total s':>10}{'ms/10,000':>11}")
    seconds("".join(clauses(1000)))  # imports and caches
    for shape in SHAPES:
        if chosen.shape not in (None, shape.__name__):
            continue
        size = chosen.longest // 100
        while size <= chosen.longest:
            text = "".join(shape(size))
            times = seconds(text)
            row = "".join(f"{time:10.3f}" for time in (*times, sum(times)))
            print(
                f"{shape.__name__:10}{len(text):12,}{row}{sum(times) / len(text) * 1e7:11.1f}",
                flush=True,
            )
            size *= 10


if __name__ == "__main__":
    main()
