"""Whether a derivative is right, stands at a kink or is wrong."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from playground.analysis.inspections.gradient_check.probe import Place, Probe, Slopes
from playground.text import say

LIMIT = 1e-5
"""A larger relative error is a mistake, if it is no kink and stays so whatever the step."""

OTHER_STEPS = (0.1, 0.01, 0.001, 10, 100, 1000)
"""By what the step is multiplied where the error is too large: rounding and curvature are not mistakes."""

NARROW = 1e-5
SMALLEST_STEP, LARGEST_STEP = 1e-9, 1e-1
BENDS = 20
"""How many times more than a smooth curve would do the slopes to both sides differ where there is a kink."""


class Correctness(Enum):
    """What is said of derivatives."""

    RIGHT = say("gradient.right", "right")
    KINK = say("gradient.kink", "kink")
    WRONG = say("gradient.wrong", "wrong")


class Derivative(NamedTuple):
    """A derivative by backpropagation and by differences, and how far apart they are."""

    analytic: float
    numerical: float
    error: float
    verdict: Correctness

    @property
    def at_kink(self) -> bool:
        """Whether the loss has no derivative there, so that no difference can be right."""
        return self.verdict is Correctness.KINK and self.error > LIMIT

    @property
    def badness(self) -> tuple[int, float]:
        """Mistakes before kinks before what is right, and the largest errors first."""
        return list(Correctness).index(self.verdict), self.error


def relative_error(analytic: float, numerical: float, tiny: float) -> float:
    """|a − n| / max(|a|, |n|, tiny)."""
    return abs(analytic - numerical) / max(abs(analytic), abs(numerical), tiny)


def judged(probe: Probe, place: Place, step: float, thorough: bool = True) -> Derivative:
    """What is to be said of one derivative; unless `thorough`, one that is off is taken to be wrong."""
    first = _compared(probe, place, step)
    if first.error <= LIMIT:
        return first
    if not thorough:
        return first._replace(verdict=Correctness.WRONG)
    if (found := _by_another_step(probe, place, step)) is not None:
        return found
    at_kink = _is_of_one_side(probe, place, min(step, NARROW)) or _is_right(probe.elsewhere, place, step)
    return first._replace(verdict=Correctness.KINK if at_kink else Correctness.WRONG)


def _compared(probe: Probe, place: Place, step: float) -> Derivative:
    analytic, numerical = probe.analytic(place), probe.slopes(place, step).central
    tiny = probe.noise(step) / LIMIT
    return Derivative(analytic, numerical, relative_error(analytic, numerical, tiny), Correctness.RIGHT)


def _by_another_step(probe: Probe, place: Place, step: float) -> Derivative | None:
    """The same by a step with which it is right; None where there is none."""
    for factor in OTHER_STEPS:
        other = step * factor
        if not SMALLEST_STEP <= other <= LARGEST_STEP:
            continue
        found = _compared(probe, place, other)
        if found.error <= LIMIT:
            bent = factor < 1 and _bends(probe, place, step, other)
            return found._replace(verdict=Correctness.KINK if bent else Correctness.RIGHT)
    return None


def _bends(probe: Probe, place: Place, wide: float, narrow: float) -> bool:
    """Whether the loss has a kink within a wide step that is not within a narrow one.

    Of a smooth curve the slopes to both sides differ in proportion to the step.
    """
    apart, smooth = (_apart(probe.slopes(place, step)) for step in (wide, narrow))
    return apart > BENDS * (smooth + 4 * probe.noise(narrow)) * wide / narrow


def _is_right(probe: Probe, place: Place, step: float) -> bool:
    found = _compared(probe, place, step)
    return found.error <= LIMIT or _by_another_step(probe, place, step) is not None


def _is_of_one_side(probe: Probe, place: Place, step: float) -> bool:
    """Whether there is a kink right there, and the derivative is a slope to one side or lies between both.

    The slopes to both sides stay as different as they are when the step becomes smaller.
    """
    slopes, closer = probe.slopes(place, step), probe.slopes(place, step / 10)
    low, high = sorted((slopes.forward, slopes.backward))
    slack = LIMIT * max(abs(low), abs(high)) + probe.noise(step)
    stays = _apart(closer) > _apart(slopes) / 2 > slack
    return stays and low - slack <= probe.analytic(place) <= high + slack


def _apart(slopes: Slopes) -> float:
    return abs(slopes.forward - slopes.backward)
