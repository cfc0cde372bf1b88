"""The glyphs of a PDF page: which letters, where, and in what type."""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_ITALIC = 1 << 6  # font descriptor flags, PDF 32000-1, table 123
_FORCE_BOLD = 1 << 18
_SKEW = 0.12  # shear, as a share of the height, that passes for italic
_HYPHENS = (0x02, 0xFFFE)  # what PDFium puts for a hyphen that ends a line
_NAME = 256  # bytes of a font's name that are looked at


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as printed.

    Lengths are in points; ``y``, the baseline, grows downwards from the top of the page;
    ``x0``..``x1`` is the room that the character takes, its side bearings included.
    ``order`` is its place in PDFium's own reading order, ``word`` the words before it there.
    """

    char: str
    x0: float
    x1: float
    y: float
    size: float
    italic: bool
    bold: bool
    order: int
    word: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page's glyphs, upright, and its measures in points."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class _Print:
    """A glyph in the page's own coordinates, which grow upwards; ``turn`` is in right angles."""

    char: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float
    turn: int | None
    italic: bool
    bold: bool
    word: int


def page_glyphs(page: pdfium.PdfPage, most: int) -> Page:
    """Return the glyphs of ``page``, turned upright if most of its text is not.

    Text that runs in another direction (a watermark, a note in the margin) is left out, and so
    is what lies outside the page.

    Raises:
        OverflowError: there are more than ``most`` characters.
    """
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > most:
            raise OverflowError(count)
        prints = list(_prints(text.raw, count))
    finally:
        text.close()
    turns = Counter(glyph.turn for glyph in prints if glyph.turn is not None)
    turn = turns.most_common(1)[0][0] if turns else 0
    left, bottom, right, top = _turned(page.get_bbox(), turn)
    glyphs = []
    for order, found in enumerate(prints):
        if found.turn != turn:
            continue
        x0, _, x1, _ = _turned(found.box, turn)
        _, y, _, _ = _turned((*found.origin, *found.origin), turn)
        if left <= (x0 + x1) / 2 <= right and bottom <= y <= top:
            place = x0 - left, x1 - left, top - y
            glyphs.append(
                Glyph(found.char, *place, found.size, found.italic, found.bold, order, found.word)
            )
    return Page(right - left, top - bottom, tuple(glyphs))


def _turned(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """Turn a box back by ``turn`` right angles."""
    x0, y0, x1, y1 = box
    for _ in range(turn):
        x0, y0, x1, y1 = y0, -x1, y1, -x0
    return x0, y0, x1, y1


def _prints(text: pdfium_c.FPDF_TEXTPAGE, count: int) -> Iterator[_Print]:
    box, matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
    x, y, flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
    name = ctypes.create_string_buffer(_NAME)
    high = word = 0
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        if _is_made_up(text, index, code):
            word += 1
            continue
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        pdfium_c.FPDFText_GetLooseCharBox(text, index, box)
        if unicodedata.bidirectional(_char(code)) in ("R", "AL"):  # whose loose boxes are wrong
            _read_ink(text, index, box)
        pdfium_c.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium_c.FPDFText_GetMatrix(text, index, matrix)
        pdfium_c.FPDFText_GetFontInfo(text, index, name, _NAME, flags)
        italic, bold = _type(name.value, flags.value)
        height = math.hypot(matrix.c, matrix.d)
        shear = abs(matrix.a * matrix.c + matrix.b * matrix.d) / (height**2 or 1)
        yield _Print(
            char=_char(code),
            box=(box.left, box.bottom, box.right, box.top),
            origin=(x.value, y.value),
            size=pdfium_c.FPDFText_GetFontSize(text, index) * height,
            turn=_quarter(math.atan2(matrix.b, matrix.a)),
            italic=italic or shear > _SKEW,
            bold=bold,
            word=word,
        )


def _is_made_up(text: pdfium_c.FPDF_TEXTPAGE, index: int, code: int) -> bool:
    """Say whether PDFium put in a space or line break that the file does not print."""
    if pdfium_c.FPDFText_IsGenerated(text, index) == 1:
        return True
    return code == 32 and pdfium_c.FPDFText_GetFontInfo(text, index, None, 0, None) <= 1


def _read_ink(text: pdfium_c.FPDF_TEXTPAGE, index: int, box: pdfium_c.FS_RECTF) -> None:
    """Put into ``box`` from where to where a character leaves ink."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if pdfium_c.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        box.left, box.right, box.bottom, box.top = (
            side.value for side in (left, right, bottom, top)
        )


def _char(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code < 32 or 0xD800 <= code < 0xE000 or code in (0xFFFF, 0x7F):
        return " " if code in (9, 10, 13) else "\ufffd"
    return chr(code)


def _quarter(angle: float) -> int | None:
    """Return an angle in right angles, or None if it is far from a whole number of them."""
    turns = angle / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < 0.1 else None


@lru_cache(maxsize=1024)
def _type(name: bytes, flags: int) -> tuple[bool, bool]:
    """Say whether a font is italic (or Chinese regular script, which stands for it) and bold."""
    words = name.decode("utf-8", errors="replace").lower()
    italic = any(word in words for word in ("italic", "oblique", "kaiti", "simkai", "-ital"))
    bold = any(word in words for word in ("bold", "black", "heavy"))
    return italic or bool(flags & _ITALIC), bold or bool(flags & _FORCE_BOLD)
