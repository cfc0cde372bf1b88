"""PDF: text in reading order, with what its layout proves to be no clause.

Words that kerning broke are mended by where their letters stand; running heads and feet,
footnotes and their marks become regions; italic and bold become ``emphasis``.
"""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from whereas.document import Document
from whereas.errors import ReadError
from whereas.readers.pdf.flow import flow
from whereas.readers.pdf.glyphs import Page, page_glyphs
from whereas.readers.pdf.guard import check_hostile
from whereas.readers.pdf.lines import page_lines

_PAGES = 3000  # most pages of a document
_CHARACTERS, _ON_PAGE = 3_000_000, 200_000  # most characters of a document, and of a page
_NAMELESS = 0.3  # share of characters without a known letter above which nothing can be read


def sniff(data: bytes, name: str) -> bool:
    """Say whether ``data`` is a PDF file."""
    return b"%PDF-" in data[:1024]


def read(data: bytes, source: str, language: str | None = None) -> Iterator[Document]:
    """Yield the one document that a PDF file holds.

    Raises:
        ReadError: it is damaged, encrypted or too large, or has no text (a scan).
    """
    pages = _pages(data, source)
    lines = [page_lines(page) for page in pages]
    printed = "".join(line.text for page in lines for line in page)
    if not printed.strip():
        raise ReadError(f"{source}: has no text, only pictures of pages; run it through OCR first")
    nameless = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in printed)
    if nameless > _NAMELESS * len(printed):
        raise ReadError(
            f"{source}: its fonts do not tell which letters they show; run it through OCR first"
        )
    text, structure, emphasis = flow(lines, [page.height for page in pages])
    yield Document(
        id=Path(source).stem or source,
        source=source,
        language=language,
        text=text,
        structure=structure,
        emphasis=emphasis,
    )


def _pages(data: bytes, source: str) -> list[Page]:
    check_hostile(data, source)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        if locked and b"/Encrypt" in data:  # the code may be left from a file before this one
            raise ReadError(f"{source}: is encrypted; save it without a password") from None
        raise ReadError(f"{source}: is no PDF that can be read (damaged?)") from None
    try:
        if len(document) > _PAGES:
            raise ReadError(f"{source}: has {len(document)} pages; at most {_PAGES} are read")
        pages, characters = [], 0
        for number in range(len(document)):
            pages.append(_page(document, number, source))
            characters += len(pages[-1].glyphs)
            if characters > _CHARACTERS:
                raise ReadError(f"{source}: has more than {_CHARACTERS} characters; split it")
        return pages
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int, source: str) -> Page:
    """Return a page, or an empty one where it is damaged beyond reading."""
    try:
        page = document[number]
    except pdfium.PdfiumError:
        return Page(612.0, 792.0, ())
    try:
        return page_glyphs(page, _ON_PAGE)
    except OverflowError:
        raise ReadError(
            f"{source}: page {number + 1} has more than {_ON_PAGE} characters; it is not read"
        ) from None
    except pdfium.PdfiumError:
        return Page(612.0, 792.0, ())
    finally:
        page.close()
