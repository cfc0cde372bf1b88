"""A small encoder: transformer layers that read a whole clause and say what it does.

Linear models weigh the words of a clause one by one. Where these leave doubt, an encoder, which
reads each word beside the others, gives a second opinion. It is trained apart, by
``data/encoder/train.py``; here it is only read and run, in numpy.

The layers are those of BERT (Devlin et al. 2019, https://arxiv.org/abs/1810.04805), normalised
after each sum.
"""

import json
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from whereas.classify.linear import Floats, softmax
from whereas.document import Clause
from whereas.families import KnownFamilies
from whereas.features import tokens

_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
_KINDS = {"#num": "number", "#year": "year", "#sym": "symbol", "#money": "dollars"}
_KINDS_OF_NUMBERS = (np.int8, np.float16, np.float32)
_LONGEST_PIECE = 20  # letters
_BLOCK = 4  # clauses that are read at a time, always so many: sums come out alike to the last digit
_NEVER = -1e9  # log odds of looking at what is not there
_TINY = np.float32(1e-12)  # keeps the deviation of a vector from being 0


@dataclass(frozen=True, eq=False)
class Encoder:
    """Transformer layers over the word pieces of a clause.

    ``arrays`` are, by name, the weights: the vectors of ``pieces``, in order, and of
    ``positions``, and the layer norm ``norm`` of their sum; of layer ``n`` the matrices
    ``n.queries``, ``n.keys``, ``n.values`` and ``n.out`` of its attention, the norm
    ``n.attention_norm``, the matrices ``n.up`` and ``n.down`` of its feed-forward part and the
    norm ``n.output_norm``; and the matrix ``head``, one column a class. A matrix has one row an
    input, and its bias is called ``NAME.bias``; a norm has two rows, scale and bias. Arrays of
    whole numbers are to be multiplied by ``scales``, one a column. ``families`` are those of the
    documents that it has learnt from.
    """

    classes: tuple[str, ...]
    pieces: tuple[str, ...]
    heads: int
    arrays: Mapping[str, NDArray[np.generic]]
    scales: Mapping[str, NDArray[np.generic]]
    families: KnownFamilies

    @cached_property
    def index(self) -> dict[str, int]:
        """The number of each piece."""
        return {piece: number for number, piece in enumerate(self.pieces)}

    @property
    def longest(self) -> int:
        """How many pieces of a clause are read."""
        return len(self.arrays["positions"])

    @cached_property
    def depth(self) -> int:
        """How many layers there are."""
        return sum(name.endswith(".queries") for name in self.arrays)

    @cached_property
    def weights(self) -> dict[str, Floats]:
        """The arrays but ``pieces``, of which few rows are needed at a time."""
        return {name: self._numbers(name) for name in self.arrays if name != "pieces"}

    def _numbers(self, name: str, rows: NDArray[np.intp] | slice = slice(None)) -> Floats:
        array = self.arrays[name][rows].astype(np.float32)
        return array * self.scales[name].astype(np.float32) if name in self.scales else array

    def scores(self, clauses: Sequence[Clause]) -> Floats:
        """Return the log odds of each class for each clause."""
        rows = [encoded(clause, self.index, self.longest) for clause in clauses]
        blocks = [self._scores(rows[n : n + _BLOCK]) for n in range(0, len(rows), _BLOCK)]
        empty = np.zeros((0, len(self.classes)), dtype=np.float32)
        return np.concatenate([*blocks, empty])[: len(rows)]

    def _scores(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Return the scores of a block of rows of pieces, filled up with empty ones."""
        numbers = np.zeros((_BLOCK, self.longest), dtype=np.intp)
        absent = np.full((_BLOCK, 1, 1, self.longest), _NEVER, dtype=np.float32)
        for place, row in enumerate(rows):
            numbers[place, : len(row)] = row
            absent[place, ..., : len(row)] = 0
        vectors = self._numbers("pieces", numbers) + self.weights["positions"]
        vectors = self._layer_norm(vectors.reshape(numbers.size, -1), "norm")
        for layer in range(self.depth):
            last = layer == self.depth - 1  # of which the head needs each clause's first vector
            read = vectors[:: self.longest] if last else vectors
            vectors = self._layer(f"{layer}.", vectors, read, absent)
        return self._affine(vectors, "head")

    def _layer(self, name: str, vectors: Floats, read: Floats, absent: Floats) -> Floats:
        """Return what a layer makes of some vectors, ``read``, which see all of their clause."""
        queries = self._heads(self._affine(read, name + "queries"))
        keys = self._heads(self._affine(vectors, name + "keys"))
        values = self._heads(self._affine(vectors, name + "values"))
        logits = queries @ keys.transpose(0, 1, 3, 2) / np.float32(np.sqrt(queries.shape[3]))
        context = softmax(logits + absent) @ values
        joined = context.transpose(0, 2, 1, 3).reshape(read.shape)
        read = self._layer_norm(read + self._affine(joined, name + "out"), name + "attention_norm")
        raised = _gelu(self._affine(read, name + "up"))
        return self._layer_norm(read + self._affine(raised, name + "down"), name + "output_norm")

    def _heads(self, vectors: Floats) -> Floats:
        """Divide vectors by clause, head and place."""
        size = vectors.shape[1] // self.heads
        return vectors.reshape(_BLOCK, -1, self.heads, size).transpose(0, 2, 1, 3)

    def _affine(self, vectors: Floats, name: str) -> Floats:
        result: Floats = vectors @ self.weights[name] + self.weights[name + ".bias"]
        return result

    def _layer_norm(self, vectors: Floats, name: str) -> Floats:
        centred = vectors - vectors.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _TINY)
        scale, added = self.weights[name]
        result: Floats = centred / deviation * scale + added
        return result

    def state(self) -> dict[str, Any]:
        """Return what to save: plain values, and arrays, of bytes where it's text."""
        return {
            "classes": list(self.classes),
            "pieces": _bytes("\n".join(self.pieces)),
            "heads": self.heads,
            "arrays": dict(self.arrays),
            "scales": dict(self.scales),
            "families": _bytes(json.dumps(self.families.to_json())),
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """Make an encoder of what ``state`` returned.

        Raises:
            ValueError: its parts don't fit together.
        """
        pieces = state["pieces"].tobytes().decode().split("\n")
        families = KnownFamilies.from_json(json.loads(state["families"].tobytes()))
        encoder = cls(
            classes=tuple(map(_label, state["classes"])),
            pieces=tuple(pieces),
            heads=operator.index(state["heads"]),
            arrays=state["arrays"],
            scales=state["scales"],
            families=families,
        )
        encoder.check()
        return encoder

    def check(self) -> None:
        """Raise ValueError if the parts don't fit together."""
        (_, size), (_, wide) = (self.arrays[name].shape for name in ("pieces", "0.up"))
        matrices = {"head": (size, len(self.classes))}
        norms = ["norm"]
        for layer in range(self.depth):
            for name in ("queries", "keys", "values", "out"):
                matrices[f"{layer}.{name}"] = (size, size)
            matrices |= {f"{layer}.up": (size, wide), f"{layer}.down": (wide, size)}
            norms += [f"{layer}.attention_norm", f"{layer}.output_norm"]
        shapes: dict[str, tuple[int, ...]] = {
            "pieces": (len(self.pieces), size),
            "positions": (self.longest, size),
            **matrices,
            **{f"{name}.bias": shape[1:] for name, shape in matrices.items()},
            **dict.fromkeys(norms, (2, size)),
        }
        for name, shape in shapes.items():
            if self.arrays[name].shape != shape:
                raise ValueError(f"encoder: {name} is not of {shape} numbers")
            if name in self.scales and self.scales[name].shape != shape[-1:]:
                raise ValueError(f"encoder: {name} has not one scale a column")
        for numbers in (*self.arrays.values(), *self.scales.values()):
            if numbers.dtype not in _KINDS_OF_NUMBERS or not np.isfinite(numbers).all():
                raise ValueError("encoder: has weights that are no numbers")
        if self.longest < 4:
            raise ValueError("encoder: reads too few pieces")
        if self.heads < 1 or size % self.heads or not self.depth:
            raise ValueError(f"encoder: cannot have {self.heads} heads and {self.depth} layers")
        if not self.classes or len({*self.classes}) < len(self.classes):
            raise ValueError("encoder: has no classes, or some twice")
        if missing := {_START, _END, _UNKNOWN} - {*self.pieces}:
            raise ValueError(f"encoder: lacks the piece {min(missing)}")


def _label(name: object) -> str:
    if not isinstance(name, str):
        raise ValueError("encoder: has classes that are no labels")
    return name


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def encoded(clause: Clause, index: Mapping[str, int], longest: int) -> list[int]:
    """Return the numbers of the pieces of a clause: its zone, its words and those of its items.

    A zone that is no piece is unknown, which tells it from one that is.

    Args:
        index: the number of each piece.
        longest: how many pieces to return at most.
    """
    unknown = index[_UNKNOWN]
    texts = (clause.text, *(item.text for item in clause.items))
    words = (_KINDS.get(word, word) for text in texts for word in tokens(text))
    found = [index[_START], index.get(clause.zone, unknown), index[_END]]
    for word in words:
        found += _word_pieces(word, index) or (unknown,)
        if len(found) >= longest:
            break
    return [*found[: longest - 1], index[_END]]


def _word_pieces(word: str, index: Mapping[str, int]) -> Sequence[int]:
    """Cut a word into the longest pieces there are, from its start; none if some part is none.

    The greedy longest match of WordPiece (Wu et al. 2016, https://arxiv.org/abs/1609.08144).
    """
    found: list[int] = []
    start = 0
    while start < len(word):
        before = "##" if start else ""
        for end in range(min(len(word), start + _LONGEST_PIECE), start, -1):
            if (number := index.get(before + word[start:end])) is not None:
                found.append(number)
                start = end
                break
        else:
            return ()
    return found


def _gelu(values: Floats) -> Floats:
    """Return values times about the chance that a normal variable is lower (Hendrycks 2016)."""
    inner = np.float32(0.7978845608) * (values + np.float32(0.044715) * values * values * values)
    result: Floats = np.float32(0.5) * values * (1 + np.tanh(inner))
    return result
