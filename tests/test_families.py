import json

from whereas.document import Clause, Document
from whereas.families import KnownFamilies, title_families


def document(number: int, title: str | None, text: str = "", **fields: str) -> Document:
    clauses = (Clause(zone="operative", text=text),) if text else ()
    return Document(id=fields.pop("id", f"d{number}"), title=title, clauses=clauses, **fields)


def test_yearly_repeats_are_one_family() -> None:
    documents = [
        document(0, "Protection of harbour seals"),
        document(1, "Lighthouses and the open sea"),
        document(2, "Protection of harbour seals, 2031"),
        document(3, "PROTECTION OF HARBOUR SEALS"),
    ]
    assert title_families(documents) == [0, 1, 0, 0]


def test_near_titles_are_one_family() -> None:
    documents = [
        document(0, "Report of the Committee on Lantern Keepers on its winter session"),
        document(1, "Report of the Committee on Lantern Keepers on its summer session"),
        document(2, "Assistance to ferry crews"),
    ]
    assert title_families(documents) == [0, 0, 1]


def test_single_clauses_stay_with_the_document_they_come_from() -> None:
    documents = [
        document(0, None, "Praises the ferry crews of the northern islands", id="X/1#3"),
        document(1, None, "Counts every lamp post twice a year", id="X/2#1"),
        document(2, None, "Forgets nothing", id="X/1#7"),
        document(3, "Ferries", symbol="X/1"),
    ]
    assert title_families(documents) == [0, 1, 0, 0]


def test_a_symbol_is_one_however_it_is_spelled() -> None:
    spellings = ("L/RES/1 (2000)", "L/RES/1(2000)", "l/res/1\u00a0(2000)", "L/RES/1 (2000)")
    texts = ("Hails lamps", "Counts ferries", "Forgets nothing", "Praises all harbour crews")
    documents = [
        document(n, None, text, symbol=symbol)
        for n, (symbol, text) in enumerate(zip(spellings, texts, strict=True))
    ]
    assert title_families(documents) == [0, 0, 0, 0]
    assert KnownFamilies.of(documents[:1]).hold(documents[1:]) == [True] * 3


def test_untitled_documents_are_compared_by_their_clauses() -> None:
    text = "Extends the mandate of the lantern mission in the harbour of Ys until 30 June {}"
    documents = [
        document(0, None, text.format(2001)),
        document(1, None, text.format(2002)),
        document(2, None, "Admits the Republic of Ys to membership"),
    ]
    assert title_families(documents) == [0, 0, 1]


def test_documents_without_any_words_are_families_of_their_own() -> None:
    assert title_families([document(0, None), document(1, None), document(2, "7/12")]) == [0, 1, 2]
    assert title_families([]) == []


def test_known_families_tell_like_documents_from_others_without_their_titles() -> None:
    known = KnownFamilies.of(
        [
            document(0, "Report of the Committee on Lantern Keepers on its session XII of 1995"),
            document(1, "Assistance to ferry crews", symbol="L/7/12"),
        ]
    )
    new = [
        document(5, "Report of the Committee on Lantern Keepers on its session XIII of 1996"),
        document(6, "Report of the Committee on Lantern Keepers on its extraordinary session"),
        document(7, "Night trams"),
        document(8, None, "Sings", symbol="l/7/12"),
        document(9, None, "Report of the Committee on Lantern Keepers"),
    ]
    assert known.hold(new) == [True, True, False, True, None]
    assert KnownFamilies.from_json(json.loads(json.dumps(known.to_json()))) == known
    assert "lantern" not in json.dumps(known.to_json()).lower()
