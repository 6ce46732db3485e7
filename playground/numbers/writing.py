"""How numbers are written for people, wherever they stand: one rule for each kind of place.

What is only read has a true minus sign, and thin spaces between thousands where it counts something.  What
stands in a field can be typed back, so that its minus is the one of the keyboard.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite, isnan

NONE = "–"
"""What stands where there is no number."""

THIN_SPACE = "\u2009"

LARGE = 1e9
"""From here on numbers are powers of ten."""

_DURATIONS = (("s", 1, 60), ("min", 60, 3600), ("h", 3600, 48 * 3600), ("d", 86400, float("inf")))
"""Symbols of units, their seconds, and below how many seconds they are used."""


def whole(number: int) -> str:
    """A count: 12 000."""
    return f"{number:,}".replace(",", THIN_SPACE)


def epochs(count: float) -> str:
    """How many epochs were done, with the part of one in tenths."""
    return whole(int(count)) if float(count).is_integer() else fixed(count, 1)


def entry(number: float, places: int = 3) -> str:
    """What stands in a field, in up to six figures: 500, 0.010, 2.5, 1e-5.

    Below 1 it has so many decimals at least.
    """
    if isinstance(number, int):
        return whole(number)
    size = abs(number)
    if size != 0 and (size < 0.001 or size >= 999_999.5):
        mantissa, exponent = f"{number:.5e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    before, _, decimals = f"{number:.6g}".partition(".")
    if decimals and size < 1:
        decimals = decimals.ljust(places, "0")
    grouped = whole(int(before))
    if before.startswith("-") and not grouped.startswith("-"):
        grouped = f"-{grouped}"
    return f"{grouped}.{decimals}" if decimals else grouped


def setting(number: float) -> str:
    """What a person has set, as it is read, in up to six figures: 500, 0.01, −2.5, 1e−5."""
    return _minus(entry(number, 0))


def plain(number: float, count: int = 6) -> str:
    """So many figures in the signs of a terminal: 0.02455, 1.2e-05."""
    return f"{number:.{count}g}"


def plain_count(number: float) -> str:
    """A count in the signs of a terminal: 12,000."""
    return f"{number:,.0f}"


def fixed(value: float, places: int) -> str:
    """So many decimals, whatever the size: 0.93, −3.10, 12 000.0."""
    text = f"{value + 0.0:,.{places}f}"  # adding 0 turns −0 into 0
    return _minus(text.replace(",", THIN_SPACE))


def decimals(value: float) -> str:
    """Two decimals of what is not large, or a power of ten where those say little: 0.93, 361204, 1.2e−5."""
    return _between(value, 1e-3, LARGE, f"{value + 0.0:.{0 if abs(value) >= 1e5 else 2}f}")


def figures(value: float, count: int) -> str:
    """So many figures, or a power of ten: 482, 0.02455, 1.2e−5; whole numbers are not rounded to tens."""
    return _between(value, 1e-3, LARGE, _figures(value + 0.0, count))


def short(value: float, count: int) -> str:
    """So many figures where there is little room: 482, 0.02455, 6e5."""
    return scientific(value, count - 1) if 1e5 <= abs(value) < LARGE else figures(value, count)


def loss(value: float) -> str:
    """A loss with about three figures that count: 0.0412, 3.1e−5, 12.5."""
    return _between(value, 1e-4, 1e4, f"{value:.4f}" if value < 10 else _figures(value, 4))


def magnitude(value: float) -> str:
    """How large something is, in one figure: 1e−3."""
    return scientific(value, 0) if value and isfinite(value) else figures(value, 1)


def cell(value: float, places: int) -> str:
    """What stands in a column of a table: so many decimals and nothing between thousands, as of a year."""
    return _minus(f"{value + 0.0:.{places}f}") if abs(value) < LARGE else figures(value, 6)


def scientific(value: float, places: int = 1) -> str:
    """A power of ten with so many decimals: 1.2e−5."""
    mantissa, exponent = f"{value:.{places}e}".split("e")
    return power_of_ten(float(mantissa), int(exponent))


def power_of_ten(factor: float, power: int) -> str:
    """A factor times a power of ten: 5e−4, and 5 for the power 0."""
    return _minus(f"{factor:g}e{power}" if power else f"{factor:g}")


def percent(share: float, places: int = 0) -> str:
    """A share in percent, so that only nothing is 0 % and only all is 100 %."""
    step = 10.0**-places
    if 0 < 100 * share < step / 2:
        return f"< {plain(step)} %"
    if 100 - step / 2 <= 100 * share < 100:
        return f"> {plain(100 - step)} %"
    return f"{100 * share:.{places}f} %" if isfinite(share) else NONE


def duration(seconds: float) -> str:
    """A time, rounded to the largest unit that says enough: 12 s, 3 min, 2 h, 5 d."""
    for symbol, unit, limit in _DURATIONS:
        count = max(1, round(seconds / unit))
        if count * unit < limit:
            return with_unit(whole(count), symbol)
    return NONE


def storage(size: int) -> str:
    """A number of bytes, in the largest unit of which there is one: 850 kB, 1.2 GB."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 1000)):
        if size >= factor:
            count = size / factor
            return with_unit(f"{count:.1f}" if count < 9.95 else whole(round(count)), unit)
    return with_unit(whole(size), "B")


def with_unit(number: str, unit: str) -> str:
    """A number and its unit, if it has one: 5 %."""
    return f"{number} {unit}" if unit else number


def by(sizes: Iterable[int]) -> str:
    """Sizes along several axes: 4×4."""
    return "×".join(map(str, sizes))


def _minus(text: str) -> str:
    """A number with the sign that is as wide as a digit."""
    return text.replace("-", "−")


def _between(value: float, low: float, high: float, text: str) -> str:
    """The text for a value of a size between two; for others a power of ten, or what stands for none."""
    if isnan(value):
        return NONE
    if not isfinite(value):
        return "∞" if value > 0 else "−∞"
    return _minus(text) if value == 0 or low <= abs(value) < high else scientific(value)


def _figures(value: float, count: int) -> str:
    text = f"{value:.{count}g}"
    return f"{value:.0f}" if "e+" in text else text
