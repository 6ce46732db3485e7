"""Round numbers for axes: where an axis ends and where its labels stand, in few steps as data grows.

Plots follow their data many times a second; an axis that ends at round numbers changes seldom, which is
calm to look at and cheap to draw.
"""

from __future__ import annotations

from math import ceil, floor, log10

from playground.numbers.writing import fixed, plain, power_of_ten, scientific

Ticks = list[tuple[float, str]]
"""Places on an axis and what stands there; on a logarithmic axis places are powers of ten."""

Limits = tuple[float, float]


def step_of(span: float, count: int) -> float:
    """The smallest step 1, 2 or 5 · 10ᵏ that divides a span into at most `count` parts."""
    power = 10.0 ** floor(log10(span / count))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power * count >= span * (1 - 1e-9))


def linear_limits(low: float, high: float, count: int) -> Limits:
    """Multiples of the step around low and high."""
    if not high - low > 1e-9 * max(abs(low), abs(high), 1e-300):
        margin = abs(high) / 2 or 1.0
        low, high = low - (margin if low else 0), high + margin
    step = step_of(high - low, count)
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step


def linear_ticks(limits: Limits, count: int) -> Ticks:
    """Labels at every multiple of the step, all with as many decimals as the step needs."""
    low, high = limits
    step = step_of(high - low, count)
    decimals = max(0, -floor(log10(step) + 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [(index * step, _text(index * step, decimals)) for index in range(first, last + 1)]


def log_limits(low: float, high: float) -> Limits:
    """Whole powers of ten around low and high, which are powers of ten themselves."""
    bottom, top = floor(low + 1e-9), ceil(high - 1e-9)
    return (float(bottom), float(top if top > bottom else bottom + 1))


def log_ticks(limits: Limits, count: int) -> Ticks:
    """Labels at powers of ten, and at 2 and 5 times those where there are few."""
    low, high = round(limits[0]), round(limits[1])
    factors = (1, 2, 5) if 3 * (high - low) <= count else (1,)
    every = ceil((high - low) / count)
    powers = range(low, high, every)
    places = [(factor, power) for power in powers for factor in factors] + [(1, low + len(powers) * every)]
    in_full = low >= -2 and high <= 3
    return [
        (power + log10(factor), plain(factor * 10.0**power) if in_full else power_of_ten(factor, power))
        for factor, power in places
        if power <= high
    ]


def growing_limit(value: float, least: float = 10.0) -> float:
    """Where an axis that begins at 0 ends: at most a sixteenth beyond the value, in steps as it grows."""
    limit = least
    if value > limit:
        power = 2.0 ** (floor(log10(value) / log10(2)) - 4)
        limit = ceil(value / power) * power
    return limit


def _text(value: float, decimals: int) -> str:
    if abs(value) >= 1e6 or decimals > 5:
        return scientific(value) if value else "0"
    return fixed(value, decimals)
