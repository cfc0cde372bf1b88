"""The spaCy component gives what the command gives."""

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from whereas.document import Document
from whereas.prediction import load_models, predict
from whereas.spacy_component import load

TEXT = (
    "LL/A/RES/9/3\n\nOil for the lamps\n\nThe Assembly of Lanterns,\n\n"
    "Recalling its resolution 8/3 on the oil of lamps,\n\n"
    "Deeply concerned at the price of oil,\n\n"
    "1. Requests the Secretary-General to report on the lamps:\n\n(a) In the north;\n\n"
    "2. Decides to remain seized of the matter.\n"
)


def labels(doc: Doc) -> list[tuple[str, str, str | None]]:
    return [(span.text, span._.zone, span._.function) for span in doc.spans["clauses"]]


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    return load()


def test_it_is_found_without_importing_whereas() -> None:
    code = (
        "import sys, spacy\nnlp = spacy.blank('en')\nnlp.add_pipe('whereas')\n"
        f"print(len(nlp({TEXT!r}).spans['clauses']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "4"


def test_its_clauses_are_those_of_the_command(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    document = Document(id="doc", language="en", text=TEXT)
    (expected,) = predict([document], load_models("default"))
    assert [span._.clause for span in doc.spans["clauses"]] == list(expected.clauses)
    assert [span.label_ for span in doc.spans["clauses"]] == [c.function for c in expected.clauses]
    assert labels(doc)[0][0].startswith("Recalling its resolution")
    assert doc._.resolutions[0].symbol == "LL/A/RES/9/3"


def test_it_serves_many_docs_and_processes(nlp: spacy.Language) -> None:
    alone = [labels(nlp(text)) for text in (TEXT, "", TEXT)]
    assert [labels(doc) for doc in nlp.pipe([TEXT, "", TEXT])] == alone
    assert [labels(doc) for doc in nlp.pipe([TEXT, "", TEXT], n_process=2)] == alone


def test_an_empty_doc_has_no_clauses(nlp: spacy.Language) -> None:
    assert labels(nlp("")) == []
    assert labels(nlp(" \n")) == []


def test_a_doc_survives_bytes(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    again = Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    assert labels(again) == labels(doc)


def test_a_pipeline_survives_bytes_and_disk(nlp: spacy.Language, tmp_path: Path) -> None:
    expected = labels(nlp(TEXT))
    again = spacy.blank("en")
    again.add_pipe("whereas")
    again.from_bytes(nlp.to_bytes())
    assert labels(again(TEXT)) == expected
    nlp.to_disk(tmp_path / "nlp")
    assert labels(spacy.load(tmp_path / "nlp")(TEXT)) == expected


def test_records_hold_no_second_copy_of_the_text(nlp: spacy.Language) -> None:
    assert nlp(TEXT)._.resolutions[0].text is None
