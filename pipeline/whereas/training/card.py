"""The model card: what a model is, what it was trained on and how well it does."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from whereas.config import Recipe


def write_card(
    recipe: Recipe,
    corpora: Sequence[Mapping[str, Any]],
    measures: Mapping[str, Any],
    notes: Sequence[str] = (),
) -> str:
    """Return the card, in Markdown."""
    return "\n".join(_lines(recipe, corpora, measures, notes)) + "\n"


def _lines(
    recipe: Recipe,
    corpora: Sequence[Mapping[str, Any]],
    measures: Mapping[str, Any],
    notes: Sequence[str],
) -> Iterator[str]:
    yield f"# Model {recipe.name}"
    if recipe.description:
        yield f"\n{recipe.description.strip()}"
    yield f"\nLanguages: {', '.join(recipe.languages)}. Seed: {recipe.seed}."
    yield "\n## Training corpora\n"
    yield from _table(
        ("corpus", "documents", "clauses", "SHA-256"),
        [(c["name"], c["documents"], c["clauses"], f"`{c['sha256'][:16]}`") for c in corpora],
    )
    yield f"\n## Measures\n\nBy {measures['method']}, as `whereas train` computed them: each clause"
    yield "is labelled by models trained without the resolutions of its title family."
    yield "Segmentation is as in the corpus."
    yield ""
    groups = measures["groups"]
    names = list(next(iter(groups.values())))
    yield from _table(
        ("clauses of", *(name.replace("_", " ") for name in names)),
        [(group, *(values[name] for name in names)) for group, values in groups.items()],
    )
    review, error = measures["review"], measures["calibration"]["expected_calibration_error"]
    yield f"\nExpected calibration error of the functions' scores: {error}, over clauses that"
    yield "neither trained nor calibrated the model. Of the clauses of whole documents,"
    yield f"{review['coverage']:.1%} are not marked for review; {review['precision']:.1%} of these"
    yield f"have the right function (wanted: {review['wanted_precision']:.1%})."
    yield "\n### Functions, in whole documents\n"
    labels = measures["labels"]
    yield from _table(
        ("function", "precision", "recall", "F1", "support"),
        [
            (name, v["precision"], v["recall"], v["f1"], int(v["support"]))
            for name, v in labels.items()
        ],
    )
    for note in notes:
        yield f"\n{note}"


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
