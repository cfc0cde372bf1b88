"""Fingerprints: short hashes by which a clause or a document is known again without its text."""

import hashlib
import re
import unicodedata
import zlib

import numpy as np

from whereas.document import Clause, Document

_HASHES = 64  # numbers of a sketch
_BANDS = 16  # groups of them, one of which must be equal for two sketches to be compared
_SHINGLE = 5  # words
_PRIME = (1 << 31) - 1
_WORD = re.compile(r"\w+")


def normalise(text: str) -> str:
    """Return the letters and digits of a text, folded; layout and punctuation do not count."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_WORD.findall(folded)).replace("_", "")


def fingerprint(clause: Clause) -> str:
    """Return 16 hexadecimal digits that tell whether the words of a clause, with its items, are
    the same; without its number, since copies print numbers differently.
    """
    words = " ".join((clause.text, *(f"{i.number or ''} {i.text}" for i in clause.items)))
    return hashlib.sha256(normalise(words).encode("utf-8")).hexdigest()[:16]


class Sketch:
    """MinHash of a document's words: an estimate of how much of their text two documents share."""

    __slots__ = ("numbers",)

    def __init__(self, document: Document) -> None:
        text = " ".join(clause.full_text for clause in document.clauses) or document.text or ""
        words = _WORD.findall(text.casefold())
        pieces = {
            zlib.crc32(" ".join(words[n : n + _SHINGLE]).encode("utf-8", "surrogatepass"))
            for n in range(max(1, len(words) - _SHINGLE + 1))
        }
        shingles = np.array(sorted(pieces), dtype=np.uint64) % _PRIME
        random = np.random.RandomState(7)
        factors = random.randint(1, _PRIME, size=_HASHES).astype(np.uint64)
        offsets = random.randint(0, _PRIME, size=_HASHES).astype(np.uint64)
        numbers = np.full(_HASHES, _PRIME, dtype=np.uint64)
        for start in range(0, len(shingles), 4096):  # in blocks, to bound memory
            block = shingles[start : start + 4096, None]
            numbers = np.minimum(numbers, ((block * factors + offsets) % _PRIME).min(axis=0))
        self.numbers = numbers

    @property
    def bands(self) -> list[tuple[int, bytes]]:
        """Keys of which near-identical documents share at least one."""
        rows = self.numbers.reshape(_BANDS, -1)
        return [(number, row.tobytes()) for number, row in enumerate(rows)]

    def likeness(self, other: "Sketch") -> float:
        """Estimate the share of five-word sequences that both have among those that either has."""
        return float((self.numbers == other.numbers).mean())
