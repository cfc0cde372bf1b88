"""Agreement: how alike two annotations of the same documents are."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from whereas.corpus.alignment import align_clauses, pair_documents
from whereas.corpus.similarity import Similarity
from whereas.document import Clause, Document
from whereas.errors import CorpusError

Field = Literal["function", "also", "addressees"]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field of a clause that two annotations label differently.

    ``number`` counts from 0, in the first annotation; ``first`` and ``second`` are the labels.
    """

    id: str
    number: int
    field: Field
    first: tuple[str, ...]
    second: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Agreement:
    """What two annotations agree on.

    ``pairs`` are the clauses of both that have a function in both. ``lone`` are the clauses,
    as document and number, that only the first or only the second has.
    """

    pairs: Sequence[tuple[Clause, Clause]]
    disputes: Sequence[Dispute]
    segmentation: Similarity
    unpaired: Sequence[str]
    lone: Sequence[tuple[str, int, Literal["first", "second"]]]
    unlabelled: int

    @property
    def functions(self) -> tuple[list[str], list[str]]:
        """The functions that the first and the second give to the pairs."""
        first = [one.function or "" for one, _ in self.pairs]
        return first, [other.function or "" for _, other in self.pairs]

    def as_json(self) -> dict[str, Any]:
        """Return the measures as plain data; None where one is not defined."""
        first, second = self.functions
        counts = Counter(zip(first, second, strict=True))
        return {
            "documents": self.segmentation.documents,
            "unpaired_documents": list(self.unpaired),
            "clauses": len(self.pairs),
            "clauses_of_one_only": len(self.lone),
            "clauses_without_a_function": self.unlabelled,
            "function": {
                "observed": share_equal(first, second),
                "kappa": kappa(first, second),
                "alpha": alpha(first, second),
                "labels": label_agreement(first, second),
            },
            **{name: self._sets(name) for name in ("also", "addressees")},
            "segmentation": self.segmentation.as_json(),
            "confusion": [
                {"first": one, "second": other, "clauses": count}
                for (one, other), count in sorted(counts.items())
            ],
        }

    def _sets(self, name: str) -> dict[str, Any]:
        first, second = (
            [frozenset(getattr(pair[side], name)) for pair in self.pairs] for side in (0, 1)
        )
        used = [bool(one or other) for one, other in zip(first, second, strict=True)]
        return {
            "observed": share_equal(first, second),
            "alpha_masi": alpha(first, second, masi=True),
            "clauses_with_any": sum(used),
        }


def compare(first: Sequence[Document], second: Sequence[Document]) -> Agreement:
    """Compare two annotations of the same documents.

    Raises:
        CorpusError: they have no document in common, or an id stands twice in one.
    """
    pairs, unpaired = pair_documents(first, second)
    if not pairs:
        raise CorpusError("the two annotations have no document in common; ids or symbols must")
    segmentation = Similarity()
    labelled: list[tuple[Clause, Clause]] = []
    disputes: list[Dispute] = []
    lone: list[tuple[str, int, Literal["first", "second"]]] = []
    unlabelled = 0
    for one, other in pairs:
        matches = align_clauses(one.clauses, other.clauses)
        segmentation.add(one, other, sum(match.same for match in matches))
        for match in matches:
            if match.second is None and match.first is not None:
                lone.append((one.id, match.first, "first"))
            elif match.first is None and match.second is not None:
                lone.append((one.id, match.second, "second"))
            elif match.first is not None and match.second is not None:
                ours, theirs = one.clauses[match.first], other.clauses[match.second]
                if ours.function is None or theirs.function is None:
                    unlabelled += 1
                    continue
                labelled.append((ours, theirs))
                disputes += _disputes(one.id, match.first, ours, theirs)
    return Agreement(labelled, disputes, segmentation, unpaired, lone, unlabelled)


def _disputes(document: str, number: int, ours: Clause, theirs: Clause) -> Iterator[Dispute]:
    both = (
        ("function", (ours.function or "",), (theirs.function or "",)),
        ("also", ours.also, theirs.also),
        ("addressees", ours.addressees, theirs.addressees),
    )
    for field, first, second in both:
        if set(first) != set(second):
            yield Dispute(document, number, field, first, second, ours.text)  # type: ignore[arg-type]


def share_equal(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Return the share of places at which both have the same; None if there are none."""
    if not first:
        return None
    return sum(one == other for one, other in zip(first, second, strict=True)) / len(first)


def kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Return Cohen's kappa; None where both use one and the same label only, or nothing."""
    from sklearn.metrics import cohen_kappa_score

    if len({*first, *second}) < 2:
        return None
    return float(cohen_kappa_score(first, second))


def alpha(
    first: Sequence[Hashable], second: Sequence[Hashable], masi: bool = False
) -> float | None:
    """Return Krippendorff's alpha for two coders; None where only one value is used.

    Args:
        masi: the values are frozen sets, as far apart as the MASI distance says.
    """
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import binary_distance

    if len({*first, *second}) < 2:
        return None
    coded = [
        (coder, item, value)
        for coder, values in enumerate((first, second))
        for item, value in enumerate(values)
    ]
    task = AnnotationTask(coded, distance=masi_distance if masi else binary_distance)
    return float(task.alpha())


def masi_distance(one: frozenset[str], other: frozenset[str]) -> float:
    """Return Passonneau's distance of two sets, of which both may be empty."""
    from nltk.metrics import distance

    return 0.0 if one == other else float(distance.masi_distance(one, other))


def label_agreement(first: Sequence[str], second: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return for each label how often each used it, and kappa of it against all others."""
    labels = {}
    for label in sorted({*first, *second}):
        ours, theirs = ([str(own == label) for own in side] for side in (first, second))
        pairs = Counter(zip(ours, theirs, strict=True))
        labels[label] = {
            "first": ours.count("True"),
            "second": theirs.count("True"),
            "both": pairs["True", "True"],
            "kappa": kappa(ours, theirs),
        }
    return labels
