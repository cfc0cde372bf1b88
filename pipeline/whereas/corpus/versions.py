"""The versions of resolutions in several languages, found by symbol in archives of them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from whereas.document import Document
from whereas.errors import WhereasError
from whereas.families import symbol_key
from whereas.readers import akn, read_bytes
from whereas.readers.archive import members

Versions = Mapping[tuple[str, str], list[Document]]


def read_versions(
    paths: Iterable[Path],
    symbols: Collection[str],
    languages: Collection[str],
    *,
    failed: Callable[[WhereasError], None],
) -> Versions:
    """Read the documents with the symbols, in the languages, from files, folders and archives.

    Of Akoma Ntoso files only those that are wanted are parsed.

    Args:
        symbols: keys of symbols, as ``symbol_key`` gives them.
        failed: called with the error of each wanted file that cannot be read.

    Returns:
        By key and language the documents, more than one where a symbol stands in several files.
    """
    versions: dict[tuple[str, str], list[Document]] = {}
    for path in paths:
        try:
            for name, data in members(path):
                symbol, language = akn.peek(data)
                if symbol_key(symbol or "") not in symbols or language not in languages:
                    continue
                try:
                    for document in read_bytes(data, name):
                        place = symbol_key(document.symbol or ""), document.language or ""
                        versions.setdefault(place, []).append(document)
                except WhereasError as error:
                    failed(error)
        except WhereasError as error:
            failed(error)
    return versions
