"""Which later act of a clause is which of its further functions: the corpus only lists them."""

from collections.abc import Sequence
from itertools import combinations
from math import log

from whereas.classify import NO_ACT
from whereas.classify.linear import Floats

_MOST = 12  # acts up to which every assignment is tried


def align_acts(
    log_chances: Floats, classes: Sequence[str], also: Sequence[str], function: str
) -> list[str]:
    """Return the function of each later act of a clause, or ``NO_ACT``.

    The further functions are listed in the order of their acts, so they are given to the acts
    that most likely have them, in order; one that is not among the classes may be any act's. An
    act left over repeats one of the clause's functions if that is its likeliest one, else it is
    no act.

    Args:
        log_chances: for each later act, the log probability of each class.
        also: the clause's further functions, in order.
        function: the function of its first act.
    """
    column = {name: number for number, name in enumerate(classes)}
    size = len(log_chances)
    listed = also[:size]
    labels = [NO_ACT] * size
    choices = combinations(range(size), len(listed)) if size <= _MOST else iter([range(size)])
    best = max(
        choices,
        key=lambda acts: sum(
            log_chances[act, column[label]] if label in column else -log(len(classes))
            for act, label in zip(acts, listed, strict=False)
        ),
    )
    for act, label in zip(best, listed, strict=False):
        labels[act] = label
    for act, row in enumerate(log_chances):
        likeliest = classes[int(row.argmax())]
        if labels[act] == NO_ACT and likeliest in (function, *also):
            labels[act] = likeliest
    return labels
