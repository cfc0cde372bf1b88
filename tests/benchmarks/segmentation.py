"""How well clauses are found in marked-up resolutions, clean and as PDF readers leave them.

    python tests/benchmarks/segmentation.py FOLDER_OR_ARCHIVE... [--language en] [--limit 50]

The mark-up of the UN's Akoma Ntoso files says where the clauses are; ``whereas.messy`` sets the
same words as pages, as ragged pages without blank lines, and on one line. A clause is right if
its first and its last character are. Documents are taken in a shuffled but fixed order.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from whereas.document import Clause, Document
from whereas.messy import mess_up
from whereas.readers import read_bytes
from whereas.readers.archive import members
from whereas.segmenter import segment

LAYOUTS = ("clean", "tight", "pages", "ragged", "line")


def main() -> None:
    """Print precision, recall and F1 by language, layout and organ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, help="folders or archives of XML files")
    parser.add_argument("--language", help="only documents in this language")
    parser.add_argument("--limit", type=int, default=50, help="documents of each language")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    counts: Counter[tuple[str, str, str, str]] = Counter()
    seconds = characters = 0.0
    for document in _documents(options.paths, options.language, options.limit, options.seed):
        for layout in LAYOUTS:
            gold = set_as(document, layout, options.seed)
            bare = Document(id=gold.id, language=gold.language, text=gold.text)
            began = time.process_time()
            found = segment(bare)
            seconds += time.process_time() - began
            characters += len(gold.text or "")
            ours, theirs = _extents(gold.clauses), _extents(found.clauses)
            for organ in ("all", document.organ or "unknown"):
                key = document.language or "?", layout, organ
                counts[*key, "gold"] += len(ours)
                counts[*key, "found"] += len(theirs)
                counts[*key, "right"] += len(ours & theirs)
    print(f"{'':2} {'layout':7} {'organ':40} {'P':>6} {'R':>6} {'F1':>6} clauses")
    for language, layout, organ in sorted({key[:3] for key in counts}):
        gold, found, right = (
            counts[language, layout, organ, n] for n in ("gold", "found", "right")
        )
        scores = right / max(found, 1), right / max(gold, 1), 2 * right / max(gold + found, 1)
        print(language, f"{layout:7} {organ:40}", *(f"{score:6.4f}" for score in scores), gold)
    print(f"{1000 * seconds / max(characters, 1) * 14_000:.1f} ms a document of 14,000 characters")


def _documents(paths: list[Path], language: str | None, limit: int, seed: int) -> list[Document]:
    named = [(name, data) for path in paths for name, data in members(path, _is_xml)]
    random.Random(seed).shuffle(named)
    taken: Counter[str] = Counter()
    documents = []
    for name, data in named:
        try:
            document = next(read_bytes(data, name))
        except Exception as error:  # some files are not well formed
            print(f"{name}: {error}", file=sys.stderr)
            continue
        code = document.language or "?"
        if language in (None, code) and taken[code] < limit and document.clauses:
            taken[code] += 1
            documents.append(document)
    return documents


def _is_xml(name: str) -> bool:
    return name.endswith(".xml")


def set_as(document: Document, layout: str, seed: int) -> Document:
    """Return a copy in a layout: one of ``whereas.messy``, clean, or without blank lines."""
    if layout == "clean":
        return document
    if layout == "tight":
        return _without_blank_lines(document)
    return mess_up(document, layout=layout, seed=seed)  # type: ignore[arg-type]


def _without_blank_lines(document: Document) -> Document:
    text = document.text or ""
    places, kept = [], []
    for at, char in enumerate(text):
        places.append(len(kept))
        if char != "\n" or text[at - 1 : at] != "\n":
            kept.append(char)
    record = document.model_dump(by_alias=True, mode="json")
    record["text"] = "".join(kept)
    parts = [*record["structure"], *record["clauses"]]
    parts += [item for clause in record["clauses"] for item in clause["items"]]
    for part in parts:
        part["spans"] = [[places[start], places[end - 1] + 1] for start, end in part["spans"]]
    record["emphasis"] = []
    return Document.from_json(json.dumps(record), document.id)


def _extents(clauses: tuple[Clause, ...]) -> set[tuple[int, int]]:
    return {clause.extent for clause in clauses if clause.extent}


if __name__ == "__main__":
    main()
