"""What styles say: emphasis and numbering, inherited from the styles they are based on."""

from dataclasses import dataclass
from functools import cache

from docx.oxml.ns import qn
from lxml import etree

from whereas.readers.docx.names import child, integer, is_on, value

_EMPHASIS = ("w:i", "w:b", "w:u", "w:iCs", "w:bCs")
_DEEPEST = 20  # styles that are based on one another


@dataclass(frozen=True, slots=True)
class Type:
    """How a run is set; None where nothing is said."""

    emphasis: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None

    def over(self, other: "Type") -> "Type":
        """Return this type, with what it does not say taken from ``other``."""
        return Type(
            *(
                own if own is not None else inherited
                for own, inherited in (
                    (self.emphasis, other.emphasis),
                    (self.hidden, other.hidden),
                    (self.raised, other.raised),
                )
            )
        )


def type_of(properties: etree._Element | None) -> Type:
    """Read run properties, ``<w:rPr>``."""
    switches = [is_on(child(properties, name)) for name in _EMPHASIS]
    said = [switch for switch in switches if switch is not None]
    vertical = value(child(properties, "w:vertAlign"))
    return Type(
        any(said) if said else None,
        is_on(child(properties, "w:vanish")),
        vertical == "superscript" if vertical else None,
    )


class Styles:
    """The styles of a document, by name."""

    def __init__(self, root: etree._Element | None) -> None:
        found = root.iter(qn("w:style")) if root is not None else ()
        self._styles = {value(style, "w:styleId"): style for style in found}
        self.chain = cache(self._chain)
        self.type = cache(self._type)

    def _chain(self, name: str | None) -> tuple[etree._Element, ...]:
        chain: list[etree._Element] = []
        while name in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[name])
            name = value(child(chain[-1], "w:basedOn"))
        return tuple(chain)

    def _type(self, name: str | None) -> Type:
        """Return how runs of a paragraph or character style are set."""
        found = Type()
        for style in self.chain(name):
            found = found.over(type_of(child(style, "w:rPr")))
        return found

    def numbering(self, name: str | None) -> tuple[int | None, int | None]:
        """Return the list and level that a paragraph style puts its paragraphs in."""
        list_id: int | None = None
        level: int | None = None
        for style in self.chain(name):
            number = child(style, "w:pPr", "w:numPr")
            if list_id is None:
                list_id = integer(value(child(number, "w:numId")))
            if level is None:
                level = integer(value(child(number, "w:ilvl")))
        return list_id, level
