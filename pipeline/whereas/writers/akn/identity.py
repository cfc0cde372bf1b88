"""The element ids of clauses, kept where a clause came with one, and how clauses are marked."""

import re
from dataclasses import dataclass

from whereas.document import Clause, Document

CLAUSE = "clause"  # the class of elements that the reader takes for clauses without a doubt
_ID = re.compile(r"[^\W\d][\w.-]*")
_SUFFIX = re.compile(r"(?:__content|_list_intro)$")


@dataclass(frozen=True, slots=True)
class Identity:
    """The attributes of a clause's element and of the element of its own words.

    ``key`` is the id by which the reader knows the clause.
    """

    key: str
    owner: dict[str, str]
    own: dict[str, str]


def identities(document: Document) -> dict[int, Identity]:
    """Return the identity of each clause, by ``id()`` of the clause."""
    wanted = [str((clause.model_extra or {}).get("eId") or "") for clause in document.clauses]
    taken = {key for key in wanted if _ID.fullmatch(key)}
    used: set[str] = set()
    known: dict[int, Identity] = {}
    for number, (clause, key) in enumerate(zip(document.clauses, wanted, strict=True), start=1):
        if not _ID.fullmatch(key) or key in used:
            key = _new_key(clause, number, taken)
        used.add(key)
        taken.add(key)
        known[id(clause)] = _identity(clause, key)
    return known


def _new_key(clause: Clause, number: int, taken: set[str]) -> str:
    stem = "container" if clause.zone == "preambular" else "para"
    suffix = "" if clause.zone == "preambular" else "_list_intro" if clause.items else "__content"
    while (key := f"{stem}_{number}{suffix}") in taken:
        number += 1
    return key


def _identity(clause: Clause, key: str) -> Identity:
    marks = {"class": CLAUSE}
    if clause.function:
        marks["refersTo"] = f"#{clause.function}"
    if clause.zone == "preambular" or (clause.items and not clause.text):
        return Identity(key, {"eId": key, **marks}, {})
    owner = _SUFFIX.sub("", key)
    if owner != key:
        marks = {"eId": owner, **marks}
    return Identity(key, marks, {"eId": key})
