"""``whereas corpus lexicon`` builds a lexicon from marked-up files."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from akn_sample import akn, container, italic, main_body, paragraph, preamble
from whereas.cli import app
from whereas.lexicon import read_lexicon


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        body = main_body(paragraph(f"{italic('Urges')} calm {number};", "1."))
        data = akn(preamble(container("Recalling", " it,")), body, symbol=f"K/RES/{number}")
        (tmp_path / f"{number}.xml").write_bytes(data)
    for number in range(2):
        late = akn(main_body(paragraph(f"{italic('Forbids')} kites;", "1.")))
        (tmp_path / f"late_{number}.xml").write_bytes(late)
    (tmp_path / "broken.xml").write_bytes(b"<akomaNtoso>")
    return tmp_path


def test_a_lexicon_is_built_from_a_folder(folder: Path) -> None:
    output = folder / "lexicon.toml"
    arguments = ["corpus", "lexicon", str(folder), "--language", "en", "--skip", "late_"]
    result = CliRunner().invoke(app, [*arguments, "-o", str(output)])
    assert result.exit_code == 0
    assert "broken.xml: not well-formed" in result.stderr
    lexicon = read_lexicon(output)
    assert dict(lexicon.preambular) == {"recalling": 3}
    assert dict(lexicon.operative) == {"urges": 3}


def test_a_language_without_documents_is_an_error(folder: Path) -> None:
    result = CliRunner().invoke(app, ["corpus", "lexicon", str(folder), "--language", "ar"])
    assert result.exit_code == 1
    assert "no marked-up document in language 'ar'" in result.stderr
