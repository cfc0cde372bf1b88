"""Readers are chosen by content; folders and archives are read file by file."""

import io
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from akn_sample import akn, italic, main_body, paragraph
from whereas.document import Document
from whereas.errors import ReadError, RecordError, WhereasError
from whereas.readers import archive, read, read_all, read_bytes
from whereas.readers.archive import members

XML = akn(main_body(paragraph(f"{italic('Urges')} calm;", "1.")))
RECORD = Document(id="K/RES/1", text="Urges calm;")


def tar_of(path: Path, **contents: bytes) -> Path:
    with tarfile.open(path, "w" if path.suffix == ".tar" else "w:xz") as tar:
        for name, data in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


def zip_of(path: Path, **contents: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, data in contents.items():
            file.writestr(name, data)
    return path


def test_the_content_decides_before_the_name() -> None:
    (document,) = read_bytes(XML, "kites.jsonl")
    assert document.symbol == "K/RES/7"


def test_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text(f"\ufeff{RECORD.to_json()}\n\n{RECORD.to_json()}\n", encoding="utf-8")
    assert list(read(path)) == [RECORD, RECORD]


def test_a_given_language_fills_the_gap_in_records() -> None:
    languages = [
        next(read_bytes(record.to_json().encode(), "x.jsonl", "fr")).language
        for record in (RECORD, RECORD.model_copy(update={"language": "en"}))
    ]
    assert languages == ["fr", "en"]


def test_a_broken_record_is_named_by_its_line() -> None:
    with pytest.raises(RecordError, match=r"x\.jsonl:2: id"):
        list(read_bytes(RECORD.to_json().encode() + b'\n{"text": 1}', "x.jsonl"))


def test_records_that_are_not_utf8() -> None:
    with pytest.raises(ReadError, match=r"x\.jsonl:2: not UTF-8"):
        list(read_bytes(b'{"id": "K"}\n\xff', "x.jsonl"))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(XML)))
    assert [document.source for document in read("-")] == ["-"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.xml: cannot be read"):
        list(read(tmp_path / "none.xml"))


def test_a_folder_is_read_by_name_without_links_and_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.xml").write_bytes(XML)
    (tmp_path / "a.xml").write_bytes(XML)
    (tmp_path / ".hidden.xml").write_bytes(XML)
    (tmp_path / "link.xml").symlink_to(tmp_path / "a.xml")
    tar_of(tmp_path / "c.tar.xz", **{"three.xml": XML})
    assert [Path(name).name for name, _ in members(tmp_path)] == ["a.xml", "two.xml", "three.xml"]


@pytest.mark.parametrize("pack", [tar_of, zip_of], ids=["tar", "zip"])
def test_an_archive_is_read_without_names_that_climb_out(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    names = {"good/a.xml": b"1", "../up.xml": b"2", "/root.xml": b"3", "good/../b.xml": b"4"}
    path = pack(tmp_path / ("x.tar" if pack is tar_of else "x.zip"), **names)
    assert list(members(path)) == [("good/a.xml", b"1")]


def test_links_in_a_tar_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo("link.xml")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    assert list(members(path)) == []


def test_only_wanted_members_are_read(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "x.zip", **{"a.xml": b"1", "a.txt": b"2"})
    assert [name for name, _ in members(path, lambda name: name.endswith("xml"))] == ["a.xml"]


@pytest.mark.parametrize("pack", [tar_of, zip_of], ids=["tar", "zip"])
def test_a_member_that_is_too_large(
    tmp_path: Path, pack: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(pack)
    path = pack(tmp_path / ("x.tar" if pack is tar_of else "x.zip"), big=b"12345")
    monkeypatch.setattr(archive, "LARGEST", 4)
    with pytest.raises(ReadError, match="big: 5 bytes"):
        list(members(path))


@pytest.mark.parametrize("name", ["x.zip", "x.tar.xz", "x.tar.gz", "x.tar"])
def test_a_damaged_archive_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no archive" * 100)
    with pytest.raises(ReadError, match=f"{name}: damaged"):
        list(members(tmp_path / name))


def test_a_cut_archive_is_named(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "x.tar.xz", **{f"{n}.xml": XML * 20 for n in range(30)})
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(ReadError, match="damaged"):
        list(members(path))


def test_what_cannot_be_read_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<akomaNtoso>")
    (tmp_path / "b.jsonl").write_bytes(b"{}")
    (tmp_path / "c.xml").write_bytes(XML)
    (tmp_path / "d.bin").write_bytes(b"\x00\x01")
    errors: list[WhereasError] = []
    documents = list(read_all([tmp_path, tmp_path / "none"], failed=errors.append))
    assert [document.symbol for document in documents] == ["K/RES/7"]
    complaints = ["not well-formed", "b.jsonl:1: id", "no reader knows", "cannot be read"]
    assert len(errors) == len(complaints)
    assert all(part in str(error) for part, error in zip(complaints, errors, strict=True))
