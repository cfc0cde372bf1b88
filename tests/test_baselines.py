import json

from sample_corpus import clause, corpus
from whereas.classify.baselines import OpeningLookup, opening_phrase
from whereas.document import Clause, Document


def one(zone: str, text: str) -> Document:
    return Document(id="x", language="en", clauses=(clause(zone, text, "other"),))


def test_an_opening_gets_its_commonest_function_whatever_decorates_it() -> None:
    baseline = OpeningLookup.fit(corpus())
    for text in ("Requests rest;", "Also strongly requests rest;", "REQUESTS rest;"):
        (found,) = baseline.label([one("operative", text)])
        assert found.clauses[0].function == "operative.tasking"


def test_an_unknown_opening_gets_the_majority_of_its_zone() -> None:
    often = Document(id="y", clauses=tuple(clause("operative", "Sings", "other") for _ in "123"))
    baseline = OpeningLookup.fit([*corpus(2), often])
    assert baseline.function(clause("operative", "Paints", "x"), "en") == "other"
    assert baseline.function(clause("preambular", "Paints", "x"), None) == "preambular.precedent"
    assert baseline.zone_majority().function(clause("operative", "Urges", "x"), "en") == "other"


def test_a_zone_or_text_that_training_lacked_gets_no_function() -> None:
    baseline = OpeningLookup.fit([one("operative", "Sings")])
    assert baseline.function(clause("preambular", "Sings", "x"), "en") is None
    assert baseline.function(clause("operative", "", "x"), "xx") == "other"


def test_a_baseline_survives_json() -> None:
    baseline = OpeningLookup.fit(corpus())
    assert OpeningLookup.from_json(json.loads(json.dumps(baseline.to_json()))) == baseline


def test_where_words_have_no_spaces_a_few_characters_are_the_opening() -> None:
    text = "灯塔看守人每夜点灯并记录往来船只"
    assert opening_phrase(Clause(zone="operative", text=text), "zh") == "灯塔看守"
    assert opening_phrase(Clause(zone="operative", text=text), None) == "灯塔看守"
