"""Build the corpora written for the project from their sources.

    python data/written/compose.py          write <language>/clean.jsonl, messy.jsonl, clauses.jsonl
    python data/written/compose.py --stats  print what they hold

Each resolution is one plain file, ``<language>/src/*.txt``: a head of ``key: value`` lines, an
empty line, and then one line a paragraph, marked by what it is:

    @title On the lighting of harbours           a region: @masthead @title @formula @heading
                                                 @footnote @adoption @annex @other @furniture
    p.precedent | *Recalling* its decision 4,    a preambular clause; stars print the opening
    o.tasking +reporting >secretariat | 1. *Requests* the Harbour Master:
                                                 an operative clause with a further act (+),
                                                 addressees (>) and a number
      (a) To light the lamps;                    its item, level 2; two more spaces: level 3
      ~ all before winter;                       words of the clause after its items

A number is ``1.``, ``(a)``, ``a)``, or anything written in brackets: ``[II.]``, ``[1 -]``,
``[一、]``. ``[^3]`` is a footnote mark; its footnote is ``@footnote 3 See ...``. Both may have
parentheses of their own: ``[^(3)]``. French gets its no-break spaces when it is set.
``# ...`` is a comment. The head has ``symbol``, ``organ``, ``adopted``, ``title``, and for a
document that also goes into ``messy.jsonl`` ``messy: pages``, ``ragged`` or ``line``.

A file of single clauses, ``<language>/clauses/*.txt``, has clauses and items only, and ``@organ``
with the organ of those that follow; each clause is a record of its own in ``clauses.jsonl``.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args

from whereas.corpus.standoff import without_spans
from whereas.document import Clause, Document, Kind
from whereas.errors import CorpusError
from whereas.labels import Scheme, load_scheme, require_label
from whereas.messy import PRESSES, mess_up

HERE = Path(__file__).resolve().parent
SEED = 20
ZONES = {"p": "preambular", "o": "operative"}
KINDS = get_args(Kind)
NAMES = ("clean.jsonl", "messy.jsonl", "clauses.jsonl")

_NUMBER = re.compile(r"(?:\[(?!\^)([^\]]+)\]|(\d+[.．]|[(（][^)）\s]{1,5}[)）]|\w{1,4}\)))\s*")
_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_FRENCH_SPACE = re.compile(r"(?<=«) | (?=[;:!?»])")
_TAG = re.compile(r"([po])\.([\w-]+)((?: \+[\w-]+)*)(?: >([\w,-]+))? \| ?(.*)")


@dataclass
class Part:
    """A region, clause or item while it is set: its fields and the spans of its words."""

    fields: dict[str, Any]
    spans: list[tuple[int, int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class Sheet:
    """The clean text as it grows, paragraph by paragraph."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.text = ""

    def add(self, part: Part, line: str) -> None:
        """Print a paragraph of a part; footnote marks are printed but belong to no span."""
        self.text += "\n\n" if self.text else ""
        number = _NUMBER.match(line) if "number" in part.fields and not part.spans else None
        start = len(self.text)
        if number:
            part.fields["number"] = number[1] or number[2]
            closed = part.fields["number"].endswith(("、", "．", "）"))
            self.text += part.fields["number"] + ("" if closed else " ")
            line = line[number.end() :]
        pieces = _MARK.split(line.replace("*", ""))
        part.words.append("".join(pieces[::2]))
        for at, piece in enumerate(pieces):
            self.text += _FRENCH_SPACE.sub("\u00a0", piece) if self.language == "fr" else piece
            if at % 2 == 0 and piece.strip():
                first = start + len(self.text[start:]) - len(self.text[start:].lstrip())
                part.spans.append((first, len(self.text.rstrip())))
            start = len(self.text)


@dataclass
class Printed:
    """A sheet, the regions on it, and its clauses, each with its items."""

    sheet: Sheet
    regions: list[Part] = field(default_factory=list)
    clauses: list[tuple[Part, list[Part]]] = field(default_factory=list)

    def clause_records(self) -> list[dict[str, Any]]:
        """Return the clauses as they stand in a record."""
        return [
            _record(clause) | {"items": [_record(item) for item in items]}
            for clause, items in self.clauses
        ]


def parse(source: Path) -> tuple[Document, str | None]:
    """Return the clean record of a source file, and the layout of its messy copy, if any."""
    head, _, body = source.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    layout = fields.pop("messy", None)
    if layout is not None:
        require_label(layout, PRESSES, f"{source.name}: messy")
    language = source.parent.parent.name
    printed = _print(source, body, head.count("\n") + 3)
    record = {
        "schema": 1,
        "id": f"{language}/{source.stem}",
        "symbol": fields.pop("symbol", None),
        "language": language,
        **fields,
        "source": f"data/written/{language}/src/{source.name}",
        "text": printed.sheet.text,
        "structure": [{**part.fields, "spans": part.spans} for part in printed.regions],
        "clauses": printed.clause_records(),
    }
    return Document.model_validate(record, strict=False), layout


def parse_clauses(source: Path) -> list[Document]:
    """Return the records of a file of single clauses, each cut out of no document."""
    language = source.parent.parent.name
    documents: list[Document] = []
    head, *blocks = source.read_text(encoding="utf-8").split("@organ ")
    line = head.count("\n") + 1
    for block in blocks:
        organ, _, body = block.partition("\n")
        for clause in _print(source, body, line + 1).clause_records():
            record = {
                "schema": 1,
                "id": f"{language}/clauses/{source.stem}#{len(documents) + 1}",
                "language": language,
                "organ": organ,
                "source": f"data/written/{language}/clauses/{source.name}",
                "partial": True,
                "clauses": [without_spans(Clause.model_validate(clause, strict=False))],
            }
            documents.append(Document.model_validate(record, strict=False))
        line += block.count("\n")
    return documents


def _print(source: Path, body: str, first: int) -> Printed:
    """Print the lines of a source from line number ``first`` on."""
    printed = Printed(Sheet(source.parent.parent.name))
    sheet, regions, clauses = printed.sheet, printed.regions, printed.clauses
    for number, line in enumerate(body.splitlines(), first):
        where = f"{source.name}:{number}"
        words = line.lstrip()
        if not words or words.startswith("#"):
            continue
        if words.startswith("~"):
            sheet.add(clauses[-1][0], words.removeprefix("~").lstrip())
        elif line.startswith(" "):
            level = 1 + (len(line) - len(words)) // 2
            clauses[-1][1].append(Part({"number": None, "level": level}))
            sheet.add(clauses[-1][1][-1], words)
        elif words.startswith("@"):
            kind, _, words = words[1:].partition(" ")
            regions.append(Part({"kind": require_label(kind, KINDS, where)}))
            sheet.add(regions[-1], words)
        else:
            clause, words = _clause(words, where)
            clauses.append((clause, []))
            sheet.add(clause, words)
    return printed


@cache
def _scheme() -> Scheme:
    return load_scheme()


def _record(part: Part) -> dict[str, Any]:
    return {**part.fields, "text": " ".join(part.words), "spans": part.spans}


def _clause(line: str, where: str) -> tuple[Part, str]:
    """Read the tag of a clause line; return the clause and the words to print."""
    match = _TAG.fullmatch(line)
    if not match:
        raise CorpusError(f"{where}: is no paragraph: {line[:40]!r}; see the top of compose.py")
    zone, function, also, addressees, words = match.groups()
    scheme = _scheme()

    def label(name: str) -> str:
        full = name if name == "other" else f"{ZONES[zone]}.{name}"
        return require_label(full, scheme.function_labels, where)

    opening = re.search(r"\*([^*]+)\*", words)
    parties = addressees.split(",") if addressees else []
    return Part(
        {
            "zone": ZONES[zone],
            "number": None,
            "opening": opening[1] if opening else None,
            "function": label(function),
            "also": tuple(label(name[1:]) for name in also.split()),
            "addressees": tuple(
                require_label(party, scheme.addressee_labels, where) for party in parties
            ),
        }
    ), words


def build(language: str) -> dict[str, list[Document]]:
    """Return the records of a language's files."""
    clean, messy = [], []
    for source in sorted((HERE / language / "src").glob("*.txt")):
        document, layout = parse(source)
        clean.append(document)
        if layout:
            copy = mess_up(document, layout=layout, seed=SEED)  # type: ignore[arg-type]
            messy.append(copy.model_copy(update={"id": f"{document.id}.messy"}))
    sources = sorted((HERE / language / "clauses").glob("*.txt"))
    single = [document for source in sources for document in parse_clauses(source)]
    corpora = zip(NAMES, (clean, messy, single), strict=True)
    return {name: documents for name, documents in corpora if documents}


def languages() -> list[str]:
    """Return the languages that have sources."""
    return sorted(path.parent.name for path in HERE.glob("*/src"))


def _words_in(text: str) -> int:
    return len(text.split())


def stats(language: str) -> Iterator[str]:
    """Say how many documents, clauses and labels a language has."""
    built = build(language)
    whole, messy, single = (built.get(name, []) for name in NAMES)
    title = f"{len(whole)} documents ({len(messy)} also messy), "
    for kind, documents in ((title, whole), ("single clauses: ", single)):
        if clauses := [clause for document in documents for clause in document.clauses]:
            yield f"{language}: {kind}{_size(clauses, language)}"
            yield from _labels(clauses)


def _size(clauses: Sequence[Clause], language: str) -> str:
    count, unit = (len, "characters") if language == "zh" else (_words_in, "words")
    return (
        f"{len(clauses)} clauses, {sum(len(clause.items) for clause in clauses)} items, "
        f"{sum(count(clause.full_text) for clause in clauses)} {unit}, "
        f"{sum(bool(clause.also) for clause in clauses)} clauses with `also`"
    )


def _labels(clauses: Sequence[Clause]) -> Iterator[str]:
    functions = Counter(clause.function for clause in clauses)
    parties = Counter(party for clause in clauses for party in clause.addressees)
    for name in _scheme().function_labels:
        yield f"  {functions[name]:4} {name}"
    for name in _scheme().addressee_labels:
        yield f"  {parties[name]:4} >{name}"


def main() -> None:
    """Write the JSON Lines files, or print the statistics."""
    parser = argparse.ArgumentParser(description="Build the corpora written for the project.")
    parser.add_argument("--stats", action="store_true", help="print counts, write nothing")
    if parser.parse_args().stats:
        for language in languages():
            sys.stdout.writelines(f"{line}\n" for line in stats(language))
        return
    for language in languages():
        for name, documents in build(language).items():
            lines = "".join(f"{document.to_json()}\n" for document in documents)
            (HERE / language / name).write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
