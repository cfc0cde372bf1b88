"""The labels that whereas writes into the proprietary metadata of its Akoma Ntoso files."""

import json
from typing import Any

from lxml import etree
from pydantic import ValidationError

from whereas.document import Clause
from whereas.errors import ReadError

_LABELS = "{urn:whereas:labels:1}"
_FIELDS = frozenset({"function", "also", "addressees", "score", "scores", "review"})


def read_labels(root: etree._Element, source: str) -> tuple[str | None, dict[str, dict[str, Any]]]:
    """Return the document's id, if the file has one, and by element id the labels of clauses.

    Raises:
        ReadError: an entry is not a JSON object.
    """
    holder = next(root.iter(f"{_LABELS}labels"), None)
    if holder is None:
        return None, {}
    labels: dict[str, dict[str, Any]] = {}
    for entry in holder.iterchildren(f"{_LABELS}clause"):
        key = entry.get("eId", "")
        try:
            fields = json.loads(entry.text or "")
        except (ValueError, RecursionError):
            fields = None
        if not isinstance(fields, dict):
            raise ReadError(f"{source}: labels of clause {key!r} are not a JSON object")
        labels[key] = {name: fields[name] for name in fields if name in _FIELDS}
    return holder.get("document"), labels


def with_labels(clause: Clause, fields: dict[str, Any], source: str) -> Clause:
    """Return the clause with its labels.

    Raises:
        ReadError: a label is of the wrong type.
    """
    ours = clause.model_dump(exclude_unset=True)
    sequences = {key: tuple(value) for key, value in fields.items() if isinstance(value, list)}
    try:
        return Clause.model_validate({**ours, **fields, **sequences})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise ReadError(f"{source}: label {field}: {first['msg']}") from None
