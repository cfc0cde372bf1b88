"""What each paragraph of a document that comes in paragraphs is: preambular, operative or neither.

A document has a front, a preambular block, an operative block and a back, in this order; headings,
bare leads and other paragraphs that deliver nothing may stand anywhere. Cues that can be read off
a paragraph give it points for each; the best way through the document decides (Viterbi).
"""

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Literal, NamedTuple

from whereas.document import Zone
from whereas.errors import ConfigError
from whereas.lexicon import load_lexicon
from whereas.resources import resource

Place = Literal["front", "preambular", "preambular gap", "operative", "operative gap", "back"]

# What may follow each place, and what it costs.
_STEPS: dict[Place, dict[Place, float]] = {
    "front": {"front": 0, "preambular": 0, "preambular gap": 1, "operative": 2, "operative gap": 2},
    "preambular": {"preambular": 0, "preambular gap": 0.5, "operative": 0, "operative gap": 0},
    "preambular gap": {"preambular": 0, "preambular gap": 0, "operative": 0, "operative gap": 0},
    "operative": {"operative": 0, "operative gap": 0, "back": 3},
    "operative gap": {"operative": 0, "operative gap": 0, "back": 3},
    "back": {"back": 0},
}
_ZONES: dict[Place, Zone] = {"preambular": "preambular", "operative": "operative"}

_NUMBER = re.compile(
    r"(?P<arabic>(?:art(?:icle|\.)\s*)?\(?\d{1,3}\s?[.)°\]]+)\s*"
    r"|(?P<roman>[IVXL]{1,6}\s?[.):—–-]+)\s*"
    r"|(?P<capital>[A-Z]\s?[.)])\s*"
    r"|(?P<letter>\(?[a-z]{1,4}\s?\)|[a-z]\.|[-–—•*·])\s*"
)
_TURN = 1.5  # points for a turn to the operative part at a lead
_FURNITURE = re.compile(r"[\W\d_]*(?:page)?[\W\d_]*", re.IGNORECASE)
_END = re.compile(r"([.;:,!?])[\s\d\"»”’'\-–—]*$")
_SHORT, _LONG = 4, 25  # words
_HEADING, _LONG_HEADING, _TITLE = 16, 24, 45  # most words of a heading, and of a title
_LEAD, _BEGUN = 45, 12  # most words of a lead, and of a clause that it only begins


class Points(NamedTuple):
    """What speaks for a paragraph's being a clause of either zone, or no clause at all."""

    preambular: float
    operative: float
    neither: float


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of one language; see ``configs/paragraphs.toml``."""

    body: re.Pattern[str]
    subject: re.Pattern[str]
    adopts: re.Pattern[str]
    annex: re.Pattern[str]
    closing: re.Pattern[str]
    note: re.Pattern[str]
    convened: re.Pattern[str]
    preambular: re.Pattern[str]
    operative: re.Pattern[str]
    content: re.Pattern[str]
    following: re.Pattern[str]
    goes_on: re.Pattern[str]
    wish: re.Pattern[str]
    ought: re.Pattern[str]
    division: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """What can be seen in a paragraph.

    ``opening`` is above 0 for the opening of a preambular clause and below for an operative one;
    ``inherited`` the same, from the lead that the paragraph goes on with; ``end`` its last
    punctuation; ``title`` whether it might be the title of the whole.
    """

    words: int
    number: str | None
    opening: float
    lead: bool
    formula: bool
    heading: int
    title: bool
    goes_on: bool
    wish: bool
    ought: bool
    lower: bool
    end: str
    furniture: bool
    annex: bool
    closing: bool
    inherited: float = 0.0


def paragraph_zones(paragraphs: Sequence[str], language: str) -> list[Zone | None]:
    """Return the zone of each paragraph, or None for one that is no clause.

    Args:
        language: "en" or "fr".
    """
    words = load_words(language)
    seen = list(_with_leads([cues_of(paragraph, words, language) for paragraph in paragraphs]))
    return [_ZONES.get(place) for place in _best_way([points_of(cues) for cues in seen], seen)]


@cache
def load_words(language: str) -> Words:
    """Return the patterns of a language.

    Raises:
        ConfigError: there are none.
    """
    tree = tomllib.loads(resource("configs/paragraphs.toml").read_text(encoding="utf-8"))
    if language not in tree:
        known = ", ".join(sorted(tree))
        raise ConfigError(f"paragraphs in {language!r} cannot be typed; known are {known}")
    patterns = tree[language]
    return Words(*(re.compile(patterns[field.name], re.IGNORECASE) for field in fields(Words)))


def cues_of(paragraph: str, words: Words, language: str) -> Cues:
    """Return what can be seen in a paragraph by itself."""
    text = " ".join(paragraph.split())
    announced = words.adopts.search(text)
    rest = text[announced.end() :].lstrip(" :.,") if announced else text
    formula = bool(words.body.match(text)) or (
        announced is not None and (not rest or bool(words.body.match(rest)))
    )
    number = _NUMBER.match(rest)
    kind = number.lastgroup if number else None
    core = rest[number.end() :] if number else rest
    opening = _opening(core, words, language)
    ending = _END.search(text)
    end = ending[1] if ending else ""
    ought = bool(words.ought.search(core))
    count = len(core.split())
    return Cues(
        words=count,
        number=kind,
        opening=opening,
        lead=not ought and _is_lead(core, opening, end, count, kind, words),
        formula=formula or bool(words.convened.match(text)),
        heading=0 if opening else _heading(core, end, count, kind, ought, words),
        title=not (end or ought or opening or kind) and _LONG_HEADING < count <= _TITLE,
        goes_on=bool(words.goes_on.match(core)),
        wish=bool(words.wish.search(core)),
        ought=ought,
        lower=core[:1].islower() and kind is None,
        end=end,
        furniture=bool(_FURNITURE.fullmatch(text) or words.note.match(text)),
        annex=bool(words.annex.match(text)) and count <= _TITLE,
        closing=bool(words.closing.match(text)),
    )


def _opening(core: str, words: Words, language: str) -> float:
    """Return how strongly the opening of a paragraph speaks for the preamble, or against it."""
    if subject := words.subject.match(core):
        core = core[subject.end() :]
    if words.preambular.match(core):
        return 3.0
    if words.operative.match(core):
        return -3.0
    opening = load_lexicon(language).match(core)
    if opening is None:
        return 0.0
    odds = math.log((opening.preambular + 0.5) / (opening.operative + 0.5))
    return max(-3.0, min(3.0, odds))


def _is_lead(
    core: str, opening: float, end: str, count: int, number: str | None, words: Words
) -> bool:
    """Say whether a paragraph only announces what follows it."""
    if not opening or count > _LEAD or number == "arabic":
        return False
    if opening > 0:
        return count < _SHORT and end in ("", ":")
    if words.following.search(core):
        return end == ":" or count <= _LEAD // 2
    content = words.content.search(core)
    if content is not None:  # a clause that is only begun, such as "that the Ministries:"
        begun = core[content.end() :].split()
        that = content[0].lower().startswith(("qu", "that")) and not words.wish.search(core)
        return end == ":" and that and len(begun) <= _BEGUN
    return end == ":" or (not end and count <= _HEADING)


def _heading(core: str, end: str, count: int, number: str | None, ought: bool, words: Words) -> int:
    """Return how much a paragraph looks like a heading, from 0 to 2."""
    if count > (_HEADING if number else _LONG_HEADING) or core[:1].islower():
        return 0
    if not count:
        return 2
    letters = [char for char in core if char.isalpha()]
    capitals = sum(char.isupper() for char in letters) > 0.7 * len(letters)
    division = bool(words.division.match(core)) or number in ("roman", "capital")
    if end and (end not in ".:" or count > _HEADING // 2 or not (division or end == ":")):
        return 0
    if ought:
        return 2 if capitals and number != "arabic" else 0
    return 2 if division or capitals or (number is None and count <= _HEADING // 2) else 1


def _with_leads(seen: Iterable[Cues]) -> Iterator[Cues]:
    """Yield cues in which paragraphs that go on with a lead inherit part of its opening."""
    lead, share = 0.0, 0.0
    for cues in seen:
        if cues.opening:
            lead, share = cues.opening, 0.8 if cues.lead else 0.5
            yield cues
        elif cues.goes_on or cues.lower:
            yield replace(cues, inherited=share * lead)
        elif cues.number == "letter":
            yield replace(cues, inherited=0.3 * lead)
        else:
            yield cues


def points_of(cues: Cues) -> Points:
    """Weigh the cues of a paragraph."""
    preambular = operative = neither = 0.0
    if cues.furniture or cues.formula:
        return Points(-4, -4, 4)
    if cues.annex or cues.closing:
        return Points(-2, -2, 3)
    if cues.lead:
        return Points(-2, -1, 3)
    strength = cues.opening + cues.inherited
    preambular += strength
    operative -= strength
    neither -= abs(strength)
    if cues.number == "arabic":
        preambular, operative, neither = preambular - 0.5, operative + 1.5, neither - 1
    if cues.goes_on:
        operative, neither = operative + 0.5, neither - 1.5
        operative += cues.wish
    if cues.ought and not cues.heading:
        preambular, operative, neither = preambular - 0.5, operative + 2, neither - 1.5
    if cues.lower or cues.number == "letter":
        neither -= 1.5
    ends = {",": (0.7, -0.3, -0.5), ";": (0.2, 0.2, -1.0), ".": (-0.3, 0.3, -0.5)}
    add = ends.get(cues.end, (0.0, 0.0, 0.0))
    preambular, operative, neither = preambular + add[0], operative + add[1], neither + add[2]
    neither += 1 if cues.words <= _SHORT else -2 if cues.words > _LONG else 0
    neither += 1.5 * cues.heading
    return Points(preambular, operative, neither)


def _best_way(points: Sequence[Points], seen: Sequence[Cues]) -> list[Place]:
    """Return the place of each paragraph on the way through the document with most points."""
    table: list[dict[Place, Place]] = []
    totals: dict[Place, float] = {"front": 0.0}
    for point, cues in zip(points, seen, strict=True):
        arrived: dict[Place, float] = {}
        came: dict[Place, Place] = {}
        for before, total in totals.items():
            for place, cost in _STEPS[before].items():
                score = total - cost + _at(place, point, cues) + _turn(before, place, cues)
                if score > arrived.get(place, -math.inf):
                    arrived[place], came[place] = score, before
        totals = arrived
        table.append(came)
    place = max(totals, key=lambda place: totals[place])
    way = []
    for came in reversed(table):
        way.append(place)
        place = came[place]
    return way[::-1]


def _turn(before: Place, place: Place, cues: Cues) -> float:
    """Return the points for turning from the preamble to the operative part at its lead."""
    turns = before.startswith("preambular") and place == "operative gap"
    announces = cues.formula or (cues.lead and cues.opening < 0)
    return _TURN if turns and announces else 0.0


def _at(place: Place, point: Points, cues: Cues) -> float:
    """Return the points of a paragraph at a place."""
    if place == "preambular":
        return point.preambular
    if place == "operative":
        return point.operative
    if place == "back":
        return point.neither + (4 if cues.annex or cues.closing else 0)
    if place == "front" and cues.title:
        return point.neither + 3
    away = "preambular gap" if cues.opening < 0 else "operative gap" if cues.opening > 0 else None
    return point.neither - (2 if cues.lead and place in (away, "front") else 0)
