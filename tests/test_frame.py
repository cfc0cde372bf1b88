from pathlib import Path

import pytest

from whereas.document import Clause, Document
from whereas.errors import ConfigError
from whereas.features import document_acts, main_start, tokens
from whereas.features.cues import Cues, load_cues, read_cues
from whereas.features.frame import frame_features

CUES = load_cues("en")


def frame(text: str, zone: str = "operative") -> set[str]:
    return set(frame_features(tokens(text), zone, CUES))


@pytest.mark.parametrize(
    ("zone", "text", "main"),
    [
        ("operative", "Requests the crews to sail;", "requests"),
        ("operative", "Acting under Chapter VII of the Charter, decides to sail;", "decides"),
        ("preambular", "The Harbour Council, Recalling its log,", "recalling"),
        ("operative", "Sings;", "sings"),
    ],
)
def test_the_main_act_begins_past_what_stands_before_it(zone: str, text: str, main: str) -> None:
    words = tokens(text)
    assert words[main_start(words, zone, CUES)] == main


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("Also reiterates its urgent request to the crews to sail;", "again=requests"),
        ("Reiterates its request to the crews to sail;", "verb=requests"),
        ("Reiterates its concern at the storms;", "verb=reiterates"),
        ("Recognizes that tides are essential to ports;", "predicate=are essential"),
        ("Recognizes that tides are essential to ports;", "recognizes>complement=clause"),
        ("Recognizes the important role of tides;", "object=important role"),
        ("Takes note of the report of the pilots;", "object=report>of>pilots"),
        ("Notes, in this regard, that ports must open;", "modal=must"),
        ("Requests the crews to mend nets and to submit a report;", "and to=submit>report"),
        ("Requests the crews to mend nets and to submit a report;", "reports in 1"),
        ("Requests the crews to continue to mend nets;", "to 0=continue mend"),
    ],
)
def test_a_frame_says_how_an_act_is_built(text: str, feature: str) -> None:
    assert feature in frame(text)


def test_a_language_without_frame_words_has_no_frames() -> None:
    assert not list(frame_features(tokens("Requests rest"), "operative", Cues("xx")))


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "zh", "ar", "xx"])
def test_any_text_of_any_language_has_features(language: str) -> None:
    texts = ("", ",", "7", "Requests", "请秘书长", "يطلب إلى الأمين العام", "Просит, и")
    clauses = tuple(Clause(zone="operative", text=text) for text in texts)
    acts = document_acts(Document(id="x", clauses=clauses), load_cues(language))
    assert len(acts) == len(texts)
    assert all(own[0].features for own in acts)


def test_an_unknown_key_of_the_frame_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cues.toml"
    path.write_text('language = "en"\n[frame]\nnouns = ["x"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"cues\.toml: frame"):
        read_cues(path)
