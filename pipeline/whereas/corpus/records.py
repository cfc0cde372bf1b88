"""Corpora on disk: document records as JSON Lines, in one file or in a folder of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from whereas.document import Document
from whereas.errors import CorpusError, WriteError
from whereas.scratch import scratch_for


def corpus_files(path: Path) -> list[Path]:
    """Return the files of a corpus: the file itself, or the folder's ``*.jsonl`` in order.

    Raises:
        CorpusError: there is no such path, or no ``*.jsonl`` in the folder.
    """
    if not path.is_dir():
        return [path]
    files = sorted(path.rglob("*.jsonl"))
    if not files:
        raise CorpusError(f"{path}: holds no corpus; a corpus is one or more *.jsonl files")
    return files


def read_lines(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines of a file that are not blank, each with its place (``corpus.jsonl:12``).

    Raises:
        CorpusError: the file cannot be read, or is not UTF-8 text.
    """
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
                if text.strip():
                    yield f"{file}:{number}", text
    except OSError as error:
        raise CorpusError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise CorpusError(f"{file}:{number}: not UTF-8 text ({error.reason})") from None


def stream_corpus(path: Path) -> Iterator[Document]:
    """Yield the documents of a corpus one after the other.

    Raises:
        CorpusError: a file cannot be read.
        RecordError: a line is no record.
    """
    for file in corpus_files(path):
        for where, line in read_lines(file):
            yield Document.from_json(line, where)


def read_corpus(path: Path) -> list[Document]:
    """Read a corpus: a file of records, or a folder of such files (``*.jsonl``).

    Raises:
        CorpusError: a file cannot be read.
        RecordError: a line is no record.
    """
    return list(stream_corpus(path))


def read_corpora(paths: Iterable[Path]) -> list[Document]:
    """Read corpora one after the other, as one.

    Raises:
        CorpusError: a file cannot be read, or there is no document in any.
        RecordError: a line is no record.
    """
    paths = list(paths)
    documents = [document for path in paths for document in stream_corpus(path)]
    if not documents:
        raise CorpusError(f"{', '.join(map(str, paths))}: no documents")
    return documents


def record_lines(documents: Iterable[Document]) -> Iterator[bytes]:
    """Yield each document as a line of JSON."""
    for document in documents:
        yield document.to_json().encode("utf-8") + b"\n"


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file from its pieces, whole or not at all; folders above it are made.

    Raises:
        WriteError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise WriteError(f"{path}: is a folder; name a file")
        with scratch_for(path) as scratch, scratch.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        raise WriteError(f"{path}: cannot be written ({error.strerror})") from None
