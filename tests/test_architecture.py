"""Imports run one way, and the command starts without what it does not need."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline" / "whereas"

LAYERS = [
    {"errors", "document", "labels", "config", "resources", "scratch"},
    {"language", "lexicon", "cleaning", "families"},
    {"readers", "writers", "segmenter"},
    {"features"},
    {"classify"},
    {"bundle"},
    {"corpus", "evaluation", "report", "messy"},
    {"training", "prediction"},
    {"spacy_component", "api", "cli"},
    {"__init__", "__main__"},
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def imported_parts(path: Path) -> set[str]:
    parts = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        parts |= {name.split(".")[1] for name in names if name.startswith("whereas.")}
    return parts


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_from_its_own_layer_or_below(path: Path) -> None:
    rank = RANK[layer_of(path)]
    above = {part for part in imported_parts(path) if RANK[part] > rank}
    assert not above


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_fits_on_a_few_screens(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom whereas.cli import app\n"
        "heavy = {'numpy', 'sklearn', 'spacy', 'lxml', 'pydantic', 'skops', 'joblib', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_document_is_labelled_without_what_only_training_needs() -> None:
    code = (
        "import sys, whereas\n"
        "whereas.predict(next(whereas.read(sys.argv[1])))\n"
        "print(sorted({'sklearn', 'skops', 'spacy', 'joblib'} & set(sys.modules)))"
    )
    example = Path(__file__).parents[1] / "data" / "examples" / "tide-mills.en.txt"
    line = [sys.executable, "-c", code, str(example)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
