import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sample_corpus import corpus
from whereas.cli import app
from whereas.corpus.adjudication import adjudication_sheet
from whereas.corpus.agreement import alpha, compare, kappa, masi_distance
from whereas.corpus.alignment import Match, align_clauses, pair_documents
from whereas.corpus.records import read_corpus, record_lines, write_whole
from whereas.corpus.similarity import cut_alike
from whereas.document import Clause, Document
from whereas.errors import CorpusError

LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1)


def relabelled(document: Document, **labels: str) -> Document:
    """Return a copy in which clause ``cN`` has the function given for it."""
    clauses = [
        clause.model_copy(update={"function": labels.get(f"c{n}", clause.function)})
        for n, clause in enumerate(document.clauses)
    ]
    return document.model_copy(update={"clauses": tuple(clauses)})


def clauses(*texts: str) -> tuple[Clause, ...]:
    return tuple(Clause(zone="operative", text=text, function="other") for text in texts)


def test_an_annotation_agrees_with_itself() -> None:
    measures = compare(corpus(), corpus()).as_json()
    assert measures["function"]["kappa"] == measures["function"]["alpha"] == 1
    assert measures["also"]["alpha_masi"] == measures["addressees"]["alpha_masi"] == 1
    assert measures["segmentation"]["clause_f1"] == 1
    assert measures["segmentation"]["boundary_similarity"] == 1
    assert measures["segmentation"]["window_diff"] == measures["segmentation"]["pk"] == 0


def test_kappa_of_a_table_worked_by_hand() -> None:
    first = ["yes"] * 25 + ["no"] * 25  # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert kappa(first, second) == pytest.approx((0.7 - 0.5) / (1 - 0.5))


def test_alpha_of_a_table_worked_by_hand() -> None:
    first, second = list("aabb"), list("abbb")
    # coincidences: a/a 2, a/b 2, b/b 4; observed 2/8, expected 2*3*5/(8*7)
    assert alpha(first, second) == pytest.approx(1 - (2 / 8) / (30 / 56))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("", "", 0),
        ("a", "a", 0),
        ("a", "", 1),
        ("ab", "abcd", 1 - 2 / 3 * 2 / 4),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("a", "b", 1),
    ],
)
def test_masi_distance(one: str, other: str, distance: float) -> None:
    assert masi_distance(frozenset(one), frozenset(other)) == pytest.approx(distance)


@given(LABELS)
def test_agreement_does_not_depend_on_who_is_first(pairs: list[tuple[str, str]]) -> None:
    first, second = zip(*pairs, strict=True)
    for measure in (kappa, alpha):
        one, other = measure(first, second), measure(second, first)
        assert one == (None if other is None else pytest.approx(other))
        assert (one is None) == (len({*first, *second}) < 2)


def test_disputes_name_the_clause_and_both_labels() -> None:
    first = corpus(4)
    second = [relabelled(first[0], c1="preambular.context"), *first[1:]]
    result = compare(first, second)
    assert [(d.id, d.number, d.field, d.first, d.second) for d in result.disputes] == [
        ("L/0", 1, "function", ("preambular.concern",), ("preambular.context",))
    ]
    measures = result.as_json()
    assert measures["function"]["observed"] == pytest.approx(23 / 24)
    assert measures["function"]["labels"]["preambular.concern"]["both"] == 3
    confused = [row for row in measures["confusion"] if row["first"] != row["second"]]
    assert confused == [
        {"first": "preambular.concern", "second": "preambular.context", "clauses": 1}
    ]


def test_set_valued_labels_are_nearer_if_they_overlap() -> None:
    first = corpus(8)
    acts = {"apart": ("preambular.context",), "near": ("preambular.concern", "preambular.context")}
    scores = {}
    for name, also in acts.items():
        changed = first[0].clauses[2].model_copy(update={"also": also})
        parts = (*first[0].clauses[:2], changed, *first[0].clauses[3:])
        second = [first[0].model_copy(update={"clauses": parts}), *first[1:]]
        scores[name] = compare(first, second).as_json()["also"]["alpha_masi"]
    assert 0 < scores["apart"] < scores["near"] < 1


def test_documents_pair_by_id_or_else_by_symbol_and_language() -> None:
    first = [Document(id="a"), Document(id="b", symbol="X/1", language="en"), Document(id="c")]
    second = [Document(id="z", symbol="X/1", language="en"), Document(id="a"), Document(id="q")]
    pairs, unpaired = pair_documents(first, second)
    assert [(one.id, other.id) for one, other in pairs] == [("a", "a"), ("b", "z")]
    assert unpaired == ["c", "q"]


def test_clauses_align_though_one_is_missing_split_or_reworded() -> None:
    first = clauses("Notes the bell", "Urges all crews of the port to row", "Thanks the cook")
    second = clauses("Urges all crews of the harbour to row", "Thanks the cook", "Adjourns")
    assert align_clauses(first, second) == [
        Match(0, None, False),
        Match(1, 0, False),
        Match(2, 1, True),
        Match(None, 2, False),
    ]


def test_a_split_clause_lowers_segmentation_not_labels() -> None:
    whole = Document(id="a", clauses=clauses("Notes the bell of the quay and", "Adjourns at dusk"))
    parts = clauses("Notes the bell", "of the quay and", "Adjourns at dusk")
    cuts = compare([whole], [Document(id="a", clauses=parts)]).as_json()["segmentation"]
    assert cuts["documents_compared_word_by_word"] == 1
    assert cuts["boundary_similarity"] == pytest.approx(1 / 2)
    assert cuts["clause_f1"] == pytest.approx(2 / 5)
    assert cuts["window_diff"] > 0


def test_boundaries_in_a_text_are_where_clauses_start_and_end() -> None:
    text = "The Board, Notes the bell; page 2 Adjourns."
    one = Clause(zone="operative", text="Notes the bell;", spans=((11, 26),))
    other = Clause(zone="operative", text="Adjourns.", spans=((34, 43),))
    document = Document(id="a", text=text, clauses=(one, other))
    cuts = cut_alike(document, document)
    assert cuts is not None
    assert (cuts[0].words, sorted(cuts[0].places)) == (8, [2, 5, 7])


def test_what_cannot_be_compared_says_why() -> None:
    with pytest.raises(CorpusError, match="no document in common"):
        compare([Document(id="a")], [Document(id="b")])
    with pytest.raises(CorpusError, match="more than one document"):
        compare([Document(id="a"), Document(id="a")], [Document(id="a")])


def test_the_command_prints_tables_or_json(tmp_path: Path) -> None:
    first, second = corpus(4), corpus(4)
    second[0] = relabelled(second[0], c0="preambular.context")
    for name, documents in (("one", first), ("two", second)):
        write_whole(tmp_path / f"{name}.jsonl", record_lines(documents))
    paths = [str(tmp_path / "one.jsonl"), str(tmp_path / "two.jsonl")]
    run = CliRunner().invoke(app, ["corpus", "agreement", *paths])
    assert run.exit_code == 0, run.output
    assert "L/0 clause 1 function: preambular.precedent / preambular.context" in run.stdout
    measures = json.loads(CliRunner().invoke(app, ["corpus", "agreement", *paths, "--json"]).stdout)
    assert measures["clauses"] == 24
    assert 0.9 < measures["function"]["kappa"] < 1
    assert measures["disagreements"][0]["field"] == "function"


def test_an_adjudication_sheet_leaves_open_what_is_disputed() -> None:
    first = corpus(1)
    second = [relabelled(first[0], c1="preambular.context")]
    second = [second[0].model_copy(update={"clauses": second[0].clauses[:-1]})]
    [sheet] = adjudication_sheet(first, second)
    assert [clause.function is None for clause in sheet.clauses] == [False, True] + [False] * 3 + [
        True
    ]
    assert sheet.clauses[1].model_extra == {
        "first": "preambular.concern",
        "second": "preambular.context",
    }
    assert sheet.clauses[5].model_extra == {
        "first": "operative.procedure",
        "second": "(no such clause)",
    }
    assert sheet.clauses[4] == first[0].clauses[4]


def test_the_sheet_is_edited_as_a_table_and_becomes_records_again(tmp_path: Path) -> None:
    first = corpus(2)
    second = [relabelled(first[0], c1="preambular.context"), first[1]]
    for name, documents in (("one", first), ("two", second)):
        write_whole(tmp_path / f"{name}.jsonl", record_lines(documents))
    names = [str(tmp_path / name) for name in ("one.jsonl", "two.jsonl", "sheet.csv", "gold.jsonl")]
    run = CliRunner().invoke(app, ["corpus", "agreement", *names[:2], "--adjudicate", names[2]])
    assert run.exit_code == 0, run.output
    table = Path(names[2]).read_text(encoding="utf-8-sig")
    assert table.splitlines()[0].endswith(",first,second")
    edited = table.replace(
        '"Deeply concerned at the decay of night trams,",,',
        '"Deeply concerned at the decay of night trams,",preambular.context,',
    )
    Path(names[2]).write_text(edited, encoding="utf-8")
    run = CliRunner().invoke(app, ["corpus", "convert", names[2], "-o", names[3]])
    assert run.exit_code == 0, run.output
    assert [[c.function for c in d.clauses] for d in read_corpus(Path(names[3]))] == [
        [c.function for c in d.clauses] for d in second
    ]
