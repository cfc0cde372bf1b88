from pathlib import Path

import pytest

from sample_corpus import corpus, resolution
from whereas.bundle import find_bundle, load_bundle
from whereas.classify import ClauseClassifier
from whereas.classify.explain import describe, explain_choice
from whereas.classify.linear import fit_choice
from whereas.document import Clause, Document


@pytest.fixture(scope="module")
def classifier() -> ClauseClassifier:
    return load_bundle(find_bundle()).classifier


def label(classifier: ClauseClassifier, zone: str, text: str) -> Clause:
    clause = Clause.model_validate({"zone": zone, "text": text})
    return classifier.label([Document(id="x", clauses=(clause,))])[0].clauses[0]


@pytest.mark.parametrize(
    ("zone", "text", "function", "also", "addressees"),
    [
        ("preambular", "Recalling its resolution 12/7,", "preambular.precedent", (), ()),
        ("preambular", "Noting with concern the loss of ferries,", "preambular.concern", (), ()),
        (
            "operative",
            "Reiterates its request to the Secretary-General to restore the lighthouses;",
            "operative.tasking",
            (),
            ("secretariat",),
        ),
        (
            "operative",
            "Notes with appreciation the work of pilots, and urges Member States to pay them;",
            "operative.appreciation",
            ("operative.appeal",),
            ("states",),
        ),
        (
            "operative",
            "Decides to include in the provisional agenda of its next session an item on bells.",
            "operative.procedure",
            (),
            (),
        ),
    ],
)
def test_the_default_model_knows_plain_cases(
    classifier: ClauseClassifier,
    zone: str,
    text: str,
    function: str,
    also: tuple[str, ...],
    addressees: tuple[str, ...],
) -> None:
    clause = label(classifier, zone, text)
    assert (clause.function, clause.also, clause.addressees) == (function, also, addressees)


def test_scores_are_probabilities_and_the_score_is_that_of_the_function(
    classifier: ClauseClassifier,
) -> None:
    for document in classifier.label(corpus(3)):
        for clause in document.clauses:
            assert clause.scores is not None
            assert sum(clause.scores.values()) == pytest.approx(1, abs=1e-5)
            assert clause.score == max(clause.scores.values())
            assert clause.scores[str(clause.function)] == clause.score


def test_no_clause_gets_a_function_of_the_other_zone(classifier: ClauseClassifier) -> None:
    for zone in ("preambular", "operative"):
        for text in ("Recalling", "Requests", "Decides", "", "7", "Noting that, requests"):
            found = label(classifier, zone, text)
            for function in (found.function, *found.also):
                assert str(function).startswith(zone) or function == "other"


def test_only_directive_functions_have_addressees(classifier: ClauseClassifier) -> None:
    for document in classifier.label(corpus()):
        for clause in document.clauses:
            if clause.addressees:
                assert {clause.function, *clause.also} & classifier.scheme.directive
            assert len(set(clause.addressees)) == len(clause.addressees) <= 3


def test_labels_do_not_depend_on_company_or_earlier_labels(classifier: ClauseClassifier) -> None:
    documents = corpus(4)
    together = classifier.label(documents)
    assert together == [classifier.label([document])[0] for document in documents]
    assert classifier.label(together) == together


def test_nothing_to_label_is_no_error(classifier: ClauseClassifier) -> None:
    empty = Document(id="x")
    assert classifier.label([]) == []
    assert classifier.label([empty, resolution(1)])[0] == empty
    assert classifier.explain(empty) == []


def test_an_explanation_names_what_decided_in_words(classifier: ClauseClassifier) -> None:
    clause = Clause(zone="operative", text="Requests the Secretary-General to mend the nets;")
    (explanation,) = classifier.explain(Document(id="x", clauses=(clause,)))
    assert explanation.function == "operative.tasking"
    assert explanation.instead != explanation.function
    assert explanation.evidence
    assert all(evidence.weight > 0 for evidence in explanation.evidence)
    words = " ".join(evidence.text for evidence in explanation.evidence)
    assert "secretar" in words.lower()
    assert "=" not in words


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("open=requests the", 'opens with "requests the"'),
        ("1st addressee=states near", "addressee: states"),
        ("again=requests", 'repeats an act that "requests"'),
        ("requests>to=submit", 'asks to "submit"'),
        ("recognizing>finite=is", 'states with "is"'),
        ("object=role>of", 'object: "role of"'),
        ("word=建 造 灯 塔", 'says "建造灯塔"'),
        ("head=第 #num 号", 'says "第 [number] 号"'),
        ("head=of #year", 'says "of [year]"'),
        ("calls>for", '"for" after "calls"'),
        ("operative>complement=clause", "states something in a clause of its own"),
    ],
)
def test_features_are_described_for_people(feature: str, words: str) -> None:
    assert describe(feature) == words


def test_features_that_see_the_same_words_are_one_piece_of_evidence() -> None:
    opening = ["open=calls", "open=calls upon", "head=calls", "stem=calls", "calls>calls"]
    same = ["head=crews", "word=crews", "2=crews"]
    asks = [*opening, *same, "zone=operative"]
    thanks = ["open=thanks", "head=thanks", "zone=operative"]
    model = fit_choice([asks, asks, thanks, thanks], ["a", "a", "b", "b"], strength=1.0)
    scores = model.scores([asks])[0]
    found = explain_choice(model, asks, scores, ["calls", "upon", "crews"]).evidence
    gains = model.weights[:, 0] - model.weights[:, 1]
    sums = [sum(float(gains[model.index[each]]) for each in seen) for seen in (opening, same)]
    assert {each.text for each in found[:2]} == {'opens with "calls"', 'says "crews"'}
    assert [each.weight for each in found[:2]] == pytest.approx(sums, abs=1e-3)
    assert all("calls" not in each.text and "crews" not in each.text for each in found[2:])


def test_the_default_model_is_small() -> None:
    sizes = [path.stat().st_size for path in Path(find_bundle()).iterdir()]
    assert sum(sizes) <= 8 * 2**20
