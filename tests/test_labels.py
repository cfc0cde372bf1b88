from pathlib import Path

import pytest

from whereas.errors import SchemeError
from whereas.labels import load_scheme, require_label


def test_the_default_scheme_has_nine_preambular_and_fifteen_operative_functions() -> None:
    scheme = load_scheme()
    zones = [label.zone for label in scheme.functions]
    assert (zones.count("preambular"), zones.count("operative"), zones.count(None)) == (9, 15, 1)
    assert len(scheme.addressees) == 6


def test_a_scheme_of_ones_own_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[scheme]\nname = "mine"\nversion = 3\n[[functions]]\nlabel = "operative.ask"\n'
        "directive = true\n",
        encoding="utf-8",
    )
    scheme = load_scheme(path)
    assert scheme.function_labels == ("operative.ask",)
    assert scheme.directive == {"operative.ask"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no [scheme] table"),
        ("= 1", "not a TOML file"),
        ('[scheme]\nname = "x"\nversion = 1\n', "functions"),
        ('[scheme]\nname = "x"\nversion = 1\n[[functions]]\nlabel = "a b"\n', "label"),
        (
            '[scheme]\nname="x"\nversion=1\n[[functions]]\nlabel="a"\n[[functions]]\nlabel="a"',
            "a def",
        ),
    ],
)
def test_a_broken_scheme_is_one_clear_line(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SchemeError) as caught:
        load_scheme(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_label_is_named_with_what_is_allowed() -> None:
    with pytest.raises(SchemeError, match="a:1: unknown label 'x'; expected one of \\['y', 'z'\\]"):
        require_label("x", {"z", "y"}, "a:1")
