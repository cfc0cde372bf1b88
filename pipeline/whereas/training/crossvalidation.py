"""Cross-validation: predictions for a corpus by models that did not see the title family."""

import warnings
from collections.abc import Sequence

from whereas.classify.baselines import OpeningLookup
from whereas.classify.encoder import Encoder
from whereas.config import Recipe
from whereas.document import Document
from whereas.errors import CorpusError
from whereas.evaluation.curve import LearningCurve, curve_point
from whereas.evaluation.estimate import Bootstrap
from whereas.evaluation.mistakes import Progress
from whereas.evaluation.predictions import Predictions, Segmenter, merge, predict
from whereas.families import KnownFamilies, family_folds, title_families
from whereas.labels import Scheme
from whereas.training import fit
from whereas.training.sources import known_to

_FEWEST = 5  # documents to choose thresholds on, for a point of the learning curve
SHARES = (0.1, 0.2, 0.4, 0.7, 1.0)  # of the training families, for the learning curve


def cross_validate(
    documents: Sequence[Document],
    recipe: Recipe,
    scheme: Scheme,
    folds: int,
    *,
    encoder: Encoder | None = None,
    supplements: Sequence[Document] = (),
    segmenter: Segmenter | None = None,
    progress: Progress | None = None,
) -> Predictions:
    """Return predictions for each document by a model trained on other title families.

    Every model chooses its thresholds on its own training documents, by the recipe's folds, and
    so do its baselines.

    Args:
        documents: labelled documents, as ``with_texts`` returns them.
        folds: into how many parts to divide them.
        encoder: what the recipe names; it must not have learnt from families of the documents.
        supplements: what every model is trained on as well.

    Raises:
        CorpusError: there are fewer documents than folds, or too few functions.
    """
    if len(documents) < folds:
        raise CorpusError(
            f"{len(documents)} documents cannot be divided into {folds} folds; ask for fewer"
        )
    fold_of = family_folds(documents, folds, recipe.seed)
    parts = []
    for fold in range(folds):
        if progress:
            progress("training fold", fold + 1, folds)
        inside = [d for d, own in zip(documents, fold_of, strict=True) if own != fold]
        places = [place for place, own in enumerate(fold_of) if own == fold]
        found = predict(
            fit([*inside, *supplements], recipe, scheme, encoder),
            [documents[place] for place in places],
            baseline=OpeningLookup.fit(inside),
            families=KnownFamilies.of(inside),
            segmenter=segmenter,
            progress=progress,
        )
        parts.append((places, found))
    return merge(parts, documents)


def learning_curve(
    training: Sequence[Document],
    gold: Sequence[Document],
    recipe: Recipe,
    scheme: Scheme,
    encoder: Encoder | None = None,
    *,
    shares: Sequence[float] = SHARES,
    progress: Progress | None = None,
) -> LearningCurve:
    """Train on growing shares of the training documents and measure each model on ``gold``.

    Whole title families are taken, in one random order, so that each share holds the one before.
    """
    import numpy as np

    families = np.array(title_families(training))
    order = np.random.RandomState(recipe.seed).permutation(len(set(families.tolist())))
    rank = np.argsort(order)[families]
    known = known_to(encoder, training)
    quick = recipe.model_copy(update={"folds": 2})  # thresholds do not matter here
    bootstrap = Bootstrap(len(gold))
    points = []
    for number, share in enumerate(shares, start=1):
        if progress:
            progress("training for the learning curve", number, len(shares))
        most = round(share * len(order))
        taken = [place for place, own in enumerate(rank.tolist()) if own < most]
        if sum(not known[place] for place in taken) < _FEWEST:
            continue
        some = [training[place] for place in taken]
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "The number of unique classes")  # of tiny shares
            classifier = fit(some, quick, scheme, encoder)
        points.append(curve_point(some, gold, classifier.label(gold), bootstrap))
    return LearningCurve(
        "Models trained on growing shares of the training documents, whole title families in one "
        f"random order, and measured on the same {len(gold)} documents. Shares of fewer than "
        f"{_FEWEST} documents that no encoder knows are left out.",
        tuple(points),
    )
