"""The predictions of an evaluation as records, with gold beside them."""

from collections.abc import Iterator, Mapping, Sequence

from whereas.document import Clause, Document

_DIGITS = 6  # of the scores of single functions


def prediction_lines(
    gold: Sequence[Document],
    labelled: Sequence[Document],
    segmented: Sequence[Document] | None = None,
) -> Iterator[str]:
    """Yield a record for each gold document: the same clauses, in order, as they were labelled.

    Each clause has its gold labels under the key ``gold``. Where clauses were found in the text
    too, the document has them, by their spans and without their words, under the key
    ``segmented``. So the records suffice to compute every figure anew.
    """
    for place, (one, own) in enumerate(zip(gold, labelled, strict=True)):
        clauses = tuple(
            clause.model_copy(update={"scores": _rounded(clause.scores), "gold": _labels(truth)})
            for truth, clause in zip(one.clauses, own.clauses, strict=True)
        )
        further = {}
        if segmented is not None and one.text is not None:
            further["segmented"] = [_found(clause) for clause in segmented[place].clauses]
        yield own.model_copy(update={"clauses": clauses, **further}).to_json() + "\n"


def _rounded(scores: Mapping[str, float] | None) -> dict[str, float] | None:
    return None if scores is None else {k: round(v, _DIGITS) for k, v in scores.items()}


def _found(clause: Clause) -> dict[str, object]:
    spans = sorted((*clause.spans, *(span for item in clause.items for span in item.spans)))
    return {"zone": clause.zone, "spans": spans, "score": clause.score, **_labels(clause)}


def _labels(clause: Clause) -> dict[str, object]:
    return {
        "function": clause.function,
        "also": list(clause.also),
        "addressees": list(clause.addressees),
    }
