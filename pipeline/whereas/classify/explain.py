"""Explanations: the features that decided on a function, in words a person understands."""

import re
from collections.abc import Sequence
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
_WHOLE = "as a whole, is like others of this function"
_OPENS = 'opens with "'
_KINDS = {"#num": "[number]", "#year": "[year]", "#sym": "[symbol]", "#money": "[amount]"}
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
    *,
    scale: float = 1.0,
    encoder: Floats | None = None,
    most: int = 5,
) -> Explanation:
    """Return the evidence, at most ``most`` pieces, that raised the best label over the next.

    Features that see the same words are one piece, with the sum of what they weigh, called
    after those that weigh most. So are all that see how the clause opens.

    Args:
        scores: the log odds of the model's classes.
        words: the words of the act, without decoration.
        scale: what the model's weights were multiplied with.
        encoder: the log odds that an encoder added.
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
            gain = scale * float(model.weights[column, best] - model.weights[column, second])
            seen = text = describe(feature)
            if feature.startswith("open=") or seen in opening:
                seen, text = opening[0], text if text.startswith(_OPENS) else opening[0]
            own = gains.setdefault(seen, {})
            own[text] = own.get(text, 0.0) + gain
    pieces = [(max(own, key=lambda text: own[text]), sum(own.values())) for own in gains.values()]
    if encoder is not None:
        pieces.append((_WHOLE, float(encoder[best] - encoder[second])))
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


def describe(feature: str) -> str:
    """Say in words what a feature stands for."""
    for pattern, saying in _SAYINGS:
        if match := pattern.fullmatch(feature):
            parts = ((part or "").replace(">", " ") for part in match.groups())
            return _plain(saying.format(*parts))
    return feature


def _plain(text: str) -> str:
    """Return a text as it is printed: Chinese without spaces, a word for each kind of figure."""
    return _BETWEEN_HAN.sub("", _KIND.sub(lambda found: _KINDS[found[0]], text))
