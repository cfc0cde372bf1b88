"""PDF files and pages of glyphs for tests, made by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from whereas.readers.pdf.glyphs import Glyph, Page

FONTS = {"roman": "Times-Roman", "italic": "Times-Italic", "bold": "Times-Bold"}


@dataclass(frozen=True)
class Show:
    """A piece of text on a page, set at ``x``, ``y`` (upwards from the foot) in points."""

    text: str
    x: float
    y: float
    size: float = 10
    font: str = "roman"

    def content(self, turned: bool) -> str:
        text = self.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        place = f"0 1 -1 0 {800 - self.y} {self.x}" if turned else f"1 0 0 1 {self.x} {self.y}"
        return f"BT /{self.font} {self.size} Tf {place} Tm ({text}) Tj ET"


def pdf(pages: Sequence[Sequence[Show]], *, turned: bool = False, trailer_extra: str = "") -> bytes:
    """Return a PDF file with these pages, of 600 by 800 points, or lying on their side."""
    box = "800 600" if turned else "600 800"
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>"
        for name, base in FONTS.items()
    )
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
    ]
    for number, page in enumerate(pages):
        stream = "\n".join(show.content(turned) for show in page).encode("cp1252")
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box}] /Resources "
            f"<< /Font << {fonts} >> >> /Contents {4 + 2 * number} 0 R >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    return assemble(objects, trailer_extra)


def assemble(objects: Sequence[bytes], trailer_extra: str = "") -> bytes:
    """Return a PDF file with these objects, the first of which is the catalogue."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer_extra.encode(), len(data))
    )


def glyphs(
    text: str,
    x: float,
    y: float,
    *,
    size: float = 10.0,
    width: float = 0.5,
    italic: bool = False,
    bold: bool = False,
    order: int = 0,
    rtl: bool = False,
) -> list[Glyph]:
    """Return one glyph a letter, each ``width`` ems wide; no-break spaces leave only white.

    With ``rtl``, ``x`` is where the line ends, on the right, and letters go to the left.
    """
    step = size * width
    placed = []
    for number, char in enumerate(text):
        start = x - (number + 1) * step if rtl else x + number * step
        if char != "\u00a0":
            placed.append(Glyph(char, start, start + step, y, size, italic, bold, order + number))
    return placed


def page(*parts: Sequence[Glyph]) -> Page:
    """Return a page of 600 by 800 points."""
    return Page(600.0, 800.0, tuple(glyph for part in parts for glyph in part))
