"""Explanations: the features that decided on a function, in words a person understands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whereas.classify.linear import Floats, Linear

_SAYINGS = (
    (re.compile(r"open=(.*)"), 'opens with "{0}"'),
    (re.compile(r"(?:preambular|operative)=(.*)"), 'opens with "{0}"'),
    (re.compile(r"stem=(.*)"), 'opens with a form of "{0}..."'),
    (re.compile(r"head=(.*)"), 'says near its beginning "{0}"'),
    (re.compile(r"\d+=(.*)"), 'says near its beginning "{0}"'),
    (re.compile(r"word=(.*)"), 'says in its first act "{0}"'),
    (re.compile(r"any=(.*)"), 'says "{0}"'),
    (re.compile(r"1st addressee=(\w+)(?: (?:near|mid|far))?"), "addressee: {0}"),
    (re.compile(r"([^>]*)>addressee=(\w+)"), 'addressee after "{0}": {1}'),
    (re.compile(r"([^>]*)>cue=(\w+)"), '"{0}" with words of {1}'),
    (re.compile(r"cue=(\w+).*"), "words of {0}"),
    (re.compile(r"frame=(.*)"), 'built as "{0} ..."'),
    (re.compile(r"front=.*"), "has words before its main verb"),
    (re.compile(r"again=(.*)"), 'repeats an act that "{0}"'),
    (re.compile(r"verb=(.*)"), 'opens with "{0}"'),
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
    (re.compile(r"([^>]*)>([^>]*)"), '"{0}" and "{1}"'),
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
    examples: Mapping[str, str] | None = None,
    most: int = 5,
) -> Explanation:
    """Return the evidence, at most ``most`` pieces, that raised the best label over the next.

    Args:
        examples: a word of each class of words.
    """
    order = (-scores).argsort(kind="stable")
    best = int(order[0])
    if len(order) < 2:
        return Explanation(model.classes[best], None, ())
    second = int(order[1])
    gains: dict[str, float] = {}
    for feature in sorted(set(row)):
        if (column := model.index.get(feature)) is not None:
            gain = float(model.weights[column, best] - model.weights[column, second])
            text = describe(feature, examples or {})
            gains[text] = gains.get(text, 0.0) + gain
    chosen = sorted(gains.items(), key=lambda item: -item[1])[:most]
    evidence = tuple(Evidence(text, round(gain, 3)) for text, gain in chosen if gain > 0)
    return Explanation(model.classes[best], model.classes[second], evidence)


def describe(feature: str, examples: Mapping[str, str] | None = None) -> str:
    """Say in words what a feature stands for, given a word of each class of words."""
    if "~" in feature:
        names = feature.partition("~")[2].split()
        words = " ".join((examples or {}).get(name, "...") for name in names)
        return f'says something like "{words}"'
    for pattern, saying in _SAYINGS:
        if match := pattern.fullmatch(feature):
            return saying.format(*((part or "").replace(">", " ") for part in match.groups()))
    return feature
