"""``whereas corpus words``: build the word statistics that mend broken words."""

from pathlib import Path
from typing import Annotated

import typer


def words(
    corpora: Annotated[
        list[Path], typer.Argument(help="Clean documents: files, folders, archives.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for words.LANGUAGE.txt.")],
    sources: Annotated[str, typer.Option(help="What the file's heading calls the sources.")] = "",
    least: Annotated[int, typer.Option(min=1, help="How often a word must occur.")] = 8,
    most: Annotated[int, typer.Option(min=1, help="How many words to keep.")] = 15_000,
) -> None:
    """Count the words of clean documents, by language."""
    from collections import Counter

    from whereas.cli.console import say
    from whereas.lexicon.words import count_words, words_text
    from whereas.readers import read_all

    counts: dict[str, Counter[str]] = {}
    for document in read_all(corpora, failed=lambda error: say(str(error))):
        texts = (clause.full_text for clause in document.clauses)
        counts.setdefault(document.language or "und", Counter()).update(count_words(texts))
    for language, counter in counts.items():
        text = words_text(counter, sources or "clean documents", least=least, most=most)
        (output / f"words.{language}.txt").write_text(text, encoding="utf-8")
