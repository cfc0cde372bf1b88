"""Prediction: from documents as read to documents segmented and labelled."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain

from whereas.document import Document
from whereas.language import detect_language
from whereas.prediction.models import Models, load_models
from whereas.segmenter import segment_parts

__all__ = ["Models", "load_models", "predict"]


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
    for document in chain.from_iterable(map(segment_parts, documents)):
        if not document.clauses:
            yield document
            continue
        if document.language is None:
            words = " ".join(clause.text for clause in document.clauses)
            document = document.model_copy(update={"language": detect_language(words)})
        classifier = models.classifier(document.language or "")
        labelled = classifier.label([document])[0]
        if explain:
            evidence = ([asdict(e) for e in why.evidence] for why in classifier.explain(document))
            clauses = tuple(
                clause.model_copy(update={"evidence": found})
                for clause, found in zip(labelled.clauses, evidence, strict=True)
            )
            labelled = labelled.model_copy(update={"clauses": clauses})
        yield labelled
