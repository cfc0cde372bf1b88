"""Any bytes, under any name, give documents or one line of error, and soon."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docx_sample import docx, paragraph, run
from pdf_sample import Show, pdf
from whereas.errors import WhereasError
from whereas.readers import read_bytes

STARTS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04 word/",
    b"<!doctype html><p>",
    b"<akomaNtoso>",
    b'{"id": "x", "text": ',
    b'{"body": {"paragraphs": [{"para": ',
    b'[{"type": "list", "items": [',
    b"\xff\xfe",
    b"\x00\x00\xfe\xff",
    b"{\\rtf1 ",
    pdf([[Show("Decides", 100, 700)]])[:600],
    docx(paragraph(run("Decides")))[:300],
]
NAMES = ["x.pdf", "x.docx", "x.html", "x.xml", "x.jsonl", "x.json", "x.txt", "-"]


def outcome(data: bytes, name: str) -> list[str]:
    try:
        return [document.id for document in read_bytes(data, name)]
    except WhereasError as error:
        return [str(error)]


@given(st.sampled_from(STARTS), st.binary(max_size=300), st.sampled_from(NAMES))
@settings(deadline=None)
def test_any_bytes(start: bytes, rest: bytes, name: str) -> None:
    for line in outcome(start + rest, name):
        assert line
        assert "\n" not in line


@pytest.mark.parametrize("start", STARTS, ids=[start[:12] for start in STARTS])
@pytest.mark.parametrize("filler", [b"<p>", b"( [", b"1 0 obj << ", b"a) ", b"\xd0\x00"])
def test_much_nonsense_ends_soon(start: bytes, filler: bytes) -> None:
    began = time.perf_counter()
    outcome(start + filler * (2**18 // len(filler)), "x.txt")
    assert time.perf_counter() - began < 10
