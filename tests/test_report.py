"""Reports say everything, load nothing from elsewhere, and are whole or not there."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score

from sample_corpus import clause, corpus
from whereas.document import Clause, Document
from whereas.errors import WriteError
from whereas.evaluation import Predictions, compare_with, evaluate, with_texts
from whereas.evaluation.curve import CurvePoint, LearningCurve
from whereas.evaluation.estimate import Estimate
from whereas.report import Report, check_folder, render, to_tree, write_report
from whereas.report.about import About, Corpus, card_line
from whereas.report.figures import confusion_matrix, reliability_diagram, risk_coverage
from whereas.report.records import prediction_lines

ABOUT = About(
    system="model <b>small</b>",
    card="A model.",
    commit=None,
    trained_on=(),
    corpora=(Corpus("c.jsonl", "0" * 64, 8, 48),),
    method="Made for a test.",
    date="2026-01-01",
    command="whereas evaluate 'a b'",
    versions={"whereas": "1"},
    resamples=1000,
    seed=0,
)


def guess(number: int, own: Clause) -> Clause:
    wrong = number % 5 == 0
    function = "operative.appeal" if wrong else own.function
    score = 0.5 if wrong else 0.9
    changes = {"function": function, "score": score, "scores": {function: score}, "review": wrong}
    return own.model_copy(update=changes)


def predicted(gold: list[Document]) -> list[Document]:
    return [
        document.model_copy(
            update={"clauses": tuple(guess(n, c) for n, c in enumerate(document.clauses))}
        )
        for document in gold
    ]


def make(gold: list[Document], *, further: bool = False) -> tuple[Report, dict[str, str]]:
    gold = with_texts(gold)
    found = predicted(gold)
    segmented = [d.model_copy(update={"clauses": d.clauses[1:]}) for d in found]  # one missed
    predictions = Predictions(
        found,
        segmented=segmented,
        segmented_baselines={"a clause a paragraph": gold},
        baselines={"opening lookup": gold},
    )
    report = Report(ABOUT, evaluate(gold, predictions))
    if further:
        point = CurvePoint(4, 24, Estimate(0.5, 0.4, 0.6), Estimate(0.4, 0.3, 0.5))
        curve = LearningCurve("By halves.", (point, replace(point, documents=8)))
        report = replace(report, comparison=compare_with("other", gold, found, gold), curve=curve)
    return report, render(report, "".join(prediction_lines(gold, found, segmented)))


class Tags(HTMLParser):
    """Collects what a page refers to, and checks that its elements nest."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "path", "rect", "circle"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.names: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.addresses += [str(v) for k, v in attrs if k in ("src", "href", "srcset", "action")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("size", [0, 1, 8])
def test_the_page_is_well_formed_and_asks_nobody_for_anything(size: int) -> None:
    _, files = make(corpus(size), further=True)
    page = files["report.html"]
    tags = Tags(page)
    assert tags.open == []
    assert all(address.startswith("#") for address in tags.addresses)
    assert not {"img", "link", "iframe", "object"} & set(tags.names)
    outside = re.findall(r"(?:https?:)?//[\w.]+|url\(|@import|fetch\(|XMLHttp", page)
    assert set(outside) <= {"http://www.w3.org"}  # the name of SVG, which nobody opens
    assert "default-src 'none'" in page


def test_texts_cannot_break_out_of_the_page() -> None:
    nasty = clause("operative", "<script>alert(1)</script> | `x` & so on", "other")
    gold = [Document(id=f'"{n}<i>', clauses=(nasty,)) for n in range(2)]
    _, files = make(gold)
    assert "<script>alert" not in files["report.html"]
    assert "&lt;script&gt;alert(1)" in files["report.html"]
    assert "&lt;b&gt;small" in files["report.html"]
    assert r"\<script\>alert(1)\</script\> \| \`x\`" in files["report.md"]


def test_every_wrong_clause_is_in_the_page() -> None:
    report, files = make(corpus(8))
    assert len(report.evaluation.mistakes) == 16
    assert files["report.html"].count("<li data-gold=") == 16


def test_json_has_a_schema_and_every_figure() -> None:
    report, files = make(corpus(8), further=True)
    tree = json.loads(files["report.json"])
    assert tree["schema"] == 1
    assert tree == json.loads(json.dumps(to_tree(report)))
    assert tree["evaluation"]["functions"]["accuracy"]["value"] == pytest.approx(2 / 3)
    assert tree["comparison"]["other"] == "other"
    assert "Infinity" not in files["report.json"]


def test_an_outsider_computes_the_same_figures_from_the_predictions() -> None:
    report, files = make(corpus(8))
    records = [json.loads(line) for line in files["predictions.jsonl"].splitlines()]
    gold = [c["gold"]["function"] for r in records for c in r["clauses"]]
    found = [c["function"] for r in records for c in r["clauses"]]
    scores = report.evaluation.functions
    assert scores.accuracy.value == pytest.approx(accuracy_score(gold, found))
    assert scores.macro_f1.value == pytest.approx(f1_score(gold, found, average="macro"))
    assert scores.kappa.value == pytest.approx(cohen_kappa_score(gold, found))
    spans = [
        [sorted([*c["spans"], *(s for i in c["items"] for s in i["spans"])]) for c in r["clauses"]]
        for r in records
    ]
    shared = [
        (c["function"], own["gold"]["function"])
        for r, places in zip(records, spans, strict=True)
        for c in r["segmented"]
        for own, place in zip(r["clauses"], places, strict=True)
        if c["spans"] == place
    ]
    total = sum(len(r["segmented"]) + len(r["clauses"]) for r in records)
    part = report.evaluation.flattened
    assert part is not None
    exact = part.segmentation["model"].clauses[1.0].f1.value
    assert exact == pytest.approx(2 * len(shared) / total) == pytest.approx(10 / 11)
    right = sum(one == other for one, other in shared)
    assert part.end_to_end["model"].f1.value == pytest.approx(2 * right / total)
    assert [r["id"] for r in records] == [d.id for d in corpus(8)]
    assert all(r["flattened"] and r["segmented"][0]["spans"] for r in records)
    assert {tuple(c["gold"]["addressees"]) for c in records[0]["clauses"]} == {
        (),
        ("secretariat",),
        ("states", "secretariat"),
    }


def test_predictions_are_records_that_can_be_compared_with_again() -> None:
    gold = with_texts(corpus(8))
    found = predicted(gold)
    lines = prediction_lines(gold, found, found)
    again = [Document.from_json(line, "predictions") for line in lines]
    comparison = compare_with("earlier", gold, found, again)
    assert comparison.words == "no difference shown"
    assert comparison.disagreements == ()


def test_a_corpus_that_is_too_small_shows_what_is_lacking() -> None:
    _, files = make([])
    for page in (files["report.html"], files["report.md"]):
        assert "n/a (needs a labelled clause)" in page
        assert "nan" not in page.lower().split()
    _, files = make(corpus(1))
    assert "95% interval 0." not in files["report.html"]


@pytest.mark.parametrize("draw", [reliability_diagram, risk_coverage])
def test_pictures_are_sound_xml(draw: object) -> None:
    report, _ = make(corpus(8))
    for drawing in (
        draw(report.evaluation.calibration),  # type: ignore[operator]
        confusion_matrix(report.evaluation.functions),
    ):
        assert ElementTree.fromstring(drawing).tag.endswith("svg")


def test_the_confusion_matrix_has_a_cell_for_each_confusion() -> None:
    report, _ = make(corpus(8))
    drawing = confusion_matrix(report.evaluation.functions)
    assert "preambular.precedent given as operative.appeal: 8 clauses, 100%" in drawing
    assert drawing.count("<rect") == 6


def test_the_first_paragraph_of_a_card_is_its_line() -> None:
    assert card_line("# Name\n\nSays what\nit does.\n\nMore.") == "Says what it does."
    assert card_line("# Name\n") == ""


def test_a_report_replaces_an_older_one_and_leaves_other_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    write_report(tmp_path, {"report.md": "old"})
    write_report(tmp_path, {"report.md": "new", "report.json": "{}"})
    assert {path.name for path in tmp_path.iterdir()} == {"mine.txt", "report.md", "report.json"}
    assert (tmp_path / "report.md").read_text() == "new"


def test_an_interrupted_report_leaves_the_older_one_whole(tmp_path: Path) -> None:
    write_report(tmp_path, {"report.md": "old"})

    class Interrupted(dict[str, str]):
        def items(self) -> object:  # type: ignore[override]
            yield "report.md", "new"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_report(tmp_path, Interrupted())
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]
    assert (tmp_path / "report.md").read_text() == "old"


def test_a_file_in_the_way_is_named_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("")
    with pytest.raises(WriteError, match="f: is a file; name a folder"):
        check_folder(tmp_path / "f")
    with pytest.raises(WriteError, match="cannot be written"):
        write_report(tmp_path / "f" / "deeper", {"report.md": ""})
