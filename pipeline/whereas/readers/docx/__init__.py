"""DOCX: the text of a Word file as Word shows it once all tracked changes are accepted.

Numbers that Word makes up become text; deleted text is gone, inserted text is there; footnotes
and their marks become regions; italic, bold and underlined type becomes ``emphasis``.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from whereas.document import Document
from whereas.errors import ReadError
from whereas.readers.docx.body import set_body
from whereas.readers.galley import Galley

_LARGEST = 128 * 2**20  # bytes of all parts of the file, unpacked
_RATIO, _SMALL = 200, 2**22  # a part larger than the second may not be packed tighter than this
_PARTS = 5000
_DAMAGE = (  # what zipfile, lxml and python-docx raise over a file that is not as it should be
    *(OpcError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError),
    *(KeyError, ValueError, AttributeError, TypeError, NotImplementedError, RuntimeError),
)


def sniff(data: bytes, name: str) -> bool:
    """Say whether ``data`` is a zip file with a Word document in it."""
    return data.startswith(b"PK\x03\x04") and (
        b"word/" in data or name.lower().endswith((".docx", ".docm", ".dotx"))
    )


def read(data: bytes, source: str, language: str | None = None) -> Iterator[Document]:
    """Yield the one document that a Word file holds.

    Raises:
        ReadError: it is damaged, encrypted, too large or without text.
    """
    _check_size(data, source)
    galley = Galley()
    try:
        set_body(docx.Document(io.BytesIO(data)).part, galley)
    except _DAMAGE as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise ReadError(f"{source}: is no Word document that can be read ({reason})") from None
    if galley.is_empty:
        raise ReadError(f"{source}: is a Word document without text")
    yield galley.document(source, language)


def _check_size(data: bytes, source: str) -> None:
    """Raise ReadError if the file would unpack to far more than it is, before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _DAMAGE as error:
        raise ReadError(f"{source}: is a damaged Word document ({error})") from None
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _LARGEST:
        raise ReadError(f"{source}: unpacks to more than {_LARGEST} bytes; it is not read")
    for part in parts:
        if part.flag_bits & 1:
            raise ReadError(f"{source}: is encrypted; save it without a password")
        if part.file_size > _SMALL and part.file_size > _RATIO * max(part.compress_size, 1):
            raise ReadError(f"{source}: {part.filename} is packed too tightly to be unpacked")
