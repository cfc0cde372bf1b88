"""Paragraphs that come already divided get a zone, or none where they deliver nothing."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whereas.errors import ConfigError
from whereas.segmenter.paragraphs import paragraph_zones

FRENCH = [
    # 0 no clause, P preambular, O operative, + goes on with the line above
    """
    0 La Conférence internationale du cerf-volant, convoquée à Lisse et s’y étant réunie le
    + deux mai en sa troisième session, adopte le cinq mai la recommandation suivante : La
    + Conférence,
    P Considérant que le vol des cerfs-volants prend dans les écoles une place toujours plus
    + grande :
    P En raison du plaisir qu’il donne aux élèves, et du vent qui ne coûte rien ;
    P Vu le rapport de la commission des ficelles ;
    0 Recommande aux Ministères du vent des divers pays :
    O 1) Que le vol soit enseigné dans toutes les écoles, y compris celles des plaines ;
    O 2) Que les maîtres reçoivent chacun une ficelle, — 12
    O et que cette ficelle soit renouvelée chaque printemps ;
    0 — 13 —
    O 3) Qu’une fête du vent ait lieu tous les ans.
    """,
    """
    0 LE CERF-VOLANT À L’ÉCOLE
    0 La Conférence internationale de l’éducation,
    0 Convoquée à Lisse par l’Organisation des vents et s’y étant réunie du 3 au 9 mai en sa
    + vingtième session,
    0 Adopte le 9 mai la recommandation suivante :
    0 La Conférence,
    P Rappelant la Recommandation n° 4 de la deuxième session relative aux ficelles,
    P Convaincue que le vent appartient à tous, et que chaque élève doit pouvoir l’étudier,
    P Persuadée de l’utilité des queues,
    0 Soumet aux Ministères de l’éducation des différents pays la recommandation suivante :
    0 I. Principes généraux
    O 1. Le vol des cerfs-volants devrait faire partie de tout programme.
    O 2. Par « ficelle », on entend ici tout lien souple entre la main et le cerf-volant.
    0 Formation des maîtres
    O 3. Les écoles normales devraient disposer d’un terrain. Il est souhaitable que ce
    + terrain soit plat.
    O 4. Pour choisir le terrain, on tiendra compte :
    O a) du vent dominant ;
    O b) de la hauteur des arbres.
    0 CHAPITRE III
    O Il importe que les parents soient associés à ces exercices, qui demandent de la patience.
    O Les ministères sont invités à faire connaître la présente recommandation.
    0 ANNEXE
    0 Liste des vents
    """,
    """
    0 La Conférence,
    0 Considérant :
    P Que l’étude du vent développe l’attention ;
    P Que cette étude est encore négligée dans beaucoup de pays ;
    P Considérant d’autre part que les ficelles sont devenues chères,
    0 Émet le vœu :
    O Que l’étude du vent soit rendue obligatoire ;
    O Que les ficelles soient exemptées de droits ;
    O Attire l’attention des gouvernements sur le prix des ficelles, qui a doublé en dix ans.
    0 Adoptée à l’unanimité.
    """,
    """
    0 LA CONFÉRENCE INTERNATIONALE DE L’ÉDUCATION, convoquée par l’Organisation des vents et réunie
    + à Lisse du 27 août au 4 septembre en sa trente-cinquième session,
    0 Consciente :
    P a) que le vent est inégalement réparti ;
    P b) que les ficelles ne sont pas encore à la portée de tous ;
    P L’expérience de plusieurs pays a d’ailleurs montré combien ces inégalités sont durables.
    0 Adopte, le 4 septembre, et leur recommande de suivre la présente recommandation :
    0 DE L’ÉGALITÉ DEVANT LE VENT, DES MOYENS DE L’ASSURER ET DE LA PLACE QUE DOIT Y TENIR L’ÉCOLE
    O 1.- Toute école située dans une plaine aura droit à une colline.
    O 2.- Les collines seront réparties par tirage au sort ; un second tirage complétera le premier
    0 Voir la recommandation n° 12.
    O L’aménagement de ces collines est une tâche commune aux parents, aux maîtres et aux élèves.
    """,
    """
    0 La Conférence,
    0 Considérant :
    P 1. Que le vent souffle ;
    P 2. Que les ficelles tiennent ;
    0 Et leur adresse les recommandations suivantes :
    O I. Que l’on vole davantage ;
    O II. Que l’on compte les ficelles.
    """,
    """
    0 PRÉAMBULE
    P Attendu que les vents ne connaissent pas de frontières,
    P S’inspirant des travaux de la commission,
    0 RECOMMANDE :
    0 A. Quant aux programmes :
    O 1. De réserver une heure par semaine au vent ;
    O 2. De prévoir, chaque année, une sortie ;
    0 B. Quant aux maîtres :
    O 3. D’encourager les échanges entre plaines et montagnes.
    0 Le Président : A. Bise
    """,
]
ENGLISH = [
    """
    0 The International Conference on Kites, convened in Lisse and having met there on the
    + second of May for its third session, adopts on the fifth of May the following
    + recommendation: The Conference,
    P Considering that kites take an ever larger place in schools:
    P Because of the pleasure they give to pupils, and of the wind, which costs nothing;
    P In view of the report of the committee on strings;
    0 Recommends to the Ministries of Wind of the various countries:
    O 1) That flying be taught in all schools, including those of the plains;
    O 2) It should be remembered that every teacher needs a string, — 12
    O 3) Teaching manuals should be written with care;
    O 4) That there be a feast of the wind every year.
    """,
    """
    0 THE KITE IN SCHOOL
    0 The International Conference on Education,
    0 Convened in Lisse by the Organization of Winds, and having met there from 3 to 9 May in
    + its twentieth session,
    0 Adopts on 9 May the following recommendation:
    0 The Conference,
    P Recalling Recommendation No. 4 of its second session concerning strings,
    P Convinced that the wind belongs to all, and that every pupil should be able to study it,
    0 Submits the following recommendation to the Ministries of Education of the various countries
    0 I. General principles
    O 1. Kites should be part of every curriculum.
    O 2. The term "string" shall mean any supple link between the hand and the kite.
    0 Training of teachers
    O It is desirable that training colleges have a field, and that this field be flat.
    O 4. In choosing the field, account should be taken of:
    O a) the prevailing wind;
    O b) the height of the trees.
    O The ministries are invited to make this recommendation known.
    0 ANNEX
    0 List of winds
    """,
    """
    0 The Conference,
    0 Considering:
    P That the study of the wind develops attention;
    P That this study is still neglected in many countries;
    0 Expresses the wish:
    O That the study of the wind be made compulsory;
    O Draws the attention of governments to the price of strings, which has doubled in ten years.
    """,
]
LABELS = {"0": None, "P": "preambular", "O": "operative"}


def imitation(text: str) -> tuple[list[str], list[str | None]]:
    lines = [line.strip() for line in text.strip().replace("\n    + ", " ").splitlines()]
    return [line[2:] for line in lines], [LABELS[line[0]] for line in lines]


@pytest.mark.parametrize(
    ("language", "text"),
    [*(("fr", text) for text in FRENCH), *(("en", text) for text in ENGLISH)],
)
def test_a_recommendation(language: str, text: str) -> None:
    paragraphs, expected = imitation(text)
    found = paragraph_zones(paragraphs, language)
    assert list(zip(found, paragraphs, strict=True)) == list(zip(expected, paragraphs, strict=True))


def test_the_first_clause_may_share_a_paragraph_with_the_opening() -> None:
    opening = (
        "La Conférence adopte la recommandation suivante : La Conférence, Considérant le vent,"
    )
    assert paragraph_zones([opening, "1. Le vent devrait souffler."], "fr") == [
        "preambular",
        "operative",
    ]


def test_a_lead_that_says_what_to_do_is_a_clause() -> None:
    paragraphs = [
        "Considérant le prix des ficelles,",
        "Recommande aux ministères d’acheter des ficelles :",
        "a) longues ;",
        "b) solides.",
    ]
    assert paragraph_zones(paragraphs, "fr")[1:] == ["operative"] * 3


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("fr", "Recommande :"),
        ("fr", "Estime que :"),
        ("fr", "La Conférence recommande aux Ministères du vent :"),
        ("fr", "Attire l’attention des Ministères du vent sur les principes suivants :"),
        ("en", "Recommends that the Ministries of Wind in the various countries:"),
        ("en", "Is of the opinion that:"),
        ("en", "Makes the following recommendation:"),
    ],
)
def test_a_bare_lead_is_no_clause(language: str, lead: str) -> None:
    around = {
        "fr": ("Considérant le rôle du vent,", "1. Que le vent soit étudié ;"),
        "en": ("Considering the role of the wind,", "1. That the wind be studied;"),
    }
    before, after = around[language]
    assert paragraph_zones([before, lead, after], language) == ["preambular", None, "operative"]


def test_nothing_is_nothing() -> None:
    assert paragraph_zones([], "fr") == []
    assert paragraph_zones(["", "— 12 —", "***"], "en") == [None, None, None]


def test_a_language_without_patterns_is_refused() -> None:
    with pytest.raises(ConfigError, match="'ru' cannot be typed; known are en, fr"):
        paragraph_zones(["x"], "ru")


PIECES = [
    "Considérant le vent,",
    "Recommande :",
    "1. Le vent devrait souffler.",
    "I. Vents",
    "que le",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=30))
def test_all_preambular_paragraphs_come_before_all_operative_ones(paragraphs: list[str]) -> None:
    zones = paragraph_zones(paragraphs, "fr")
    assert len(zones) == len(paragraphs)
    blocks = [zone for zone, _ in groupby(zone for zone in zones if zone)]
    assert blocks in ([], ["preambular"], ["operative"], ["preambular", "operative"])
