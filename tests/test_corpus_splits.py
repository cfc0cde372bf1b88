import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sample_corpus import corpus
from whereas.cli import app
from whereas.corpus.records import read_corpus, record_lines, write_whole
from whereas.corpus.splits import split_by_family, split_by_year
from whereas.document import Document
from whereas.errors import CorpusError

SHARES = {"train": 0.5, "dev": 0.25, "test": 0.25}


def dated(*years: int) -> list[Document]:
    return [
        document.model_copy(update={"adopted": f"{year}-06-01"})
        for document, year in zip(corpus(len(years)), years, strict=True)
    ]


def test_no_family_is_divided() -> None:
    documents = corpus(40)  # eight titles, five documents each
    split = split_by_family(documents, SHARES, seed=3)
    assert split.divided == []
    assert len(set(split.families)) == 8
    assert Counter(split.parts) == {"train": 20, "dev": 10, "test": 10}


def test_labels_are_spread_by_the_shares() -> None:
    documents = corpus(8)
    rare = documents[0].clauses[0].model_copy(update={"function": "preambular.intention"})
    documents = [
        d.model_copy(update={"clauses": (*d.clauses, rare)}) if n < 4 else d
        for n, d in enumerate(documents)
    ]
    split = split_by_family(documents, {"train": 0.5, "test": 0.5})
    for part in ("train", "test"):
        labels = Counter(c.function for d in split.of(part, documents) for c in d.clauses)
        assert labels["preambular.intention"] == 2


@settings(max_examples=25)
@given(st.integers(0, 2**31), st.integers(3, 20))
def test_a_split_is_a_partition_and_its_seed_repeats_it(seed: int, size: int) -> None:
    documents = corpus(size)
    split = split_by_family(documents, SHARES, seed)
    assert split == split_by_family(documents, SHARES, seed)
    parts = [split.of(part, documents) for part in SHARES]
    assert all(parts)
    assert sorted(d.id for own in parts for d in own) == sorted(d.id for d in documents)


def test_by_year_the_past_trains_and_the_latest_years_test() -> None:
    documents = dated(2004, 2001, 2002, 2001, 2003, 2001, 2002, 2001)
    split = split_by_year(documents, SHARES)
    assert split.parts == ("test", "train", "dev", "train", "test", "train", "dev", "train")


def test_by_year_families_on_both_sides_are_named() -> None:
    documents = [*dated(2001, 2002), *dated(2003)]
    assert split_by_year(documents, {"train": 0.7, "test": 0.3}).divided == [0]


@pytest.mark.parametrize(
    ("documents", "message"),
    [(corpus(4), "has no year"), (dated(2001, 2001, 2002), "2 years cannot")],
)
def test_what_cannot_be_divided_by_year_says_why(documents: list[Document], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        split_by_year(documents, SHARES)


def test_too_few_families_or_shares_are_errors() -> None:
    with pytest.raises(CorpusError, match="2 title families"):
        split_by_family(corpus(2), SHARES)
    with pytest.raises(CorpusError, match="at least two parts"):
        split_by_family(corpus(2), {"train": 1.0})


def test_the_command_writes_the_parts_and_the_families(tmp_path: Path) -> None:
    write_whole(tmp_path / "c.jsonl", record_lines(corpus(16)))
    options = ["--train", "3", "--dev", "0", "--test", "1", "-o", str(tmp_path / "parts")]
    run = CliRunner().invoke(app, ["corpus", "split", str(tmp_path / "c.jsonl"), *options])
    assert run.exit_code == 0, run.output
    names = sorted(path.name for path in (tmp_path / "parts").iterdir())
    assert names == ["families.csv", "test.jsonl", "train.jsonl"]
    train, test = (read_corpus(tmp_path / "parts" / f"{part}.jsonl") for part in ("train", "test"))
    assert (len(train), len(test)) == (12, 4)
    assert not {d.title for d in train} & {d.title for d in test}
    with (tmp_path / "parts" / "families.csv").open(encoding="utf-8", newline="") as rows:
        table = list(csv.DictReader(rows))
    assert {row["id"]: row["part"] for row in table} == {
        d.id: part for part, own in (("train", train), ("test", test)) for d in own
    }
