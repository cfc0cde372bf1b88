import pytest

from sample_corpus import corpus
from whereas.config import Recipe
from whereas.errors import CorpusError
from whereas.evaluation import Bootstrap, evaluate, with_texts
from whereas.evaluation.predictions import LOOKUP, MAJORITY, PARAGRAPHS
from whereas.labels import load_scheme
from whereas.segmenter import segment
from whereas.training.crossvalidation import cross_validate, learning_curve

RECIPE = Recipe.model_validate({"name": "small", "folds": 2, "corpora": {"paths": ["x"]}})


def test_each_document_is_labelled_by_a_model_that_has_not_seen_its_family() -> None:
    gold = with_texts(corpus(24))
    predictions = cross_validate(gold, RECIPE, load_scheme(), 3, segmenter=segment)
    assert [d.id for d in predictions.labelled] == [d.id for d in gold]
    assert set(predictions.baselines) == {LOOKUP, MAJORITY}
    assert set(predictions.segmented_baselines) == {LOOKUP, MAJORITY, PARAGRAPHS}
    result = evaluate(gold, predictions, Bootstrap(len(gold)))
    slices = {each.by: each for each in result.slices}
    assert slices["title family in training"].gap == "all clauses: not seen"
    assert slices["opening in training"].gap == "all clauses: seen"
    assert result.functions.accuracy.value == 1
    assert result.flattened is not None
    assert result.flattened.documents == 24
    assert result.texts is None
    model = result.flattened.segmentation["model"].clauses[1.0].f1.value
    paragraphs = result.flattened.segmentation[PARAGRAPHS].clauses[1.0].f1.value
    assert model == 1
    assert paragraphs is not None
    assert paragraphs < 1  # titles and formulas are paragraphs too


def test_documents_are_not_divided_into_more_folds_than_there_are() -> None:
    with pytest.raises(CorpusError, match="2 documents cannot be divided into 3 folds"):
        cross_validate(with_texts(corpus(2)), RECIPE, load_scheme(), 3)


def test_a_learning_curve_grows_by_whole_families() -> None:
    told: list[int] = []
    curve = learning_curve(
        corpus(32),
        corpus(8),
        RECIPE,
        load_scheme(),
        shares=(0.1, 0.5, 1),
        progress=lambda what, done, total: told.append(done),
    )
    assert [point.documents for point in curve.points] == [16, 32]  # families of four documents
    assert curve.points[-1].accuracy.value == 1
    assert curve.points[-1].clauses == 32 * 6
    assert told == [1, 2, 3]
