from hypothesis import given
from hypothesis import strategies as st

from whereas.errors import ReadError


def test_a_message_of_several_lines_becomes_one() -> None:
    assert str(ReadError("a\nb.txt: cannot\r\n  be read")) == "a b.txt: cannot be read"


def test_a_message_cannot_steer_the_terminal() -> None:
    assert str(ReadError("\x1b[2Jx\ud800.txt: gone")) == "\ufffd[2Jx\ufffd.txt: gone"


@given(st.text(st.characters()))
def test_any_message_is_one_printable_line(message: str) -> None:
    said = str(ReadError(message))
    assert said.isprintable()
    assert len(said.splitlines()) <= 1
