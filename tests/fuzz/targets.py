"""What is fuzzed: functions of bytes that raise if a law is broken.

Each reader gives documents or one line of error, and what it gives is sound: it can be written
and read back, its spans lie in its text, and the segmenter accounts for every character of it.
"""

import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from whereas.cleaning import clean
from whereas.document import Document
from whereas.errors import WhereasError
from whereas.families import title_families
from whereas.language import LANGUAGES
from whereas.lexicon import opening_of
from whereas.readers import read_bytes
from whereas.readers.archive import members
from whereas.segmenter import segment, segment_parts
from whereas.segmenter.paragraphs import paragraph_zones
from whereas.writers import FORMATS, load_format

_LONGEST = 30_000  # characters of a text that is segmented


def check_document(document: Document) -> None:
    """Raise AssertionError if a document is not what every document has to be."""
    again = Document.from_json(document.to_json(), "again")
    assert again.to_json() == document.to_json(), "changes when it is written and read"
    assert again.clauses == document.clauses, "clauses change when written and read"
    for name in FORMATS:
        load_format(name).write(document)


def check_segmented(document: Document) -> None:
    """Raise AssertionError if a segmented text is not accounted for, character by character."""
    text = document.text or ""
    spans = [span for region in document.structure for span in region.spans]
    for clause in document.clauses:
        spans += clause.spans
        for item in clause.items:
            spans += item.spans
    past = 0
    for start, end in sorted(spans):
        assert start >= past, f"[{start}, {end}] overlaps the part before it"
        assert not text[past:start].strip(), f"[{past}, {start}] is in no part"
        past = end
    assert not text[past:].strip(), f"what follows {past} is in no part"


def check_outcome(read: Callable[[], object]) -> None:
    """Read, and raise if what comes of it is neither documents nor one line of error."""
    said = "read"
    try:
        read()
    except WhereasError as error:
        said = str(error)
    assert len(said.splitlines()) == 1, "an error of no line or several"


def _read_and_segment(data: bytes, name: str) -> None:
    for document in read_bytes(data, name):
        check_document(document)
        if document.text is not None and len(document.text) <= _LONGEST and not document.clauses:
            for part in segment_parts(document):
                check_segmented(part)
                check_document(part)


def _reader(name: str) -> Callable[[bytes], None]:
    """Return the target of one reader, which is given the bytes whatever they look like."""
    module = import_module(f"whereas.readers.{name}")

    def target(data: bytes) -> None:
        def read() -> None:
            module.sniff(data, "x")
            for document in module.read(data, "x"):
                check_document(document)

        check_outcome(read)

    return target


def anything(data: bytes) -> None:
    """Read bytes whose format is found by looking, and segment what they say."""
    check_outcome(lambda: _read_and_segment(data, "x"))


def segmenter(data: bytes) -> None:
    """Segment a text; the first byte says in which language."""
    languages = (*LANGUAGES, None)
    language = languages[data[0] % len(languages)] if data else None
    text = data[1:].decode("utf-8", "replace")
    document = segment(Document(id="x", text=text, language=language))
    check_segmented(document)
    check_document(document)
    assert not document.clauses or segment(document) == document, "is not left as it is"


def words(data: bytes) -> None:
    """Put a text through what reads words: cleaning, openings, zones, title families."""
    text = data.decode("utf-8", "replace")
    for language in LANGUAGES:
        cleaned = clean(text, ((0, len(text)),) if text else (), language)
        assert clean(cleaned, ((0, len(cleaned)),) if cleaned else (), language) == cleaned
        for zone in ("preambular", "operative"):
            opening_of(text, zone, language)
    for language in ("en", "fr"):
        assert len(paragraph_zones(text.split("\n\n"), language)) == text.count("\n\n") + 1
    assert len(title_families([Document(id=str(n), title=text) for n in range(2)])) == 2


def archive(data: bytes) -> None:
    """Open an archive; the first byte says of which kind."""
    extension = (".zip", ".tar", ".tar.gz", ".tar.xz")[data[0] % 4 if data else 0]
    with tempfile.NamedTemporaryFile(suffix=extension) as file:
        file.write(data[1:])
        file.flush()
        check_outcome(lambda: sum(1 for _ in members(Path(file.name))))


READERS = ("text", "pdf", "docx", "html", "akn", "docling", "argmining", "records")
TARGETS: dict[str, Callable[[bytes], None]] = {
    **{name: _reader(name) for name in READERS},
    "anything": anything,
    "segmenter": segmenter,
    "words": words,
    "archive": archive,
}
