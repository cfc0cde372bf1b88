"""The predictions of an evaluation as records, with gold beside them."""

from collections.abc import Iterator, Sequence

from whereas.document import Clause, Document


def prediction_lines(
    gold: Sequence[Document],
    labelled: Sequence[Document],
    segmented: Sequence[Document] | None = None,
) -> Iterator[str]:
    """Yield a record for each gold document: the same clauses, in order, as they were labelled.

    Each clause has its gold labels under the key ``gold``. Where clauses were found in the text
    too, the document has them, with their spans and labels, under the key ``segmented``. So the
    records suffice to compute every figure anew.
    """
    for place, (one, own) in enumerate(zip(gold, labelled, strict=True)):
        clauses = tuple(
            clause.model_copy(update={"gold": _labels(truth)})
            for truth, clause in zip(one.clauses, own.clauses, strict=True)
        )
        further = {}
        if segmented is not None and one.text is not None:
            found = segmented[place].clauses
            further["segmented"] = [
                clause.model_dump(mode="json", exclude_unset=True) for clause in found
            ]
        yield own.model_copy(update={"clauses": clauses, **further}).to_json() + "\n"


def _labels(clause: Clause) -> dict[str, object]:
    return {
        "function": clause.function,
        "also": list(clause.also),
        "addressees": list(clause.addressees),
    }
