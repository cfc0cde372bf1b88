"""Cleaning: the words of a clause without line breaks, divided words and stray spaces."""

import re

from whereas.document import Spans

_DIVIDED = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\s*[\n\r]+\s*(?=[^\W\d_])")
_SPACES = re.compile(r"\s+")


def clean(text: str, spans: Spans, language: str) -> str:
    """Return the words of ``text`` in ``spans`` as they read when nothing breaks them."""
    gap = "" if language == "zh" else " "
    words = gap.join(text[start:end] for start, end in spans)
    return _SPACES.sub(" ", words).strip()
