"""Scores equal scikit-learn's, intervals come from documents, gaps in the data are named."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from sample_corpus import clause, corpus
from whereas.classify.baselines import OpeningLookup
from whereas.document import Document
from whereas.errors import CorpusError
from whereas.evaluation import Evaluation, Predictions, compare_with
from whereas.evaluation import evaluate as evaluate_predictions
from whereas.evaluation.estimate import Bootstrap, Estimate
from whereas.evaluation.flatten import flatten
from whereas.evaluation.functions import OVERALL, overall_scores, score_functions
from whereas.evaluation.pairs import pair_up

LABELS = st.sampled_from(["a", "b", "c"])


def evaluate(gold: list[Document], labelled: list[Document], **further: object) -> Evaluation:
    return evaluate_predictions(gold, Predictions(labelled, **further))  # type: ignore[arg-type]


def labelled(*functions: str, number: int = 0) -> Document:
    clauses = tuple(clause("operative", "Sings;", each) for each in functions)
    return Document(id=f"L/{number}", clauses=clauses)


def test_a_right_prediction_scores_one_everywhere() -> None:
    result = evaluate(corpus(6), corpus(6))
    assert all(e.value == e.low == e.high == 1 for e in result.functions.overall.values())
    assert result.also.micro_f1.value == result.addressees.set_accuracy.value == 1
    assert (result.documents, result.clauses, result.unlabelled) == (6, 36, 0)


@settings(deadline=None)
@given(st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=12))
def test_scores_of_counts_are_those_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    gold, found = zip(*pairs, strict=True)
    counts = metrics.confusion_matrix(gold, found, labels=["a", "b", "c"])
    ours = overall_scores(counts[None].astype(float))
    own = score_functions(pair_up([labelled(*gold)], [labelled(*found)]), Bootstrap(1))
    for name in OVERALL:
        value = own.overall[name].value
        assert value is None or value == pytest.approx(ours[name][0]), name
    assert own.accuracy.value == metrics.accuracy_score(gold, found)
    assert own.macro_f1.value == metrics.f1_score(gold, found, average="macro")


def test_intervals_hold_the_figure_and_shrink_with_more_documents() -> None:
    def interval(documents: int) -> Estimate:
        gold = [labelled("a", "b", number=n) for n in range(documents)]
        found = [labelled("a", "b" if n % 2 else "a", number=n) for n in range(documents)]
        return evaluate(gold, found).functions.accuracy

    few, many = interval(10), interval(200)
    for each in (few, many):
        assert each.value == 0.75
        assert each.low < each.value < each.high  # type: ignore[operator]
    assert many.high - many.low < few.high - few.low  # type: ignore[operator]


def test_intervals_are_the_same_each_time() -> None:
    assert np.array_equal(Bootstrap(9, 20).weights, Bootstrap(9, 20).weights)
    assert (Bootstrap(9, 20).weights.sum(axis=1) == 9).all()


def test_what_the_corpus_does_not_allow_is_named_not_zero() -> None:
    nothing = evaluate([], [])
    assert str(nothing.functions.accuracy) == "n/a (needs a labelled clause)"
    assert nothing.functions.per_label == ()
    assert str(nothing.addressees.micro_f1) == "n/a (needs a clause with an addressee)"
    single = evaluate([labelled("a", "b")], [labelled("a", "a")])
    assert single.functions.accuracy == Estimate(0.5, needs="an interval needs 5 documents")
    a, b = single.functions.per_label
    assert (a.precision.value, a.recall.value) == (0.5, 1.0)
    assert str(b.precision) == "n/a (needs a prediction of this label)"
    assert evaluate([labelled("a")], [labelled("a")]).functions.kappa.value is None


def test_labels_that_the_system_does_not_know_count_as_errors_and_are_listed() -> None:
    result = evaluate([labelled("a", "new", "new")], [labelled("a", "a", "a")], labels=["a"])
    assert result.functions.accuracy.value == pytest.approx(1 / 3)
    assert result.unknown is not None
    assert result.unknown.labels == {"new": 2}
    assert result.unknown.accuracy_elsewhere.value == 1


def test_clauses_without_a_gold_function_are_counted_and_left_out() -> None:
    gold = labelled("a", "b")
    open_clause = gold.clauses[1].model_copy(update={"function": None})
    gold = gold.model_copy(update={"clauses": (gold.clauses[0], open_clause)})
    result = evaluate([gold], [labelled("a", "a")])
    assert (result.unlabelled, result.functions.clauses) == (1, 1)


def test_further_acts_and_addressees_are_scored_as_sets() -> None:
    gold = Document(
        id="x",
        clauses=(
            clause("operative", "Asks", "f", also=("g",), addressees=("states", "other")),
            clause("operative", "Sings", "f"),
        ),
    )
    found = Document(
        id="x",
        clauses=(
            clause("operative", "Asks", "f", also=("g", "h"), addressees=("states",)),
            clause("operative", "Sings", "f"),
        ),
    )
    result = evaluate([gold], [found])
    assert result.also.micro_precision.value == 0.5
    assert result.also.micro_recall.value == 1
    assert result.also.set_accuracy.value == 0.5
    assert result.also.set_accuracy_used.value == 0
    assert result.addressees.first_accuracy.value == 1
    assert result.addressees.micro_f1.value == pytest.approx(2 / 3)
    assert result.addressees.macro_f1.value == 0.5


def test_a_baseline_is_scored_on_the_same_clauses() -> None:
    gold = corpus(8)
    lookup = OpeningLookup.fit(gold)
    zone = lookup.zone_majority().label(gold)
    result = evaluate(gold, gold, baselines={"lookup": lookup.label(gold), "zone": zone})
    assert result.baselines["lookup"].accuracy.value == 1
    assert result.baselines["zone"].accuracy.value == pytest.approx(2 / 6)


def test_predictions_of_other_clauses_are_refused() -> None:
    with pytest.raises(CorpusError, match=r"L/0: 1 gold clauses, .* of L/0 with 2"):
        evaluate([labelled("a")], [labelled("a", "b")])
    with pytest.raises(CorpusError, match="1 gold documents, but predictions of 0"):
        evaluate([labelled("a")], [])


def scored(function: str, gold: str, score: float, **fields: object) -> tuple[Document, Document]:
    one = clause("operative", "Sings;", gold)
    scores = {"function": function, "score": score, "scores": {function: score}, **fields}
    return Document(id="x", clauses=(one,)), Document(
        id="x", clauses=(one.model_copy(update=scores),)
    )


def test_calibration_compares_scores_with_how_often_they_are_right() -> None:
    kinds = [("a", "a", 0.9)] * 3 + [("a", "b", 0.9)] + [("a", "b", 0.3)] * 2
    gold, found = zip(*(scored(*kind, review=kind[2] < 0.5) for kind in kinds), strict=True)
    calibration = evaluate([*gold], [*found]).calibration
    assert calibration.error.value == pytest.approx((4 * 0.15 + 2 * 0.3) / 6)
    assert [(b.clauses, b.accuracy) for b in calibration.bins] == [(2, 0), (4, 0.75)]
    assert calibration.risk_coverage[2] == (0.5, 0)
    assert calibration.risk_coverage[-1] == (1, 0.5)
    assert calibration.kept.value == pytest.approx(4 / 6)
    assert calibration.kept_accuracy.value == 0.75


def test_predictions_without_scores_have_no_calibration() -> None:
    calibration = evaluate(corpus(6), corpus(6)).calibration
    assert str(calibration.error) == "n/a (needs predictions with scores)"
    assert calibration.risk_coverage == ()


def test_slices_say_where_scores_are_best_and_worst() -> None:
    gold = [labelled("a", "a", "a", "a", number=n) for n in range(40)]
    gold = [
        document.model_copy(
            update={"organ": "Choir" if n % 2 else "Band", "adopted": f"19{n + 50}"}
        )
        for n, document in enumerate(gold)
    ]
    bad = labelled("b", "a", "a", "a").clauses
    found = [d if d.organ == "Choir" else d.model_copy(update={"clauses": bad}) for d in gold]
    result = {each.by: each for each in evaluate(gold, found).slices}
    assert [(s.value, s.clauses, s.accuracy.value) for s in result["organ"].slices] == [
        ("Band", 80, 0.75),
        ("Choir", 80, 1),
    ]
    assert "Choir is best (accuracy 1.000), Band worst (0.750): 25.0 points" in result["organ"].gap
    assert "no difference shown" not in result["organ"].gap
    assert [s.value for s in result["decade"].slices] == ["1950s", "1960s", "1970s", "1980s"]
    assert "no difference shown" in result["decade"].gap
    assert result["language"].gap == "all clauses: unknown"
    assert evaluate(gold[:2], found[:2]).slices[1].gap == (
        "n/a (needs two slices of 30 clauses in 5 documents)"
    )


def test_a_property_that_is_not_known_is_named_not_sliced() -> None:
    last = evaluate(corpus(2), corpus(2), properties={"mood": "a barometer"}).slices[-1]
    assert (last.by, last.slices, last.gap) == ("mood", (), "n/a (needs a barometer)")


def test_mistakes_come_with_score_and_place_and_are_counted_by_confusion() -> None:
    gold, found = scored("a", "b", 0.9)
    result = evaluate([gold, gold], [found, found])
    assert len(result.mistakes) == 2
    mistake = result.mistakes[0]
    assert (mistake.document, mistake.clause, mistake.score) == ("x", 1, 0.9)
    (confusion,) = result.confusions
    assert (confusion.gold, confusion.predicted, confusion.clauses, confusion.share) == (
        "b",
        "a",
        2,
        1.0,
    )
    assert len(confusion.examples) == 2


def test_a_system_against_itself_shows_no_difference() -> None:
    gold = [labelled("a", "b", number=n) for n in range(8)]
    found = [labelled("a", "a", number=n) for n in range(8)]
    comparison = compare_with("itself", gold, found, found)
    assert comparison.words == "no difference shown"
    assert comparison.disagreements == ()
    assert {m.verdict for m in comparison.metrics} == {"no difference shown"}
    assert comparison.metrics[0].difference == Estimate(0, 0, 0)
    assert all(test.p is None for test in comparison.tests if test.what == "function")


def test_a_better_system_wins_by_metric_and_label() -> None:
    gold = [labelled("a", "b", number=n) for n in range(12)]
    worse = [labelled("a", "a", number=n) for n in range(12)]
    comparison = compare_with("the other", gold, gold, worse)
    assert comparison.words.startswith("better than the other in accuracy")
    assert (comparison.tests[0].wins, comparison.tests[0].losses) == (12, 0)
    assert comparison.tests[0].p == pytest.approx(2 * 0.5**12)
    by_label = {each.label: each for each in comparison.labels}
    assert (by_label["b"].wins, by_label["b"].losses, by_label["a"].wins) == (12, 0, 0)
    assert [d.theirs for d in comparison.disagreements] == ["a"] * 12


def test_predictions_of_anybodys_are_found_by_id_and_words() -> None:
    gold = corpus(8)
    others = [d.model_copy(update={"clauses": d.clauses[1:]}) for d in reversed(gold[1:])]
    comparison = compare_with("others", gold, gold, others)
    assert (comparison.documents, comparison.left_out, comparison.unmatched) == (7, 1, 7)
    assert {d.theirs for d in comparison.disagreements} == {"(none)"}
    assert {d.clause for d in comparison.disagreements} == {1}


def test_nothing_to_compare_is_not_a_verdict() -> None:
    comparison = compare_with("others", corpus(3), corpus(3), [])
    assert (comparison.documents, comparison.left_out) == (0, 3)
    assert comparison.words == "n/a (needs documents that both labelled)"


def test_predictions_on_the_same_text_are_matched_by_what_they_cover() -> None:
    (gold,) = [flatten(document) for document in corpus(1)]
    first, second, *rest = gold.clauses
    ((start, _),), ((_, end),) = first.spans, second.spans
    merged = first.model_copy(update={"spans": ((start, end),), "text": "garbled"})
    other = gold.model_copy(update={"clauses": (merged, *rest)})
    comparison = compare_with("other", [gold], [gold], [other])
    assert comparison.unmatched == 1
    assert [d.theirs for d in comparison.disagreements] == ["(none)", first.function]
