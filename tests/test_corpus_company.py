from pathlib import Path

import pytest
from typer.testing import CliRunner

from sample_corpus import corpus
from whereas.cli import app
from whereas.corpus.company import collect_classes
from whereas.errors import CorpusError


@pytest.fixture
def resolutions(tmp_path: Path) -> Path:
    path = tmp_path / "resolutions.jsonl"
    lines = [document.to_json() for document in corpus(16)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_classes_hold_each_common_word_once(resolutions: Path) -> None:
    classes = collect_classes([resolutions], "en", count=6, failed=lambda error: None)
    words = [word for own in classes for word in own]
    assert len(classes) == 6
    assert len(words) == len(set(words))
    assert {"requests", "welcoming", "secretary-general"} <= set(words)


def test_the_same_texts_give_the_same_classes(resolutions: Path) -> None:
    first, second = (
        collect_classes([resolutions], "en", count=6, failed=lambda error: None) for _ in range(2)
    )
    assert first == second


def test_no_document_of_the_language_is_an_error(resolutions: Path) -> None:
    with pytest.raises(CorpusError, match="no document with clauses in language 'ru'"):
        collect_classes([resolutions], "ru", count=6, failed=lambda error: None)


def test_the_command_prints_a_class_a_line(resolutions: Path) -> None:
    command = ["corpus", "classes", str(resolutions), "--language", "en", "--count", "6"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[1].endswith("from resolutions.jsonl.")
    assert len(lines) == 2 + 6
