"""What printed pages say around clauses, by language, read from ``configs/wording.toml``."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from whereas.errors import ConfigError
from whereas.resources import resource

_PARTS = re.compile(r"\\x..|\\.|\[[^\]]*\]|.", re.DOTALL)  # escapes and classes whole
_BREAK = "[\\s\u0640\u064b-\u0655]{0,2}"  # stray spaces, and what Arabic words are stretched with
_NEVER = r"(?!)"


@dataclass(frozen=True)
class Wording:
    """The patterns of one language; each is matched where a line or paragraph starts."""

    formula: re.Pattern[str]
    adoption: re.Pattern[str]
    annex: re.Pattern[str]
    masthead: re.Pattern[str]
    note: re.Pattern[str]
    section: re.Pattern[str]
    article: re.Pattern[str]
    participle: re.Pattern[str] | None
    gerund: re.Pattern[str] | None
    months: tuple[tuple[str, ...], ...]
    organs: Mapping[str, str]


@cache
def load_wording(language: str) -> Wording:
    """Return the wording of ``language``, or that common to all if it has none of its own.

    Raises:
        ConfigError: the file is missing or a pattern in it is not well formed.
    """
    path = resource("configs/wording.toml")
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        own, common = tree.get(language, {}), tree["any"]
        return Wording(
            formula=_any_of(own.get("formula", ()), ignore_case=False),
            adoption=_any_of(own.get("adoption", ()), ignore_case=False),
            annex=_any_of(own.get("annex", ()), ignore_case=False),
            masthead=_any_of(own.get("masthead", ())),
            note=_any_of((*own.get("note", ()), *common["note"]), ignore_case=False),
            section=_any_of(own.get("section", ())),
            article=_any_of(own.get("article", ()), ignore_case=False),
            participle=_any_of(own["participle"]) if "participle" in own else None,
            gerund=_any_of(own["gerund"], ignore_case=False) if "gerund" in own else None,
            months=tuple(tuple(names.split("|")) for names in own.get("months", ())),
            organs=own.get("organs", {}),
        )
    except (OSError, KeyError, tomllib.TOMLDecodeError, re.error) as error:
        raise ConfigError(f"{path}: {language}: {error}") from None


def _spaced(pattern: str) -> str:
    """Let a space stand for any white space, and a stray one stand between two letters."""
    parts = _PARTS.findall(pattern)
    spaced = []
    for part, after in zip(parts, [*parts[1:], ""], strict=True):
        broken = _BREAK if part.isalpha() and after.isalpha() and len(part + after) == 2 else ""
        spaced.append(r"\s+" if part == " " else part + broken)
    return "".join(spaced)


def _any_of(patterns: Iterable[str], *, ignore_case: bool = True) -> re.Pattern[str]:
    """Compile patterns into one that finds them with any white space, also inside words."""
    joined = "|".join(f"(?:{_spaced(pattern)})" for pattern in patterns)
    return re.compile(joined or _NEVER, re.IGNORECASE if ignore_case else 0)
