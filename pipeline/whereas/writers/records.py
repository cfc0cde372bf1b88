"""JSON Lines, the project's own format: one record a line."""

from whereas.document import Document


def write(document: Document) -> str:
    """Return the record as one line."""
    return document.to_json() + "\n"
