r"""CoNLL: one token a line with its BIO tag, documents apart by a blank line.

    # newdoc id = A/RES/74/247
    # whereas = {"record": ...}
    Recalling       B-preambular.precedent
    its     _       I-preambular.precedent

The columns are apart by tabs: the token, the white space after it if that is not one space
(``_`` for none, ``\n`` for a line break), the tag. Files of two columns are read as well.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote

from whereas.corpus.annotations import CARRIED, Annotated, Mark, annotate, restore
from whereas.corpus.formats import lines
from whereas.corpus.formats.tokens import require_disjoint, tokenize
from whereas.document import Document
from whereas.errors import CorpusError

_TAG = re.compile(r"([BIESLU])-(.+)|O|_|-X-", re.ASCII)
_NO_SPACE = "_"


def dump(documents: Iterable[Document]) -> Iterator[bytes]:
    """Yield the tokens of each document.

    Raises:
        CorpusError: clauses overlap.
    """
    for document in documents:
        annotated = annotate(document)
        yield "".join(f"{line}\n" for line in _lines(annotated, document.id)).encode("utf-8")


def _lines(annotated: Annotated, name: str) -> Iterator[str]:
    text = annotated.text
    tokens = tokenize(annotated)
    carried = dict(annotated.carried)
    carried["before"] = text[: tokens[0][0]] if tokens else text
    yield f"# newdoc id = {quote(name, safe='/:.()#, ')}"
    yield f"# {CARRIED} = {json.dumps(carried)}"
    marks = iter(require_disjoint(annotated.marks, name))
    mark = next(marks, None)
    for number, (start, end) in enumerate(tokens):
        while mark is not None and mark.end <= start:
            mark = next(marks, None)
        tag = "O"
        if mark is not None and mark.start <= start:
            tag = f"{'B' if mark.start == start else 'I'}-{quote(mark.label, safe=':.+<>')}"
        until = tokens[number + 1][0] if number + 1 < len(tokens) else len(text)
        gap = text[end:until]
        shown = "" if gap == " " else json.dumps(gap)[1:-1].replace(" ", "\\s") or _NO_SPACE
        yield f"{text[start:end]}\t{shown}\t{tag}"
    yield ""


def load(data: bytes, source: str) -> Iterator[Document]:
    """Yield the documents of a CoNLL file: BIO or BIOES tags in the last column.

    Raises:
        CorpusError: a line is not as expected.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{source}: not UTF-8 text ({error.reason})") from None
    sheet = _Sheet(source)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        where = f"{source}:{number}"
        if line.startswith(("# newdoc", "-DOCSTART-")):
            yield from sheet.close()
            sheet = _Sheet(where)
        if line.startswith("# ") and " = " in line and "\t" not in line:
            sheet.comment(line[2:], where)
        elif not line.strip():
            sheet.blank()
        elif not line.startswith("-DOCSTART-"):
            sheet.token(line, where)
    yield from sheet.close()


class _Sheet:
    """The tokens and tags of a document, as they are read."""

    def __init__(self, where: str) -> None:
        self.where = self.name = where
        self.carried: dict[str, Any] = {}
        self.text, self.gap = "", ""
        self.marks: list[list[Any]] = []
        self.open = False
        self.tokens = 0

    def comment(self, line: str, where: str) -> None:
        key, _, value = line.partition(" = ")
        if key == "newdoc id":
            self.name = unquote(value)
        elif key == CARRIED:
            self.carried = lines.as_object(lines.parse(value.encode("utf-8"), where), where)
            self.text = lines.as_text(self.carried.pop("before", ""), where)

    def blank(self) -> None:
        """End a sentence, in files that have such; ours end the document with it."""
        if not self.carried and self.tokens:
            self.gap = "\n"
            self.open = False

    def token(self, line: str, where: str) -> None:
        columns = line.split("\t") if "\t" in line else line.split()
        tag = _TAG.fullmatch(columns[-1])
        if len(columns) < 2 or tag is None:
            raise CorpusError(f"{where}: expected a token and a tag such as B-x, I-x or O")
        self.text += self.gap
        start = len(self.text)
        self.text += columns[0]
        self.tokens += 1
        self.gap = " "
        if len(columns) == 3 and columns[1]:
            self.gap = _unescaped(columns[1], where)
        kind, label = tag[1], tag[2] and unquote(tag[2])
        if kind is None:
            self.open = False
        elif kind in "BSU" or not self.open or label != self.marks[-1][2]:
            self.marks.append([start, len(self.text), label])
            self.open = True
        else:
            self.marks[-1][1] = len(self.text)
        self.open = self.open and kind not in ("E", "L", "S", "U")

    def close(self) -> Iterator[Document]:
        if not self.tokens and not self.carried:
            return
        if self.carried and self.tokens:
            self.text += self.gap
        marks = tuple(Mark(start, end, label) for start, end, label in self.marks)
        yield restore(Annotated(self.text, marks, self.carried), self.where, self.name)


def _unescaped(column: str, where: str) -> str:
    if column == _NO_SPACE:
        return ""
    try:
        gap = str(json.loads(f'"{column}"'.replace("\\s", " ")))
    except ValueError:
        return " "  # a column of something else, such as a part of speech
    return gap if not gap.strip() else " "
