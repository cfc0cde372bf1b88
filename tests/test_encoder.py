import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skops.io import dumps

from sample_corpus import clause, corpus
from sample_encoder import LONGEST, random_encoder, spotter
from whereas.bundle import find_bundle, load_bundle, save_bundle
from whereas.classify import ClauseClassifier
from whereas.classify.encoder import Encoder, encoded
from whereas.classify.linear import fit_choice
from whereas.classify.saved import read_saved
from whereas.config import Recipe
from whereas.document import Clause, Document, Item
from whereas.errors import ConfigError, ModelError
from whereas.families import KnownFamilies
from whereas.labels import load_scheme
from whereas.training import fit, fit_measured, train
from whereas.training.sources import read_encoder
from whereas.training.trials import Wishes, try_recipe

RECIPE = Recipe.model_validate(
    {
        "name": "small",
        "folds": 2,
        "corpora": {"paths": ["x"]},
        "encoder": {"path": "small.skops", "doubt": 0.9},
    }
)
RIVALS = ("operative.appeal", "operative.tasking")


def words(text: str, *items: str) -> Clause:
    return Clause(zone="operative", text=text, items=tuple(Item(text=each) for each in items))


def by_hand(encoder: Encoder, one: Clause) -> list[float]:
    """Score a clause number by number, all its vectors through all layers."""

    def whole(name: str) -> np.ndarray[Any, Any]:
        array = encoder.arrays[name].astype(float)
        return array * encoder.scales[name].astype(float) if name in encoder.scales else array

    def apply(vector: np.ndarray[Any, Any], name: str) -> np.ndarray[Any, Any]:
        return np.array([vector @ column for column in whole(name).T]) + whole(name + ".bias")

    def normal(vector: np.ndarray[Any, Any], name: str) -> np.ndarray[Any, Any]:
        scale, added = whole(name)
        return (vector - vector.mean()) / vector.std() * scale + added

    numbers = encoded(one, {piece: n for n, piece in enumerate(encoder.pieces)}, LONGEST)
    vectors = [
        normal(whole("pieces")[n] + whole("positions")[k], "norm") for k, n in enumerate(numbers)
    ]
    size = len(vectors[0])
    for layer in ("0.", "1."):
        queries, keys, values = (
            [apply(v, layer + name) for v in vectors] for name in ("queries", "keys", "values")
        )
        after = []
        for vector, query in zip(vectors, queries, strict=True):
            seen = np.zeros(size)
            for head in range(encoder.heads):
                part = slice(head * size // encoder.heads, (head + 1) * size // encoder.heads)
                odds = np.array([query[part] @ key[part] for key in keys])
                powers = np.exp(odds / np.sqrt(size / encoder.heads))
                for power, value in zip(powers, values, strict=True):
                    seen[part] += power / powers.sum() * value[part]
            vector = normal(vector + apply(seen, layer + "out"), layer + "attention_norm")
            wide = apply(vector, layer + "up")
            wide = 0.5 * wide * (1 + np.tanh(np.sqrt(2 / np.pi) * (wide + 0.044715 * wide**3)))
            after.append(normal(vector + apply(wide, layer + "down"), layer + "output_norm"))
        vectors = after
    return apply(vectors[0], "head").tolist()


@pytest.mark.parametrize("text", ["Requests the ferry;", "Ferry", "", "the a the requests a ferry"])
def test_scores_are_those_worked_out_number_by_number(text: str) -> None:
    encoder = random_encoder()
    (found,) = encoder.scores([words(text)]).tolist()
    assert found == pytest.approx(by_hand(encoder, words(text)), rel=1e-3, abs=1e-3)


def test_words_are_cut_into_the_longest_pieces_from_their_start() -> None:
    encoder = random_encoder()
    shown = [encoder.pieces[n] for n in encoded(words("Requests the fer;"), encoder.index, LONGEST)]
    assert " ".join(shown) == "[CLS] operative [SEP] re ##quest ##s the [UNK] [UNK] [SEP]"


def test_items_are_read_after_the_clause() -> None:
    index = random_encoder().index
    assert encoded(words("the", "ferry", "a"), index, LONGEST) == encoded(
        words("the ferry a"), index, LONGEST
    )


@given(st.lists(st.text(max_size=200), min_size=1, max_size=9))
def test_any_clause_gets_scores_that_do_not_depend_on_the_others(texts: list[str]) -> None:
    encoder = random_encoder()
    clauses = [words(text) for text in texts]
    assert all(len(encoded(each, encoder.index, LONGEST)) <= LONGEST for each in clauses)
    together = encoder.scores(clauses)
    assert np.isfinite(together).all()
    for one, own in zip(clauses, together, strict=True):
        assert (encoder.scores([one])[0] == own).all()


def test_the_encoder_that_ships_reads_each_clause_as_if_it_were_alone() -> None:
    encoder = load_bundle(find_bundle()).classifier.encoder
    assert encoder is not None
    clauses = [words(f"Urges the {name} to mend {n} bells;") for n, name in enumerate("abcdefg")]
    alone = np.concatenate([encoder.scores([each]) for each in clauses])
    assert (encoder.scores(clauses) == alone).all()
    assert (encoder.scores(clauses[::-1]) == alone[::-1]).all()


def test_what_was_saved_scores_the_same() -> None:
    encoder = random_encoder()
    content = dumps(encoder.state(), compression=zipfile.ZIP_DEFLATED)
    again = Encoder.from_state(read_saved(content, Path("saved")))
    clauses = [words("Requests the ferry;"), words("")]
    assert (again.scores(clauses) == encoder.scores(clauses)).all()
    assert again.families == encoder.families


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda e: replace(e, arrays={**e.arrays, "head": e.arrays["head"][1:]}), "head is not"),
        (lambda e: replace(e, scales={**e.scales, "head": e.scales["head"][1:]}), "one scale"),
        (lambda e: replace(e, heads=5), "cannot have 5 heads"),
        (lambda e: replace(e, heads=0), "cannot have 0 heads"),
        (lambda e: replace(e, classes=("x", "x", "y")), "some twice"),
        (lambda e: replace(e, classes=("x", 1, "y")), "no labels"),
        (
            lambda e: replace(
                e,
                arrays={n: array for n, array in e.arrays.items() if not n.endswith(".queries")},
            ),
            "0 layers",
        ),
        (
            lambda e: replace(e, arrays={**e.arrays, "head": e.arrays["head"].astype(float)}),
            "no numbers",
        ),
        (lambda e: replace(e, pieces=("[PAD]", *e.pieces[1:])), "lacks the piece"),
        (
            lambda e: replace(e, arrays={**e.arrays, "norm": e.arrays["norm"] * np.float16("inf")}),
            "no numbers",
        ),
    ],
)
def test_an_encoder_whose_parts_do_not_fit_is_refused(
    damage: Callable[[Encoder], Encoder], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Encoder.from_state(damage(random_encoder()).state())


def doubting(labels: tuple[str, ...], second: Encoder, **thresholds: float) -> ClauseClassifier:
    """Return a classifier whose linear model sees no difference between functions."""
    classifier = fit(corpus(), RECIPE)
    blind = fit_choice([("x",) for _ in labels] * 2, [*labels] * 2, strength=1.0)
    chosen = replace(classifier.thresholds, **thresholds)
    return replace(classifier, functions=blind, encoder=second, thresholds=chosen)


def test_the_encoder_decides_where_the_linear_models_leave_doubt() -> None:
    encoder = spotter(dict(zip(("bells", "locks"), RIVALS, strict=True)))
    document = Document(id="d", clauses=(words("Sees to the bells;"), words("Sees to the locks;")))
    asked = doubting(RIVALS, encoder, doubt=0.9, linear=1.0, encoder=1.0)
    assert tuple(c.function for c in asked.label([document])[0].clauses) == RIVALS
    explained = asked.explain(document)
    assert [each.function for each in explained] == [*RIVALS]
    assert all(
        each.evidence[0].text == "as a whole, is like others of this function" for each in explained
    )
    never = doubting(RIVALS, encoder, doubt=0.1, linear=1.0, encoder=1.0)
    assert len({c.function for c in never.label([document])[0].clauses}) == 1


def test_explanations_tell_the_encoder_from_the_linear_models() -> None:
    encoder = spotter(dict(zip(("bells", "locks"), RIVALS, strict=True)))
    asked = doubting(RIVALS, encoder, doubt=0.9, linear=0.5, encoder=2.0)
    clauses = (words("Sees to the bells;"),)
    (explained,) = asked.explain(Document(id="d", clauses=clauses))
    first, second = encoder.scores(clauses)[0].tolist()
    assert explained.evidence[0].weight == pytest.approx(2 * (first - second), abs=1e-3)


def test_an_encoder_gives_no_function_of_the_other_zone() -> None:
    encoder = spotter({"bells": "preambular.concern", "locks": "operative.appeal"})
    labels = (*RIVALS, "preambular.concern")
    asked = doubting(labels, encoder, doubt=0.9, linear=0.0, encoder=9.0)
    document = Document(id="d", clauses=(words("Sees to the bells;"),))
    assert asked.label([document])[0].clauses[0].function == "operative.appeal"


def test_an_encoder_that_knows_fewer_labels_has_a_say_all_the_same() -> None:
    encoder = spotter({"bells": "operative.tasking", "locks": "operative.notice"})
    asked = doubting(RIVALS, encoder, doubt=0.9, linear=1.0, encoder=1.0)
    document = Document(id="d", clauses=(words("Sees to the bells;"),))
    assert asked.label([document])[0].clauses[0].function == "operative.tasking"


def test_training_weighs_what_the_encoder_says_of_words_never_met() -> None:
    names = [
        a + b for a in ("lam", "ost", "kel", "dun", "var") for b in ("aso", "ine", "uth", "od")
    ]
    labels = {name: RIVALS[number % 2] for number, name in enumerate(names)}
    documents = [
        Document(id=name, title=name, clauses=(clause("operative", f"Tends {name};", label),) * 12)
        for name, label in labels.items()
    ]
    without, with_it = (fit_measured(documents, RECIPE, None, e) for e in (None, spotter(labels)))
    scores = [r.measures["groups"]["whole documents"]["accuracy"] for r in (without, with_it)]
    assert scores[0] < 0.8
    assert scores[1] == 1.0
    assert with_it.classifier.thresholds.encoder > 0


def test_nothing_is_measured_with_what_the_encoder_knows() -> None:
    documents = corpus(40)
    known = KnownFamilies.of(documents[:3])
    encoder = spotter({"trams": "operative.tasking", "bells": "operative.appeal"}, known)
    with_it, without = (fit_measured(documents, RECIPE, None, own) for own in (encoder, None))
    count = [r.measures["groups"]["whole documents"]["clauses"] for r in (with_it, without)]
    families = known.hold(documents)
    assert count == [6 * families.count(False), 240]
    assert 0 < count[0] < count[1]


def test_a_report_on_a_recipe_leaves_out_what_the_encoder_knows(tmp_path: Path) -> None:
    documents = corpus(40)
    known = KnownFamilies.of(documents[:3])
    encoder = spotter(dict(zip(("bells", "locks"), RIVALS, strict=True)), known)
    (tmp_path / "small.skops").write_bytes(dumps(encoder.state()))
    (tmp_path / "gold.jsonl").write_text("\n".join(d.to_json() for d in documents))
    (tmp_path / "small.toml").write_text(
        'name = "small"\nfolds = 2\n[corpora]\npaths = ["gold.jsonl"]\n'
        '[encoder]\npath = "small.skops"\n'
    )
    trial = try_recipe(tmp_path / "small.toml", 2, Wishes(curve=True))
    unknown = [d.id for d, own in zip(documents, known.hold(documents), strict=True) if not own]
    assert [document.id for document in trial.gold] == unknown
    assert f"{40 - len(unknown)} documents that the encoder knows" in trial.about.method
    bundle = load_bundle(train(tmp_path / "small.toml", tmp_path / "model"))
    assert bundle.families is not None
    assert bundle.families.symbols >= known.symbols


def test_a_bundle_keeps_its_encoder(tmp_path: Path) -> None:
    encoder = spotter({"bells": "operative.appeal", "locks": "operative.tasking"})
    classifier = replace(fit(corpus(), RECIPE), encoder=encoder)
    chosen = replace(classifier.thresholds, temperature=9.0, doubt=0.99, linear=0.5, encoder=0.5)
    classifier = replace(classifier, thresholds=chosen)
    path = save_bundle(classifier, tmp_path / "small", about={"name": "small"}, card="# Small\n")
    loaded = load_bundle(path).classifier
    assert loaded.thresholds == classifier.thresholds
    assert loaded.label(corpus()) == classifier.label(corpus())
    assert loaded.label(corpus()) != replace(loaded, encoder=None).label(corpus())


def test_a_bundle_with_an_encoder_of_another_scheme_is_refused(tmp_path: Path) -> None:
    classifier = replace(fit(corpus(), RECIPE), encoder=spotter({"bells": "ringing"}))
    path = save_bundle(classifier, tmp_path / "small", about={"name": "small"}, card="# Small\n")
    with pytest.raises(ModelError, match="encoder: the scheme has no label ringing"):
        load_bundle(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read .*checkout"),
        (b"not an archive", "damaged or no encoder"),
        (dumps({"classes": ["operative.appeal"]}), "damaged or no encoder"),
        (
            dumps({**random_encoder().state(), "heads": float("inf")}),
            "damaged or no encoder",
        ),
        (
            dumps({**random_encoder().state(), "arrays": {"pieces": np.array(1)}}),
            "damaged or no encoder",
        ),
        (dumps(spotter({"bells": "ringing"}).state()), "'ringing', which the scheme lacks"),
    ],
)
def test_an_encoder_that_cannot_be_used_is_one_line(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / "small.skops").write_bytes(content)
    with pytest.raises(ConfigError, match=message) as caught:
        read_encoder(RECIPE, tmp_path / "recipe.toml", load_scheme())
    assert "\n" not in str(caught.value)
