"""Numbers as lists print them."""

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_ROMAN_BELOW = 4000


def roman(number: int) -> str:
    """Return a number in small Roman numerals; one they do not reach in digits."""
    if not 0 < number < _ROMAN_BELOW:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def letters(number: int) -> str:
    """Return a number as a small letter: a to z, then aa, bb, as Word and browsers' lists go on.

    One below 1, or far too large, is returned in digits.
    """
    if not 0 < number <= 26 * 5:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
