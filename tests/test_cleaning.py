"""Clean text reads as if no line, page or stray space had broken its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.cleaning import clean
from whereas.cleaning.mending import mend
from whereas.lexicon.words import count_words, words_text


def cleaned(text: str, language: str = "en") -> str:
    return clean(text, ((0, len(text)),), language)


@pytest.mark.parametrize(
    ("printed", "language", "read"),
    [
        ("national Str ategies", "en", "national Strategies"),
        ("to Addres s the matter", "en", "to Address the matter"),
        ("on 19 Apri l 2015", "en", "on 19 April 2015"),
        ("an open -ended group", "en", "an open-ended group"),
        ("to c arry out", "en", "to carry out"),
        ("C ommis sion", "en", "Commission"),
        (
            "settle ments, con clusions and tech nical aid",
            "en",
            "settlements, conclusions and technical aid",
        ),
        ("in lor ries", "en", "in lorries"),
        ("the Gener al", "en", "the General"),
        ("l’Assemblée générale ,", "fr", "l’Assemblée générale,"),
        ("et ; puis", "fr", "et ; puis"),
        ("Ассамбле и", "ru", "Ассамблеи"),
        ("infor-\nmation", "en", "information"),
        ("capacity-\nbuilding", "en", "capacity-building"),
        ("infor\u00ad\nmation", "en", "information"),
        ("l’Assem blée", "fr", "l’Assemblée"),
        ("о т 5 мая", "ru", "от 5 мая"),
        ("المرأ ة", "ar", "المرأة"),
        ("الـتدابير", "ar", "التدابير"),
        ("ﻻ", "ar", "لا"),
        ("国 际\n社会", "zh", "国际社会"),
        ("第 5 号", "zh", "第5号"),
    ],
)
def test_broken_words_are_mended(printed: str, language: str, read: str) -> None:
    assert cleaned(printed, language) == read


@pytest.mark.parametrize(
    "text",
    [
        "short- and medium-term",
        "a part of another part",
        "as well as to some one else",
        "in no way",
        "document S/2001/9",
        "the M23",
        "pari passu",
    ],
)
def test_whole_words_stay_apart(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "language"),
    [("priés d’autoriser", "fr"), ("Protocole s’y", "fr"), ("просьбам и", "ru")],
)
def test_rare_words_are_not_joined_to_the_small_words_beside_them(text: str, language: str) -> None:
    assert cleaned(text, language) == text


def test_no_space_is_left_before_punctuation_where_a_mark_was_cut_out() -> None:
    text = "the lakes1, and the rivers"
    assert clean(text, ((0, 9), (10, len(text))), "en") == "the lakes, and the rivers"


@given(st.text(alphabet="ab -\n,.é", max_size=60))
def test_mending_adds_and_removes_nothing_but_spaces(text: str) -> None:
    words = " ".join(text.split())
    assert mend(words, "en").replace(" ", "") == words.replace(" ", "")


def test_word_statistics_survive_their_file() -> None:
    counts = count_words(["the lake and the river", "(a) the lake"])
    lines = words_text(counts, "a test", least=1, most=10).splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["2 lake the", "1 and river"]
