"""The labels of the shipped example documents, as they were last accepted.

    python tests/example_labels.py        accept those that the default model gives now

Each clause is one line: zone, number, opening, number of items, function, further functions,
addressees. Scores are left out: their last digits differ between machines.
"""

import json
from pathlib import Path

from whereas.bundle import read_manifest
from whereas.document import Clause
from whereas.prediction import load_models, predict
from whereas.readers import read
from whereas.segmenter import segment

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "data" / "examples").glob("*.txt"))
GOLDEN = Path(__file__).with_name("example_labels.json")


LANGUAGES = {
    language
    for path in load_models("default").bundles()
    for language in read_manifest(path).languages
}
KNOWN = [path for path in EXAMPLES if path.name.split(".")[-2] in LANGUAGES]


def label_examples() -> dict[str, list[str]]:
    """Return the lines of each example by its name; without labels where no model knows it."""
    models = load_models("default")
    lines: dict[str, list[str]] = {}
    for path in EXAMPLES:
        read_documents = read(path)
        made = predict(read_documents, models) if path in KNOWN else map(segment, read_documents)
        lines[path.name] = [_line(clause) for document in made for clause in document.clauses]
    return lines


def _line(clause: Clause) -> str:
    also, addressees = ", ".join(clause.also) or "-", ", ".join(clause.addressees) or "-"
    head = f"{clause.zone} {clause.number or '-'} {clause.opening or '-'}"
    return f"{head} [{len(clause.items)}] {clause.function or '-'} | {also} | {addressees}"


if __name__ == "__main__":
    text = json.dumps(label_examples(), ensure_ascii=False, indent=1)
    GOLDEN.write_text(text + "\n", encoding="utf-8")
    print(f"{GOLDEN.name}: accepted")
