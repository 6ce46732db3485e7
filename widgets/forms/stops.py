"""The numbers that a slider can stand on: no Qt here, so that the rules can be tested as tables."""

from __future__ import annotations

import math

from playground.fields import FieldDescription

LINEAR_STOPS = 100
"""About how many positions a linear slider has, at least, where the numbers allow."""

WIDEST_LINEAR = 100_000
"""Over a wider range (a seed, say) a linear slider means nothing, and the number is typed."""

_DECADE = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
_WHOLE_DECADE = (1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.4, 8)  # ISO 3: holds 16, 32, 64 and 100 alike


def slider_stops(field: FieldDescription) -> tuple[float, ...]:
    """The numbers a field's slider can stand on, rising; none when the field has no range fit for sliding.

    A linear slider stops at even steps of 1, 2 or 5 times a power of ten, a logarithmic one at round
    numbers ten a decade (whole ones also at powers of two).  Excluded bounds are left out.
    """
    whole = field.type is int
    low, high = field.slider or (field.low, field.high)
    if field.logarithmic and low is not None:
        low = max(low, 0)
    if low is None or high is None or low >= high:
        return ()
    if not field.logarithmic and high - low > WIDEST_LINEAR:
        return ()
    inner = _logarithmic(field, low, high) if field.logarithmic else _linear(low, high, whole)
    ends = [low, high]
    if field.above and low == field.low:
        ends.remove(low)
    if field.below and high == field.high:
        ends.remove(high)
    stops = sorted({*ends, *(stop for stop in inner if low < stop < high)})
    return tuple(int(stop) for stop in stops) if whole else tuple(float(stop) for stop in stops)


def _linear(low: float, high: float, whole: bool) -> list[float]:
    width = 1.05 * (high - low) / LINEAR_STOPS  # a little more, so that 0 to 0.999 has the steps of 0 to 1
    power = math.floor(math.log10(width) + 1e-9)
    factor = max(factor for factor in (1, 2, 5) if factor <= width / 10**power + 1e-9)
    step, digits = factor * 10.0**power, max(0, -power)
    if whole:
        step, digits = max(1, round(step)), 0
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(index * step, digits) for index in range(first, last + 1)]


def _logarithmic(field: FieldDescription, low: float, high: float) -> list[float]:
    whole = field.type is int
    floor = low if low > 0 else (1 if whole else field.logarithmic.floor)
    powers = range(math.floor(math.log10(floor)), math.ceil(math.log10(high)) + 1)
    if whole:
        decades = {int(mantissa * 10**power) for power in powers for mantissa in _WHOLE_DECADE}
        doublings = {2**power for power in range(int(high).bit_length())}
        return sorted(number for number in decades | doublings if number >= floor)
    numbers = (float(f"{mantissa}e{power}") for power in powers for mantissa in _DECADE)
    return [number for number in numbers if number >= floor]
