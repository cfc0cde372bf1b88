"""Segmentation is scored by what clauses cover and by where they begin and end."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_corpus import clause, corpus
from whereas.document import Document
from whereas.evaluation.boundaries import (
    Boundaries,
    boundary_similarity,
    count_hits,
    find_boundaries,
    window_errors,
)
from whereas.evaluation.end_to_end import score_end_to_end
from whereas.evaluation.estimate import Bootstrap
from whereas.evaluation.flatten import flatten, has_places, is_whole
from whereas.evaluation.matching import match_clauses
from whereas.evaluation.miscuts import find_miscuts
from whereas.evaluation.segmentation import score_segmentation

TEXT = "Sings aloud, Hums softly, 1. Asks the cat to dance; 2. Ends."
ENDS = (12, 25, 51, 60)


def cut(*ends: int, functions: str = "abcdef") -> Document:
    starts = (0, *(end + 1 for end in ends[:-1]))
    clauses = tuple(
        clause("operative", TEXT[start:end], functions[number], spans=((start, end),))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    )
    return Document(id="x", text=TEXT, clauses=clauses)


def bounds(words: int, *places: int) -> Boundaries:
    return Boundaries(words, frozenset(places))


def test_a_segmentation_against_itself_is_perfect() -> None:
    documents = [flatten(document) for document in corpus(6)]
    scores = score_segmentation(documents, documents, Bootstrap(6))
    for found in (*scores.clauses.values(), *scores.boundaries.values()):
        assert found.f1.value == found.f1.low == 1
    assert (scores.pk.value, scores.windowdiff.value) == (0, 0)
    assert scores.boundary_similarity.value == scores.whole_documents.value == 1
    assert (scores.gold, scores.predicted) == (36, 36)


def test_a_clause_cut_short_counts_at_lower_overlaps_only() -> None:
    scores = score_segmentation([cut(*ENDS)], [cut(12, 25, 44, 60)], Bootstrap(1))
    assert scores.clauses[1.0].f1.value == 0.5
    assert scores.clauses[0.75].f1.value == 0.5  # 14 of 20 characters, 7 of 13
    assert scores.clauses[0.5].f1.value == 1
    assert scores.whole_documents.value == 0
    assert scores.clauses[0.5].f1.needs == "an interval needs 5 documents"


def test_a_missed_clause_lowers_recall_and_a_spurious_one_precision() -> None:
    gold, less = cut(*ENDS), cut(*ENDS[:3])
    missed = score_segmentation([gold], [less], Bootstrap(1)).clauses[1.0]
    assert (missed.precision.value, missed.recall.value) == (1, 0.75)
    spurious = score_segmentation([less], [gold], Bootstrap(1)).clauses[1.0]
    assert (spurious.precision.value, spurious.recall.value) == (0.75, 1)


def test_the_zone_of_a_found_clause_is_scored() -> None:
    gold = cut(*ENDS)
    turned = gold.clauses[0].model_copy(update={"zone": "preambular"})
    found = gold.model_copy(update={"clauses": (turned, *gold.clauses[1:])})
    scores = score_segmentation([gold], [found], Bootstrap(1))
    assert scores.zones.value == 0.75
    assert scores.clauses[1.0].f1.value == 1
    assert scores.whole_documents.value == 0


def test_documents_without_text_are_left_out() -> None:
    scores = score_segmentation(corpus(3), corpus(3), Bootstrap(3))
    assert scores.documents == 0
    assert str(scores.clauses[1.0].f1) == "n/a (needs documents with text)"
    assert str(scores.pk) == "n/a (needs documents with text)"


def test_matches_are_one_to_one_and_prefer_the_greatest_overlap() -> None:
    gold, halves = cut(51, 60), cut(25, 51, 60)
    found = match_clauses(TEXT, gold.clauses, halves.clauses)
    assert [(m.gold, m.predicted, m.overlap == 1) for m in found] == [(0, 0, False), (1, 2, True)]


def test_white_space_and_items_do_not_hide_a_match() -> None:
    item = {"number": "(a)", "text": "dance", "spans": ((45, 51),)}
    gold = clause("operative", "1. Asks", "f", spans=((26, 44),), items=(item,))
    same = clause("operative", "1. Asks", "f", spans=((25, 52),))
    (match,) = match_clauses(TEXT, [gold], [same])
    assert match.overlap == 1


def test_boundaries_are_counted_in_words_and_those_of_chinese_in_characters() -> None:
    assert find_boundaries(TEXT, cut(*ENDS).clauses) == bounds(12, 2, 4, 10)
    text = "回顾决议，强调和平，"
    halves = [clause("preambular", text[:5], "f", spans=((0, 5),))]
    assert find_boundaries(text, halves).places == {5}


@pytest.mark.parametrize(
    ("gold", "predicted", "tolerance", "shared"),
    [
        ((3, 8), (3, 8), 0, 2),
        ((3, 8), (4, 8), 0, 1),
        ((3, 8), (4, 8), 1, 2),
        ((3,), (2, 4), 1, 1),
        ((), (2,), 9, 0),
    ],
)
def test_tolerance_pairs_each_boundary_once(
    gold: tuple[int, ...], predicted: tuple[int, ...], tolerance: int, shared: int
) -> None:
    hits = count_hits(bounds(20, *gold), bounds(20, *predicted), tolerance)
    assert (hits.shared, hits.gold, hits.predicted) == (shared, len(gold), len(predicted))


@pytest.mark.parametrize(
    ("gold", "predicted", "near", "expected"),
    [  # as segeval 2.0.11 gives them
        ((3, 8), (3, 8), 2, 1.0),
        ((3, 8), (4, 8), 2, 0.75),
        ((3, 8), (5, 8), 2, 1 / 3),
        ((3, 8), (5, 8), 3, 2 / 3),
        ((3, 8, 9), (3, 7), 2, 0.5),
        ((3,), (9,), 2, 0.0),
    ],
)
def test_boundary_similarity_is_that_of_fournier(
    gold: tuple[int, ...], predicted: tuple[int, ...], near: int, expected: float
) -> None:
    found = boundary_similarity(bounds(12, *gold), bounds(12, *predicted), near)
    assert found == pytest.approx(expected)


PLACES = st.sets(st.integers(1, 19), max_size=6)


@given(PLACES, PLACES)
def test_errors_are_zero_only_for_the_same_boundaries(ours: set[int], theirs: set[int]) -> None:
    gold, found = bounds(20, *ours), bounds(20, *theirs)
    similarity = boundary_similarity(gold, found)
    assert similarity == boundary_similarity(found, gold)
    assert (similarity == 1) == (ours == theirs)
    errors = window_errors(gold, found)
    assert errors is not None
    assert all(0 <= error <= 1 for error in errors)
    if ours == theirs:
        assert errors == (0, 0)


def test_a_text_of_one_word_has_no_windows() -> None:
    assert window_errors(bounds(1), bounds(1)) is None


def test_every_error_of_segmentation_is_named() -> None:
    gold = cut(*ENDS)
    turned = gold.clauses[0].model_copy(update={"zone": "preambular"})
    short = cut(12, 25, 40).clauses[2]
    made_up = clause("operative", "dance;", "f", spans=((45, 51),))
    found = gold.model_copy(update={"clauses": (turned, gold.clauses[1], short, made_up)})
    miscuts = find_miscuts([gold], [found])
    assert [(m.kind, m.clause, m.gold, m.found) for m in miscuts] == [
        ("wrong zone", 1, "Sings aloud,", "Sings aloud,"),
        ("cut elsewhere", 3, "1. Asks the cat to dance;", "1. Asks the ca"),
        ("missed", 4, "2. Ends.", None),
        ("made up", 4, None, "dance;"),
    ]
    assert find_miscuts([gold], [gold]) == ()
    assert find_miscuts(corpus(1), corpus(1)) == ()


CUTS = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=8, unique=True).map(sorted)


@given(CUTS, CUTS)
def test_matching_is_one_to_one_and_the_same_from_both_sides(
    ours: list[int], theirs: list[int]
) -> None:
    one, other = (
        [clause("operative", "x", "f", spans=((a, b),)) for a, b in pairwise(ends)]
        for ends in (ours, theirs)
    )
    forth, back = match_clauses(TEXT, one, other), match_clauses(TEXT, other, one)
    assert len({m.gold for m in forth}) == len({m.predicted for m in forth}) == len(forth)
    assert all(0 < m.overlap <= 1 for m in forth)
    strong = {(m.gold, m.predicted) for m in forth if m.overlap > 0.5}
    assert strong == {(m.predicted, m.gold) for m in back if m.overlap > 0.5}


def test_end_to_end_errors_add_up() -> None:
    gold = cut(*ENDS, functions="aabc")
    found = cut(12, 51, 60, functions="abc")  # hums and asks run together; all labels fit
    scores = score_end_to_end([gold], [found], Bootstrap(1))
    assert (scores.gold, scores.predicted, scores.matched) == (4, 3, 3)
    assert scores.precision.value == 1
    assert scores.recall.value == 0.75
    by_label = {each.label: each for each in scores.per_label}
    assert (by_label["a"].recall.value, by_label["a"].support) == (0.5, 2)
    assert set(by_label) == {"a", "b", "c"}


def test_end_to_end_of_nothing_is_not_zero() -> None:
    scores = score_end_to_end([], [], Bootstrap(0))
    assert str(scores.f1) == "n/a (needs a clause)"


def test_flattening_gives_every_clause_and_item_its_place() -> None:
    for document in corpus(4):
        flat = flatten(document)
        assert has_places(flat)
        assert not has_places(document)
        assert [flat.text[s:e] for c in flat.clauses for s, e in c.spans] == [  # type: ignore[index]
            each.text for each in document.clauses
        ]
    item = {"number": "(a)", "text": "dance"}
    numbered = clause("operative", "Asks", "f", number="1.", items=(item,))
    flat = flatten(Document(id="x", title="T", organ="Board", clauses=(numbered,)))
    assert flat.text == "T\n\nThe Board,\n\n1. Asks\n\n(a) dance"


def test_single_clauses_are_no_documents() -> None:
    whole = corpus(1)[0]
    single = json.dumps({**json.loads(whole.to_json()), "partial": True})
    assert not is_whole(Document.from_json(single, "here"))
    assert is_whole(whole)


def test_written_resolutions_have_their_places(pytestconfig: pytest.Config) -> None:
    path = Path(pytestconfig.rootpath) / "data/written/en/clean.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        document = Document.from_json(line, "clean")
        assert has_places(document)
        found = score_segmentation([document], [document], Bootstrap(1))
        assert found.whole_documents.value == 1
