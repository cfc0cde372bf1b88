"""whereas reads resolutions: it finds their clauses and says what each clause does."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whereas.api import evaluate, load, predict, read, segment, train

__all__ = ["evaluate", "load", "predict", "read", "segment", "train"]


def __getattr__(name: str) -> Any:
    """Import what is asked for only then, so that the command starts fast."""
    if name in __all__:
        return getattr(import_module("whereas.api"), name)
    raise AttributeError(f"module 'whereas' has no attribute {name!r}")
