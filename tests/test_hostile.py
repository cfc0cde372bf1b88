"""Input made to break things: each gives a result or one line, in bounded time and memory."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import thread_time

import pytest

from akn_sample import akn, main_body, paragraph
from docx_sample import docx
from whereas.document import Clause, Document
from whereas.errors import ReadError, WhereasError
from whereas.readers import read_bytes
from whereas.segmenter import segment
from whereas.writers import load_format

LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(12)
)
SECRET = "the secret of the kites"


def outcome(data: bytes, name: str) -> str:
    """Return the text that is read, or the error."""
    try:
        return " ".join(document.text or "" for document in read_bytes(data, name))
    except WhereasError as error:
        return f"error: {error}"


def with_doctype(doctype: bytes, words: str) -> bytes:
    whole = akn(main_body(paragraph(words, "1.")))
    return b"<!DOCTYPE akomaNtoso %s>" % doctype + whole


def test_entities_that_multiply_are_refused() -> None:
    assert "error: x.xml: " in outcome(with_doctype(b"[%s]" % LAUGHS, "&l11;"), "x.xml")


@pytest.mark.parametrize("scheme", ["file", "http", "ftp"])
def test_nothing_outside_is_fetched(scheme: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    place = f"{scheme}://{tmp_path}/secret.txt".encode()
    for doctype in (
        b'[<!ENTITY e SYSTEM "%s">]',
        b'SYSTEM "%s"',
        b'[<!ENTITY %% e SYSTEM "%s"> %%e;]',
    ):
        assert SECRET not in outcome(
            with_doctype(doctype.replace(b"%s", place), "Urges &e;"), "x.xml"
        )


def test_an_entity_in_a_word_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    body = (
        b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file://%s'>%s]>"
        % (str(tmp_path / "secret.txt").encode(), LAUGHS)
        + b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>Urges &e; &l11;</w:t></w:r></w:p></w:body></w:document>"
    )
    said = outcome(docx("", document=body), "x.docx")
    assert SECRET not in said
    assert len(said) < 10_000


@pytest.mark.parametrize("name", ["x.xml", "x.html"])
def test_elements_nested_deep_are_refused_or_flattened(name: str) -> None:
    data = b"<akomaNtoso>" if name == "x.xml" else b"<html>"
    assert outcome(data + b"<div>" * 100_000, name)
    closed = data + b"<div>" * 200 + b"Urges" + b"</div>" * 200
    assert outcome(closed + (b"</akomaNtoso>" if name == "x.xml" else b"</html>"), name)


@pytest.mark.parametrize("opened", ["[", '{"a":', '[{"type":', '{"id": ['])
@pytest.mark.parametrize("name", ["x.json", "x.jsonl"])
def test_json_nested_deep_is_refused(opened: str, name: str) -> None:
    for head in ("", '{"id": "K", "clauses": [], "x": ', '{"paragraphs": [{"para": '):
        said = outcome((head + opened * 200_000).encode(), name)
        assert said


def test_a_number_with_a_million_digits_is_refused() -> None:
    head = b'{"schema": 1, "id": "K", "clauses": [], "x": '
    assert outcome(head + b"9" * 1_000_000 + b"}", "x.jsonl") is not None
    assert outcome(b'[{"type": "heading", "level": ' + b"9" * 1_000_000 + b"}]", "x.json")


def bomb(member: str, size: int) -> bytes:
    data = io.BytesIO(docx("<w:p><w:r><w:t>Urges</w:t></w:r></w:p>"))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, b"\0" * size)
    return data.getvalue()


def test_a_word_file_that_unpacks_to_too_much_is_refused() -> None:
    assert "packed too tightly" in outcome(bomb("word/media/x.bin", 2**25), "x.docx")


def test_records_with_halves_of_characters_are_refused() -> None:
    said = outcome(b'{"schema": 1, "id": "K", "text": "\\ud800", "clauses": []}', "x.jsonl")
    assert said.startswith("error: x.jsonl:1")


def test_zero_bytes_and_controls_are_read_or_refused() -> None:
    assert outcome(b"Urges\0all\n" * 50, "x.txt").startswith("error: ")
    text = "1. Urges\x07 all\x1b[2J;\n2. Calls\u202e upon\ufffe all."
    document = segment(Document(id="x", text=text, language="en"))
    assert "".join(clause.text for clause in document.clauses)


HUGE: dict[str, Callable[[int], str]] = {
    "one word": lambda n: "a" * n,
    "one line": lambda n: "Urges all, " * (n // 11),
    "spaces": lambda n: "Urges" + " " * n + "all;",
    "line ends": lambda n: "Urges\n" + "\n" * n + "all;",
    "numbers": lambda n: "1. " * (n // 3),
    "numbered lines": lambda n: "1. a\n" * (n // 5),
    "symbols": lambda n: "A/RES/1 " * (n // 8),
    "rules": lambda n: "____ \n" * (n // 6),
    "notes": lambda n: "".join(f"{m} See.\n" for m in range(n // 10)),
    "brackets": lambda n: "(" * n,
    "quotes": lambda n: "“" * n,
    "openings": lambda n: "Recalling " * (n // 10),
    "headings": lambda n: "I. A\n\n" * (n // 6),
    "hyphens": lambda n: "a-\n" * (n // 3),
    "pages": lambda n: "a\f1\n" * (n // 4),
}


@pytest.mark.parametrize("name", HUGE)
@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_segmenting_takes_time_that_grows_with_length_alone(name: str, language: str) -> None:
    def seconds(size: int) -> float:
        text = HUGE[name](size)
        began = thread_time()
        segment(Document(id="x", text=text, language=language))
        return thread_time() - began

    def grows() -> bool:
        short, long = seconds(4_000), seconds(32_000)
        return long >= 0.1 and long >= 24 * short  # 8 times as long takes 8 times, not 64

    seconds(100)
    assert not all(grows() for _ in range(4))  # a pause of the machine does not come each time


SYMBOLS = [
    "../../up",
    "/etc/passwd",
    "CON",
    "a\0b",
    "..",
    "",
    " ",
    "a/../../b",
    "x" * 5000,
    "\u202e",
]


@pytest.mark.parametrize("symbol", SYMBOLS, ids=range(len(SYMBOLS)))
def test_a_hostile_symbol_or_name_writes_nothing_outside(symbol: str, tmp_path: Path) -> None:
    record = {"schema": 1, "id": symbol, "symbol": symbol, "text": "x", "clauses": []}
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr(symbol.replace("\0", "") or "x", json.dumps(record))
    whereas("segment", folder, "-o", tmp_path / "out", "--format", "jsonl")
    assert {path.name for path in tmp_path.iterdir()} <= {"in", "out"}
    made = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert all(path.resolve().is_relative_to(tmp_path / "out") for path in made)


def whereas(*words: object) -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "whereas", *map(str, words)]
    done = subprocess.run(line, capture_output=True, check=False, timeout=60)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    return done


def test_a_file_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = os.fsencode(folder) + b"/k\xff\nite.txt"
    try:
        with open(name, "wb") as file:  # noqa: PTH123 - a path of bytes
            file.write(b"The Council,\n\nRecalling wind,\n\n1. Urges calm.\n")
    except OSError:
        pytest.skip("this file system takes no such names")
    for words in (("segment", folder), ("segment", folder, "-o", tmp_path / "out")):
        done = whereas(*words)
        assert done.returncode == 0, done.stderr
    assert b"Recalling wind" in b"".join(p.read_bytes() for p in (tmp_path / "out").glob("k*"))


def test_what_is_no_file_is_passed_over_or_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a.txt").write_text("1. Urges calm.", encoding="utf-8")
    done = whereas("segment", tmp_path)
    assert done.stdout.count(b"\n") == 1


def test_a_file_without_end_is_refused() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("needs /dev/zero")
    done = whereas("segment", "/dev/zero")
    assert done.returncode == 1
    assert done.stderr.count(b"\n") <= 2


MARKUP = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"


def hostile_document() -> Document:
    clause = Clause(zone="operative", number=MARKUP, text=MARKUP, opening=MARKUP, function=MARKUP)
    return Document(
        id=MARKUP,
        symbol=MARKUP,
        language=MARKUP,
        organ=MARKUP,
        title=MARKUP,
        adopted=MARKUP,
        source=MARKUP,
        clauses=(clause,),
    )


def test_a_page_escapes_all_that_is_in_it() -> None:
    page = load_format("html").write(hostile_document())
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert not re.search(r"=\s*\"[^\"]*\"'&", page)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "＝"])
def test_a_table_starts_no_formula(sign: str) -> None:
    words = f"{sign}cmd|' /C calc'!A0"
    clause = Clause(zone="operative", number=words, text=words, opening=words, function=words)
    document = Document(id=words, symbol=words, title=words, clauses=(clause,))
    import csv

    (row,) = csv.reader(io.StringIO(load_format("csv").write(document), newline=""))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)


def test_no_error_is_anything_but_one_line() -> None:
    with pytest.raises(ReadError) as caught:
        list(read_bytes(b"\0\1\2", "a\nb"))
    assert "\n" not in str(caught.value)
