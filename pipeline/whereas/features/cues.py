"""Cues: the words and names of a language that the classifier looks for, from ``configs/``."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self

from whereas.errors import ConfigError, LanguageError
from whereas.lexicon import Lexicon, load_lexicon
from whereas.resources import resource

_WORDS = ("verbs", "decoration", "after", "joints", "reports")
_TOKEN = re.compile(r"[\u3040-\u9fff]|[^\s\u3040-\u9fff]+")
_LEAST = 3  # clauses that a verb must open to be looked for inside clauses


@dataclass(frozen=True)
class FrameWords:
    """The words that a language builds acts with.

    ``determiners`` begin noun phrases and ``breaks`` end them; ``particles`` stand between a
    verb and its object; ``conjunctions`` ("that") begin a clause whose first of ``predicates``
    ("is", "should") is its own; ``modals`` are those that state a norm; ``infinitive`` stands
    before one. ``repeating`` verbs ("reiterates") with one of ``repeated`` nouns ("its
    request") perform again the act of the verb that ``repeated`` gives for the noun.
    """

    determiners: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    predicates: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()
    infinitive: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    repeating: frozenset[str] = frozenset()
    repeated: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> Self:
        """Make frame words of lists of words, and of a table for ``repeated``.

        Raises:
            TypeError: the tree has a key that is none of the fields.
        """
        lists = {name: frozenset(map(str, w)) for name, w in tree.items() if name != "repeated"}
        return cls(**lists, repeated=dict(tree.get("repeated", {})))

    def to_json(self) -> dict[str, Any]:
        """Return what ``from_json`` takes."""
        lists = {
            name: sorted(getattr(self, name))
            for name in self.__dataclass_fields__
            if name != "repeated"
        }
        return {**lists, "repeated": dict(sorted(self.repeated.items()))}


@dataclass(frozen=True)
class Cues:
    """What to look for in clauses of one language.

    ``verbs`` open acts; ``decoration`` may stand before them, and some of it, ``after``, behind
    them; ``joints`` stand before a further act; ``reports`` are the infinitives of an embedded
    request to report. ``phrases`` map each cue's words to its kinds, such as
    ``"addressee=states"`` or ``"cue=finance"``. ``main`` are, by zone, the verbs that open its
    clauses, and ``frame`` the words that acts are built with.
    """

    language: str
    verbs: frozenset[str] = frozenset()
    decoration: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    phrases: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    main: Mapping[str, frozenset[str]] = field(default_factory=dict)
    frame: FrameWords = FrameWords()

    def to_json(self) -> dict[str, Any]:
        """Return the cues as a tree for JSON; they are saved with the models that rely on them."""
        return {
            "language": self.language,
            **{name: sorted(getattr(self, name)) for name in _WORDS},
            "phrases": {" ".join(words): list(kinds) for words, kinds in self.phrases.items()},
            "main": {zone: sorted(verbs) for zone, verbs in self.main.items()},
            "frame": self.frame.to_json(),
        }

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> Self:
        """Make cues of what ``to_json`` returned."""
        phrases = {tuple(words.split()): tuple(k) for words, k in tree["phrases"].items() if words}
        words = {name: frozenset(map(str, tree[name])) for name in _WORDS}
        return cls(
            language=str(tree["language"]),
            phrases=phrases,
            main={zone: frozenset(verbs) for zone, verbs in tree["main"].items()},
            frame=FrameWords.from_json(tree["frame"]),
            **words,
        )

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[list[str], list[tuple[str, str]]]]]:
        """Each first word's phrases, the longest first, and their kinds with what they cover."""
        found: dict[str, list[tuple[list[str], list[tuple[str, str]]]]] = {}
        for phrase, kinds in self.phrases.items():
            own = [("addressee" if kind[:10] == "addressee=" else kind, kind) for kind in kinds]
            found.setdefault(phrase[0], []).append(([*phrase], own))
        for entries in found.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return found

    def find(self, words: list[str]) -> Iterator[tuple[int, str]]:
        """Yield place and kind of each cue among ``words``, the longest of each kind."""
        by_first = self._by_first
        covered: dict[str, int] = {}
        for place in (place for place, word in enumerate(words) if word in by_first):
            for phrase, kinds in by_first[words[place]]:
                size = len(phrase)
                if size == 1 or words[place : place + size] == phrase:
                    for family, kind in kinds:
                        if covered.get(family, 0) <= place:
                            covered[family] = place + size
                            yield place, kind


@cache
def load_cues(language: str) -> Cues:
    """Return the cues that come with whereas for a language; few where it has no file."""
    main: dict[str, frozenset[str]] = {}
    try:
        main = opening_verbs(load_lexicon(language))
        path = resource(f"configs/cues.{language}.toml")
    except (ConfigError, LanguageError):
        verbs = frozenset().union(*main.values())
        joints = frozenset(",;:，；：")
        return Cues(language=language, verbs=verbs, joints=joints, main=main)
    return read_cues(path, main)


def read_cues(path: Path, main: Mapping[str, frozenset[str]] | None = None) -> Cues:
    """Read cues from a TOML file, and add the verbs of the lexicon.

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
    try:
        frame = FrameWords.from_json(tree.get("frame", {}))
    except (TypeError, ValueError):
        raise ConfigError(f"{path}: frame: has a key that is not known") from None
    return Cues(
        language=tree.get("language", ""),
        verbs=frozenset(tree.get("verbs", ())).union(*(main or {}).values()),
        decoration=frozenset(tree.get("decoration", ())),
        after=frozenset(tree.get("after", ())),
        joints=frozenset(tree.get("joints", ())),
        reports=frozenset(tree.get("reports", ())),
        phrases=phrases,
        main=main or {},
        frame=frame,
    )


def opening_verbs(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Return the first words of a lexicon's phrases, decoration apart, by zone."""
    return {
        zone: frozenset(
            phrase.split()[0].replace("’", "'")
            for phrase, count in phrases.items()
            if count >= _LEAST
        )
        for zone, phrases in (
            ("preambular", lexicon.preambular),
            ("operative", lexicon.operative),
        )
    }
