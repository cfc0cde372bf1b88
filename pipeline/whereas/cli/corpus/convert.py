"""``whereas corpus convert``: from anything that can be read to any format of a corpus."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whereas.cli.console import say

if TYPE_CHECKING:
    from whereas.document import Document


class CorpusFormat(StrEnum):
    """What corpora are converted to and from; see ``whereas.corpus.formats``."""

    records = "records"
    label_studio = "label-studio"
    prodigy = "prodigy"
    doccano = "doccano"
    conll = "conll"
    spacy = "spacy"
    csv = "csv"


Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="File; standard output if not given."),
]
To = Annotated[
    CorpusFormat | None,
    typer.Option("--to", help="Format to write; if not given, by the extension of -o."),
]


def convert(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Corpora, files of labelling tools, resolutions in any form that whereas reads; "
            "folders and archives of them; - is standard input.",
        ),
    ],
    output: Output = None,
    to: To = None,
    source: Annotated[
        CorpusFormat | None, typer.Option("--from", help="Format to read; else found out.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of documents that do not say theirs.")
    ] = None,
    interface: Annotated[
        Path | None, typer.Option(help="Also write Label Studio's labelling interface (XML) here.")
    ] = None,
    scheme: Annotated[
        Path | None, typer.Option(help="Labels of the interface (TOML); else whereas' own.")
    ] = None,
) -> None:
    """Convert documents to records, or to and from the format of a labelling tool."""
    from whereas.corpus.formats import FormatName
    from whereas.corpus.inputs import read_inputs
    from whereas.errors import WhereasError

    failures = 0

    def failed(error: WhereasError) -> None:
        nonlocal failures
        failures += 1
        say(str(error))

    if interface is not None:
        from whereas.corpus.formats.label_studio import interface as write_interface
        from whereas.corpus.records import write_whole
        from whereas.labels import load_scheme

        write_whole(interface, [write_interface(load_scheme(scheme)).encode("utf-8")])
    given = FormatName(source) if source is not None else None
    count = write_documents(read_inputs(inputs, given, language, failed=failed), output, to)
    say(f"{count} documents" + (f", {failures} inputs could not be read" if failures else ""))
    if failures:
        raise typer.Exit(1)


def write_documents(
    documents: "Iterable[Document]", output: Path | None, to: CorpusFormat | None
) -> int:
    """Write documents in a format, to a file or standard output; return how many there were.

    Raises:
        CorpusError: there are none; nothing is written then.
    """
    import sys
    from itertools import chain

    from whereas.corpus.formats import FormatName, format_of, load_format
    from whereas.corpus.records import write_whole
    from whereas.errors import CorpusError

    documents = iter(documents)
    first = next(documents, None)
    if first is None:
        raise CorpusError("no documents; nothing was written")
    name = FormatName(to) if to is not None else format_of(str(output or "")) or FormatName.records
    count = 0

    def counted() -> "Iterator[Document]":
        nonlocal count
        for document in chain([first], documents):
            count += 1
            yield document

    pieces = load_format(name).dump(counted())
    if output is not None:
        write_whole(output, pieces)
    else:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
    return count
