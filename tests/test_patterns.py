"""No regular expression of the package takes more than linear time, whatever the text."""

import importlib
import pkgutil
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import product
from pathlib import Path
from time import thread_time

import pytest

import whereas
from whereas.language import LANGUAGES
from whereas.segmenter.paragraphs import load_words
from whereas.segmenter.wording import load_wording

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _parser as parser  # type: ignore[attr-defined]

PACKAGE = Path(whereas.__file__).parent
FEW, SHORT, LONG = 24, 200, 2400  # repetitions; linear time takes 12 times as long for the last
TOLERATED = 40  # times as long: between linear (12) and quadratic (144)
NOTICED = 0.004  # seconds below which no time is looked at
READ_FROM_CONFIGS = (  # modules that use patterns of configs/
    *("whereas.segmenter.assemble", "whereas.segmenter.front", "whereas.segmenter.outline"),
    *("whereas.segmenter.flow", "whereas.segmenter.furniture", "whereas.segmenter.paragraphs"),
)
EXEMPT = {
    "whereas.readers.docling:_NO_TEXT": "reads only as far as the last comment that ends",
    "whereas.segmenter.wording:_PARTS": "reads a pattern of our own configuration",
    "whereas.lexicon.build:_SHORT_TAIL": "reads an opening phrase, which is short",
}
METHODS = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")
SAMPLES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}


def patterns_in(
    value: object, name: str
) -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from patterns_in(inner, f"{name}[{key!r}]")
    elif isinstance(value, tuple | list | frozenset | set):
        for number, inner in enumerate(value):
            yield from patterns_in(inner, f"{name}[{number}]")
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from patterns_in(getattr(value, field.name), f"{name}.{field.name}")


def compiled() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Return all patterns of the package by where they are: those of modules, those of configs."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for module in pkgutil.walk_packages(whereas.__path__, "whereas."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                found |= patterns_in(value, f"{module.name}:{name}")
    for language in LANGUAGES:
        found |= patterns_in(load_wording(language), f"wording.{language}")
    for language in ("en", "fr"):
        found |= patterns_in(load_words(language), f"paragraphs.{language}")
    return found


PATTERNS = compiled()


@cache
def source_of(module: str) -> str:
    return Path(str(importlib.import_module(module).__file__)).read_text(encoding="utf-8")


def methods_of(place: str) -> list[str]:
    """Return how a pattern is used, as far as the package tells; searching is the hardest use."""
    module, _, name = place.partition(":")
    source = source_of(module) if name else "".join(map(source_of, READ_FROM_CONFIGS))
    name = (name or place.rpartition(".")[2]).partition("[")[0]
    owner = "" if module and ":" in place else r"(?:wording|words)\."
    used = re.findall(rf"\b{owner}{re.escape(name)}\.(\w+)\(", source)
    if name == "_SAYINGS":
        return ["fullmatch"]
    return sorted(set(used) & set(METHODS)) or (["search"] if ":" in place else ["match"])


def atoms_of(pattern: str, flags: int) -> list[str]:
    """Return what a pattern is made of: single characters, and its runs of literals."""
    atoms: dict[str, None] = {}
    waiting = [parser.parse(pattern, flags)]
    while waiting:
        run = ""
        for op, argument in waiting.pop():
            name = str(op)
            if name == "LITERAL":
                run += chr(argument)
                atoms[chr(argument)] = None
                continue
            if len(run) > 1:
                atoms[run] = None
            run = ""
            if name in ("IN", "NOT_LITERAL"):
                atoms |= dict.fromkeys(_members(argument if name == "IN" else []))
            elif name == "ANY":
                atoms["a"] = None
            elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                waiting.append(argument[2])
            elif name == "SUBPATTERN":
                waiting.append(argument[3])
            elif name == "BRANCH":
                waiting += argument[1]
            elif name in ("ASSERT", "ASSERT_NOT"):
                waiting.append(argument[1])
            elif name == "ATOMIC_GROUP":
                waiting.append(argument)
        if len(run) > 1:
            atoms[run] = None
    return list(atoms)


def _members(members: list[tuple[object, object]]) -> Iterator[str]:
    for op, argument in members:
        if str(op) == "LITERAL":
            yield chr(argument)  # type: ignore[call-overload]
        elif str(op) == "RANGE":
            yield chr(argument[0])  # type: ignore[index]
        elif str(op) == "NEGATE":
            yield from "a \u00a0"
        elif str(op) == "CATEGORY":
            yield SAMPLES.get(str(argument), "-")


def probes(atoms: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what to begin with and what to repeat: each atom, and each pair of the commonest."""
    few = [*atoms[:6], " ", "1", "a"]
    for atom in dict.fromkeys([*atoms[:24], *few]):
        yield "", atom
    for one, other in product(dict.fromkeys(few), repeat=2):
        yield one, other
        if one != other:
            yield "", one + other


def seconds(use: Callable[[str], object], text: str) -> float:
    best = 1e9
    for _ in range(2):
        began = thread_time()
        result = use(text)
        if isinstance(result, Iterator):
            for _ in result:
                pass
        best = min(best, thread_time() - began)
        if best < NOTICED:
            break
    return best


def slow_inputs(place: str) -> list[str]:
    pattern = PATTERNS[place]
    binary = isinstance(pattern.pattern, bytes)
    source = (
        pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    )
    found = []
    for method in methods_of(place):
        function = getattr(pattern, method)

        def use(
            text: str, function: Callable[..., object] = function, method: str = method
        ) -> object:
            subject = text.encode("utf-8") if binary else text
            return function(*((subject[:0], subject) if method == "sub" else (subject,)))

        for first, atom in probes(
            atoms_of(source, pattern.flags & ~re.UNICODE if binary else pattern.flags)
        ):
            for last in ("", "\x01"):
                if all(grows(use, first, atom, last) for _ in range(3)):  # no passing pause
                    found.append(f"{method}: {first!r} + {atom!r} * n + {last!r}")
                    break
    return found


def grows(use: Callable[[str], object], first: str, atom: str, last: str) -> bool:
    """Say whether time grows faster than the number of repetitions."""
    if seconds(use, first + atom * FEW + last) > NOTICED * 5:
        return True
    short = seconds(use, first + atom * SHORT + last)
    if short > NOTICED * 5:
        return True
    long = seconds(use, first + atom * LONG + last)
    return long > NOTICED and long > TOLERATED * short


@pytest.mark.parametrize("place", sorted(PATTERNS.keys() - EXEMPT.keys()))
def test_time_grows_with_length_alone(place: str) -> None:
    assert slow_inputs(place) == []
