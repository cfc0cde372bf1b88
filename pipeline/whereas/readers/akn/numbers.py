"""Numbers of clauses and items as six languages print them, and how deep an item's lies."""

import re

_ITEM = re.compile(
    r"""[“”«"„]?
    ( [(（][^\W_][^\W_ ]{0,6}(?:[ ][^\W_])?[)）]        # (a) (xii) (1) (هـ) (ه ه) (十三)
    | [^\W\dA-ZА-Я_]{1,2}[)）] | [ivxl]{1,6}[)）]       # a) ii)
    | [‘’'][^\W_]{1,4}[’‘'] | [㈠-㉃㊀-㊉]              # ‘1’ ㈠
    )(?=\s|[^\W\d_]|$)
    | ([•▪◦–—-])(?=\s|$)""",
    re.VERBOSE,
)
_CLAUSE = re.compile(
    r"[\u200e\u200f]*((?:\d{1,3}|[٠-٩]{1,3})[\u200e\u200f]*(?:[.．]|[ ]?[-–]))"
    r"(?=[\s\u200e\u200f]|[^\W\d_])"
)
_BARE = re.compile(r"(\d{1,3})(?= )")
_ROMAN = re.compile(r"[ivxl]+")
_KINDS = (
    ("roman", _ROMAN),
    ("digit", re.compile(r"\d+")),
    ("letter", re.compile(r"[^\W\d_]+")),
)


def item_number(text: str) -> str | None:
    """Return the item's number with which ``text`` begins, such as "(a)" or "ii)", if any."""
    match = _ITEM.match(text)
    return match.group(1) or match.group(2) if match else None


def clause_number(text: str, *, bare: bool = False) -> str | None:
    """Return the clause's number with which ``text`` begins, such as "7." or "7 -", if any.

    Args:
        bare: whether a number without a stop or dash, such as "7", is one too.
    """
    match = _CLAUSE.match(text) or (_BARE.match(text) if bare else None)
    return match.group(1) if match else None


class Levels:
    """Finds the level of each next item of a clause by the kind of its number.

    A kind not seen yet lies one deeper; one seen before lies where it lay.
    """

    def __init__(self) -> None:
        self._last: list[tuple[str, str]] = []  # by level: kind and number of the latest item

    def level(self, number: str) -> int:
        """Return the level of the next item: 2 for the first kind of number, 3 for the next."""
        kind, core = self._kind(number)
        for depth, (known, _) in enumerate(self._last):
            if known == kind:
                del self._last[depth:]
                break
        self._last.append((kind, core))
        return len(self._last) + 1

    def _kind(self, number: str) -> tuple[str, str]:
        core = number.strip("“”«\"„()（）‘’' ")
        shape = re.sub(r"[^\W_]+", "x", number)
        name = next((kind for kind, pattern in _KINDS if pattern.fullmatch(core)), "sign")
        if name == "roman" and self._follows(core, shape):
            name = "letter"
        return f"{name} {shape}", core

    def _follows(self, core: str, shape: str) -> bool:
        """Say whether a roman-looking letter comes after its neighbour: (i) after (h)."""
        kinds = [known for known, _ in self._last]
        if len(core) > 1 or f"roman {shape}" in kinds:
            return False
        return (f"letter {shape}", chr(ord(core) - 1)) in self._last
