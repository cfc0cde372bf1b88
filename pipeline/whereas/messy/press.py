"""Presses: the layouts in which a messy copy may be set, and what goes wrong in each."""

from dataclasses import dataclass
from typing import Literal

Layout = Literal["pages", "ragged", "line"]
Owner = tuple[int, ...]  # (clause,), (clause, item), or a negative number for a region
Glyph = tuple[str, Owner | None]  # a character and what it belongs to

LOOSE: Owner = (-1,)  # printed, but part of nothing: footnote marks


@dataclass(frozen=True)
class Press:
    """How a layout sets type: its measures, and how often each fault happens."""

    width: int | None  # characters a line; None sets everything on one line
    page: int  # lines a page (words a page where there are no lines)
    hyphenate: float  # chance that a word too long for its line is divided
    split: float  # chance that a stray space breaks a word
    gap: bool  # a blank line between paragraphs
    spaced_mark: float  # chance of a space before a footnote mark
    spaced_number: float  # chance of a space between a Chinese character and a number
    stretch: float  # chance that an Arabic word is stretched
    hard_spaces: bool  # no-break spaces stay what they are
    shaped: bool  # Arabic letters are left in the shapes that the page shows


PRESSES: dict[Layout, Press] = {
    "pages": Press(
        width=82,
        page=46,
        hyphenate=0.2,
        split=0.004,
        gap=True,
        spaced_mark=0.0,
        spaced_number=0.0,
        stretch=0.02,
        hard_spaces=True,
        shaped=False,
    ),
    "ragged": Press(
        width=64,
        page=38,
        hyphenate=0.5,
        split=0.01,
        gap=False,
        spaced_mark=0.5,
        spaced_number=0.9,
        stretch=0.04,
        hard_spaces=False,
        shaped=False,
    ),
    "line": Press(
        width=None,
        page=480,
        hyphenate=0.0,
        split=0.02,
        gap=False,
        spaced_mark=0.9,
        spaced_number=0.5,
        stretch=0.0,
        hard_spaces=False,
        shaped=True,
    ),
}
