"""What an Akoma Ntoso file says of itself: symbol, language, organ, date of adoption, title."""

import re
from dataclasses import dataclass

from lxml import etree

from whereas.readers.akn.text import clean, local

_LANGUAGES = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "rus": "ru",
    "zho": "zh",
    "chi": "zh",
    "ara": "ar",
    "deu": "de",
    "ger": "de",
}
_ORGANS = {
    "unga": "General Assembly",
    "unsc": "Security Council",
    "unga-hrc": "Human Rights Council",
    "unecosoc": "Economic and Social Council",
}


_SYMBOL = re.compile(rb'<docNumber\s[^>]*refersTo="#symbol"[^>]*>([^<]*)')
_LANGUAGE = re.compile(rb'<FRBRlanguage\s+language="(\w+)"')


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts about a document; None for what the file does not say."""

    symbol: str | None
    language: str | None
    organ: str | None
    adopted: str | None
    title: str | None


def read_metadata(root: etree._Element) -> Metadata:
    """Collect the facts from the identification, the cover page and the preface."""
    symbol = _first(root, "docNumber", refersTo="#symbol")
    if symbol is None:
        symbol = _first(root, "docNumber")
    title = _first(root, "docTitle", refersTo="#resolutionTitle")
    work = _element(root, "FRBRWork")
    adopted = _attribute(work, "FRBRdate", "date") if work is not None else None
    uri = (_attribute(work, "FRBRuri", "value") or "").split("/") if work is not None else []
    code = _attribute(root, "FRBRlanguage", "language")
    return Metadata(
        symbol=clean(_words(symbol)) or None if symbol is not None else None,
        language=_LANGUAGES.get(code, code) if code else None,
        organ=next((_ORGANS[part] for part in uri if part in _ORGANS), _named_organ(root)),
        adopted=None if adopted in ("", "0001-01-01") else adopted,
        title=(clean(_words(title)).lstrip("-–— ") or None) if title is not None else None,
    )


def peek(data: bytes) -> tuple[str | None, str | None]:
    """Return the symbol and language that a file claims, without parsing it; None if unseen."""
    symbol, language = _SYMBOL.search(data), _LANGUAGE.search(data)
    code = language.group(1).decode() if language else None
    words = symbol.group(1).decode("utf-8", "replace") if symbol else ""
    return clean(words) or None, _LANGUAGES.get(code, code) if code else None


def _named_organ(root: etree._Element) -> str | None:
    organ = _first(root, "TLCOrganization", eId="organ")
    return None if organ is None else organ.get("showAs")


def _words(element: etree._Element) -> str:
    """Return the words of an element without those of its footnotes."""
    words = [element.text or ""]
    for child in element:
        if local(child) != "authorialNote":
            words.append(_words(child))
        words.append(child.tail or "")
    return "".join(words)


def _element(root: etree._Element, name: str) -> etree._Element | None:
    return next(root.iter(f"{{*}}{name}"), None)


def _first(root: etree._Element, name: str, **attributes: str) -> etree._Element | None:
    for element in root.iter(f"{{*}}{name}"):
        if all(element.get(key) == value for key, value in attributes.items()):
            return element
    return None


def _attribute(root: etree._Element, name: str, attribute: str) -> str | None:
    element = _element(root, name)
    return None if element is None else element.get(attribute)
