"""The functions that ``whereas`` exports, as the README shows them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import whereas
from whereas.document import Document

ROOT = Path(__file__).parents[1]
MILLS = ROOT / "data" / "examples" / "tide-mills.en.txt"


def test_read_segment_predict() -> None:
    (document,) = whereas.read(MILLS)
    assert document.clauses == ()
    segmented = whereas.segment(document)
    labelled = whereas.predict(segmented)
    assert [c.spans for c in labelled.clauses] == [c.spans for c in segmented.clauses]
    assert labelled.clauses == whereas.predict(document).clauses
    assert all(clause.function for clause in labelled.clauses)


def test_train_and_evaluate(tmp_path: Path) -> None:
    model = whereas.train(ROOT / "configs" / "smoke.toml", tmp_path / "model")
    gold = ROOT / "data" / "written" / "en" / "messy.jsonl"
    documents = [Document.from_json(line, "gold") for line in gold.read_text("utf-8").splitlines()]
    of_file, of_documents = (whereas.evaluate(model, each) for each in ([gold], documents))
    assert of_file.functions.accuracy.value == of_documents.functions.accuracy.value
    assert of_file.texts is not None


def test_importing_it_imports_nothing_heavy() -> None:
    code = "import sys, whereas; print(sorted({'numpy', 'pydantic', 'spacy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(AttributeError, match="resegment"):
        _ = whereas.resegment


def test_the_examples_of_the_readme_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    examples = re.findall(r"```python\n(.*?)```", Path("README.md").read_text("utf-8"), re.DOTALL)
    assert len(examples) == 2
    for code in examples:
        exec(code, {})
        assert "operative." in capsys.readouterr().out
