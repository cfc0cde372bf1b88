"""`whereas corpus validate`: each fault is reported with its place and what is allowed."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from whereas.cli import app
from whereas.corpus.findings import Finding, find_faults

WRITTEN = Path(__file__).parents[1] / "data" / "written"
TEXT = "The Board,\n\nRecalling its bell,\n\n1. Urges all crews to row:\n\n(a) by day;\n"


def record(**changes: Any) -> dict[str, Any]:
    clauses = [
        {
            "zone": "preambular",
            "text": "Recalling its bell,",
            "spans": [[12, 31]],
            "function": "preambular.precedent",
        },
        {
            "zone": "operative",
            "number": "1.",
            "text": "Urges all crews to row:",
            "spans": [[33, 59]],
            "function": "operative.appeal",
            "addressees": ["other"],
            "items": [{"number": "(a)", "text": "by day;", "spans": [[61, 72]]}],
        },
    ]
    return {"schema": 1, "id": "L/1", "language": "en", "text": TEXT, "clauses": clauses, **changes}


def changed(clause: int, **changes: Any) -> dict[str, Any]:
    whole = record()
    whole["clauses"][clause].update(changes)
    return whole


def faults(tmp_path: Path, *records: dict[str, Any] | str) -> list[Finding]:
    path = tmp_path / "c.jsonl"
    lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return list(find_faults([path]))


def test_a_sound_corpus_has_no_findings(tmp_path: Path) -> None:
    assert faults(tmp_path, record()) == []


@pytest.mark.parametrize("path", sorted(WRITTEN.glob("*/*.jsonl")), ids=lambda p: str(p)[-16:])
def test_the_corpora_that_ship_have_no_findings(path: Path) -> None:
    assert [str(finding) for finding in find_faults([path])] == []


WRONG = {
    "unknown function": (changed(0, function="preambular.recall"), "clauses.0.function", "one of"),
    "unknown further act": (changed(0, also=["x"]), "clauses.0.also.0", "expected one of"),
    "unknown addressee": (changed(1, addressees=["kings"]), "clauses.1.addressees.0", "'states'"),
    "other zone": (changed(0, function="operative.notice"), "clauses.0.function", "'preambular'"),
    "function again": (changed(1, also=["operative.appeal"]), "clauses.1.also", "repeats"),
    "addressees of no directive": (changed(0, addressees=["states"]), "clauses.0.addressees", ""),
    "four addressees": (
        changed(1, addressees=["states", "party", "other", "secretariat"]),
        "clauses.1.addressees",
        "at most 3",
    ),
    "an unlabelled clause": (changed(0, function=None), "clauses.0.function", "missing"),
    "wrong zone": (changed(0, zone="middle"), "clauses.0.zone", "'preambular' or 'operative'"),
    "wrong type": (changed(0, text=7), "clauses.0.text", "string"),
    "no text": (changed(0, text=" ", spans=[]), "clauses.0.text", "empty"),
    "span after the text": (changed(0, spans=[[12, 999]]), "clauses.0", "after the text"),
    "span backwards": (changed(0, spans=[[31, 12]]), "clauses.0", "backwards"),
    "overlap": (changed(0, spans=[[12, 40]]), "clauses.1.spans", "overlaps [12, 40]"),
    "words of another place": (changed(0, text="Recalling its gong,"), "clauses.0.text", "stand"),
    "other digits": (
        {**record(), "text": "Notes 12 of 3", "clauses": [
            {"zone": "operative", "text": "Notes 13 of 2", "spans": [[0, 13]],
             "function": "operative.notice"}]},
        "clauses.0.text",
        "do not stand",
    ),
    "words nowhere": (
        changed(0, text="Recalling its gong,", spans=[]), "clauses.0.text", "do not stand in"
    ),
    "opening of another clause": (changed(0, opening="Urges"), "clauses.0.opening", "not in"),
    "no id": ({k: v for k, v in record().items() if k != "id"}, "id", "required"),
    "other schema": (record(schema=2), "schema", "1"),
    "not JSON": ("{'id': 1}", "record", "not JSON"),
    "a list": ("[1]", "record", "object"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_reported_with_its_line_and_field(name: str, tmp_path: Path) -> None:
    wrong, field, message = WRONG[name]
    found = faults(tmp_path, record(id="L/0", clauses=[]), wrong)
    assert [
        each
        for each in found
        if each.where.endswith("c.jsonl:2") and each.field == field and message in each.message
    ], found


def test_one_fault_does_not_hide_the_others(tmp_path: Path) -> None:
    wrong = record()
    wrong["clauses"][0]["zone"] = 3
    wrong["clauses"][1]["function"] = "operative.shout"
    wrong["clauses"].append({"zone": "operative"})
    fields = {finding.field for finding in faults(tmp_path, wrong, "nonsense", record(id="L/2"))}
    assert fields >= {"clauses.0.zone", "clauses.1.function", "clauses.2.text", "record"}


def test_clauses_out_of_order_are_reported(tmp_path: Path) -> None:
    whole = record()
    whole["clauses"].reverse()
    fields = [finding.field for finding in faults(tmp_path, whole)]
    assert "clauses.1.spans" in fields
    assert "clauses.1.zone" in fields


def numbered(*numbers: str) -> dict[str, Any]:
    clauses = [
        {"zone": "operative", "number": number, "text": f"Notes case {n};"}
        for n, number in enumerate(numbers)
    ]
    return {"id": "L/9", "clauses": clauses}


def test_numbers_go_up_and_may_start_anew(tmp_path: Path) -> None:
    assert faults(tmp_path, numbered("1.", "2.", "4.", "1.", "2.", "A.", "3.")) == []
    assert [f.field for f in faults(tmp_path, numbered("1.", "3.", "2."))] == ["clauses.2.number"]


def test_repeats_are_reported_with_the_place_of_the_first(tmp_path: Path) -> None:
    words = [f"Notes lamp {n} of the quay, its keeper, oil and {n} hours;" for n in range(30)]
    first = {"id": "a", "clauses": [{"zone": "operative", "text": text} for text in words]}
    near = {"id": "b", "clauses": [*first["clauses"][:-1], {"zone": "operative", "text": "Ends."}]}
    other = {"id": "a", "clauses": [{"zone": "operative", "text": f"Asks {n}"} for n in range(9)]}
    found = faults(tmp_path, first, near, other)
    assert [(f.where[-2:], f.field) for f in found] == [(":2", "clauses"), (":3", "id")]
    assert all("c.jsonl:1" in finding.message for finding in found)
    assert list(find_faults([tmp_path / "c.jsonl"], near=2.0))[:-1] == []


def test_files_that_are_no_corpus_are_findings_not_crashes(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "caf\xe9"}\n')
    (tmp_path / "deep.jsonl").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    paths = [tmp_path / name for name in ("empty.jsonl", "latin.jsonl", "folder", "gone.jsonl")]
    messages = [str(finding) for finding in find_faults([*paths, tmp_path / "deep.jsonl"])]
    for message, what in zip(
        messages,
        ["is empty", "1: file: not UTF-8", "no corpus", "No such file", "JSON"],
        strict=True,
    ):
        assert what in message


def test_the_command_exits_with_1_if_anything_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps(changed(0, function="x")) + "\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["corpus", "validate", str(path)])
    assert run.exit_code == 1
    assert f"{path}:1: clauses.0.function: unknown label 'x'; expected one of" in run.stdout
    path.write_text(json.dumps(record()) + "\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["corpus", "validate", str(path), "--json"])
    assert (run.exit_code, run.stdout) == (0, "")
