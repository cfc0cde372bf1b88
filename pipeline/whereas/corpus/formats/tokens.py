"""Tokens: a text cut so that every mark starts and ends with one."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from whereas.corpus.annotations import Annotated, Mark
from whereas.document import Span
from whereas.errors import CorpusError

_TOKEN = re.compile(r"\w+|[^\w\s]")


def word_spans(text: str) -> list[Span]:
    """Return where the words and the punctuation marks of a text are."""
    return [match.span() for match in _TOKEN.finditer(text)]


def tokenize(
    annotated: Annotated, words: Callable[[str], Sequence[Span]] = word_spans
) -> list[Span]:
    """Return tokens, cut where a mark starts or ends within one."""
    edges = sorted({edge for mark in annotated.marks for edge in (mark.start, mark.end)})
    tokens: list[Span] = []
    at = 0
    for start, end in words(annotated.text):
        while at < len(edges) and edges[at] <= start:
            at += 1
        while at < len(edges) and edges[at] < end:
            tokens.append((start, edges[at]))
            start = edges[at]
            at += 1
        tokens.append((start, end))
    return tokens


def require_disjoint(marks: Sequence[Mark], where: str) -> list[Mark]:
    """Return marks in the order of the text, or raise CorpusError if two overlap."""
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.end))
    for before, after in pairwise(ordered):
        if after.start < before.end:
            raise CorpusError(
                f"{where}: [{after.start}, {after.end}] overlaps [{before.start}, {before.end}]; "
                "one tag a token cannot hold that"
            )
    return ordered
