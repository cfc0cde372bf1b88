"""Read archives of the UN's Akoma Ntoso files and count clauses beside a plain XPath count.

    python tests/benchmarks/akn_reading.py ../shared/corpora/unxml ['*79.tar.xz']

Prints, for each archive and language: files, those that cannot be read, clauses, and the clauses'
precision, recall and F1 by element id, against the containers of preambles (embedded ones too)
and the numbered paragraphs of main bodies (annexes aside); then the same with unnumbered
paragraphs counted too, headings among them, which is what the mark-up alone cannot tell.
"""

import re
import sys
import time
from collections import Counter
from pathlib import Path

from lxml import etree

from whereas.errors import WhereasError
from whereas.readers import read_bytes
from whereas.readers.archive import members

_BODY = "ancestor::*[local-name() = 'attachments']"
_CONTAINERS = etree.XPath(
    "//*[local-name() = 'preamble' or local-name() = 'embeddedStructure']"
    "/*[local-name() = 'container'][not(@name = 'formula')][*]"
)
_PARAGRAPHS = etree.XPath(
    f"//*[local-name() = 'paragraph'][not({_BODY})]"
    "[*[local-name() = 'content' or local-name() = 'list']//text()[normalize-space()]]"
)
_WORDS = etree.XPath("string((*[local-name() = 'content' or local-name() = 'list'])[1])")
_NUMBER = etree.XPath("normalize-space(*[local-name() = 'num'])")
_ID = etree.XPath("string((*[local-name()='content']|*/*[local-name()='intro'])[1]/@eId)")
_ITEM = re.compile(r"\W*\(?\w{1,6}[)’‘]|[•–-]")
_TYPED = re.compile(r"\W*\d+\W* ?[-–.]")


def expected(data: bytes) -> tuple[Counter[str], Counter[str]]:
    """Count the ids of numbered and of all clauses in the mark-up."""
    root = etree.fromstring(data)
    numbered = Counter(str(container.get("eId")) for container in _CONTAINERS(root))
    every = Counter(numbered)
    for paragraph in _PARAGRAPHS(root):
        number, words = _NUMBER(paragraph), _WORDS(paragraph).strip()
        if _ITEM.match(number) or (not number and _ITEM.match(words)):
            continue
        every[_ID(paragraph)] += 1
        if number or _TYPED.match(words):
            numbered[_ID(paragraph)] += 1
    return numbered, every


def scores(found: int, wanted: int, both: int) -> str:
    """Return precision, recall and F1 as text."""
    return f"{both / found:.4f} {both / wanted:.4f} {2 * both / (found + wanted):.4f}"


def measure(archive: Path) -> None:
    """Print the rows of one archive."""
    totals: dict[str, Counter[str]] = {}
    for name, data in members(archive, lambda name: name.endswith(".xml")):
        try:
            (document,) = read_bytes(data, name)
        except WhereasError as error:
            print(f"  {error}")
            totals.setdefault("--", Counter())["failed"] += 1
            continue
        found = Counter(str((clause.model_extra or {}).get("eId")) for clause in document.clauses)
        numbered, every = expected(data)
        row = totals.setdefault(document.language or "--", Counter())
        row += Counter(files=1, found=found.total())
        row += Counter(numbered=numbered.total(), numbered_found=(numbered & found).total())
        row += Counter(every=every.total(), every_found=(every & found).total())
        row["perfect"] += numbered == found
    for language, row in sorted(totals.items()):
        line = f"{archive.name:32} {language} {row['files']:5} {row['failed']:3}"
        if row["files"]:
            line += f" {row['found']:7}  {row['perfect'] / row['files']:.3f}"
            line += f"  {scores(row['found'], row['numbered'], row['numbered_found'])}"
            line += f"  {scores(row['found'], row['every'], row['every_found'])}"
        print(line, flush=True)


if __name__ == "__main__":
    pattern = sys.argv[2] if len(sys.argv) > 2 else "*.tar.xz"
    print("archive, language, files, failed, clauses, files without a difference,")
    print("P R F1 against numbered paragraphs, P R F1 against all paragraphs")
    for path in sorted(Path(sys.argv[1]).glob(pattern)):
        started = time.perf_counter()
        measure(path)
        print(f"  {time.perf_counter() - started:.0f} s")
