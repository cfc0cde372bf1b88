"""Clauses are cut into acts, in every language, where a verb that opens clauses stands."""

import pytest

from whereas.document import Zone
from whereas.features import act_starts, main_start, stripped, tokens
from whereas.features.cues import Cues, load_cues

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")

FURTHER_ACTS = {
    "en": ("Notes the report, and requests the Harbour Master to print it;", "requests"),
    "fr": ("Note le rapport, et prie le capitaine du port de l’imprimer ;", "prie"),
    "es": ("Observa el informe, y solicita al capitán del puerto que lo imprima;", "solicita"),
    "ru": ("отмечает доклад и просит начальника порта напечатать его;", "просит"),
    "zh": ("注意到报告，并鼓励港务长将其付印；", "鼓"),
    "ar": ("تلاحظ التقرير، وتطلب إلى مدير الميناء أن يطبعه؛", "وتطلب"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_further_act_starts_at_its_verb(language: str) -> None:
    text, verb = FURTHER_ACTS[language]
    words = tokens(text)
    assert [words[start] for start in act_starts(words, load_cues(language))] == [verb]


@pytest.mark.parametrize(
    ("language", "decorated", "plain"),
    [
        ("en", "Also recalls further its decision", "recalls its decision"),
        ("fr", "Rappelle également sa décision", "rappelle sa décision"),
        ("es", "Recuerda también su decisión", "recuerda su decisión"),
        ("ru", "ссылается также на решение", "ссылается на решение"),
        ("zh", "又回顾其决定", "回顾其决定"),
        ("ar", "وإذ تشير أيضا إلى مقررها", "تشير إلى مقررها"),
    ],
)
def test_decoration_of_an_opening_is_dropped(language: str, decorated: str, plain: str) -> None:
    assert stripped(tokens(decorated), load_cues(language)) == tokens(plain)


def test_words_are_the_same_with_and_without_what_scripts_may_print() -> None:
    assert tokens("تُسلِّم الجمعيــة في ١٢/٣") == tokens("تسلم الجمعية في 12/3")
    assert tokens("停火，撤出；") == ["停", "火", ",", "撤", "出", ";"]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_cue_files_hold_words_as_the_classifier_sees_them(language: str) -> None:
    cues = load_cues(language)
    assert cues.language == language
    for phrase in cues.phrases:
        text = "".join(phrase) if language == "zh" else " ".join(phrase)
        assert tuple(tokens(text)) == phrase or "#" in text, phrase
    for words in (cues.decoration, cues.after, cues.reports, cues.verbs):
        assert words


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_cues_of_all_languages_have_the_same_names(language: str) -> None:
    def names(cues: Cues) -> set[str]:
        return {kind for kinds in cues.phrases.values() for kind in kinds}

    assert names(load_cues(language)) == names(load_cues("en"))


def test_cues_survive_their_way_through_a_bundle() -> None:
    for language in LANGUAGES:
        cues = load_cues(language)
        assert Cues.from_json(cues.to_json()) == cues


@pytest.mark.parametrize(
    ("language", "zone", "text"),
    [
        ("ar", "preambular", "وإذ تشير إلى الجسر، تؤكد أهميته"),
        ("ru", "preambular", "с удовлетворением отмечая мост, подтверждая его важность"),
        ("zh", "operative", "鼓励桥梁，请秘书长修桥"),
    ],
)
def test_a_decorated_opening_is_no_front(language: str, zone: Zone, text: str) -> None:
    assert main_start(tokens(text), zone, load_cues(language)) == 0
