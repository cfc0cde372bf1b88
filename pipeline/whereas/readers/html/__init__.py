"""HTML: what a page says, without what it is wrapped in.

Text outside the page's main part and in its navigation becomes ``furniture``; numbers of lists,
which browsers make up, become text; italic, bold and underlined type becomes ``emphasis``.
"""

import re
from collections.abc import Iterator

from lxml import etree

from whereas.document import Document
from whereas.errors import ReadError
from whereas.readers.galley import Galley
from whereas.readers.html.page import set_page
from whereas.readers.text import decode

_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|main|article|section|div|table|h[1-6]|p|ol)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s*+=\s*+[\"']?\s*+([\w.:-]{2,40})", re.IGNORECASE
)
_ALIASES = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030"}


def sniff(data: bytes, name: str) -> bool:
    """Say whether ``data`` starts like HTML, in any encoding, or is called so."""
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return bool(_START.match(head)) or name.lower().endswith((".html", ".htm", ".xhtml"))


def read(data: bytes, source: str, language: str | None = None) -> Iterator[Document]:
    """Yield the one document that a page holds.

    Raises:
        ReadError: it is not HTML, or says nothing.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    markup = _decoded(data, source).replace("\0", "")
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{source}: HTML that cannot be read ({error})".split("\n")[0]) from None
    if root is None:
        raise ReadError(f"{source}: HTML without any text")
    galley = Galley()
    set_page(root, galley)
    if galley.is_empty:
        raise ReadError(f"{source}: HTML without any text; does it need JavaScript to show it?")
    yield galley.document(source, language)


def _decoded(data: bytes, source: str) -> str:
    """Return the page's text; valid UTF-8 is that, whatever the page declares."""
    declared = _CHARSET.search(data[:4096])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if declared:
            name = declared[1].decode("ascii", "replace").lower()
            try:
                return data.decode(_ALIASES.get(name, name))
            except (LookupError, UnicodeDecodeError):
                pass
    return decode(data, source)
