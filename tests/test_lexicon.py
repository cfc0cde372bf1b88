"""The lexicon finds the phrase that opens a clause, however it is decorated or printed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.document import Zone
from whereas.errors import ConfigError, LanguageError
from whereas.lexicon import Lexicon, load_lexicon, opening_of, read_lexicon
from whereas.lexicon.build import Printed, build_lexicon, lexicon_toml
from whereas.lexicon.folding import fold, unfolded_length

LANGUAGES = ["en", "fr", "es", "ru", "zh", "ar"]


@pytest.mark.parametrize(
    ("language", "text", "phrase", "printed"),
    [
        ("en", "Recalling its ruling on kites,", "recalling", "Recalling"),
        ("en", "Also strongly urges all kite flyers", "urges", "Also strongly urges"),
        ("en", "Recalling also the kite charter", "recalling", "Recalling also"),
        ("en", "RECALLING the kite charter", "recalling", "RECALLING"),
        ("en", "Rec alling the kite charter", "recalling", "Rec alling"),
        ("en", "Re-\ncalling the kite charter", "recalling", "Re-\ncalling"),
        ("en", "Re\u00adcalling the kite charter", "recalling", "Re\u00adcalling"),
        ("fr", "Se félicitant également du vent", "se félicitant", "Se félicitant également"),
        ("es", "Recordando también el viento", "recordando", "Recordando también"),
        ("ru", "ссылаясь также на ветер", "ссылаясь", "ссылаясь также"),
        ("zh", "又回顾风筝宪章", "回顾", "又回顾"),
        ("ar", "تقرر أيضاً أن", "تقرر", "تقرر أيضاً"),
    ],
)
def test_an_opening_is_found_as_printed(
    language: str, text: str, phrase: str, printed: str
) -> None:
    opening = load_lexicon(language).match(text)
    assert opening is not None
    assert opening.phrase == phrase
    assert text[opening.start : opening.end] == printed


def test_the_longest_phrase_wins() -> None:
    assert opening_of("Noting with concern the wind", "preambular", "en") == "Noting with concern"


def test_a_phrase_ends_where_a_word_ends() -> None:
    lexicon = Lexicon("en", {"noting": 3}, {}, {}, {})
    assert lexicon.match("Notingham is far") is None


def test_an_opening_knows_its_zone() -> None:
    lexicon = load_lexicon("en")
    recalling, requests = lexicon.match("Recalling"), lexicon.match("Requests")
    assert recalling is not None
    assert recalling.zone == "preambular"
    assert requests is not None
    assert requests.zone == "operative"
    assert lexicon.match("Requests", zone="preambular") is None


def test_no_opening() -> None:
    assert opening_of("The wind is strong", "operative", "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_found_as_itself(language: str) -> None:
    lexicon = load_lexicon(language)
    for phrase in (*lexicon.preambular, *lexicon.operative):
        opening = lexicon.match(phrase)
        assert opening is not None
        assert opening.end == len(phrase)


def test_building_tells_decoration_from_phrases() -> None:
    verbs = ["asks", "begs", "claims", "doubts", "edits", "finds", "gives", "holds", "irons"]
    openings = [
        Printed("operative", phrase, f"{phrase} the kite to fly", f"document {number}")
        for verb in verbs
        for phrase, count in ((verb, 3), (f"also {verb}", 2))
        for number in range(count)
    ]
    lexicon = build_lexicon(openings, "en")
    assert set(lexicon.before) == {"also"}
    assert dict(lexicon.operative) == dict.fromkeys(verbs, 5)


def test_building_needs_two_documents() -> None:
    openings = [
        Printed("preambular", "gliding", "gliding over", "A"),
        Printed("preambular", "soaring", "soaring over", "A"),
        Printed("preambular", "soaring", "soaring over", "B"),
    ]
    assert set(build_lexicon(openings, "en").preambular) == {"soaring"}


def test_building_takes_first_words_where_nothing_is_emphasised() -> None:
    texts = ["Pondering the wind and the kite", "Pondering the kite", "The wind and the kite"]
    openings = [Printed("preambular", None, text, text) for text in texts]
    assert dict(build_lexicon(openings, "en").preambular) == {"pondering": 2}


def openings(zone: Zone, phrase: str, rest: str, count: int) -> list[Printed]:
    return [Printed(zone, phrase, f"{phrase}{rest}", f"{phrase} {n}") for n in range(count)]


def test_a_phrase_emphasised_too_short_is_completed_by_its_clause() -> None:
    found = openings("preambular", "bearing in mind", " the kite", 8)
    found += openings("preambular", "bearing", " in mind the wind", 3)
    found += openings("preambular", "rec", "alling the wind", 2)
    found += openings("preambular", "recalling", " the wind", 6)
    expected = {"bearing in mind": 11, "recalling": 8}
    assert dict(build_lexicon(found, "en").preambular) == expected


def test_a_phrase_emphasised_too_long_is_cut_where_others_end() -> None:
    found = openings("operative", "reaffirms", " its love of kites", 60)
    found += openings("operative", "reaffirms its", " love of kites", 2)
    found += openings("operative", "reaffirms with joy", " the kite", 2)
    expected = {"reaffirms": 62, "reaffirms with joy": 2}
    assert dict(build_lexicon(found, "en").operative) == expected


def test_a_phrase_in_the_wrong_zone_by_a_fault_of_the_markup_is_left_out() -> None:
    found = openings("operative", "urges", " calm", 120)
    found += openings("preambular", "urges", " calm", 2)
    lexicon = build_lexicon(found, "en")
    assert dict(lexicon.preambular) == {}
    assert dict(lexicon.operative) == {"urges": 120}


def test_spellings_that_fold_alike_are_one_phrase() -> None:
    found = openings("preambular", "وإذ تسلم", " بالرياح", 5)
    found += openings("preambular", "وإذتسلم", " بالرياح", 2)
    assert dict(build_lexicon(found, "ar").preambular) == {"وإذ تسلم": 7}


def test_one_character_is_a_phrase_in_chinese() -> None:
    assert dict(build_lexicon(openings("operative", "请", "秘书长", 3), "zh").operative) == {
        "请": 3
    }


def test_a_lexicon_is_read_as_it_was_written(tmp_path: Path) -> None:
    lexicon = Lexicon("en", {"soaring": 2}, {"lands": 1}, {"also": 3}, {})
    path = tmp_path / "lexicon.toml"
    path.write_text(lexicon_toml(lexicon, "two kites"), encoding="utf-8")
    assert read_lexicon(path) == lexicon


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[preambular", "not a TOML file"),
        ('language = "en"\n[preambular]\n"soaring" = "often"', "preambular: must be a table"),
        ("[preambular]", "language: missing"),
    ],
)
def test_a_broken_lexicon_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=complaint):
        read_lexicon(path)


def test_an_unknown_language_has_no_lexicon() -> None:
    with pytest.raises(LanguageError, match="language tlh: clauses are found in en, fr"):
        load_lexicon("tlh")


@given(st.text())
def test_folding_can_be_undone(text: str) -> None:
    folded = fold(text)
    whole = unfolded_length(text, 0, len(folded))
    assert fold(text[:whole]) == folded


@given(st.text(alphabet="Recaling also \u00ad-\nنؤ回顾"), st.integers(0, 5))
def test_an_opening_lies_inside_the_text(text: str, start: int) -> None:
    for language in LANGUAGES:
        opening = load_lexicon(language).match(text, start)
        assert opening is None or start <= opening.start < opening.end <= len(text)
