"""Running over files: order, failures, and folders that an interrupted run goes on filling."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from whereas.cli import app
from whereas.document import Document
from whereas.errors import LanguageError, WriteError
from whereas.prediction import load_models, predict
from whereas.prediction.output import Folder, Stream, open_file, safe_name
from whereas.prediction.runner import Outcome, Task, run
from whereas.prediction.units import Unit, list_units
from whereas.writers import load_format

RECORDS = Path(__file__).parents[1] / "data" / "written" / "en" / "clean.jsonl"
TEXT = (
    "LL/A/RES/9/{n}\n\nThe Assembly of Lanterns,\n\n"
    "Recalling its resolution 8/{n} on the oil of lamps,\n\n"
    "1. Requests the Lamp Master to report on the {n} lamps;\n\n"
    "2. Decides to remain seized of the matter.\n"
)


def write_texts(folder: Path, size: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(size):
        (folder / f"{n:04d}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    return folder


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def start(*words: object) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "whereas", *map(str, words)]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finish(running: subprocess.Popen[str]) -> tuple[int, str]:
    stderr = running.communicate()[1]
    assert "Traceback" not in stderr
    return running.returncode, stderr


def invoke(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(map(str, words)))
    return result.exit_code, result.stderr


def test_units_come_in_the_order_of_paths_and_names(tmp_path: Path) -> None:
    write_texts(tmp_path / "b", 2)
    write_texts(tmp_path / "a" / "deep", 1)
    (tmp_path / "a" / ".hidden").write_text("no")
    units = list(list_units([tmp_path / "b", tmp_path / "a", tmp_path / "gone.txt"]))
    stems = ["b/0000.txt", "b/0001.txt", "a/deep/0000.txt", "gone.txt"]
    assert [unit.stem for unit in units] == stems
    assert units[-1].problem is not None
    assert "gone.txt" in units[-1].problem


def test_stems_differ_even_where_names_do_not(tmp_path: Path) -> None:
    one, two = write_texts(tmp_path / "1" / "x", 1), write_texts(tmp_path / "2" / "x", 1)
    assert [unit.stem for unit in list_units([one, two])] == ["x/0000.txt", "x~2/0000.txt"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_safe_names_stay_in_their_folder_and_differ(one: str, two: str) -> None:
    names = [safe_name(stem) for stem in (one, two)]
    for name in names:
        for part in name.split("/"):
            assert part not in ("", ".", "..", "errors", "done")
            assert len(part.encode()) <= 255
            assert part.isprintable()
    assert (names[0] == names[1]) == (one == two)


def test_results_come_in_order_whatever_the_number_of_jobs(tmp_path: Path) -> None:
    units = list(list_units([write_texts(tmp_path / "in", 40)]))
    task = Task("jsonl")
    alone = [outcome.texts for outcome in run(units, task)]
    together = [outcome.texts for outcome in run(units, task, jobs=2)]
    assert alone == together
    assert len(alone) == 40


def test_documents_of_a_batch_are_labelled_as_each_alone(tmp_path: Path) -> None:
    examples = RECORDS.parents[2] / "examples"
    names = ("tide-mills.en.txt", "phares.fr.txt", "ice-road-pages.en.txt")
    for n, name in enumerate(names):
        (tmp_path / f"{n}.txt").write_bytes((examples / name).read_bytes())
        (tmp_path / f"{n}-none.txt").write_text("Minutes of a picnic.", encoding="utf-8")
        (tmp_path / f"{n}-bad.docx").write_bytes(b"PK\x03\x04")
    units = list(list_units([tmp_path]))
    task = Task("jsonl", "default", explain=True)
    together = list(run(units, task))
    alone = [outcome for unit in units for outcome in run([unit], task)]
    assert together == alone
    assert sum(len(outcome.failures) for outcome in together) == 3


def test_a_bad_record_is_reported_by_line_and_the_others_are_done(tmp_path: Path) -> None:
    lines = RECORDS.read_text(encoding="utf-8").splitlines()[:3]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join([lines[0], "{broken", *lines[1:]]) + "\n", encoding="utf-8")
    (outcome,) = run(list_units([corpus]), Task("jsonl", "default"))
    assert len(outcome.texts) == 3
    assert [failure.source for failure in outcome.failures] == [f"{corpus}:2"]


def test_a_text_and_its_translation_are_two_documents(tmp_path: Path) -> None:
    examples = RECORDS.parents[2] / "examples"
    both = [(examples / name).read_text("utf-8") for name in ("tide-mills.en.txt", "phares.fr.txt")]
    (tmp_path / "both.txt").write_text("\n\n".join(both), encoding="utf-8")
    (outcome,) = run(list_units([tmp_path / "both.txt"]), Task("jsonl"))
    records = [json.loads(text) for text in outcome.texts]
    assert [record["id"] for record in records] == ["both.en", "both.fr"]
    assert [len(record["clauses"]) for record in records] == [12, 7]


def test_segmented_records_keep_their_clauses(tmp_path: Path) -> None:
    gold = Document.from_json(RECORDS.read_text(encoding="utf-8").splitlines()[0], "gold")
    (labelled,) = predict([gold], load_models("default"))
    assert [c.text for c in labelled.clauses] == [c.text for c in gold.clauses]
    assert all(c.score is not None for c in labelled.clauses)


def test_explanations_say_what_weighed(tmp_path: Path) -> None:
    gold = Document.from_json(RECORDS.read_text(encoding="utf-8").splitlines()[0], "gold")
    (labelled,) = predict([gold], load_models("default"), explain=True)
    evidence = json.loads(labelled.to_json())["clauses"][0]["evidence"]
    assert evidence
    assert all(set(each) == {"text", "weight"} for each in evidence)


def test_a_language_that_the_model_does_not_know_is_said() -> None:
    gold = Document.from_json(RECORDS.read_text(encoding="utf-8").splitlines()[0], "gold")
    strange = gold.model_copy(update={"language": "tlh"})
    with pytest.raises(LanguageError, match="tlh"):
        list(predict([strange], load_models("default")))


def test_a_killed_run_goes_on_without_repeating_or_losing(tmp_path: Path) -> None:
    texts, out = write_texts(tmp_path / "in", 300), tmp_path / "out"
    first = start("segment", texts, "-o", out)
    while not (out / "done.jsonl").exists() or len(lines_of(out / "done.jsonl")) < 20:
        assert first.poll() is None
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    finish(first)
    stamps = {path: path.stat().st_mtime_ns for path in out.glob("*.txt.jsonl")}
    assert 19 <= len(stamps) < 300
    code, said = invoke("segment", texts, "-o", out)
    assert (code, "--resume" in said) == (1, True)
    assert invoke("segment", texts, "-o", out, "--resume") == (0, "")
    results = sorted(out.glob("*.txt.jsonl"))
    assert [path.name for path in results] == [f"{n:04d}.txt.jsonl" for n in range(300)]
    again = [path for path, stamp in stamps.items() if path.stat().st_mtime_ns != stamp]
    assert len(again) <= 1  # the one that was in place but not yet in the account


def test_what_failed_is_in_errors_jsonl_and_is_tried_again_on_resuming(tmp_path: Path) -> None:
    texts, out = write_texts(tmp_path / "in", 2), tmp_path / "out"
    (texts / "empty.txt").write_bytes(b"")
    code, said = invoke("segment", texts, "-o", out)
    assert (code, "empty.txt" in said) == (1, True)
    (failure,) = lines_of(out / "errors.jsonl")
    assert (failure["unit"], failure["error"]) == ("empty.txt", "ReadError")
    (texts / "empty.txt").write_text(TEXT.format(n=7), encoding="utf-8")
    assert invoke("segment", texts, "-o", out, "--resume") == (0, "")
    assert lines_of(out / "errors.jsonl") == []
    assert len(list(out.glob("*.txt.jsonl"))) == 3


def test_a_run_is_not_resumed_with_other_settings(tmp_path: Path) -> None:
    folder = Folder(tmp_path, load_format("jsonl"), {"model": "a"})
    folder.open()
    folder.resume, folder.settings = True, {"model": "b"}
    with pytest.raises(WriteError, match="other settings"):
        folder.open()


def test_an_interrupted_file_holds_what_was_done(tmp_path: Path) -> None:
    texts, out = write_texts(tmp_path / "in", 1000), tmp_path / "out.jsonl"
    running = start("segment", texts, "-o", out)
    while not any(path.stat().st_size for path in tmp_path.glob(".out.jsonl.*")):
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    code, said = finish(running)
    assert (code, "interrupted" in said) == (130, True)
    assert 0 < len(lines_of(out)) < 1000
    assert not list(tmp_path.glob(".out*"))


def test_a_file_stays_when_a_run_is_interrupted_before_its_first_document(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    with pytest.raises(KeyboardInterrupt), open_file(out, load_format("jsonl")):
        raise KeyboardInterrupt
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_an_error_of_the_run_is_not_said_of_the_file(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(TimeoutError), open_file(out, load_format("jsonl")):
        raise TimeoutError
    assert not out.exists()


def test_folders_above_a_file_are_made(tmp_path: Path) -> None:
    texts, out = write_texts(tmp_path / "in", 1), tmp_path / "new" / "deeper" / "out.jsonl"
    assert invoke("segment", texts, "-o", out) == (0, "")
    assert len(lines_of(out)) == 1


def test_what_is_there_and_no_folder_is_taken_for_a_file(tmp_path: Path) -> None:
    texts, out = write_texts(tmp_path / "in", 1), tmp_path / "results"
    out.write_text("old")
    assert invoke("segment", texts, "-o", out) == (0, "")
    assert len(lines_of(out)) == 1


@pytest.mark.skipif(os.name != "posix", reason="the system has no named pipes")
def test_results_can_go_into_a_pipe(tmp_path: Path) -> None:
    texts, pipe = write_texts(tmp_path / "in", 2), tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert invoke("segment", texts, "-o", pipe) == (0, "")
        assert os.read(reader, 60_000).count(b"\n") == 2
    finally:
        os.close(reader)
    assert pipe.is_fifo()


class FullDisk(StringIO):
    """Takes nothing."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_below_a_file_is_one_line() -> None:
    outcome = Outcome(Unit("a", "a"), ("text",))
    with pytest.raises(WriteError, match=r"^out: cannot be written \(No space left on device\)$"):
        Stream(FullDisk(), load_format("jsonl"), "out").write(outcome)


def test_an_interrupted_run_of_several_processes_ends_quietly(tmp_path: Path) -> None:
    texts, out = write_texts(tmp_path / "in", 3000), tmp_path / "out"
    running = start("segment", texts, "-o", out, "--jobs", 2)
    while not (out / "done.jsonl").exists() or len(lines_of(out / "done.jsonl")) < 20:
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    code, said = finish(running)
    assert (code, said.count("\n"), "interrupted" in said) == (130, 1, True)
    done = {f"{line['unit']}.jsonl" for line in lines_of(out / "done.jsonl")[1:]}
    written = {path.name for path in out.glob("*.txt.jsonl")}
    assert done <= written
    assert len(written - done) <= 1  # the one that was in place but not yet in the account


def test_a_reader_that_has_seen_enough_ends_the_run_quietly(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "whereas", "segment", str(write_texts(tmp_path, 1000))]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline().startswith(b"{")
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_below_standard_output_is_one_line(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "whereas", "segment", str(write_texts(tmp_path, 2))]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "standard output" in done.stderr
