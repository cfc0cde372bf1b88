"""A small labelled corpus of invented resolutions, made anew for each test that wants one."""

from whereas.document import Clause, Document

_BODIES = ("Harbour Board", "Lantern Commission", "Ferry Office", "Tide Institute", "Pilot Union")
_SUBJECTS = (
    "night trams",
    "lighthouse lenses",
    "ferry timetables",
    "salt marshes",
    "rope making",
    "storm bells",
    "oyster beds",
    "canal locks",
)


def clause(zone: str, text: str, function: str, **fields: object) -> Clause:
    return Clause.model_validate(
        {"zone": zone, "text": text, "function": function, **fields}, strict=False
    )


def resolution(number: int) -> Document:
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    body = _BODIES[number % len(_BODIES)]
    clauses = (
        clause("preambular", f"Recalling its resolution {number}/7,", "preambular.precedent"),
        clause("preambular", f"Deeply concerned at the decay of {subject},", "preambular.concern"),
        clause(
            "preambular",
            f"Welcoming the zeal of the {body}, and expressing concern at its debts,",
            "preambular.appreciation",
            also=("preambular.concern",),
        ),
        clause(
            "operative",
            f"Requests the Secretary-General to repair the {subject};",
            "operative.tasking",
            addressees=("secretariat",),
        ),
        clause(
            "operative",
            f"Urges all Member States to cherish their {subject}, and requests the "
            f"Secretary-General to report on the {subject} next year;",
            "operative.appeal",
            also=("operative.reporting",),
            addressees=("states", "secretariat"),
        ),
        clause("operative", f"Decides to remain seized of the {subject}.", "operative.procedure"),
    )
    return Document(
        id=f"L/{number}", language="en", organ="Council of Ys", title=subject, clauses=clauses
    )


def corpus(size: int = 16) -> list[Document]:
    return [resolution(number) for number in range(size)]
