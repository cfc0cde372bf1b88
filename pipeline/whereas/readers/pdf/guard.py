"""Turning away PDF files that are made to use up time and memory, before they are opened.

Such a file unpacks to far more than it is, or draws forms that draw forms that draw forms.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from whereas.errors import ReadError

_LARGEST, _ALL = 64 * 2**20, 512 * 2**20  # bytes that one stream, and all, may unpack to
_WORDY, _LETTERS = 2**22, 10**6  # bytes of a stream from which its letters are counted, and most
_DRAWN = 100_000  # forms that a form may draw, itself and through those it draws
_CHUNK = 2**16
_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s{1,9}\d{1,5}\s{1,9}obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_REFERENCE = re.compile(
    rb"(?:/([^\s/<>\[\]()]{1,127})\s{0,9})?(?<!\d)(\d{1,9})\s{1,9}\d{1,5}\s{1,9}R\b"
)
_STRING = re.compile(rb"\(([^()\\]{1,65536})|<([0-9A-Fa-f]{2,65536})>")
_DRAW = re.compile(rb"/([^\s/<>\[\]()]{1,127})\s{1,9}Do\b")
_NESTED = 40  # forms within forms that a reader follows
_HOPS = 3  # objects between a form and its list of drawings
_HEAD = 2**16  # bytes of an object in which its dictionary ends


Named = tuple[tuple[bytes, int], ...]  # what an object refers to, and under which names


@dataclass(frozen=True, slots=True)
class _Form:
    """A drawing that others may draw: what it draws, by name, and what it refers to."""

    draws: Counter[bytes]
    named: Named


def check_hostile(data: bytes, source: str) -> None:
    """Raise ReadError if opening a PDF could take time or memory out of proportion."""
    forms: dict[int, _Form] = {}
    plain: dict[int, Named] = {}  # objects that are no streams
    unpacked = 0
    for number, head, at in _objects(data):
        if at is None:
            plain[number] = _named(head)
            continue
        content = b""
        if b"FlateDecode" in head or b"/Fl" in head:
            content, size = _unpack(data, at)
            unpacked += size
            if size > _LARGEST or unpacked > _ALL or _letters(content) > _LETTERS:
                raise ReadError(
                    f"{source}: object {number} unpacks to too much; print it to a new PDF file"
                )
        elif b"/Form" in head:
            content = data[at : at + _LARGEST].partition(b"endstream")[0]
        if b"/ObjStm" in head:
            plain |= _packed_objects(content)
        elif b"/Form" in head:
            forms[number] = _Form(Counter(_DRAW.findall(content)), _named(head))
    if _most_drawn(forms, plain) > _DRAWN:
        raise ReadError(f"{source}: draws forms within forms too often; print it to a new PDF file")


def _objects(data: bytes) -> Iterator[tuple[int, bytes, int | None]]:
    """Yield number, dictionary and start of stream (None without one) of each object."""
    starts = [(int(match[1]), match.end()) for match in _OBJECT.finditer(data)]
    for (number, at), following in zip_longest(starts, starts[1:]):
        stop = min(following[1] if following else len(data), at + _HEAD)
        stream = _STREAM.search(data, at, stop)
        yield number, data[at : stream.start() if stream else stop], stream and stream.end()


def _named(head: bytes) -> Named:
    return tuple((match[1] or b"", int(match[2])) for match in _REFERENCE.finditer(head))


def _unpack(data: bytes, at: int) -> tuple[bytes, int]:
    """Return a deflated stream's content and size; one that is too large is cut."""
    inflater = zlib.decompressobj()
    parts: list[bytes] = []
    size = 0
    pending = b""
    try:
        while not inflater.eof and size <= _LARGEST:
            if not pending:
                pending, at = data[at : at + _CHUNK], at + _CHUNK
                if not pending:
                    break
            part = inflater.decompress(pending, _LARGEST // 16)
            pending = inflater.unconsumed_tail
            parts.append(part)
            size += len(part)
    except zlib.error:
        pass  # damaged or encrypted: what came before the fault counts
    return b"".join(parts), size


def _letters(content: bytes) -> int:
    """Count the bytes of text that a large stream sets."""
    if len(content) < _WORDY or b"BT" not in content:
        return 0
    return sum(len(match[1] or match[2]) for match in _STRING.finditer(content))


def _packed_objects(content: bytes) -> dict[int, Named]:
    """Return the references of the objects that an object stream holds.

    Its head is a run of numbers: object, offset, object, offset ...
    """
    numbers = [int(number) for number in re.findall(rb"\s*(\d{1,9})\b", _head_of(content))]
    first = len(_head_of(content))
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    return {
        number: _named(content[first + offset : first + following[1] if following else None])
        for (number, offset), following in zip_longest(pairs, pairs[1:])
    }


def _head_of(content: bytes) -> bytes:
    head = re.match(rb"[\d\s]*", content)
    return head[0] if head else b""


def _most_drawn(forms: Mapping[int, _Form], plain: Mapping[int, Named]) -> int:
    """Return how many forms the most laborious one draws, or more than ``_DRAWN``."""
    anywhere: dict[bytes, set[int]] = {}
    for named in (*plain.values(), *(form.named for form in forms.values())):
        for name, number in named:
            if number in forms:
                anywhere.setdefault(name, set()).add(number)
    inside = {number: _drawn_by(form, forms, plain, anywhere) for number, form in forms.items()}
    drawn = dict.fromkeys(forms, 1)
    for _ in range(_NESTED):
        deeper = {
            number: 1 + sum(times * drawn[child] for child, times in children.items())
            for number, children in inside.items()
        }
        if deeper == drawn or max(deeper.values()) > _DRAWN:
            return max(deeper.values(), default=0)
        drawn = deeper
    return max(drawn.values(), default=0)


def _drawn_by(
    form: _Form,
    forms: Mapping[int, _Form],
    plain: Mapping[int, Named],
    anywhere: Mapping[bytes, set[int]],
) -> Counter[int]:
    """Count the forms that a form draws itself, by number.

    A name that it does not explain may be one of the page's: any form of that name counts.
    """
    meant: Counter[int] = Counter()
    explained: set[bytes] = set()
    level, seen = list(form.named) if form.draws else [], set[int]()
    for _ in range(_HOPS):
        for name, number in level:
            explained.add(name)
            if number in forms and name in form.draws:
                meant[number] = max(meant[number], form.draws[name])
        fresh = {number for _, number in level if number in plain} - seen
        seen |= fresh
        level = [pair for number in fresh for pair in plain[number]]
    for name in form.draws.keys() - explained:
        meant.update(dict.fromkeys(anywhere.get(name, ()), form.draws[name]))
    return meant
