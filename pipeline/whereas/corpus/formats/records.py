"""The record format: JSON Lines, one document a line."""

from collections.abc import Iterator

from whereas.corpus.records import record_lines
from whereas.document import Document
from whereas.errors import CorpusError

dump = record_lines


def load(data: bytes, source: str) -> Iterator[Document]:
    """Yield the documents of a file of records.

    Raises:
        CorpusError: it is not UTF-8 text.
        RecordError: a line is no record.
    """
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise CorpusError(f"{source}:{number}: not UTF-8 text ({error.reason})") from None
        if text.strip():
            yield Document.from_json(text, f"{source}:{number}")
