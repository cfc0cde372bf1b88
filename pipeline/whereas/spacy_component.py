"""The spaCy component: the clauses of a resolution as spans of a ``Doc``.

After installation ``spacy.blank("en").add_pipe("whereas")`` works without importing whereas.
The component fills ``doc.spans["clauses"]`` with one span a clause, from the first to the last
character of its own words, labelled with its function. Extensions say the rest:

- ``doc._.resolutions`` are the document's records (``whereas.document.Document``): one, or one
  for each language that the text is written in;
- ``span._.clause`` is the record of a clause (``whereas.document.Clause``);
- ``span._.function``, ``also``, ``addressees``, ``zone``, ``number``, ``opening``, ``score`` and
  ``review`` are its fields.

The records are kept in ``doc.user_data`` as JSON, so they survive ``to_bytes`` and ``n_process``.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from whereas.document import Clause, Document
from whereas.language import LANGUAGES
from whereas.prediction import Models, load_models, predict

KEY = "clauses"
_RECORDS = "whereas"
_FIELDS = ("function", "also", "addressees", "zone", "number", "opening", "score", "review")


class WhereasComponent:
    """Finds and labels the clauses of a Doc; ``language`` None leaves its detection to whereas."""

    def __init__(self, models: Models, language: str | None) -> None:
        self.models = models
        self.language = language
        _register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Fill in the clauses of a Doc."""
        set_clauses(doc, self.predict(doc))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Fill in the clauses of many Docs."""
        yield from map(self, stream)

    def predict(self, doc: Doc) -> list[Document]:
        """Return the records of a Doc."""
        document = Document(id="doc", language=self.language, text=doc.text)
        return list(predict([document], self.models))


@Language.factory(
    "whereas",
    assigns=["doc.spans", "doc._.resolutions", "span._.clause"],
    default_config={"model": "default", "language": None},
)
def create_whereas(nlp: Language, name: str, model: str, language: str | None) -> WhereasComponent:
    """Make the component.

    Args:
        model: name of a model that comes with whereas, or the folder of a bundle.
        language: a code, or ``"auto"`` to detect it in each Doc; that of the pipeline if None.

    Raises:
        ModelError: there is no such model.
    """
    if language is None:
        language = nlp.lang if nlp.lang in LANGUAGES else "auto"
    return WhereasComponent(load_models(model), None if language == "auto" else language)


def load(model: str = "default", language: str = "en") -> Language:
    """Return a spaCy pipeline whose one component is whereas."""
    nlp = spacy.blank(language)
    nlp.add_pipe("whereas", config={"model": model})
    return nlp


def set_clauses(doc: Doc, records: Iterable[Document]) -> None:
    """Write records, whose offsets are into ``doc.text``, into a Doc."""
    lines = [record.model_copy(update={"text": None}).to_json() for record in records]
    doc.user_data[_RECORDS] = lines
    spans = []
    for number, clause in enumerate(_clauses(doc)):
        if clause.spans:
            place = clause.spans[0][0], clause.spans[-1][1]
            tokens = doc.char_span(*place, alignment_mode="expand")
            assert tokens is not None  # expanded, any offsets inside the text fit tokens
            label = clause.function or clause.zone
            spans.append(Span(doc, tokens.start, tokens.end, label=label, span_id=number))
    doc.spans[KEY] = spans


@lru_cache(maxsize=64)
def _record(line: str) -> Document:
    return Document.from_json(line, "doc.user_data")


def _resolutions(doc: Doc) -> tuple[Document, ...]:
    return tuple(_record(line) for line in doc.user_data.get(_RECORDS, ()))


def _clauses(doc: Doc) -> list[Clause]:
    return [clause for record in _resolutions(doc) for clause in record.clauses]


def _clause(span: Span) -> Clause:
    return _clauses(span.doc)[span.id]


def _field(span: Span, name: str) -> Any:
    return getattr(_clause(span), name)


def _register_extensions() -> None:
    if not Doc.has_extension("resolutions"):
        Doc.set_extension("resolutions", getter=_resolutions)
    if not Span.has_extension("clause"):
        Span.set_extension("clause", getter=_clause)
    for name in _FIELDS:
        if not Span.has_extension(name):
            Span.set_extension(name, getter=partial(_field, name=name))
