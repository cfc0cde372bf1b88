"""Walking through a page, element by element."""

import re
from dataclasses import dataclass

from lxml import etree

from whereas.document import Kind
from whereas.readers.galley import Galley
from whereas.readers.html.lists import List, open_list

_UNSEEN = re.compile(
    r"head|script|style|noscript|template|svg|iframe|object|canvas|audio|video|button|select|"
    r"option|datalist|input|textarea|dialog|map|area|link|meta"
)
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|"
    r"figcaption|figure|footer|form|h[1-6]|header|hr|html|legend|li|main|menu|nav|ol|p|pre|"
    r"section|summary|table|tbody|tfoot|thead|tr|ul"
)
_EMPHASIS = re.compile(r"b|cite|dfn|em|h[1-6]|i|strong|u")
_EMPHATIC = re.compile(
    r"font-style\s*:\s*(?:italic|oblique)|font-weight\s*:\s*(?:bold|[6-9]00)|underline",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SIDES = frozenset({"nav", "aside", "menu"})
_ENDS = frozenset({"header", "footer"})  # of the page, unless inside its own text:
_OWN = ("main", "article")
_SIDE_ROLE = re.compile(r"navigation|banner|contentinfo|complementary|search|menu|menubar|toolbar")
_SIDE_NAMES = re.compile(
    r"(?:(?!no-|with-|has-)[\w-]{0,20}[-_])?"
    r"(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|cookies?|share|social|pagination)"
    r"(?:[-_](?:bar|menu|list|container|wrapper|banner|links|area|nav|block|region|top|main))?",
    re.IGNORECASE,
)
_NOTE_NAMES = re.compile(r"(?:foot|end)notes?(?:-list|-text)?|ftn\d+|edn\d+|fn\d+", re.IGNORECASE)
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnotes", "doc-endnote"})
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?")
_NUMBER = re.compile(r"[\[(]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)\]]|[•–—-]\s")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_MOST = 0.5  # share of a page's text that a side named by its class may hold
_LEAST = 0.2  # share of a page's text that its main part must hold
_CELLS = ("td", "th")
_HOLDERS = (*_CELLS, "li", "dd")  # whose first paragraph stands in their own line
_LABEL, _ENTRY = 8, 60  # most characters of a cell that is a number, or an entry of a table


@dataclass(frozen=True, slots=True)
class _Style:
    """How an element's text is set; its children inherit it."""

    emphasis: bool = False
    kind: Kind | None = None
    pre: bool = False


def set_page(root: etree._Element, galley: Galley) -> None:
    """Set what a page says."""
    main = _main_part(root)
    sides = _named_sides(root)
    lists: list[List] = []
    outer = _Style(kind="furniture" if main is not None else None)
    styles = [outer]
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if _is_unseen(element, tag):
                walker.skip_subtree()
                styles.append(styles[-1])
                continue
            style = _style(element, tag, styles[-1], main, sides)
            styles.append(style)
            _before(element, tag, galley, lists, style)
            if _is_mark(element, tag):
                _set_mark(element, galley, style)
                walker.skip_subtree()
            else:
                _set_text(element.text, galley, style)
        else:
            styles.pop()
            if not _is_unseen(element, tag):
                _after(tag, galley, lists)
            _set_text(element.tail, galley, styles[-1])


def _main_part(root: etree._Element) -> etree._Element | None:
    """Return the one element that holds the page's own text, if the page says which."""
    total = _length(root)
    for path in ("//main", "//*[@role='main']", "//article"):
        found = root.xpath(path)
        if isinstance(found, list) and len(found) == 1 and _length(found[0]) >= _LEAST * total:
            main: etree._Element = found[0]
            return main
    return None


def _length(element: etree._Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _named_sides(root: etree._Element) -> set[etree._Element]:
    """Return the elements whose class or id says navigation, unless they hold most of the text."""
    total = _length(root)
    return {
        element
        for element in root.iter("div", "ul", "ol", "section", "table", "td", "p", "span")
        if any(_SIDE_NAMES.fullmatch(name) for name in _names(element))
        and _length(element) <= _MOST * total
    }


def _names(element: etree._Element) -> list[str]:
    return f"{element.get('class', '')} {element.get('id', '')}".split()


def _is_unseen(element: etree._Element, tag: str) -> bool:
    return (
        not tag
        or _UNSEEN.fullmatch(tag) is not None
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _style(
    element: etree._Element,
    tag: str,
    outer: _Style,
    main: etree._Element | None,
    sides: set[etree._Element],
) -> _Style:
    kind = None if element is main else outer.kind
    role = element.get("role", "")
    own = tag in _ENDS and any(True for _ in element.iterancestors(*_OWN))
    if (
        tag in _SIDES
        or _SIDE_ROLE.fullmatch(role)
        or element in sides
        or (tag in _ENDS and not own)
    ):
        kind = "furniture"
    elif role in _NOTE_ROLES or any(_NOTE_NAMES.fullmatch(name) for name in _names(element)):
        kind = kind or ("footnote" if _BLOCK.fullmatch(tag) else None)
    emphatic = bool(_EMPHASIS.fullmatch(tag)) or bool(_EMPHATIC.search(element.get("style", "")))
    return _Style(outer.emphasis or emphatic, kind, outer.pre or tag == "pre")


def _before(
    element: etree._Element, tag: str, galley: Galley, lists: list[List], style: _Style
) -> None:
    """Break the line or paragraph where an element starts, and number the items of lists."""
    if tag == "br":
        galley.line()
    elif tag in _CELLS:
        if _shares_line(element):
            galley.tab()
        else:
            galley.paragraph()
    elif _BLOCK.fullmatch(tag):
        parent = element.getparent()
        first = element.getprevious() is None and parent is not None and parent.tag in _HOLDERS
        if not first:
            galley.paragraph()
    if tag in ("ol", "ul"):
        lists.append(open_list(element, sum(one.style != "disc" for one in lists) + 1))
    elif tag == "li" and lists and (label_text := lists[-1].label(element)):
        galley.add(label_text, kind=style.kind)
        galley.space()


def _shares_line(cell: etree._Element) -> bool:
    """Say whether a cell stands in one line with that before: its number, or a short entry."""
    before = cell.getprevious()
    if before is None or before.tag not in _CELLS:
        return False
    length = _length(before)
    return 0 < length <= _LABEL or (0 < length <= _ENTRY and _length(cell) <= _ENTRY)


def _after(tag: str, galley: Galley, lists: list[List]) -> None:
    if _BLOCK.fullmatch(tag):
        galley.paragraph()
    if tag in ("ol", "ul") and lists:
        lists.pop()


def _is_mark(element: etree._Element, tag: str) -> bool:
    """Say whether an element is a raised footnote mark, or a link to a note."""
    linked = tag == "a" and element.get("role") == "doc-noteref"
    return (linked or tag == "sup") and bool(_MARK.fullmatch("".join(element.itertext()).strip()))


def _set_mark(element: etree._Element, galley: Galley, style: _Style) -> None:
    text = "".join(element.itertext()).strip()
    if style.kind is None:
        galley.mark(text)
    else:
        galley.add(text, kind=style.kind)
        galley.space()


def _set_text(text: str | None, galley: Galley, style: _Style) -> None:
    if not text:
        return
    if style.pre:
        for number, line in enumerate(text.split("\n")):
            if number:
                galley.line()
            galley.add(line.rstrip("\r"), emphasis=style.emphasis, kind=style.kind)
        return
    words = _WHITE.sub(" ", text)
    if words.startswith(" "):
        galley.space()
    galley.add(words.strip(" "), emphasis=style.emphasis, kind=style.kind)
    if words.endswith(" "):
        galley.space()
