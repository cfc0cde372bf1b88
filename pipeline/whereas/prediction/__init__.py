"""Prediction: from documents as read to documents segmented and labelled."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from whereas.classify import ClauseClassifier
from whereas.document import Document
from whereas.language import detect_language
from whereas.prediction.models import Models, load_models
from whereas.segmenter import segment_parts

__all__ = ["Models", "label", "load_models", "predict", "segment_for"]

_TOGETHER = 500  # clauses that are labelled together, about those of 16 resolutions


def predict(
    documents: Iterable[Document], models: Models, *, explain: bool = False
) -> Iterator[Document]:
    """Yield documents with their clauses labelled, after segmenting those that need it.

    A text in several languages yields a document for each of them.

    Args:
        explain: add to each clause, as ``evidence``, what weighed most for its function.

    Raises:
        LanguageError: the models do not know a document's language.
    """
    for document in documents:
        yield from label(segment_for(document, models), models, explain=explain)


def segment_for(document: Document, models: Models) -> list[Document]:
    """Return a document in parts by language, with their clauses found and not yet labelled.

    Raises:
        LanguageError: the models do not know the language of one that has clauses.
    """
    parts = []
    for part in segment_parts(document):
        if part.clauses and part.language is None:
            words = " ".join(clause.text for clause in part.clauses)
            part = part.model_copy(update={"language": detect_language(words)})
        if part.clauses:
            models.classifier(part.language or "")
        parts.append(part)
    return parts


def label(
    documents: Sequence[Document], models: Models, *, explain: bool = False
) -> list[Document]:
    """Return what ``segment_for`` returned with its clauses labelled.

    Documents of one language are labelled together, which takes less time.
    """
    labelled = list(documents)
    together: dict[ClauseClassifier, list[int]] = {}
    for number, document in enumerate(documents):
        if document.clauses:
            classifier = models.classifier(document.language or "")
            together.setdefault(classifier, []).append(number)
    for classifier, numbers in together.items():
        for run in _runs(numbers, documents):
            found = classifier.label([documents[number] for number in run])
            for number, document in zip(run, found, strict=True):
                labelled[number] = _explained(document, classifier) if explain else document
    return labelled


def _runs(numbers: Sequence[int], documents: Sequence[Document]) -> Iterator[list[int]]:
    """Divide documents into runs that are labelled together in little memory."""
    run: list[int] = []
    size = 0
    for number in numbers:
        run.append(number)
        size += len(documents[number].clauses)
        if size >= _TOGETHER:
            yield run
            run, size = [], 0
    if run:
        yield run


def _explained(document: Document, classifier: ClauseClassifier) -> Document:
    """Add to each clause what weighed most for its function."""
    clauses = tuple(
        clause.model_copy(update={"evidence": [asdict(each) for each in why.evidence]})
        for clause, why in zip(document.clauses, classifier.explain(document), strict=True)
    )
    return document.model_copy(update={"clauses": clauses})
