"""Numbers as plots write them: short, with a true minus sign, and powers of ten as 1.2e−5."""

from __future__ import annotations

from math import isfinite

NONE = "–"


def decimals(value: float) -> str:
    """Two decimals, or a power of ten where those would say little: 0.93, −3.10, 1.2e−5."""
    return _write(value, f"{value + 0.0:.2f}")  # adding 0 turns −0 into 0


def figures(value: float, count: int) -> str:
    """So many figures, or a power of ten: 482, 0.02455, 1.2e−5."""
    return _write(value, f"{value + 0.0:.{count}g}")


def power_of_ten(factor: float, power: int) -> str:
    """A factor times a power of ten: 5e−4, and 5 for the power 0."""
    text = f"{factor:g}e{power}" if power else f"{factor:g}"
    return text.replace("-", "−")


def _write(value: float, text: str) -> str:
    if not isfinite(value):
        return NONE
    if value != 0 and not 1e-3 <= abs(value) < 1e5:
        mantissa, exponent = f"{value:.1e}".split("e")
        return power_of_ten(float(mantissa), int(exponent))
    return text.replace("-", "−")
