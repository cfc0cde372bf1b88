"""Cues: the words and names of a language that the classifier looks for, from ``configs/``."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self

from whereas.errors import ConfigError
from whereas.lexicon import Lexicon, load_lexicon
from whereas.resources import resource

_WORDS = ("verbs", "decoration", "after", "joints", "reports")
_TOKEN = re.compile(r"[\u3040-\u9fff]|[^\s\u3040-\u9fff]+")
# What English models took for granted before their cues said it.
_OLD_AFTER = ("also", "again", "further", "once", "strongly", "urgently", "therefore")
_LEAST = 3  # clauses that a verb must open to be looked for inside clauses


@dataclass(frozen=True)
class Cues:
    """What to look for in clauses of one language.

    ``verbs`` open acts; ``decoration`` may stand before them, and some of it, ``after``, behind
    them; ``joints`` stand before a further act; ``reports`` are the infinitives of an embedded
    request to report. ``phrases`` map each cue's words to its kinds, such as
    ``"addressee=states"`` or ``"cue=finance"``.
    """

    language: str
    verbs: frozenset[str] = frozenset()
    decoration: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    phrases: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the cues as a tree for JSON; they are saved with the models that rely on them."""
        return {
            "language": self.language,
            **{name: sorted(getattr(self, name)) for name in _WORDS},
            "phrases": {" ".join(words): list(kinds) for words, kinds in self.phrases.items()},
        }

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> Self:
        """Make cues of what ``to_json`` returned."""
        phrases = {tuple(words.split()): tuple(k) for words, k in tree["phrases"].items() if words}
        tree = {"after": _OLD_AFTER, **tree}
        words = {name: frozenset(map(str, tree[name])) for name in _WORDS}
        return cls(language=str(tree["language"]), phrases=phrases, **words)

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
        found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for phrase, kinds in self.phrases.items():
            found.setdefault(phrase[0], []).append((phrase, kinds))
        for entries in found.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return found

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Yield place and kind of each cue among ``words``, the longest of each kind."""
        by_first = self._by_first
        covered: dict[str, int] = {}
        for place, word in enumerate(words):
            for phrase, kinds in by_first.get(word, ()):
                size = len(phrase)
                if size == 1 or tuple(words[place : place + size]) == phrase:
                    for kind in kinds:
                        family = kind.partition("=")[0]
                        family = family if family == "addressee" else kind
                        if covered.get(family, 0) <= place:
                            covered[family] = place + size
                            yield place, kind


@cache
def load_cues(language: str) -> Cues:
    """Return the cues that come with whereas for a language; few where it has no file."""
    verbs: frozenset[str] = frozenset()
    try:
        verbs = opening_verbs(load_lexicon(language))
        path = resource(f"configs/cues.{language}.toml")
    except ConfigError:
        return Cues(language=language, verbs=verbs, joints=frozenset(",;:，；："))
    return read_cues(path, verbs)


def read_cues(path: Path, verbs: frozenset[str] = frozenset()) -> Cues:
    """Read cues from a TOML file.

    Raises:
        ConfigError: the file cannot be read or is not well formed.
    """
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not a TOML file ({error})") from None
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for table, prefix in (("cues", "cue="), ("addressees", "addressee=")):
        for name, entries in tree.get(table, {}).items():
            for entry in entries:
                words = tuple(_TOKEN.findall(entry))
                phrases[words] = (*phrases.get(words, ()), f"{prefix}{name}")
    return Cues(
        language=tree.get("language", ""),
        verbs=verbs | frozenset(tree.get("verbs", ())),
        decoration=frozenset(tree.get("decoration", ())),
        after=frozenset(tree.get("after", ())),
        joints=frozenset(tree.get("joints", ())),
        reports=frozenset(tree.get("reports", ())),
        phrases=phrases,
    )


def opening_verbs(lexicon: Lexicon) -> frozenset[str]:
    """Return the first words of a lexicon's phrases, decoration apart."""
    return frozenset(
        phrase.split()[0].replace("’", "'")
        for phrases in (lexicon.preambular, lexicon.operative)
        for phrase, count in phrases.items()
        if count >= _LEAST
    )
