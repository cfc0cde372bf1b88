"""The corpora written for the project are what their sources say, and enough of it."""

import re
from collections import Counter
from pathlib import Path

import compose
import pytest

from whereas.document import Document, Spans
from whereas.labels import load_scheme

WRITTEN = Path(__file__).parents[1] / "data" / "written"
LANGUAGES = compose.languages()
SHINGLE = {"zh": 20}  # characters; elsewhere words


def committed(language: str, name: str) -> list[Document]:
    lines = (WRITTEN / language / name).read_text(encoding="utf-8").splitlines()
    return [Document.from_json(line, f"{name}:{n}") for n, line in enumerate(lines, 1)]


def shingles(document: Document, size: int) -> set[tuple[str, ...]]:
    """Return every run of ``size`` words (Chinese: characters) in the document's clauses."""
    runs: set[tuple[str, ...]] = set()
    for clause in document.clauses:
        for text in (clause.text, *(item.text for item in clause.items)):
            words = re.findall(r"[\u4e00-\u9fff]|\w+", text.casefold())
            runs.update(zip(*(words[at:] for at in range(size)), strict=False))
    return runs


def quoted(text: str, spans: Spans) -> str:
    return " ".join(text[start:end] for start, end in spans)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committed_corpora_are_what_their_sources_give(language: str) -> None:
    built = {
        name: "".join(f"{document.to_json()}\n" for document in documents)
        for name, documents in compose.build(language).items()
    }
    committed_files = (WRITTEN / language).glob("*.jsonl")
    assert {file.name: file.read_text(encoding="utf-8") for file in committed_files} == built, (
        "run: python data/written/compose.py"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_spans_of_the_clean_text_read_as_the_clauses_do(language: str) -> None:
    for document in committed(language, "clean.jsonl"):
        assert document.text is not None
        tight = ",." if language == "fr" else ",;.，。；：、،؛"
        for part in (*document.clauses, *(i for c in document.clauses for i in c.items)):
            words = f"{part.number} {part.text}" if part.number else part.text
            found = quoted(document.text, part.spans)
            assert re.sub(r"\s", "", found) == re.sub(r"\s", "", words), document.id
            assert not re.search(rf"\s{{2}}|\s[{tight}]|[*\[\]|]", part.text.replace(" [", ""))


@pytest.mark.parametrize(
    ("language", "name"), [(name, "clean.jsonl") for name in LANGUAGES] + [("en", "clauses.jsonl")]
)
def test_labels_are_in_the_scheme_and_only_directives_have_addressees(
    language: str, name: str
) -> None:
    scheme = load_scheme()
    for document in committed(language, name):
        for clause in document.clauses:
            where = f"{document.id}: {clause.text[:60]}"
            acts = {clause.function, *clause.also}
            assert acts <= set(scheme.function_labels), where
            assert len(acts) == 1 + len(clause.also), where
            assert all(act == "other" or act.startswith(clause.zone) for act in acts), where
            assert set(clause.addressees) <= set(scheme.addressee_labels), where
            assert len(set(clause.addressees)) == len(clause.addressees) <= 3, where
            assert acts & scheme.directive or not clause.addressees, where
            assert clause.opening is None or clause.text.startswith(clause.opening), where


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_and_no_clause_is_printed_twice_in_a_document(language: str) -> None:
    documents = committed(language, "clean.jsonl") + committed(language, "messy.jsonl")
    assert max(Counter(document.id for document in documents).values()) == 1
    for document in documents:
        assert max(Counter(clause.full_text for clause in document.clauses).values()) == 1


def test_the_english_corpus_is_large_enough_to_train_on() -> None:
    clean = committed("en", "clean.jsonl")
    clauses = [clause for document in clean for clause in document.clauses]
    assert len(clean) >= 32
    assert len(clauses) >= 850
    assert max(len(document.clauses) for document in clean) >= 60
    assert len(committed("en", "messy.jsonl")) * 2 >= len(clean)
    functions = Counter(clause.function for clause in clauses)
    parties = Counter(party for clause in clauses for party in clause.addressees)
    assert min(functions[label] for label in load_scheme().function_labels) >= 18
    assert min(parties[label] for label in load_scheme().addressee_labels) >= 30
    assert sum(bool(clause.also) for clause in clauses) >= 100
    assert {item.level for clause in clauses for item in clause.items} == {2, 3}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_documents_share_a_long_run_of_words(language: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for document in committed(language, "clean.jsonl"):
        for run in shingles(document, SHINGLE.get(language, 12)):
            assert run not in seen, f"{seen[run]} and {document.id}: {' '.join(run)}"
            seen[run] = document.id


def test_single_clauses_are_parts_of_nothing_and_none_is_much_like_another() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for document in committed("en", "clauses.jsonl"):
        assert document.is_partial
        assert len(document.clauses) == 1
        for run in shingles(document, 14):
            assert run not in seen, f"{seen[run]} and {document.id}: {' '.join(run)}"
            seen[run] = document.id


def test_a_sentence_carried_over_from_one_document_to_another_is_seen() -> None:
    first, second = committed("en", "clean.jsonl")[:2]
    clause = max(first.clauses, key=lambda clause: len(clause.text))
    copied = second.model_copy(update={"clauses": (*second.clauses, clause)})
    assert shingles(first, 12) & shingles(copied, 12)


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_each_other_language_has_gold_enough_to_test_on(language: str) -> None:
    clean = committed(language, "clean.jsonl")
    clauses = [clause for document in clean for clause in document.clauses]
    assert len(clean) >= 4
    assert len(clauses) >= 65
    assert len(committed(language, "messy.jsonl")) * 2 >= len(clean)
    acts = {act for clause in clauses for act in (clause.function, *clause.also)}
    assert acts == set(load_scheme().function_labels)
    parties = {party for clause in clauses for party in clause.addressees}
    assert parties == set(load_scheme().addressee_labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_datasheet_states_the_counts_of_its_corpus(language: str) -> None:
    sheet = (WRITTEN / language / "README.md").read_text(encoding="utf-8")
    for counts in compose.stats(language):
        if counts.startswith(f"{language}: "):
            assert counts.removeprefix(f"{language}: ").removeprefix("single clauses: ") in sheet
    for source in (WRITTEN / language).glob("*/*.txt"):
        assert f"| `{source.stem}` |" in sheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_layouts_of_messy_copies_vary(language: str) -> None:
    sources = (WRITTEN / language / "src").glob("*.txt")
    layouts = {layout for source in sources if (layout := compose.parse(source)[1])}
    assert layouts == set(compose.PRESSES)
