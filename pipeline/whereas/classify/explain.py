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
_OPENS, _LIKE = 'opens with "', " or the like"
_KINDS = {"#num": "[number]", "#year": "[year]", "#sym": "[symbol]", "#money": "[amount]"}
_READ = 150  # words of an act; no feature sees the class of a later one
_KIND = re.compile("|".join(_KINDS))


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
            seen = text.removesuffix(_LIKE)
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
        names = feature.partition("~")[2].split()
        return _plain(f'says "{_in_classes(names, words, classes or {})}"{_LIKE}')
    for pattern, saying in _SAYINGS:
        if match := pattern.fullmatch(feature):
            parts = ((part or "").replace(">", " ") for part in match.groups())
            return _plain(saying.format(*parts))
    return feature


def _plain(text: str) -> str:
    """Return a text with a word for each sign that stands for a kind of figure."""
    return _KIND.sub(lambda found: _KINDS[found[0]], text)


def _in_classes(names: list[str], words: Sequence[str], classes: Mapping[str, str]) -> str:
    """Return the words of an act that are of these classes, side by side if there are such."""
    own = [classes.get(word, word if word[0] == "#" else "?") for word in words[:_READ]]
    for place in range(len(own)):
        if own[place : place + len(names)] == names:
            return " ".join(words[place : place + len(names)])
    return " ".join(words[own.index(name)] if name in own else "..." for name in names)
