"""Small encoders made by hand or at random, for tests."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from whereas.classify.encoder import Encoder
from whereas.families import KnownFamilies

LONGEST = 20  # pieces that are read
MARKS = ("[CLS]", "[SEP]", "[UNK]")
NOBODY = KnownFamilies(frozenset(), ())


def encoder_of(
    pieces: tuple[str, ...],
    classes: tuple[str, ...],
    weights: Mapping[str, NDArray[np.float64]],
    families: KnownFamilies = NOBODY,
) -> Encoder:
    """Return an encoder of two heads; what ``weights`` lack is 0, and norms change nothing."""
    size, wide = len(pieces), 6
    arrays = {"pieces": np.eye(size), "positions": np.zeros((LONGEST, size))}
    shapes = {"head": (size, len(classes))}
    for layer in range(2):
        shapes |= {f"{layer}.{name}": (size, size) for name in ("queries", "keys", "values", "out")}
        shapes |= {f"{layer}.up": (size, wide), f"{layer}.down": (wide, size)}
    for name, shape in shapes.items():
        arrays |= {name: np.zeros(shape), f"{name}.bias": np.zeros(shape[1])}
    for name in (
        "norm",
        *(f"{layer}.{kind}" for layer in range(2) for kind in ("attention_norm", "output_norm")),
    ):
        arrays[name] = np.stack([np.ones(size), np.zeros(size)])
    found = {name: np.asarray(value, dtype=np.float16) for name, value in arrays.items()}
    found |= {name: np.asarray(value, dtype=np.float16) for name, value in weights.items()}
    return Encoder(classes, pieces, 2, found, {}, families)


def spotter(words: Mapping[str, str], families: KnownFamilies = NOBODY) -> Encoder:
    """Return an encoder that gives a clause the class of that of the words which it has.

    With queries and keys of 0, the first vector of a clause takes the mean of all.
    """
    size = len(MARKS) + len(words)
    size += size % 2  # for two heads
    names = (*MARKS, *words, *(["[PAD]"] * (size - len(MARKS) - len(words))))
    classes = tuple(dict.fromkeys(words.values()))
    head = np.zeros((size, len(classes)))
    for word, label in words.items():
        head[names.index(word), classes.index(label)] = 4.0
    through = {f"{layer}.{name}": np.eye(size) for layer in (0, 1) for name in ("values", "out")}
    return encoder_of(names, classes, {**through, "head": head}, families)


def random_encoder(seed: int = 0) -> Encoder:
    """Return an encoder with weights at random, matrices in whole numbers."""
    random = np.random.RandomState(seed)
    pieces = (*MARKS, "operative", "re", "##quest", "##s", "the", "ferry", "##r", "a", "##y")
    plain = encoder_of(pieces, ("x", "y", "z"), {})
    scales = {
        name: random.uniform(0.01, 0.1, array.shape[1]).astype(np.float16)
        for name, array in plain.arrays.items()
        if name == "pieces" or f"{name}.bias" in plain.arrays
    }
    arrays = {
        name: random.randint(-15, 16, array.shape).astype(np.int8)
        if name in scales
        else random.uniform(0.5, 1.5, array.shape).astype(np.float16)
        for name, array in plain.arrays.items()
    }
    return Encoder(plain.classes, pieces, 2, arrays, scales, NOBODY)
