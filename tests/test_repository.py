"""What the repository may hold: no sentence of a United Nations document, in any language."""

import re
import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from whereas.readers.archive import members

ROOT = Path(__file__).parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"
RUN = 14  # words (Chinese: characters, twice as many) that stand together in both
STEP = 4  # every so many words of a document a run is looked up
TOKEN = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+")
TAG = re.compile(r"<[^>]*>")


def runs(text: str, step: int) -> Iterator[str]:
    words = TOKEN.findall(text.casefold())
    size = 2 * RUN if len(words) and "\u4e00" <= words[len(words) // 2][0] <= "\u9fff" else RUN
    for start in range(0, len(words) - size + 1, step):
        yield " ".join(words[start : start + size])


def tracked() -> Iterator[tuple[str, str]]:
    names = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=True
    )
    for name in filter(None, names.stdout.split("\0")):
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue


def documents() -> Iterator[str]:
    for archive in sorted(CORPORA.glob("*/*.tar.xz")):
        for _, data in members(archive):
            yield TAG.sub(" ", data.decode("utf-8", "replace"))


@pytest.mark.slow
@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs the real corpora in ../shared/corpora")
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs a checkout, to know its files")
def test_no_sentence_of_a_united_nations_document_is_in_the_repository() -> None:
    ours: dict[str, str] = {}
    for name, text in tracked():
        for part in text.split('"') if name.endswith(".toml") else [text]:  # lists of names
            ours |= dict.fromkeys(runs(part, 1), name)
    found: dict[str, str] = {}
    for text in documents():
        found |= {run: ours[run] for run in runs(text, STEP) if run in ours}
    shown = [f"{name}: {run}" for run, name in islice(sorted(found.items(), key=str), 20)]
    assert not found, "\n".join(shown)


def test_runs_of_words_are_found_in_other_layout() -> None:
    sentence = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    ours = set(runs(f"Before. {sentence}; after all", 1))
    theirs = set(runs(f"<p>{sentence.replace(' ', '  ').upper()} fifteen".replace("<p>", ""), STEP))
    assert ours & theirs
