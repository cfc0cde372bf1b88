"""Where results go: one stream, or a folder that an interrupted run can go on filling."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol, TextIO

from whereas.errors import WriteError
from whereas.prediction.runner import Failure, Outcome
from whereas.prediction.units import Unit
from whereas.scratch import scratch_for
from whereas.writers import Format

ERRORS, DONE = "errors.jsonl", "done.jsonl"
_UNSAFE = re.compile(r"[^\w.~()+,=@ -]")
_LONGEST = 180  # bytes of a name; file systems allow 255
_TAKEN = frozenset({"errors", "done"})


class Sink(Protocol):
    """Takes what becomes of each unit."""

    documents: int

    def left(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Yield the units that are still to be done."""

    def write(self, outcome: Outcome) -> None:
        """Write what became of a unit."""


@dataclass
class Stream:
    """Writes all results into one stream; ``name`` is how messages call it."""

    output: TextIO
    format: Format
    name: str
    documents: int = 0

    def left(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Yield all units."""
        yield from units

    def write(self, outcome: Outcome) -> None:
        """Write the documents of an outcome.

        Raises:
            WriteError: the format cannot hold several documents in one file, or the stream
                takes no more.
            BrokenPipeError: nobody reads the stream any longer.
        """
        for text in outcome.texts:
            if self.documents and not self.format.joins:
                raise WriteError(
                    f"{self.format.name}: a file holds one document and there are several; "
                    "name a folder with -o"
                )
            with _writing(self.name):
                self.output.write(text if self.documents else self.format.header + text)
            self.documents += 1

    def flush(self) -> None:
        """Write what is still held back; raises what ``write`` raises."""
        with _writing(self.name):
            self.output.flush()


@contextmanager
def _writing(name: object) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WriteError(f"{name}: cannot be written ({error.strerror})") from None


@contextmanager
def open_file(path: Path, format: Format) -> Iterator[Stream]:
    """Open a file for all results.

    It has a temporary name until the run ends, so that it is never half a result. A run that is
    interrupted from the keyboard keeps the documents it has done; where there are none yet, an
    older file stays. Folders above it are made.

    Raises:
        WriteError: it cannot be written.
    """
    stopped: KeyboardInterrupt | OSError | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with (
            scratch_for(path) as scratch,
            scratch.open("w", encoding="utf-8", newline="") as file,
        ):
            stream = Stream(file, format, str(path))
            try:
                yield stream
            except (KeyboardInterrupt, OSError) as error:
                stopped = error
                if isinstance(error, OSError) or not stream.documents:
                    raise
    except OSError as error:
        if error is stopped:  # of the run, not of this file
            raise
        with _writing(path):
            raise
    if stopped is not None:
        raise stopped


@dataclass
class Folder:
    """Writes a file for each unit into a folder, and keeps account of what is done.

    ``done.jsonl`` has a first line with the settings of the run and then one for each unit that
    is done; ``errors.jsonl`` has one for each document that failed. A unit's files are in place,
    whole, before its line is, so that a run that was killed can go on where it stopped.
    """

    path: Path
    format: Format
    settings: dict[str, Any]
    resume: bool = False
    documents: int = 0
    _done: dict[str, tuple[int, int]] = field(default_factory=dict)

    def open(self) -> None:
        """Make the folder ready.

        Raises:
            WriteError: it cannot be written, or holds what another run, with other settings or
                not finished, has made.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._take_up()
        except OSError as error:
            raise WriteError(f"{self.path}: cannot be written ({error.strerror})") from None

    def _take_up(self) -> None:
        account = self.path / DONE
        lines = list(_json_lines(account))
        if lines and self.resume:
            if lines[0] != self.settings:
                raise WriteError(
                    f"{account}: the run to resume had other settings ({json.dumps(lines[0])}); "
                    "use the same ones or name another folder"
                )
            done = [line for line in lines[1:] if "unit" in line]
            self._done = {line["unit"]: (line["size"], line["stamp"]) for line in done}
            kept = [line for line in _json_lines(self.path / ERRORS) if line["unit"] in self._done]
            self._replace(ERRORS, map(json.dumps, kept))
            self._replace(DONE, map(json.dumps, [self.settings, *done]))
            return
        if lines and "finished" not in lines[-1]:
            raise WriteError(
                f"{self.path}: holds a run that has not finished; go on with it with --resume, "
                "or name another folder"
            )
        self._replace(ERRORS, ())
        self._replace(DONE, [json.dumps(self.settings)])

    def left(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Yield the units that are not done, or have changed since."""
        for unit in units:
            if self._done.get(unit.stem) != (unit.size, unit.stamp):
                yield unit

    def write(self, outcome: Outcome) -> None:
        """Write the files of a unit, then the account of it.

        Raises:
            WriteError: a file cannot be written.
        """
        unit = outcome.unit
        try:
            for number, text in enumerate(self._files(outcome.texts), start=1):
                name = unit.stem if number == 1 else f"{unit.stem}~{number}"
                name = name.removesuffix(self.format.extension)
                self._replace_text(safe_name(name) + self.format.extension, text)
            self._append(ERRORS, [_failure_line(unit, failure) for failure in outcome.failures])
            if outcome.texts or not outcome.failures:
                account = {"unit": unit.stem, "size": unit.size, "stamp": unit.stamp}
                self._append(DONE, [account | {"documents": len(outcome.texts)}])
        except OSError as error:
            raise WriteError(f"{self.path}: cannot be written ({error.strerror})") from None
        self.documents += len(outcome.texts)

    def _files(self, texts: tuple[str, ...]) -> Iterable[str]:
        if self.format.joins:
            return [self.format.header + "".join(texts)] if texts else []
        return [self.format.header + text for text in texts]

    def close(self) -> None:
        """Note that the run has finished."""
        self._append(DONE, [{"finished": True}])

    def _append(self, name: str, lines: list[dict[str, Any]]) -> None:
        if lines:
            with (self.path / name).open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)

    def _replace(self, name: str, lines: Iterable[str]) -> None:
        self._replace_text(name, "".join(f"{line}\n" for line in lines))

    def _replace_text(self, name: str, text: str) -> None:
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with scratch_for(place) as scratch:
            scratch.write_text(text, encoding="utf-8", newline="")


def safe_name(stem: str) -> str:
    """Return a relative path whose parts any file system takes and none of which climbs.

    A part that had to be changed ends in a hash of what it was, so that no two become one.
    """
    return "/".join(map(_safe_part, stem.split("/")))


def _safe_part(part: str) -> str:
    clean = _UNSAFE.sub("_", part).strip(" ").lstrip(".")
    if clean == part != "" and len(part.encode()) <= _LONGEST and part not in _TAKEN:
        return part
    short = clean.encode()[:_LONGEST].decode(errors="ignore")
    return f"{short}-{hashlib.sha256(part.encode(errors='replace')).hexdigest()[:8]}"


def _failure_line(unit: Unit, failure: Failure) -> dict[str, Any]:
    return {"unit": unit.stem, **asdict(failure)}


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a file, but for a last one that was cut off."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            tree = json.loads(line)
        except ValueError:
            continue
        if isinstance(tree, dict):
            yield tree
