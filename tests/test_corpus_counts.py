import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sample_corpus import corpus
from whereas.cli import app
from whereas.corpus.counts import count_corpus, lengths_summary, word_count, year_of
from whereas.corpus.records import read_corpus, record_lines, write_whole
from whereas.document import Document


def test_counts_of_a_small_corpus() -> None:
    counts = count_corpus(corpus(10)).as_json()
    assert counts["documents"] == 10
    assert counts["clauses"] == 60
    assert counts["zones"] == {"operative": 30, "preambular": 30}
    assert counts["functions"]["operative"]["operative.appeal"] == 10
    assert counts["also"] == {"operative.reporting": 10, "preambular.concern": 10}
    assert counts["addressees"] == {"secretariat": 20, "states": 10}
    assert counts["languages"] == {"en": 10}
    assert counts["years"] == {"(not given)": 10}


def test_nothing_counts_as_nothing() -> None:
    counts = count_corpus([]).as_json()
    assert counts["documents"] == counts["clauses"] == 0
    assert counts["words_per_clause"] == {}


def test_the_year_is_that_of_adoption() -> None:
    assert year_of(Document(id="a", adopted="2019-12-27", symbol="S/RES/1 (1946)")) == "2019"
    assert year_of(Document(id="a", symbol="S/RES/333 (1973)")) == "1973"
    assert year_of(Document(id="a", symbol="A/RES/74/1")) is None


def test_words_are_counted_in_every_script() -> None:
    assert word_count("Recalls, again, its bell.") == 4
    assert word_count("回顾大会决议") == 6


@given(st.lists(st.integers(0, 500), min_size=1))
def test_quantiles_are_in_order(lengths: list[int]) -> None:
    summary = lengths_summary(Counter(lengths))
    values = [summary[k] for k in ("least", "lower_quartile", "median", "upper_quartile")]
    assert values == sorted(values)
    assert summary["greatest"] == max(lengths)
    assert summary["median"] in lengths


def test_the_command_prints_a_table_or_json(tmp_path: Path) -> None:
    write_whole(tmp_path / "c.jsonl", record_lines(corpus(3)))
    table = CliRunner().invoke(app, ["corpus", "stats", str(tmp_path)])
    assert table.exit_code == 0
    assert "3 documents" in table.stdout
    assert "operative.appeal" in table.stdout
    counts = CliRunner().invoke(app, ["corpus", "stats", str(tmp_path), "--json"])
    assert json.loads(counts.stdout)["clauses"] == 18


def test_a_corpus_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def lines() -> Iterator[bytes]:
        yield b"one\n"
        raise RuntimeError("stop")

    path = tmp_path / "c.jsonl"
    path.write_bytes(b"before\n")
    with pytest.raises(RuntimeError):
        write_whole(path, lines())
    assert path.read_bytes() == b"before\n"
    assert [each.name for each in tmp_path.iterdir()] == ["c.jsonl"]
    write_whole(path, record_lines(corpus(2)))
    assert read_corpus(path) == corpus(2)
