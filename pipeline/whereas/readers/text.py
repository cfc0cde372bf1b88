"""Plain text in any state: finds the encoding, and leaves the decoded text as it is."""

import codecs
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from charset_normalizer import from_bytes

from whereas.document import Document
from whereas.errors import ReadError

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_LATIN = ("cp1252", "mac_roman", "cp850")  # the likeliest first
_CODE_PAGES = (
    *("gb18030", "big5", "cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic"),
    *("cp1256", "iso8859_6", *_LATIN),
)
_COMMON = frozenset(" \n,.;，。、；")  # every text has some of these
_PRINTED = frozenset("éèàùâêîôûçëïœáíóúüñÉÈÀÇÎÔÁÍÓÚÑ’‘“”«»–—…°º¿¡\u00a0")  # beyond ASCII
_QUOTES = frozenset("‘“”«»…°º¿¡")  # none of which follows a small letter, or hardly
_RTF = b"{\\rtf"
_BINARY = 0.05  # share of characters that no text has, above which it is none


def sniff(data: bytes, name: str) -> bool:
    """Say whether ``data`` may be text: anything may that has no zero bytes, or wide characters."""
    return bool(data) and (b"\0" not in data or _unmarked_wide(data) is not None or _mark(data))


def read(data: bytes, source: str, language: str | None = None) -> Iterator[Document]:
    """Yield the one document that a text file holds.

    Raises:
        ReadError: it is empty or not text.
    """
    yield Document(
        id=Path(source).stem or source, source=source, language=language, text=decode(data, source)
    )


def decode(data: bytes, source: str) -> str:
    """Return the text of ``data``, whatever its encoding, without a byte order mark.

    UTF-8, UTF-16 and UTF-32, with or without mark, and the code pages in which the six official
    languages were written. Nothing else is changed: line ends stay as they are.

    Raises:
        ReadError: it is empty or not text.
    """
    if data.startswith(_RTF):
        raise ReadError(f"{source}: is Rich Text; save it as DOCX or text")
    text = _decode(data)
    if not text.strip():
        raise ReadError(f"{source}: holds no text; name a file with a resolution in it")
    if _strange(text) > _BINARY * len(text):
        raise ReadError(f"{source}: is not text; save it as text, PDF, DOCX, HTML, XML or JSON")
    return text


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if (wide := _unmarked_wide(data)) is not None:
        return data.decode(wide, errors="replace")
    text = data.decode("utf-8", errors="replace")
    if _mostly_valid(text):
        return text
    return data.decode(_code_page(data), errors="replace")


def _mark(data: bytes) -> bool:
    return any(data.startswith(mark) for mark, _ in _MARKS)


def _mostly_valid(text: str) -> bool:
    """Say whether bytes read as UTF-8 were that: a damaged one has few faults among its letters."""
    faults = text.count("\ufffd")
    return not faults or faults * 20 < sum(char > "\x7f" for char in text)


def _unmarked_wide(data: bytes) -> str | None:
    """Return the encoding of two or four bytes a character that fits best, if one fits at all."""
    if b"\0" not in data:
        return None
    best, most = None, 0
    for encoding in _WIDE:
        text = data[: 1 << 16].decode(encoding, errors="replace")
        common = sum(char in _COMMON for char in text)
        if common > most and _strange(text) <= _BINARY * len(text):
            best, most = encoding, common
    return best


def _code_page(data: bytes) -> str:
    match = from_bytes(data, cp_isolation=list(_CODE_PAGES)).best()
    if match is not None and any(char.isalpha() and ord(char) > 0x24F for char in str(match)):
        return match.encoding
    return max(_LATIN, key=lambda page: _latin_score(data.decode(page, errors="replace")))


def _latin_score(text: str) -> int:
    """Count letters and signs that French, Spanish and English use, less those they do not."""
    score = 0
    for before, char in pairwise(f" {text}"):
        if char > "\x7f":
            misplaced = before.islower() and (char.isupper() or char in _QUOTES)
            score += 1 if char in _PRINTED and not misplaced else -1
    return score


def _strange(text: str) -> int:
    """Count the characters that no text has: controls, unassigned ones, failures to decode."""
    strange = {
        char
        for char in set(text)
        if char not in "\t\n\v\f\r\x1a\x1b\x85"
        and (char == "\ufffd" or unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs"))
    }
    return sum(map(strange.__contains__, text)) if strange else 0
