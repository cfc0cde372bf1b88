import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.document import Document
from whereas.errors import RecordError

RECORD = (
    '{"schema":1,"id":"T/1","language":"en","eIdx":7,"text":"Noting it,","clauses":[{"zone":'
    '"preambular","number":null,"text":"Noting it,","spans":[[0,10]],"items":[{"number":"(a)",'
    '"text":"x","span":[3,4]}],"function":"preambular.context","also":[],"addressees":[]}]}'
)


def test_a_record_round_trips_with_its_unknown_keys() -> None:
    assert json.loads(Document.from_json(RECORD, "r").to_json()) == json.loads(RECORD)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (RECORD.replace('preambular"', 'preamble"', 1), "clauses.0.zone"),
        (RECORD.replace("[[0,10]]", "[[0,11]]"), "ends after the text"),
        (RECORD.replace("[[0,10]]", "[[5,5]]"), "empty or backwards"),
        (RECORD.replace("[[0,10]]", "[[4,6],[5,7]]"), "overlaps"),
        (RECORD.replace('"schema":1', '"schema":2'), "schema"),
        (RECORD.replace('"id":"T/1"', '"id":7'), "id: Input should be a valid string (found 7)"),
        (RECORD.replace('"id":"T/1",', ""), "id: Field required"),
        (RECORD[:-1], "Invalid JSON"),
        ("[]", "record"),
    ],
)
def test_a_broken_record_names_the_place_and_the_field(broken: str, said: str) -> None:
    with pytest.raises(RecordError, match=r"^corpus\.jsonl:3: ") as caught:
        Document.from_json(broken, "corpus.jsonl:3")
    assert said in str(caught.value)


@given(st.text())
def test_any_line_is_a_record_or_a_record_error(line: str) -> None:
    try:
        document = Document.from_json(line, "x:1")
    except RecordError:
        return
    assert Document.from_json(document.to_json(), "x:1") == document


def test_a_document_made_without_a_schema_says_it_in_its_record() -> None:
    assert Document(id="T/1").to_json() == '{"schema":1,"id":"T/1"}'
