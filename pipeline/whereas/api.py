"""The Python API: what the command does, as a few functions; ``whereas`` itself exports them."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from whereas.document import Document

if TYPE_CHECKING:
    from spacy.language import Language

    from whereas.evaluation import Evaluation

DEFAULT_MODEL = "default"


def read(path: Path | str, language: str | None = None) -> Iterator[Document]:
    """Yield the documents of a file, or of standard input for ``"-"``, as they are read.

    Those of formats that mark clauses have their clauses, the others only their text.

    Raises:
        ReadError: it cannot be read.
    """
    from whereas.readers import read

    return read(path, language)


def segment(document: Document) -> Document:
    """Return a document with its clauses found; one that has clauses is returned as it is.

    Raises:
        LanguageError: the document says it is in a language in which no clauses can be found.
    """
    from whereas.segmenter import segment

    return segment(document)


def predict(document: Document, model: str | Path = DEFAULT_MODEL) -> Document:
    """Return a document with its clauses labelled, found first where it has none.

    Args:
        model: name of a model that comes with whereas, or the folder of a bundle. It is loaded
            once.

    Raises:
        LanguageError: the model does not know the document's language.
        ModelError: there is no such model, or it cannot be trusted.
    """
    from whereas.prediction import load_models, predict

    (labelled,) = predict([segment(document)], load_models(str(model)))
    return labelled


def train(
    recipe: Path | str, output: Path | str | None = None, corpus_root: Path | str | None = None
) -> Path:
    """Train the model of a recipe and return the folder of its bundle.

    Args:
        output: the bundle's folder; without one, ``models/`` and the recipe's name.
        corpus_root: the folder that holds the corpora, if not the one that the recipe names.

    Raises:
        WhereasError: the recipe or a corpus is missing or not well formed.
    """
    from whereas.training import train

    return train(
        Path(recipe),
        None if output is None else Path(output),
        None if corpus_root is None else Path(corpus_root),
    )


def evaluate(model: str | Path, gold: Iterable[Document | Path | str]) -> "Evaluation":
    """Measure a model on labelled documents, given as such or as files of records.

    Clauses are also found anew in the documents' texts, to measure that, too.

    Raises:
        ModelError: there is no such model, or it cannot be trusted.
        WhereasError: a file cannot be read, or there is nothing labelled in them.
    """
    from whereas.bundle import find_bundle, load_bundle
    from whereas.corpus.records import read_corpus
    from whereas.evaluation import evaluate, predict, with_texts
    from whereas.segmenter import segment

    parts = ([each] if isinstance(each, Document) else read_corpus(Path(each)) for each in gold)
    documents = with_texts(list(chain.from_iterable(parts)))
    bundle = load_bundle(find_bundle(model))
    predictions = predict(
        bundle.classifier,
        documents,
        baseline=bundle.baseline,
        families=bundle.families,
        segmenter=segment,
    )
    return evaluate(documents, predictions)


def load(model: str = DEFAULT_MODEL, language: str = "en") -> "Language":
    """Return a spaCy pipeline that finds and labels clauses; see ``whereas.spacy_component``."""
    from whereas.spacy_component import load

    return load(model, language)
