"""Names of the elements and attributes of WordprocessingML."""

from docx.oxml.ns import qn
from lxml import etree


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def value(element: etree._Element | None, attribute: str = "w:val") -> str | None:
    """Return an attribute of an element, or None where either is missing."""
    return None if element is None else element.get(qn(attribute))


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along a path of names such as ``"w:pPr", "w:numPr"``."""
    for name in path:
        element = None if element is None else element.find(qn(name))
    return element


def is_on(element: etree._Element | None) -> bool | None:
    """Return what a switch such as ``<w:i/>`` says, or None where it is missing."""
    if element is None:
        return None
    return value(element) not in ("0", "false", "off", "none")


def integer(text: str | None) -> int | None:
    """Return a whole number, or None for what is none."""
    try:
        return int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None
