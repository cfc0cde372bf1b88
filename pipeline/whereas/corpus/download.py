"""Downloads: fetched in pieces, gone on with after a break, and checked before they are used."""

import hashlib
import http.client
import json
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from whereas.errors import ReadError, WriteError
from whereas.readers.archive import is_archive, members

_PIECE = 256 * 1024  # bytes
_PATIENCE = 60  # seconds without an answer
_LARGEST = 32 * 2**30  # bytes unpacked
_RECEIPT = "fetched.json"

Progress = Callable[[int, int | None], None]  # is told the bytes there, and of how many


class SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never from an encrypted address to one that is not."""

    def redirect_request(
        self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: Any
    ) -> Any:
        """Return the request to make instead, or raise ReadError."""
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise ReadError(f"{req.full_url}: leads to {newurl}, which is not encrypted; refused")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(
    url: str,
    folder: Path,
    *,
    sha256: str | None,
    progress: Progress = lambda done, total: None,
) -> str:
    """Download a file, check it and unpack it into a folder, whole or not at all.

    What is there of a download that broke off is kept beside the folder, and gone on with.

    Args:
        folder: what the archive holds goes here; a file that is no archive as it is. It must not
            exist yet.
        sha256: what the download must have; whatever it has is right if None.

    Returns:
        The SHA-256 of the download. ``fetched.json`` in the folder has it, with the address.

    Raises:
        ReadError: it cannot be downloaded, has another hash or is a damaged archive.
        WriteError: the folder exists, or cannot be written.
    """
    if folder.exists():
        raise WriteError(f"{folder}: exists already; remove it or name another folder with -o")
    name = PurePosixPath(unquote(urlsplit(url).path)).name or "download"
    part = folder.with_name(f".{folder.name}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _download(url, part, progress)
        found = _hash(part)
        if sha256 is not None and found != sha256.lower():
            _forget(part)
            raise ReadError(f"{url}: has SHA-256 {found}, expected {sha256}; nothing was kept")
        _unpack(part, name, folder, {"url": url, "sha256": found})
    except OSError as error:
        raise WriteError(f"{folder}: cannot be written ({error.strerror or error})") from None
    _forget(part)
    return found


def first_use_hash(folder: Path) -> str | None:
    """Return the SHA-256 that was written down when a source was first trusted, or None."""
    try:
        record = json.loads(_first_use(folder).read_text(encoding="utf-8"))
        return str(record["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember_first_use(folder: Path, url: str, sha256: str) -> None:
    """Write down the SHA-256 of a source beside its folder, to compare later downloads with."""
    record = json.dumps({"url": url, "sha256": sha256}, indent=2)
    _first_use(folder).write_text(f"{record}\n", encoding="utf-8")


def _first_use(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.first-use.json")


def _download(url: str, part: Path, progress: Progress) -> None:
    """Complete a partial download; start anew where the server has another version by now."""
    there = part.stat().st_size if part.exists() else 0
    tag = _tag_file(part).read_text(encoding="utf-8") if _tag_file(part).exists() else ""
    headers = {"User-Agent": "whereas", "Accept-Encoding": "identity"}
    if there and tag:
        headers |= {"Range": f"bytes={there}-", "If-Range": tag}
    request = urllib.request.Request(url, headers=headers)
    opener = urllib.request.build_opener(SafeRedirects)
    try:
        with opener.open(request, timeout=_PATIENCE) as answer:
            there = _receive(answer, part, there, progress)
    except urllib.error.HTTPError as error:
        if error.code != 416:  # the part is the whole already
            raise ReadError(f"{url}: the server answers {error.code} {error.reason}") from None
        if not _is_whole(error.headers.get("Content-Range"), there):
            _forget(part)
            raise ReadError(f"{url}: has changed since it was begun; fetch it again") from None
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as e:
        reason = getattr(e, "reason", None) or e
        kept = part.stat().st_size if part.exists() else 0
        more = f"; {kept} bytes are kept, fetch it again to go on" if kept else ""
        raise ReadError(f"{url}: cannot be downloaded ({reason}){more}") from None


def _receive(answer: Any, part: Path, there: int, progress: Progress) -> int:
    """Write what the server sends, and return how many bytes there are."""
    resumed = answer.status == 206 and _starts_at(answer.headers.get("Content-Range"), there)
    if not resumed:
        there = 0
    tag = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
    _tag_file(part).write_text("" if tag.startswith("W/") else tag, encoding="utf-8")
    length = answer.headers.get("Content-Length")
    total = there + int(length) if length and length.isdigit() else None
    with part.open("ab" if resumed else "wb") as file:
        while piece := answer.read(_PIECE):
            file.write(piece)
            there += len(piece)
            progress(there, total)
    if total is not None and there < total:
        raise ConnectionError(f"broke off after {there} of {total} bytes")
    return there


def _starts_at(content_range: str | None, there: int) -> bool:
    return (content_range or "").startswith(f"bytes {there}-")


def _is_whole(content_range: str | None, there: int) -> bool:
    return (content_range or "").strip() == f"bytes */{there}"


def _tag_file(part: Path) -> Path:
    return part.with_name(f"{part.name}.tag")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _tag_file(part).unlink(missing_ok=True)


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unpack(part: Path, name: str, folder: Path, receipt: dict[str, str]) -> None:
    """Unpack a download under a temporary name, then give it its own.

    Links, and names that climb out of the archive, are left out, as ``members`` does.
    """
    scratch = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        named = scratch / name
        shutil.copyfile(part, named)
        inside = scratch / "inside"
        inside.mkdir()
        if is_archive(named):
            size = 0
            for member, data in members(named):
                size += len(data)
                if size > _LARGEST:
                    raise ReadError(f"{receipt['url']}: unpacks to more than {_LARGEST} bytes")
                place = inside.joinpath(*PurePosixPath(member.replace("\\", "/")).parts)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        else:
            named.rename(inside / name)
        text = json.dumps(receipt, indent=2)
        (inside / _RECEIPT).write_text(f"{text}\n", encoding="utf-8")
        inside.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
