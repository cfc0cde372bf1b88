"""Baselines: what a clause's opening alone, or its zone alone, says of its function."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from whereas.document import Clause, Document
from whereas.errors import LanguageError
from whereas.lexicon import SPACED, load_lexicon

_WORD, _CHARACTERS = 30, 4  # how much of a clause stands for its first word, by script


@dataclass(frozen=True)
class OpeningLookup:
    """Gives a clause the function that its opening phrase had most often in training.

    ``openings`` maps zones to opening phrases, without their decoration, and these to functions;
    an opening that is not there gets the zone's ``majority``.
    """

    majority: Mapping[str, str]
    openings: Mapping[str, Mapping[str, str]]

    @classmethod
    def fit(cls, documents: Iterable[Document]) -> Self:
        """Count the openings of labelled clauses; of equally common functions the first wins.

        Clauses cut out of documents, which may have been picked for being hard, count only where
        there are no whole documents.
        """
        every = list(documents)
        documents = [document for document in every if not document.is_partial] or every
        zones: dict[str, Counter[str]] = defaultdict(Counter)
        phrases: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for document in documents:
            for clause in document.clauses:
                if clause.function is not None:
                    zones[clause.zone][clause.function] += 1
                    phrase = opening_phrase(clause, document.language)
                    phrases[clause.zone][phrase][clause.function] += 1
        return cls(
            majority={zone: _commonest(counts) for zone, counts in zones.items()},
            openings={
                zone: {phrase: _commonest(counts) for phrase, counts in sorted(own.items())}
                for zone, own in phrases.items()
            },
        )

    def zone_majority(self) -> Self:
        """Return the baseline that looks at the zone only."""
        return replace(self, openings={})

    def function(self, clause: Clause, language: str | None) -> str | None:
        """Return the function of a clause, or None in a zone that training had no clause of."""
        known = self.openings.get(clause.zone, {})
        majority = self.majority.get(clause.zone)
        return known.get(opening_phrase(clause, language), majority) if known else majority

    def label(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with each clause's function, and no further acts or addressees."""
        return [
            document.model_copy(
                update={
                    "clauses": tuple(
                        clause.model_copy(
                            update={
                                "function": self.function(clause, document.language),
                                "also": (),
                                "addressees": (),
                            }
                        )
                        for clause in document.clauses
                    )
                }
            )
            for document in documents
        ]

    def to_json(self) -> dict[str, Any]:
        """Return the baseline as a tree for JSON."""
        return {"majority": dict(self.majority), "openings": dict(self.openings)}

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> Self:
        """Make a baseline of what ``to_json`` returned."""
        openings = {str(zone): dict(own) for zone, own in tree["openings"].items()}
        return cls(majority=dict(tree["majority"]), openings=openings)


def opening_phrase(clause: Clause, language: str | None) -> str:
    """Return the lexicon's phrase that opens a clause, or else the clause's first word.

    Where there are no spaces between words, it is the first few characters.
    """
    try:
        lexicon = load_lexicon(language or "en")
    except LanguageError:
        lexicon = None
    found = lexicon and (lexicon.match(clause.text, 0, clause.zone) or lexicon.match(clause.text))
    if found:
        return found.phrase
    if not clause.text.strip():
        return ""
    word = clause.text.split(maxsplit=1)[0].strip(",;:.").lower()
    return word[:_WORD] if language in SPACED else word[:_CHARACTERS]


def _commonest(counts: Counter[str]) -> str:
    return counts.most_common(1)[0][0]
