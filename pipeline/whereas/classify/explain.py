"""Explanations: the features that decided on a function, in words a person understands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whereas.classify.linear import Floats, Linear

_SAYINGS = (
    (re.compile(r"open=(.*)"), 'opens with "{0}"'),
    (re.compile(r"(?:preambular|operative)=(.*)"), 'opens with "{0}"'),
    (re.compile(r"stem=(.*)"), 'opens with a form of "{0}..."'),
    (re.compile(r"(?:head|\d+|word|any)=(.*)"), 'says "{0}"'),
    (re.compile(r"1st addressee=(\w+)(?: (?:near|mid|far))?"), "addressee: {0}"),
    (re.compile(r"([^>]*)>addressee=(\w+)"), 'addressee after "{0}": {1}'),
    (re.compile(r"([^>]*)>cue=(\w+)"), '"{0}" with words of {1}'),
    (re.compile(r"cue=(\w+).*"), "words of {0}"),
    (re.compile(r"frame=(.*)"), 'built as "{0} ..."'),
    (re.compile(r"front=.*"), "has words before its main verb"),
    (re.compile(r"again=(.*)"), 'repeats an act that "{0}"'),
    (re.compile(r"verb=(.*)"), 'its verb is "{0}"'),
    (re.compile(r"(?:[^>]*>)?complement=clause"), "states something in a clause of its own"),
    (re.compile(r"(?:[^>]*>)?complement=phrase"), "has an object"),
    (re.compile(r"subject=(.*)"), 'says something of "{0}"'),
    (re.compile(r"(?:[^>]*>)?(?:predicate|finite|modal)=(.*)"), 'states with "{0}"'),
    (re.compile(r"(?:predicates|infinitives)=.*"), "how many predicates and infinitives it has"),
    (re.compile(r"(?:[^>]*>)?object(?: 2)?=(.*)"), 'object: "{0}"'),
    (re.compile(r"(?:[^>]*>)?determiner=.*"), "the article of its object"),
    (re.compile(r"modifier=(.*)"), 'object described as "{0}"'),
    (re.compile(r"reports in .*"), "asks to report"),
    (re.compile(r"and to=(.*)"), 'asks further to "{0}"'),
    (re.compile(r"(?:[^>]*>)?to(?: \d)?=(.*)"), 'asks to "{0}"'),
    (re.compile(r"([^>]*)>([^>]*)>([^>]*)"), 'built as "{0} ... {1} {2}"'),
    (re.compile(r"([^>]*)>([^>]*)"), '"{1}" after "{0}"'),
    (re.compile(r"zone=(.*)"), "stands in the {0} part"),
    (re.compile(r"organ=([^+]*)\+.*"), "organ: {0}"),
    (re.compile(r"from start=0\+(.*)"), "first of the {0} part"),
    (re.compile(r"from end=0\+(.*)"), "last of the {0} part"),
    (re.compile(r"(?:from start|from end|fifth)=.*"), "its place in the document"),
    (re.compile(r"place=unknown|alone"), "stands alone"),
    (re.compile(r"(2nd )?(previous|next)=none"), "has few neighbours"),
    (re.compile(r"(?:2nd )?previous=(.*)"), 'follows a clause that opens with "{0}"'),
    (re.compile(r"(?:2nd )?next=(.*)"), 'precedes a clause that opens with "{0}"'),
    (re.compile(r"items=.*"), "has sub-paragraphs"),
    (re.compile(r"item=(.*)"), 'has a sub-paragraph that opens with "{0}"'),
    (re.compile(r"acts=1"), "is a single act"),
    (re.compile(r"acts=.*"), "may have several acts"),
)
_OPENS = 'opens with "'
_LIKE = " or the like"  # of words in a class
_RARE, _WITH_RARE = ", a rare word", " with a rare word"  # of words in none
_ADDED = re.compile(f"(?:{_LIKE}|{_RARE}|{_WITH_RARE})$")
_NONE = "?"  # the class of a word that is in none
_WHERE = {  # places of an act that features of word classes see
    "near": range(13),
    "far": range(14, 60),
    "preambular": range(1, 14),
    "operative": range(1, 14),
}
_KINDS = {"#num": "[number]", "#year": "[year]", "#sym": "[symbol]", "#money": "[amount]"}
_READ = 150  # words of an act; no feature sees the class of a later one
_KIND = re.compile("|".join(_KINDS))
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing seen in a clause and how much it weighed for its function (log odds)."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a clause got its ``function`` and not ``instead``, the next in line."""

    function: str
    instead: str | None
    evidence: tuple[Evidence, ...]


def explain_choice(
    model: Linear,
    row: Sequence[str],
    scores: Floats,
    words: Sequence[str] = (),
    classes: Mapping[str, str] | None = None,
    most: int = 5,
) -> Explanation:
    """Return the evidence, at most ``most`` pieces, that raised the best label over the next.

    Features that see the same words are one piece, with the sum of what they weigh, called
    after those that weigh most. So are all that see how the clause opens.

    Args:
        words: the words of the act, without decoration.
        classes: the class of each word.
    """
    order = (-scores).argsort(kind="stable")
    best = int(order[0])
    if len(order) < 2:
        return Explanation(model.classes[best], None, ())
    second = int(order[1])
    opening = _opening(words)
    gains: dict[str, dict[str, float]] = {}
    for feature in sorted(set(row)):
        if (column := model.index.get(feature)) is not None:
            gain = float(model.weights[column, best] - model.weights[column, second])
            text = describe(feature, words, classes)
            seen = _ADDED.sub("", text)
            if feature.startswith("open=") or seen in opening:
                seen, text = opening[0], text if text.startswith(_OPENS) else opening[0]
            own = gains.setdefault(seen, {})
            own[text] = own.get(text, 0.0) + gain
    pieces = [(max(own, key=lambda text: own[text]), sum(own.values())) for own in gains.values()]
    pieces.sort(key=lambda piece: -piece[1])
    evidence = tuple(Evidence(text, round(gain, 3)) for text, gain in pieces[:most] if gain > 0)
    return Explanation(model.classes[best], model.classes[second], evidence)


def _opening(words: Sequence[str]) -> tuple[str, ...]:
    """Return what is said of features that see the first word of an act, or its first two."""
    first, two = _plain(" ".join(words[:1])), _plain(" ".join(words[:2]))
    again = (f'its verb is "{first}"', f'opens with a form of "{first[:5]}..."')
    return (
        f'{_OPENS}{first}"',
        *again,
        f'"{first}" after "{first}"',
        f'says "{first}"',
        f'says "{two}"',
    )


def describe(
    feature: str, words: Sequence[str] = (), classes: Mapping[str, str] | None = None
) -> str:
    """Say in words what a feature stands for.

    Args:
        words: the words of the act that has it.
        classes: the class of each word.
    """
    if "~" in feature:
        return _plain(_of_classes(feature, words, classes or {}))
    for pattern, saying in _SAYINGS:
        if match := pattern.fullmatch(feature):
            parts = ((part or "").replace(">", " ") for part in match.groups())
            return _plain(saying.format(*parts))
    return feature


def _plain(text: str) -> str:
    """Return a text as it is printed: Chinese without spaces, a word for each kind of figure."""
    return _BETWEEN_HAN.sub("", _KIND.sub(lambda found: _KINDS[found[0]], text))


def _of_classes(feature: str, words: Sequence[str], classes: Mapping[str, str]) -> str:
    """Say which words of an act a feature of word classes stands for.

    It is the first of the classes where the feature looks. Where that is not known, as of
    objects and infinitives, a word without a class is not named.
    """
    where, _, group = feature.partition("~")
    names = group.split()
    own = [classes.get(word, word if word[0] == "#" else _NONE) for word in words[:_READ]]
    places = _places(where, words)
    if places is None:
        places = range(0 if _NONE in names else _READ)
    for place in places:
        if own[place : place + len(names)] == names:
            text = f'says "{" ".join(words[place : place + len(names)])}"'
            if _NONE not in names:
                return text + _LIKE
            return text + (_RARE if len(names) == 1 else _WITH_RARE)
    if set(names) == {_NONE}:
        return "says a rare word"
    known = (name if name != _NONE and name in own else None for name in names)
    found = " ".join("..." if name is None else words[own.index(name)] for name in known)
    return f'says "{found}"{_LIKE}'


def _places(where: str, words: Sequence[str]) -> range | None:
    """Return where the words begin that ``class_features`` sees; None for other features."""
    if where.isdecimal():
        return range(int(where), int(where) + 1)
    if where in _WHERE:
        return _WHERE[where]
    return _WHERE["operative"] if where in words[:1] else None
