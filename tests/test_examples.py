"""The plain examples of the five other languages read as the resolutions that they are."""

from pathlib import Path

import pytest

from whereas.document import Document
from whereas.segmenter import segment

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"

CLAUSES = {  # preambular, operative, their items
    "phares.fr.txt": (3, 4, 2),
    "bibliobuses.es.txt": (3, 5, 2),
    "paromy.ru.txt": (3, 5, 2),
    "dukou.zh.txt": (4, 5, 2),
    "maktabat.ar.txt": (3, 4, 2),
}


@pytest.mark.parametrize("name", CLAUSES)
def test_an_example_is_split_in_its_language(name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    document = segment(Document(id=name, text=text))
    zones = [clause.zone for clause in document.clauses]
    items = sum(len(clause.items) for clause in document.clauses)
    assert document.language == name.split(".")[1]
    assert (zones.count("preambular"), zones.count("operative"), items) == CLAUSES[name]
    assert zones == sorted(zones, reverse=True)
    assert all(clause.opening for clause in document.clauses)
