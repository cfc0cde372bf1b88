"""Akoma Ntoso files in the shapes that the UN's files show, with words of the tests' own."""

_NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def akn(*parts: str, symbol: str = "K/RES/7", language: str = "eng", body: str = "unga") -> bytes:
    """Return a file of one statement with ``parts`` after its cover page and title."""
    return f"""<akomaNtoso xmlns="{_NS}"><!-- a copy -->
      <statement name="resolution">
        <meta><identification source="#kite">
          <FRBRWork><FRBRuri value="/akn/un/statement/deliberation/{body}/2024-05-06/7/"/>
            <FRBRdate date="2024-05-06" name="adoption"/></FRBRWork>
          <FRBRExpression><FRBRlanguage language="{language}"/></FRBRExpression>
        </identification></meta>
        <coverPage><p><docNumber refersTo="#symbol">{symbol}</docNumber></p>
          <p><docDate>6 May 2024</docDate></p></coverPage>
        <preface><p><docNumber>7.</docNumber>
          <docTitle refersTo="#resolutionTitle"><span class="bold">\tThe
            flying of kites</span></docTitle></p></preface>
        {"".join(parts)}
      </statement></akomaNtoso>""".encode()


def preamble(*parts: str) -> str:
    """Return a preamble with its formula."""
    return f"""<preamble><formula name="enactingFormula"><p xml:space="preserve">
      <span class="italic">The Kite Assembly</span>,</p></formula>{"".join(parts)}</preamble>"""


def container(name: str, rest: str, n: int = 2) -> str:
    """Return a preambular clause."""
    return f"""<container name="{name}" eId="container_{n}"><p xml:space="preserve">
      \t<span class="italic">{name}</span>{rest}</p></container>"""


def main_body(*parts: str) -> str:
    """Return a main body."""
    return f"<mainBody>{''.join(parts)}</mainBody>"


def paragraph(words: str, num: str = "", n: int = 9, kind: str = "SingleTxt") -> str:
    """Return a paragraph of the main body."""
    num = f"<num>\t{num}</num>" if num else ""
    return f"""<paragraph eId="para_{n}" class="{kind}">{num}
      <content eId="para_{n}__content"><p xml:space="preserve">
        \t{words}</p></content></paragraph>"""


def italic(words: str) -> str:
    """Return emphasised words."""
    return f'<span class="italic">{words}</span>'


def note(marker: str, words: str) -> str:
    """Return a footnote."""
    return f'<authorialNote marker="{marker}" placement="bottom"><p>\t\t{words}</p></authorialNote>'
