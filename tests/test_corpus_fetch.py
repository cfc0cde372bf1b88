"""Public sources: downloaded from a web server on this machine, checked and unpacked."""

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request

import pytest
from typer.testing import CliRunner

from whereas.cli import app
from whereas.corpus.download import SafeRedirects, fetch
from whereas.corpus.register import find_source, load_register
from whereas.errors import ConfigError, ReadError, WriteError


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


class Server(ThreadingHTTPServer):
    """Serves one file, and can break off, forget ranges, or serve another version."""

    content = zipped(**{"texts/a.txt": "Recalling its bell,", "../out.txt": "no", ".git/x": "no"})
    tag = '"one"'
    break_after: int | None = None
    ranges = True
    redirect: str | None = None
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/data/texts.zip"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        server = self.server
        wanted = self.headers.get("Range")
        server.asked.append(wanted)
        start, status = 0, server.status
        if server.redirect:
            self.send_response(302)
            self.send_header("Location", server.redirect)
            self.end_headers()
            return
        if wanted and server.ranges and self.headers.get("If-Range") == server.tag:
            start, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
        if start >= len(server.content):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(server.content)}")
            self.end_headers()
            return
        body = server.content[start:]
        self.send_response(status)
        self.send_header("ETag", server.tag)
        self.send_header("Content-Length", str(len(body)))
        if status == 206:
            size = len(server.content)
            self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
        self.end_headers()
        self.wfile.write(body[: server.break_after])

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_source_is_checked_and_unpacked_without_what_climbs_out(
    server: Server, tmp_path: Path
) -> None:
    seen: list[tuple[int, int | None]] = []
    target = tmp_path / "texts"
    found = fetch(
        server.url, target, sha256=server.sha256.upper(), progress=lambda *each: seen.append(each)
    )
    assert found == server.sha256
    assert files(tmp_path) == ["texts/fetched.json", "texts/texts/a.txt"]
    assert json.loads((target / "fetched.json").read_text())["sha256"] == server.sha256
    assert seen[-1] == (len(server.content), len(server.content))


def test_a_wrong_hash_leaves_nothing(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=f"has SHA-256 {server.sha256}, expected 0000"):
        fetch(server.url, tmp_path / "texts", sha256="0" * 64)
    assert files(tmp_path) == []


def test_a_download_that_broke_off_is_gone_on_with(server: Server, tmp_path: Path) -> None:
    server.break_after = 100
    with pytest.raises(ReadError, match="100 bytes are kept, fetch it again to go on"):
        fetch(server.url, tmp_path / "texts", sha256=server.sha256)
    server.break_after = None
    fetch(server.url, tmp_path / "texts", sha256=server.sha256)
    assert server.asked == [None, "bytes=100-"]
    assert files(tmp_path) == ["texts/fetched.json", "texts/texts/a.txt"]


@pytest.mark.parametrize("change", ["another version", "no ranges"])
def test_where_it_cannot_go_on_it_starts_anew(change: str, server: Server, tmp_path: Path) -> None:
    server.break_after = 100
    with pytest.raises(ReadError):
        fetch(server.url, tmp_path / "texts", sha256=None)
    server.break_after = None
    if change == "no ranges":
        server.ranges = False
    else:
        server.content, server.tag = zipped(**{"b.txt": "new"}), '"two"'
    assert fetch(server.url, tmp_path / "texts", sha256=None) == server.sha256


def test_a_part_that_is_whole_is_not_downloaded_again(server: Server, tmp_path: Path) -> None:
    (tmp_path / ".texts.part").write_bytes(server.content)
    (tmp_path / ".texts.part.tag").write_text(server.tag)
    assert fetch(server.url, tmp_path / "texts", sha256=server.sha256) == server.sha256


def test_what_is_no_archive_is_kept_as_it_is(server: Server, tmp_path: Path) -> None:
    server.content = b"Recalling its bell,"
    fetch(server.url.replace(".zip", ".txt"), tmp_path / "texts", sha256=None)
    assert (tmp_path / "texts" / "texts.txt").read_bytes() == server.content


def test_a_damaged_archive_leaves_nothing_under_its_name(server: Server, tmp_path: Path) -> None:
    server.content = b"PK nonsense"
    with pytest.raises(ReadError, match="damaged archive"):
        fetch(server.url, tmp_path / "texts", sha256=None)
    assert not (tmp_path / "texts").exists()


def test_errors_of_servers_and_folders_are_one_line(server: Server, tmp_path: Path) -> None:
    server.status = 404
    with pytest.raises(ReadError, match="the server answers 404"):
        fetch(server.url, tmp_path / "texts", sha256=None)
    with pytest.raises(WriteError, match="exists already"):
        fetch(server.url, tmp_path, sha256=None)
    server.redirect = "ftp://127.0.0.1/x"
    with pytest.raises(ReadError) as error:
        fetch(server.url, tmp_path / "texts", sha256=None)
    assert "\n" not in str(error.value)


def test_an_encrypted_address_never_leads_to_a_plain_one() -> None:
    request = Request("https://example.org/texts.zip")
    with pytest.raises(ReadError, match="not encrypted"):
        SafeRedirects().redirect_request(request, None, 302, "", {}, "http://example.org/x")


def test_nobody_there_is_an_error(tmp_path: Path) -> None:
    with Server() as closed:
        url = closed.url
    with pytest.raises(ReadError, match="cannot be downloaded"):
        fetch(url, tmp_path / "texts", sha256=None)


def registered(server: Server, tmp_path: Path, **changes: str) -> Path:
    entry = {"title": "T", "publisher": "P", "url": server.url, "version": "1", "holds": "texts"}
    entry |= {"terms": "free", **changes}
    path = tmp_path / "sources.toml"
    path.write_text("[texts]\n" + "".join(f'{k} = "{v}"\n' for k, v in entry.items()))
    return path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["corpus", "fetch", *map(str, arguments)])
    return result.exit_code, result.output


def test_a_source_without_a_hash_needs_a_word_of_trust(server: Server, tmp_path: Path) -> None:
    register = registered(server, tmp_path)
    options = ["texts", "--register", register, "-o", tmp_path / "texts"]
    code, output = run(*options)
    assert code == 1
    assert "--trust-first-use" in output
    assert server.asked == []
    code, output = run(*options, "--trust-first-use")
    assert code == 0
    assert server.sha256 in output
    (tmp_path / "texts").rename(tmp_path / "old")
    server.content = zipped(**{"b.txt": "changed"})
    code, output = run(*options, "--trust-first-use")
    assert code == 1
    assert "expected" in output
    assert not (tmp_path / "texts").exists()


def test_a_registered_hash_is_checked(server: Server, tmp_path: Path) -> None:
    register = registered(server, tmp_path, sha256=server.sha256)
    options = ["texts", "--register", register, "-o", tmp_path / "texts"]
    assert run(*options, "--sha256", "f" * 64)[0] == 1
    assert run(*options)[0] == 0


def test_the_register_that_ships_is_sound_and_listed() -> None:
    register = load_register()
    code, output = run()
    assert code == 0
    for name, source in register.items():
        assert name in output
        assert source.url.startswith("https://")
        assert source.terms in output


def test_unknown_names_and_keys_are_errors(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="expected one of"):
        find_source("nothing", load_register())
    with pytest.raises(ConfigError, match=r"sources.toml: sha256"):
        load_register(registered(server, tmp_path, sha256="abc"))
