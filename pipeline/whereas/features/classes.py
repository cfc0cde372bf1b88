"""Word classes: words that keep the same company, learnt from text without labels.

``configs/classes.<language>.txt`` holds a class a line, its commonest words first. It is built
by ``whereas corpus classes``. "Essential", "vital" and "crucial" share a class, so that what
training shows of one holds for the others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from whereas.errors import ConfigError
from whereas.resources import resource

_DIMENSIONS = 100
_READ = 80  # words of a clause that are read


@cache
def load_classes(language: str) -> Mapping[str, str]:
    """Return the class of each word of a language, or nothing where whereas has no such file."""
    try:
        path = resource(f"configs/classes.{language}.txt")
    except ConfigError:
        return {}
    return read_classes(path)


def read_classes(path: Path) -> Mapping[str, str]:
    """Read classes from a file; a class goes by its line's number.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{path}: cannot be read") from None
    return {
        word: str(number)
        for number, line in enumerate(lines)
        if not line.startswith("# ")
        for word in line.split()
    }


def class_features(core: Sequence[str], zone: str, classes: Mapping[str, str]) -> list[str]:
    """Describe the words of an act by their classes."""
    if not classes or not core:
        return []
    own = [classes.get(word, word if word[0] == "#" else "?") for word in core[:60]]
    head, verb, near = own[:10], core[0], {*own[1:14]}
    return [
        *[f"{place}~{name}" for place, name in enumerate(own[:8])],
        *[f"near~{a} {b}" for a, b in pairwise(own[:14])],
        *[f"near~{a} {b} {c}" for a, b, c in zip(head, head[1:], head[2:], strict=False)],
        *[f"{verb}~{name}" for name in near],
        *[f"{zone}~{name}" for name in near],
        *[f"far~{name}" for name in {*own[14:]}],
    ]


def build_classes(
    texts: Iterable[Sequence[str]],
    *,
    count: int = 300,
    words: int = 12_000,
    least: int = 5,
    seed: int = 0,
) -> list[list[str]]:
    """Divide the commonest words of texts into classes by the words that they stand beside.

    Args:
        texts: clauses as words.
        count: how many classes to make.
        words: how many words to divide.
        least: how often a word must occur.
    """
    from sklearn.cluster import MiniBatchKMeans

    read = [text[:_READ] for text in texts]
    counts = Counter(chain.from_iterable(read))
    known = [word for word, often in counts.most_common(words) if often >= least]
    if len(known) <= count:
        return [[word] for word in known]
    vectors = _vectors(read, known, seed)
    model = MiniBatchKMeans(count, random_state=seed, batch_size=2048, n_init=3)
    classes: list[list[str]] = [[] for _ in range(count)]
    for word, label in zip(known, model.fit_predict(vectors), strict=True):
        classes[label].append(word)
    return [own for own in classes if own]


def _vectors(texts: Sequence[Sequence[str]], known: Sequence[str], seed: int) -> Any:
    """Return a vector a word: its neighbours' pointwise mutual information, reduced."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack
    from sklearn.preprocessing import normalize
    from sklearn.utils.extmath import randomized_svd

    index = {word: number for number, word in enumerate(known)}
    edge = ["", ""]  # so that no word has neighbours in another text
    flat = np.array([index.get(w, -1) for text in texts for w in (*text, *edge)], dtype=np.int32)
    sides = []
    for step in (1, 2):
        left, right = flat[:-step], flat[step:]
        both = (left >= 0) & (right >= 0)
        ones = np.ones(int(both.sum()), dtype=np.float32)
        pairs = csr_matrix((ones, (left[both], right[both])), shape=(len(known), len(known)))
        sides += [pairs, pairs.T]
    beside = hstack(sides).tocsr()
    beside.sum_duplicates()
    total = beside.sum()
    rows = np.asarray(beside.sum(axis=1)).ravel()
    columns = np.asarray(beside.sum(axis=0)).ravel() ** 0.75 * total**0.25
    cells = beside.tocoo()
    information = np.log(cells.data * total / (rows[cells.row] * columns[cells.col]))
    more = information > 0
    reduced = csr_matrix(
        (information[more], (cells.row[more], cells.col[more])), shape=beside.shape
    )
    size = min(_DIMENSIONS, len(known) - 1)
    left, weights, _ = randomized_svd(reduced, size, n_iter=4, random_state=seed)
    return normalize(left * np.sqrt(weights)).astype(np.float32)
