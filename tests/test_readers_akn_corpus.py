"""The UN's own files are read as their mark-up and the labelled corpus made from them say."""

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from lxml import etree

from whereas.corpus.records import stream_corpus
from whereas.corpus.versions import read_versions
from whereas.document import Clause, Document, Item
from whereas.families import symbol_key
from whereas.readers import read_bytes
from whereas.readers.archive import members

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
ARCHIVE = CORPORA / "unxml" / "HRCresolutions-54-58.tar.xz"
needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="needs ../shared/corpora")


NUMBERED = (
    "//*[local-name()='mainBody']/*[local-name()='paragraph']"
    "[not(ancestor::*[local-name()='attachments'])]"
    "[translate(*[local-name()='num'], '0123456789', '') != string(*[local-name()='num'])]"
)


def marked_up(data: bytes) -> Counter[str]:
    """Count the ids of containers in preambles and of numbered paragraphs in main bodies."""
    found = etree.fromstring(data).xpath(
        "//*[local-name()='preamble']/*[local-name()='container']/@eId"
        f"| {NUMBERED}/*[local-name()='content']/@eId"
        f"| {NUMBERED}/*[local-name()='list']/*[local-name()='intro']/@eId"
    )
    assert isinstance(found, list)
    return Counter(map(str, found))


@needs_corpora
def test_clauses_are_those_of_the_mark_up() -> None:
    both = expected = found = 0
    files = members(ARCHIVE, lambda name: name.endswith(".xml"))
    for name, data in islice(files, 0, 200, 5):
        (document,) = read_bytes(data, name)
        clauses = Counter(str((c.model_extra or {}).get("eId")) for c in document.clauses)
        wanted = marked_up(data)
        both += (clauses & wanted).total()
        expected += wanted.total()
        found += clauses.total()
    assert 2 * both / (expected + found) >= 0.995


def shown(item: Item) -> str:
    return f"{item.number} {item.text}" if item.number else item.text


@needs_corpora
def test_clauses_are_those_of_the_labelled_corpus() -> None:
    labelled = {
        symbol_key(document.symbol or ""): document
        for document in stream_corpus(CORPORA / "functions" / "train.jsonl")
        if document.organ == "Human Rights Council"
    }
    versions = read_versions([ARCHIVE], labelled, {"en"}, failed=lambda error: None)
    clauses = same = 0
    for (key, _), documents in versions.items():
        read = by_element(documents[0])
        for clause in labelled[key].clauses:
            mine = read.get(clause.model_extra["eId"] if clause.model_extra else "")
            clauses += 1
            same += mine is not None and (
                (mine.zone, mine.number, mine.text, list(map(shown, mine.items)))
                == (clause.zone, clause.number, clause.text, list(map(shown, clause.items)))
            )
    assert clauses > 300
    assert same >= 0.99 * clauses


def by_element(document: Document) -> dict[str, Clause]:
    return {(clause.model_extra or {}).get("eId", ""): clause for clause in document.clauses}
