"""The stand-off labels that ship: within the scheme, as many as their datasheet says, placeable."""

from pathlib import Path

import pytest

from whereas.corpus.build import build_corpus
from whereas.corpus.standoff import Standoff, read_standoff, standoff_files
from whereas.labels import load_scheme

LABELS = Path(__file__).parents[1] / "data" / "labels"
SOURCES = Path(__file__).parents[2] / "shared" / "corpora"
FILES = standoff_files([LABELS])


def labels(file: Path) -> list[Standoff]:
    return list(read_standoff(file))


def test_there_are_labels_for_training_and_for_development() -> None:
    names = ["dev", "train", "train_hard", "train_single", "train_unsc"]
    assert [file.stem for file in FILES] == names


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_labels_are_in_the_scheme(file: Path) -> None:
    scheme = load_scheme()
    for document in labels(file):
        for clause in document.clauses:
            assert {clause.function, *clause.also} <= set(scheme.function_labels), document.id
            assert set(clause.addressees) <= set(scheme.addressee_labels), document.id
            assert clause.eId or clause.spans or document.partial, document.id


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_datasheet_states_the_counts(file: Path) -> None:
    documents = labels(file)
    clauses = sum(len(document.clauses) for document in documents)
    sheet = (LABELS / "README.md").read_text(encoding="utf-8")
    assert f"| `{file.name}` | {len(documents):,} | {clauses:,} |" in sheet


def test_no_document_is_in_training_and_in_development() -> None:
    symbols = {file.stem: {document.key for document in labels(file)} for file in FILES}
    assert not symbols.pop("dev") & set.union(*symbols.values())


def test_hard_clauses_are_none_that_were_labelled_before() -> None:
    prints = {
        file.stem: {clause.fingerprint for document in labels(file) for clause in document.clauses}
        for file in FILES
    }
    assert not prints.pop("train_hard") & set.union(*prints.values())


@pytest.mark.slow
@pytest.mark.skipif(not SOURCES.is_dir(), reason="needs the real corpora in ../shared/corpora")
def test_every_label_finds_its_clause_in_the_public_files() -> None:
    wanted = [document for file in FILES for document in labels(file)]
    sources = [*sorted(SOURCES.glob("unxml/*.tar.xz")), SOURCES / "cr-unsc" / "res_en_gold.tar.xz"]
    documents, unplaced = build_corpus(wanted, sources)
    assert [str(each) for each in unplaced] == []
    assert [document.id for document in documents] == [document.id for document in wanted]
