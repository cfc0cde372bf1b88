"""What the classifier sees of a clause: words, openings, cues, position and neighbours.

A clause is cut into *acts*: its beginning, and each later place where a verb that opens clauses
stands after a comma, an "and" or the like. Each act is described by a list of features, strings
such as ``open=requests the`` or ``addressee=secretariat``; which groups of features are made is
a setting of the recipe.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import get_args

from whereas.config import Group
from whereas.document import Clause, Document
from whereas.features.cues import Cues
from whereas.features.frame import PUNCTUATION, frame_features

GROUPS: tuple[Group, ...] = get_args(Group)

_TOKEN = re.compile(
    r"[\u3040-\u9fff]"
    r"|\b[a-z]/[\w./()-]+"
    r"|[$€]\s?\d[\d,.]*"
    r"|\d[\d,./]*"
    r"|[^\W\d_\u3040-\u9fff]+(?:['\-][^\W\d_\u3040-\u9fff]+)*"
    r"|[,;:()]"
)
_SAME = str.maketrans(
    {"’": "'", "‑": "-", "–": "-", "\u00ad": None}
    | dict(zip("，、；：（）،؛", ",,;:(),;", strict=True))
    | dict.fromkeys("\u0640\u200e\u200f")  # what stretches Arabic words or turns the line
    | {chr(mark): None for mark in range(0x064B, 0x0653)}  # vowel signs, printed or not
    | {chr(0x0660 + digit): str(digit) for digit in range(10)}
)
_ITEM_NUMBER = re.compile(r"\(?\w{1,5}[.)]\s+")
_AND = frozenset({"and", "et", "y", "e", "и"})
_HAN = "\u3040"  # Chinese characters, each of them a token, come after all other letters
_LONGEST_VERB = 8  # characters
_HEAD = 12  # words of an act that are looked at one by one
_FRONT = 70  # words in which the main act must begin
_SHORT = 5  # words up to which a clause before its items says little by itself


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a clause.

    ``start`` is its place among the clause's tokens;
    ``core`` are its words without punctuation and decoration, ``mentions`` the addressees that
    it mentions and where among these words, and ``features`` describe it.
    """

    start: int
    core: Sequence[str]
    mentions: Sequence[tuple[int, str]]
    features: Sequence[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _View:
    """A clause as tokens: of its text and, where that says little, its first item."""

    tokens: list[str]
    items: list[list[str]]
    starts: list[int]
    opening: list[str]


def tokens(text: str) -> list[str]:
    """Return the words and the punctuation of a text, in lower case, figures by their kind."""
    return list(map(_kind, _TOKEN.findall(text.lower().translate(_SAME))))


@lru_cache(maxsize=1 << 14)
def _kind(token: str) -> str:
    first = token[0]
    if first.isdigit():
        if "/" in token:
            return "#sym"
        return "#year" if len(token) == 4 and token[:2] in ("19", "20") else "#num"
    if first in "$€":
        return "#money"
    return "#sym" if token[1:2] == "/" else token


def document_acts(
    document: Document, cues: Cues, groups: Collection[str] = GROUPS
) -> list[list[Act]]:
    """Return the acts of each clause, described by the chosen groups of features.

    In a document with ``partial`` set, clauses are without their neighbours, so that their places
    are not known.
    """
    partial = document.is_partial
    views = [_view(clause, cues) for clause in document.clauses]
    zones = [clause.zone for clause in document.clauses]
    sizes, ranks = Counter(zones), Counter[str]()
    result: list[list[Act]] = []
    for number, (clause, view) in enumerate(zip(document.clauses, views, strict=True)):
        context = [f"zone={clause.zone}"]
        if "place" in groups:
            context += _place(ranks[clause.zone], sizes[clause.zone], clause.zone, partial)
            ranks[clause.zone] += 1
            context.append(f"organ={document.organ}+{clause.zone}")
        if "items" in groups:
            context += _items(view)
        if "neighbours" in groups:
            context += ["alone"] if partial else _neighbours(views, zones, number)
        result.append(list(_acts(view, clause.zone, context, cues, groups)))
    return result


def _view(clause: Clause, cues: Cues) -> _View:
    words = tokens(clause.text)
    items = [tokens(_ITEM_NUMBER.sub("", item.text, count=1)) for item in clause.items]
    if items and len(words) <= _SHORT:
        words += items[0]
    first = main_start(words, clause.zone, cues)
    starts = [first, *(first + place for place in act_starts(words[first:], cues))]
    return _View(
        words, items, starts, stripped(words[first : starts[1] if starts[1:] else None], cues)
    )


def main_start(words: Sequence[str], zone: str, cues: Cues) -> int:
    """Return where the main act begins, past a formula or a participle in front of it.

    "The Council, Recalling ..." and "Acting under Chapter VII, decides ..." have such fronts.
    """
    main = cues.main.get(zone, frozenset())
    first = 0
    while first < len(words) and (words[first] in PUNCTUATION or words[first] in cues.decoration):
        first += 1
    if any(_opens(words, place, main) for place in range(min(first + 1, len(words)))):
        return 0  # some phrases that open clauses begin with decoration
    for place in range(first + 1, min(len(words), _FRONT)):
        if _opens(words, place, main):
            before = place - 1
            while before > first and words[before] in cues.decoration:
                before -= 1
            if words[before] in (",", ";"):
                return place
    return 0


def act_starts(words: Sequence[str], cues: Cues) -> Iterator[int]:
    """Yield where, after its beginning, a clause may have a further act."""
    last = 0
    for place, word in enumerate(words):
        if place - last < 2:
            continue
        verb = _opens(words, place, cues.verbs)
        if not (verb or word in cues.reports):
            continue
        before = place - 1
        while before > last and words[before] in cues.decoration and words[before] not in _AND:
            before -= 1
        joined = words[before] in cues.joints
        if joined and (verb or words[before] in _AND):
            last = place
            yield place


def _opens(words: Sequence[str], place: int, verbs: Collection[str]) -> bool:
    """Say whether one of the verbs starts here; in Chinese they have several characters."""
    word = words[place]
    return word in verbs or (
        word >= _HAN
        and any(
            "".join(words[place : place + size]) in verbs for size in range(2, _LONGEST_VERB + 1)
        )
    )


def stripped(words: Sequence[str], cues: Cues) -> list[str]:
    """Return the words of an act without its punctuation and the decoration of its opening."""
    result: list[str] = []
    for place, word in enumerate(words):
        if len(result) == 2:
            result += [word for word in words[place:] if word not in PUNCTUATION]
            break
        if word in PUNCTUATION or (word in cues.decoration and (not result or word in cues.after)):
            continue
        result.append(word)
    return result


def _acts(
    view: _View, zone: str, context: list[str], cues: Cues, groups: Collection[str]
) -> Iterator[Act]:
    whole: list[str] = []
    if "clause" in groups:
        whole = sorted({f"any={word}" for words in (view.tokens, *view.items) for word in words})
    ends = [*view.starts[1:], len(view.tokens)]
    for number, (start, end) in enumerate(zip(view.starts, ends, strict=True)):
        words = view.tokens[start:end]
        core = stripped(words, cues)
        features = list(context)
        if "opening" in groups:
            features += _opening(core, zone)
        if "words" in groups:
            features += [f"word={word}" for word in {*core}]
        if "pairs" in groups:
            features += [f"word={first} {second}" for first, second in {*pairwise(core)}]
        found = list(cues.find(core))
        if "cues" in groups:
            features += _cues(core, zone, found)
        if "frame" in groups:
            features += frame_features(words, zone, cues)
        if number == 0:
            features += whole
            if start:
                features.append(f"front={' '.join(view.tokens[:3])}")
            features.append(f"acts={min(len(ends), 4)}")
        else:
            features.append(f"before={' '.join(view.tokens[max(0, start - 2) : start])}")
            features.append(f"first={' '.join(view.opening[:1])}")
        mentions = [(place, kind[10:]) for place, kind in found if kind[:10] == "addressee="]
        yield Act(start, core, mentions, features)


def _opening(core: Sequence[str], zone: str) -> Iterator[str]:
    for size in range(1, 7):
        if size <= len(core):
            yield f"open={' '.join(core[:size])}"
    if core:
        yield f"{zone}={core[0]}"
        yield f"stem={core[0][:5]}"
    head = core[:_HEAD]
    for place, word in enumerate(head[:8]):
        yield f"{place}={word}"
    for first, second in pairwise(head):
        yield f"head={first} {second}"
    for word in {*head}:
        yield f"head={word}"
        yield f"{core[0]}>{word}"


def _cues(core: Sequence[str], zone: str, found: Sequence[tuple[int, str]]) -> Iterator[str]:
    first = True
    verb = core[0] if core else ""
    seen: set[str] = set()
    for place, kind in found:
        near = "near" if place < 6 else "mid" if place < 15 else "far"
        if kind.startswith("addressee="):
            if first and place > 0:
                first = False
                yield f"1st {kind}"
                yield f"1st {kind} {near}"
                yield f"{verb}>{kind}"
            continue
        if kind not in seen:
            seen.add(kind)
            yield f"{kind} {near}"
            yield f"{kind}+{zone}"
            yield f"{verb}>{kind}"
    for place, word in enumerate(core[:25]):
        if word in ("to", "that", "shall", "will", "of", "for", "should", "must"):
            nxt = core[place + 1] if place + 1 < len(core) else ""
            yield f"{word}>{nxt}"
            if word in ("to", "that", "shall"):
                yield f"{verb}>{word}>{nxt}"
                yield f"frame={verb} {word}"
                break


def _place(rank: int, size: int, zone: str, partial: bool) -> Iterator[str]:
    """Describe the place of a clause, the ``rank``th of ``size``, counted from 0, in its zone."""
    if partial:
        yield "place=unknown"
        return
    yield f"from start={min(rank, 3)}+{zone}"
    yield f"from end={min(size - 1 - rank, 3)}+{zone}"
    yield f"fifth={5 * rank // size}+{zone}"


def _items(view: _View) -> Iterator[str]:
    if view.items:
        yield f"items={min(len(view.items), 3)}"
        for item in view.items[:6]:
            yield f"item={' '.join(item[:1])}"
            yield f"item={' '.join(item[:2])}"


def _neighbours(views: Sequence[_View], zones: Sequence[str], number: int) -> Iterator[str]:
    for step, name in ((-1, "previous"), (1, "next"), (-2, "2nd previous"), (2, "2nd next")):
        there = number + step
        if not 0 <= there < len(views) or zones[there] != zones[number]:
            yield f"{name}=none"
            continue
        core = views[there].opening
        yield f"{name}={' '.join(core[:1])}"
        if abs(step) == 1:
            yield f"{name}={' '.join(core[:2])}"


def addressee_features(acts: Sequence[tuple[Act, str]]) -> list[str]:
    """Describe to whom the directive acts of a clause, given with their functions, may speak."""
    features: list[str] = []
    for number, (act, label) in enumerate(acts[:4]):
        own = _addressee_features(act, label)
        features += own if number == 0 else (f"then {feature}" for feature in own)
    return features


def _addressee_features(act: Act, label: str) -> Iterator[str]:
    core = act.core
    verb = core[0] if core else ""
    stop = next((n for n, word in enumerate(core) if n > 1 and word in _ENDS_ADDRESS), len(core))
    mentions = [(place, name) for place, name in act.mentions if place > 0]
    yield f"label={label}"
    for rank, (place, name) in enumerate(mentions):
        yield f"has {name}"
        if rank < 4:
            yield f"{rank}:{name}"
            if place < stop:
                yield f"before to {rank}:{name}"
        if rank == 0:
            yield f"{label}>{name}"
            yield f"{verb}>{name}"
    for word in core[1 : min(stop, 15)]:
        yield f"np={word}"
    for pair in pairwise(core[:14]):
        yield f"np={' '.join(pair)}"
    for start in range(min(10, len(core) - 2)):
        yield f"np={' '.join(core[start : start + 3])}"
    for place, word in enumerate(core[:6]):
        yield f"{place}={word}"
    for word in core[:40]:
        yield f"word={word}"
    yield f"open={verb}"
    yield f"open={' '.join(core[:3])}"


_ENDS_ADDRESS = frozenset({"to", "shall", "that"})


def addressee_order(acts: Sequence[tuple[Act, str]], names: Collection[str]) -> list[str]:
    """Sort addressees in the order in which directive acts first mention them."""
    first: dict[str, tuple[int, int]] = {}
    for number, (act, _) in enumerate(acts):
        for place, name in act.mentions:
            if place > 0:
                first.setdefault(name, (number, place))
    unseen = (len(acts), 0)
    return sorted(names, key=lambda name: (first.get(name, unseen), name))
