"""Parsing JSON that nobody vouches for."""

import json
from typing import Any

from whereas.errors import ReadError


def parse_json(data: bytes, source: str) -> Any:
    """Return what ``data`` holds; characters cut in half are replaced.

    Raises:
        ReadError: it is not JSON, or nested too deep.
    """
    try:
        return _whole(json.loads(data))
    except json.JSONDecodeError as error:
        raise ReadError(f"{source}:{error.lineno}: not JSON ({error.msg})") from None
    except UnicodeDecodeError:
        raise ReadError(f"{source}: not JSON in UTF-8, UTF-16 or UTF-32") from None
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{source}: JSON that is not read ({type(error).__name__})") from None


def _whole(value: Any) -> Any:
    """Return ``value`` with each lone half of a surrogate pair replaced."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value
