"""spaCy: a DocBin; the marks are the span group ``clauses``, the record is in ``user_data``."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from whereas.corpus.annotations import CARRIED, Annotated, Mark, annotate, restore
from whereas.corpus.formats.tokens import tokenize
from whereas.document import Document, Span
from whereas.errors import CorpusError

GROUP = "clauses"


def dump(documents: Iterable[Document]) -> Iterator[bytes]:
    """Yield a DocBin, with the tokens of spaCy's tokenizer for each document's language."""
    from spacy.tokens import DocBin

    bundle = DocBin(store_user_data=True)
    for document in documents:
        bundle.add(_doc(annotate(document), document.language or "xx"))
    yield bundle.to_bytes()


def _doc(annotated: Annotated, language: str) -> Any:
    from spacy.tokens import Doc, Span, SpanGroup

    nlp = _blank(language)

    def words(text: str) -> list[tuple[int, int]]:
        return [(token.idx, token.idx + len(token)) for token in nlp.tokenizer(text)]

    text = annotated.text
    spans = _with_spaces(tokenize(annotated, words), text)
    starts = {start: number for number, (start, _, _) in enumerate(spans)}
    ends = {end: number + 1 for number, (_, end, _) in enumerate(spans)}
    doc = Doc(
        nlp.vocab,
        words=[text[start:end] for start, end, _ in spans],
        spaces=[space for _, _, space in spans],
    )
    marks = [
        Span(doc, starts[mark.start], ends[mark.end], label=mark.label) for mark in annotated.marks
    ]
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=marks)
    doc.user_data[CARRIED] = json.dumps(annotated.carried)
    return doc


def _with_spaces(tokens: list[Span], text: str) -> list[tuple[int, int, bool]]:
    """Return start and end of each token and whether a space follows; with what they leave out."""
    whole: list[tuple[int, int, bool]] = []
    edges = [(0, 0), *tokens, (len(text), len(text))]
    for (start, end), (following, _) in pairwise(edges):
        space = end > start and text[end : end + 1] == " " and end < following
        if end > start:
            whole.append((start, end, space))
        rest = end + space
        if rest < following:
            whole.append((rest, following, False))
    return whole


@lru_cache(maxsize=8)
def _blank(language: str) -> Any:
    import spacy

    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank("xx")


def load(data: bytes, source: str) -> Iterator[Document]:
    """Yield the documents of a DocBin: its span group ``clauses``, else entities.

    Raises:
        CorpusError: it is not a DocBin.
    """
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin(store_user_data=True).from_bytes(data).get_docs(_blank("xx").vocab))
    except Exception as error:  # zlib, msgpack and spaCy each have errors of their own
        raise CorpusError(f"{source}: not a spaCy DocBin ({type(error).__name__})") from None
    for number, doc in enumerate(docs):
        where = f"{source}: doc {number}"
        spans = doc.spans.get(GROUP, doc.ents)
        marks = tuple(Mark(span.start_char, span.end_char, span.label_) for span in spans)
        carried = json.loads(doc.user_data.get(CARRIED) or "{}")
        yield restore(Annotated(doc.text, marks, carried), where, f"{source}#{number}")
