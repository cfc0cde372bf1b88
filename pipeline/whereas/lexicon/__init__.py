"""The lexicon: phrases that open clauses, with how often they do so in each zone.

Each language has one file, ``configs/lexicon.<language>.toml``, built from marked-up
resolutions by ``whereas corpus lexicon``; what other bodies write is in ``configs/forms.toml``.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from whereas.document import Zone
from whereas.errors import ConfigError, LanguageError
from whereas.language import LANGUAGES
from whereas.lexicon.folding import fold, unfolded_length
from whereas.resources import resource

_HEAD = 2
LONGEST = 70  # characters of text in which an opening phrase must end
CASED = frozenset({"en", "fr", "es"})  # languages whose clauses begin with a capital
SPACED = frozenset({"en", "fr", "es", "ru", "ar"})  # languages that put spaces between words


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening phrase found in a text.

    ``[start, end)`` is the phrase as printed, decoration included ("Also strongly urges");
    ``phrase`` is the entry of the lexicon that it is a form of ("urges"); ``preambular`` and
    ``operative`` count how often that entry, and shorter ones it begins with, open clauses of each
    zone.
    """

    start: int
    end: int
    phrase: str
    preambular: int
    operative: int

    @property
    def zone(self) -> Zone:
        """The zone in which the phrase is more common."""
        return "preambular" if self.preambular >= self.operative else "operative"


@dataclass(frozen=True)
class Lexicon:
    """The opening phrases of one language.

    ``preambular`` and ``operative`` count clauses by opening phrase; ``before`` and ``after``
    hold words that decorate a phrase and change nothing ("also", "further", "strongly").
    """

    language: str
    preambular: Mapping[str, int]
    operative: Mapping[str, int]
    before: Mapping[str, int]
    after: Mapping[str, int]

    @cached_property
    def _phrases(self) -> dict[str, str]:
        return {fold(phrase): phrase for phrase in (*self.preambular, *self.operative)}

    @cached_property
    def _before(self) -> frozenset[str]:
        return frozenset(map(fold, self.before))

    @cached_property
    def _after(self) -> list[str]:
        return sorted(map(fold, self.after), key=len, reverse=True)

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """How long the phrases can be that begin with the same ``_HEAD`` characters (or fewer)."""
        lengths: dict[str, set[int]] = {}
        for phrase in (*self._phrases, *self._before):
            lengths.setdefault(phrase[:_HEAD], set()).add(len(phrase))
        return {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()}

    def match(self, text: str, start: int = 0, zone: Zone | None = None) -> Opening | None:
        """Return the longest opening phrase of ``text`` at ``start``, decoration included.

        Args:
            zone: look only among the phrases seen in this zone.
        """
        head = fold(text[start : start + 3 * _HEAD])
        if len(head) >= _HEAD and not (head[:_HEAD] in self._lengths or head[0] in self._lengths):
            return None
        folded = fold(text[start : start + LONGEST])
        best, past = "", start
        preambular = operative = 0
        for size, phrase in sorted(self._readings(folded, 0, zone), reverse=True):
            end = start + unfolded_length(text, start, size)
            if not self._ends_word(text, end):
                continue
            if not best:
                best, past = phrase, self._past_decoration(text, end, folded[size:])
            preambular += self.preambular.get(phrase, 0)
            operative += self.operative.get(phrase, 0)
        return Opening(start, past, best, preambular, operative) if best else None

    def _readings(self, folded: str, at: int, zone: Zone | None) -> list[tuple[int, str]]:
        """List where the phrases at ``at``, decorated or not, end, and which they are."""
        readings: list[tuple[int, str]] = []
        sizes = self._lengths.get(folded[at : at + _HEAD], ())
        for size in sizes + self._lengths.get(folded[at : at + 1], ()):
            part = folded[at : at + size]
            if len(part) < size:
                continue
            phrase = self._phrases.get(part)
            if phrase and (zone is None or phrase in getattr(self, zone)):
                readings.append((at + size, phrase))
            if part in self._before:
                readings += self._readings(folded, at + size, zone)
        return readings

    def _ends_word(self, text: str, end: int) -> bool:
        return self.language not in SPACED or end >= len(text) or not text[end].isalpha()

    def _past_decoration(self, text: str, end: int, folded: str) -> int:
        for word in self._after:
            if folded.startswith(word):
                further = end + unfolded_length(text, end, len(word))
                if self._ends_word(text, further):
                    return self._past_decoration(text, further, folded[len(word) :])
        return end


@cache
def load_lexicon(language: str) -> Lexicon:
    """Return the lexicon that comes with whereas for ``language`` (a code such as ``"en"``).

    Raises:
        LanguageError: there is none.
        ConfigError: it is not well formed.
    """
    try:
        path = resource(f"configs/lexicon.{language}.toml")
    except ConfigError:
        raise LanguageError(
            f"language {language}: clauses are found in {', '.join(LANGUAGES)} only; correct the "
            "document's language, or give the document with its clauses"
        ) from None
    return read_lexicon(path)


@cache
def load_openings(language: str) -> Lexicon:
    """Return the lexicon of ``language`` with the forms of bodies that it was not built from.

    Raises:
        LanguageError: there is none.
        ConfigError: it is not well formed.
    """
    lexicon = load_lexicon(language)
    path = resource("configs/forms.toml")
    forms = _counts(_tree(path).get(language, {}), path, ("preambular", "operative"))
    known = {*lexicon.preambular, *lexicon.operative}
    added = {
        zone: {phrase: count for phrase, count in own.items() if phrase not in known}
        for zone, own in forms.items()
    }
    return replace(
        lexicon,
        preambular={**lexicon.preambular, **added["preambular"]},
        operative={**lexicon.operative, **added["operative"]},
    )


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon from its TOML file.

    Raises:
        ConfigError: the file cannot be read or is not a lexicon.
    """
    tree = _tree(path)
    counts = _counts(tree, path, ("preambular", "operative", "before", "after"))
    if not isinstance(language := tree.get("language"), str):
        raise ConfigError(f'{path}: language: missing; expected a code such as "en"')
    return Lexicon(language=language, **counts)


def _tree(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not a TOML file ({error})") from None


def _counts(tree: Mapping[str, Any], path: Path, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return the tables of phrases and counts of these names, empty where there are none."""
    counts: dict[str, dict[str, int]] = {}
    for name in names:
        table = counts[name] = tree.get(name, {})
        if not isinstance(table, dict) or not all(isinstance(n, int) for n in table.values()):
            raise ConfigError(f"{path}: {name}: must be a table of phrases with their counts")
    return counts


def opening_of(clause_text: str, zone: Zone | None, language: str) -> str | None:
    """Return the opening phrase of a clause as printed, or None where the lexicon has none."""
    opening = load_openings(language).match(clause_text, 0, zone)
    opening = opening or load_openings(language).match(clause_text)
    return clause_text[opening.start : opening.end] if opening else None
