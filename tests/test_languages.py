"""The default model serves all six languages, by the command and by the spaCy component."""

import json
from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

from whereas.bundle import read_manifest
from whereas.cli import app
from whereas.document import Document
from whereas.labels import load_scheme
from whereas.language import language_parts, seems_known
from whereas.prediction import load_models, predict
from whereas.readers import read

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
NAMES = {
    "en": "bell-tower.en.txt",
    "fr": "phares.fr.txt",
    "es": "bibliobuses.es.txt",
    "ru": "paromy.ru.txt",
    "zh": "dukou.zh.txt",
    "ar": "maktabat.ar.txt",
}
TEXTS = [*EXAMPLES.glob("*.txt"), *EXAMPLES.parent.glob("written/*/*.jsonl")]
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """What the command makes of a folder with a text in each language, by language."""
    folder = tmp_path_factory.mktemp("mixed")
    for name in NAMES.values():
        (folder / name).write_bytes((EXAMPLES / name).read_bytes())
    result = CliRunner().invoke(app, ["predict", str(folder)])
    assert result.exit_code == 0, result.output
    documents = [Document.from_json(line, "output") for line in result.stdout.splitlines()]
    return {str(document.language): document for document in documents}


@pytest.mark.parametrize("language", ["fr", "es"])
def test_a_long_annex_of_names_does_not_hide_the_language(language: str) -> None:
    text = (EXAMPLES / NAMES[language]).read_text(encoding="utf-8")
    ships = "\n".join(f"{n}. Aurora Borealis {7_000_000 + n} Santa Brigida" for n in range(2000))
    (part,) = language_parts(f"{text}\n{ships}")
    assert part.language == language


def test_a_folder_of_all_languages_is_labelled(mixed: dict[str, Document]) -> None:
    known = load_scheme().function_labels
    assert set(mixed) == set(NAMES)
    for document in mixed.values():
        assert document.clauses
        assert all(clause.function in known for clause in document.clauses)
        assert any(clause.addressees for clause in document.clauses)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.parent.name + path.name)
def test_every_text_written_for_the_project_is_in_a_known_language(path: Path) -> None:
    texts = [document.text or "" for document in read(path)]
    assert texts
    assert all(map(seems_known, texts))


@pytest.mark.parametrize(
    "text",
    [
        "Η συνέλευση ζητεί από τον γραμματέα να υποβάλει έκθεση για την κατάσταση των πύργων. " * 4,
        "De vergadering verzoekt de secretaris een verslag over de torens voor te leggen. " * 4,
        "Zgromadzenie prosi sekretarza o przedstawienie sprawozdania o stanie wież. " * 4,
        "총회는 사무총장에게 등대의 상태에 관한 보고서를 제출하도록 요청한다. " * 12,
    ],
    ids=["Greek", "Dutch", "Polish", "Korean"],
)
def test_other_languages_are_told_from_the_six(text: str) -> None:
    assert not seems_known(text)
    assert seems_known(text[:100])  # too short to tell


@pytest.mark.parametrize("language", NAMES)
def test_the_component_gives_what_the_command_gives(
    language: str, mixed: dict[str, Document]
) -> None:
    nlp = spacy.blank(language)
    nlp.add_pipe("whereas")
    (document,) = read(EXAMPLES / NAMES[language])
    doc = nlp(document.text or "")
    expected = mixed[language].clauses
    assert [span.label_ for span in doc.spans["clauses"]] == [c.function for c in expected]
    assert [span._.clause.addressees for span in doc.spans["clauses"]] == [
        clause.addressees for clause in expected
    ]


FUNCTIONS = {
    "fr": ("Rappelant sa décision 4/2,", "Prie le Secrétaire général de réparer le phare ;"),
    "es": ("Recordando su decisión 4/2,", "Pide al Secretario General que repare el faro;"),
    "ru": ("ссылаясь на свое решение 4/2,", "просит Генерального секретаря починить маяк;"),
    "zh": ("回顾其第4/2号决定，", "请秘书长修理灯塔；"),
    "ar": ("إذ تشير إلى مقررها 4/2،", "تطلب إلى الأمين العام أن يصلح المنارة؛"),
}


@pytest.mark.parametrize("language", FUNCTIONS)
def test_plain_acts_get_their_functions(language: str) -> None:
    first, second = FUNCTIONS[language]
    document = Document.from_json(
        json.dumps(
            {
                "id": "L/1",
                "schema": 1,
                "language": language,
                "clauses": [
                    {"zone": "preambular", "text": first},
                    {"zone": "operative", "number": "1.", "text": second},
                ],
            }
        ),
        "test",
    )
    (labelled,) = predict([document], load_models("default"))
    assert [clause.function for clause in labelled.clauses] == [
        "preambular.precedent",
        "operative.tasking",
    ]
    assert labelled.clauses[1].addressees == ("secretariat",)


def test_the_models_that_ship_are_small_and_measured() -> None:
    paths = load_models("default").bundles()
    assert {language for path in paths for language in read_manifest(path).languages} == set(NAMES)
    sizes = [sum(file.stat().st_size for file in path.iterdir()) for path in paths]
    assert max(sizes) < 8 * MEGABYTE
    assert sum(sizes) < 25 * MEGABYTE
    for path in paths:
        scores = read_manifest(path).measures["groups"]["whole documents"]
        assert scores["accuracy"] > 0.9, path.name
