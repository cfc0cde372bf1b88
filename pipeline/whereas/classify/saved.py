"""Saved models: what skops wrote of linear models, read without importing it or scikit-learn.

Importing the two takes longer than all else that labels a first document. A file of skops is a
zip archive of arrays and a ``schema.json``, a tree of nodes. Of these nothing is made but plain
values, arrays, and the attributes of linear models, whatever the file says.
"""

import io
import json
import math
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.lib.format import read_array_header_1_0, read_array_header_2_0, read_magic

from whereas.errors import ModelError

PROTOCOL = 2  # of skops files, which it counts up when it changes their nodes
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError)
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, tokenize.TokenError, SyntaxError),
    *(KeyError, ValueError, RuntimeError, OSError, EOFError),
)
_LARGEST_UNPACKED = 512 * 2**20  # bytes that an archive may say it unpacks to
_PLAIN = frozenset({"str", "int", "float", "bool", "NoneType"})
_ESTIMATORS = frozenset(
    {
        ("sklearn.linear_model._logistic", "LogisticRegression"),
        ("sklearn.svm._classes", "LinearSVC"),
    }
)


def read_saved(content: bytes, place: Path) -> dict[str, Any]:
    """Return the tree that was saved; an estimator in it is a namespace of its attributes.

    Args:
        content: the file.
        place: how messages call it.

    Raises:
        ModelError: it is no such file, it unpacks too much or elsewhere, it holds anything else,
            or skops has changed its nodes since.
        One of ``MALFORMED``: a node is not as skops writes it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_entries(archive, place)
            schema = json.loads(archive.read("schema.json"))
            arrays = {
                entry.filename: _array(archive, entry, place)
                for entry in archive.infolist()
                if entry.filename.endswith(".npy")
            }
    except _UNREADABLE:
        raise ModelError(f"{place}: not a file of models; train it anew") from None
    if (protocol := schema.get("protocol")) != PROTOCOL:
        raise ModelError(
            f"{place}: protocol {protocol} of skops, this whereas reads {PROTOCOL}; "
            "train it anew with a skops that writes that"
        )
    saved = _value(schema, arrays, place)
    if not isinstance(saved, dict):
        raise ModelError(f"{place}: not a file of models; train it anew")
    return saved


def _check_entries(archive: zipfile.ZipFile, place: Path) -> None:
    """Refuse an archive that would unpack too much, elsewhere, or to anything but arrays."""
    for entry in archive.infolist():
        if Path(entry.filename).name != entry.filename or "\\" in entry.filename:
            raise ModelError(f"{place}: holds a file {entry.filename!r} in another folder")
        if entry.filename != "schema.json" and not entry.filename.endswith(".npy"):
            raise ModelError(f"{place}: holds {entry.filename!r}, which is no array")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ModelError(f"{place}: {entry.filename} is packed as skops packs nothing")
    if (size := sum(entry.file_size for entry in archive.infolist())) > _LARGEST_UNPACKED:
        raise ModelError(f"{place}: says it unpacks to {size} bytes, too many for a model")


def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path) -> np.ndarray[Any, Any]:
    """Read an array, but none of Python objects and none larger than its data."""
    with archive.open(entry) as file:
        read_header = read_array_header_1_0 if read_magic(file) == (1, 0) else read_array_header_2_0
        shape, columns_first, kind = read_header(file)
        size = math.prod(shape) * kind.itemsize
        if kind.hasobject or kind.names or min(shape, default=0) < 0 or size > entry.file_size:
            raise ModelError(
                f"{place}: {entry.filename} is no array of numbers, or not a whole one"
            )
        flat = np.frombuffer(file.read(size), dtype=kind)
        return flat.reshape(shape, order="F" if columns_first else "C")


def _value(node: Mapping[str, Any], arrays: Mapping[str, np.ndarray[Any, Any]], place: Path) -> Any:
    """Return what a node stands for."""
    module, name, loader = node["__module__"], node["__class__"], node["__loader__"]
    match module, name, loader:
        case "builtins", "dict", "DictNode":
            return {str(key): _value(part, arrays, place) for key, part in node["content"].items()}
        case "builtins", "list", "ListNode":
            return [_value(part, arrays, place) for part in node["content"]]
        case "builtins", _, "JsonNode" if name in _PLAIN:
            return json.loads(node["content"])
        case "numpy", "ndarray", "NdArrayNode" if "file" in node:
            return arrays[node["file"]]
        case _, _, "ObjectNode" if (module, name) in _ESTIMATORS:
            return SimpleNamespace(**_value(node["content"], arrays, place))
    raise ModelError(f"{place}: holds {module}.{name} ({loader}), which no model of whereas does")
