"""Text is decoded, whatever its encoding, and otherwise left as it is."""

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.errors import ReadError
from whereas.readers import text

SAMPLES = {
    "en": "The Kite Assembly,\r\n\r\nRecalling its ruling “On strings” of last autumn – and Noé’s "
    "letter,\n\n1. Requests the flyers to report;\n",
    "fr": "L’Assemblée des cerfs-volants,\n\nRappelant sa résolution, à l’été passé,\n\n"
    "1. Décide d’étudier « la question » ;\n",
    "es": "La Asamblea de las cometas,\n\nRecordando su resolución del año pasado,\n\n"
    "1. Pide a los niños que presenten un informe también en español;\n",
    "ru": "Ассамблея воздушных змеев,\n\nссылаясь на свою резолюцию о ветре,\n\n"
    "1. просит летунов представить доклад;\n",
    "ar": "إن جمعية الطائرات الورقية،\n\nإذ تشير إلى قرارها بشأن الرياح،\n\n"
    "1 - تطلب إلى الأعضاء تقديم تقرير؛\n",
    "zh": "风筝大会，\n\n回顾其关于风的决议，\n\n1. 请会员提交一份报告；\n",
}
WIDE = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
CODE_PAGES = [
    *(("en", "cp1252"), ("fr", "cp1252"), ("fr", "mac-roman"), ("es", "cp1252")),
    *(("es", "mac-roman"), ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "iso8859-5")),
    *(("ru", "cp866"), ("ar", "cp1256"), ("ar", "iso8859-6"), ("zh", "gb18030"), ("zh", "gbk")),
]


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("language", SAMPLES)
def test_unicode_is_read_with_and_without_its_mark(language: str, encoding: str) -> None:
    plain = SAMPLES[language]
    data = plain.encode(encoding)
    assert text.decode(data, "kites.txt") == plain
    assert text.decode(MARKS[encoding] + data, "kites.txt") == plain
    assert text.sniff(data, "kites.txt")


@pytest.mark.parametrize(("language", "page"), CODE_PAGES, ids="-".join)
def test_the_code_page_is_found(language: str, page: str) -> None:
    plain = SAMPLES[language]
    assert text.decode(plain.encode(page), "kites.txt") == plain


@pytest.mark.parametrize("page", ["latin-1", "iso8859-15", "cp850"])
def test_french_in_a_page_without_its_quotes_is_read(page: str) -> None:
    plain = SAMPLES["fr"].replace("’", "'")
    assert text.decode(plain.encode(page), "kites.txt") == plain


def test_what_the_text_holds_is_left_for_later() -> None:
    plain = "Re\u00adcalling the ﬁrst Ｋｉｔｅ \f\x0b\u200b\r\nruling"
    assert text.decode(plain.encode(), "kites.txt") == plain


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    data = SAMPLES["ru"].encode() + b"\xd0"
    assert text.decode(data, "kites.txt") == SAMPLES["ru"] + "\ufffd"


def test_a_text_is_one_document_named_after_its_source() -> None:
    (document,) = text.read(b"Recalling its ruling", "kites.txt", "en")
    assert (document.id, document.source, document.language) == ("kites", "kites.txt", "en")
    assert document.text == "Recalling its ruling"
    assert not document.clauses


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no text"),
        (b" \n\r\n\t", "no text"),
        (codecs.BOM_UTF8, "no text"),
        (bytes(range(32)) * 20, "not text"),
        (b"\x7fELF\x02\x01\x01" + bytes(64), "not text"),
        (random.Random(7).randbytes(4000), "not text"),
    ],
    ids=["empty", "blank", "mark", "controls", "program", "noise"],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"^kites\.txt: .*{reason}"):
        text.decode(data, "kites.txt")


@given(st.binary())
def test_any_bytes_give_text_or_one_line_of_error(data: bytes) -> None:
    try:
        outcome = text.decode(data, "x")
    except ReadError as error:
        outcome = str(error)
        assert "\n" not in outcome
    assert outcome.strip()


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(str.strip))
def test_any_text_comes_back_from_utf_8(plain: str) -> None:
    assert text.decode(codecs.BOM_UTF8 + plain.encode(), "x") == plain
