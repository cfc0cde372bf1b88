"""The registry of formats."""

import pytest

from whereas.document import Document
from whereas.writers import FORMATS, FormatName, format_of, load_format


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "argmining"])
def test_each_format_is_found_by_its_extension(name: FormatName) -> None:
    assert format_of(f"out/labelled{load_format(name).extension.upper()}") == name


def test_records_written_are_read_back() -> None:
    document = Document(id="X/1", text="A line\nand another")
    line = load_format("jsonl").write(document)
    assert line.endswith("}\n")
    assert line.count("\n") == 1
    assert Document.from_json(line, "here") == document


def test_json_may_be_anything() -> None:
    assert format_of("out.json") is None
