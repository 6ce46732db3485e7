"""Schedules along a cosine: flat at the top and, as a rule, at the bottom."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field

from playground.engine.schedules.base import Share, State, Time, TimedSchedule
from playground.value import Typical


def half_wave(share: float) -> float:
    """½(1 + cos πx): from 1 at x = 0 to 0 at x = 1."""
    return 0.5 * (1 + math.cos(math.pi * share))


class Cosine(TimedSchedule):
    kind: Literal["cosine"] = "cosine"
    title = "Cosine"
    help = "Half a cosine wave down to a share α of the start."
    formula = "η(s) = η₀ · ((1−α) · ½(1 + cos πs/s₀) + α)"
    advice = "A good choice wherever the length of training is known, often after a warm-up."
    reference = "Loshchilov & Hutter 2017."

    decay_steps: Time = Field(
        500,
        ge=1,
        le=1_000_000,
        title="Decay time",
        description="Time until the lowest rate; the planned length.",
    )
    alpha: Share = Field(0.0, ge=0, le=1, title="α", description="The lowest rate as a share of the first.")

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        share = min(self.time(step, steps_per_epoch) / self.decay_steps, 1.0)
        return initial * ((1 - self.alpha) * half_wave(share) + self.alpha)


class CosineRestarts(TimedSchedule):
    kind: Literal["cosine_restarts"] = "cosine_restarts"
    title = "Cosine with restarts"
    help = "Half a cosine wave down, then from the top again, each time slower."
    formula = "η(s) = η₀ · ((1−α) · mⁱ · ½(1 + cos πx) + α),   x: share of period i"
    advice = "To leave a poor minimum behind; judge the network at the end of a period."
    reference = "Loshchilov & Hutter 2017."

    decay_steps: Time = Field(
        50, ge=1, le=1_000_000, title="First period", description="Time until the first restart."
    )
    t_mul: Annotated[float, Typical(1, 4)] = Field(
        2.0, ge=1, le=100, title="Period ×", description="Each period is so many times the last; 1 or 2."
    )
    m_mul: Share = Field(
        1.0, gt=0, le=1, title="Height ×", description="Each peak is so many times the last; 0.5 to 1."
    )
    alpha: Share = Field(0.0, ge=0, le=1, title="α", description="The lowest rate as a share of the first.")

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        restarts, share = self._period(self.time(step, steps_per_epoch) / self.decay_steps)
        height = (1 - self.alpha) * float(self.m_mul**restarts)
        return initial * (height * half_wave(share) + self.alpha)

    def _period(self, elapsed: float) -> tuple[int, float]:
        """Restarts so far and the share of the present period, after so many first periods."""
        if self.t_mul == 1:
            return math.floor(elapsed), elapsed % 1
        growth = self.t_mul - 1
        restarts = math.floor(math.log1p(elapsed * growth) / math.log1p(growth))
        restarts += elapsed >= self._start(restarts + 1)  # the logarithms may have rounded past
        restarts -= elapsed < self._start(restarts)
        share = (elapsed - self._start(restarts)) / self.t_mul**restarts
        return restarts, min(max(share, 0.0), 1.0)

    def _start(self, period: int) -> float:
        """When a period begins, in first periods: the sum of a geometric series."""
        return float((self.t_mul**period - 1) / (self.t_mul - 1))


class LinearCosineFamily(TimedSchedule):
    """What linear cosine has in common with its noisy twin."""

    decay_steps: Time = Field(
        500,
        ge=1,
        le=1_000_000,
        title="Decay time",
        description="Time until the lowest rate; the planned length.",
    )
    num_periods: Annotated[float, Typical(0.5, 10)] = Field(
        0.5, ge=0, le=1000, title="Periods", description="Waves within the decay time; 0.5 only falls."
    )
    alpha: Share = Field(0.0, ge=0, le=1, title="α", description="Keeps the waves this high; 0 is usual.")
    beta: Share = Field(0.001, ge=0, le=1, title="β", description="Share of the rate that is always there.")

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        step = min(step, self.steps(self.decay_steps, steps_per_epoch))
        time = self.time(step, steps_per_epoch)
        share = time / self.decay_steps
        height = self.alpha + (1 - share) + self.noise(step, time)
        return initial * max(height * half_wave(2 * self.num_periods * share) + self.beta, 0.0)

    def noise(self, step: int, time: float) -> float:
        """What is added to the height of the waves."""
        return 0.0


class LinearCosine(LinearCosineFamily):
    kind: Literal["linear_cosine"] = "linear_cosine"
    title = "Linear cosine"
    help = "A cosine whose height falls in a straight line."
    formula = "η(s) = η₀ · ((α + 1 − s/s₀) · ½(1 + cos 2πns/s₀) + β)"
    advice = "Falls faster than cosine; with several periods it shakes training up."
    reference = "Bello et al. 2017."


class NoisyLinearCosine(LinearCosineFamily):
    kind: Literal["noisy_linear_cosine"] = "noisy_linear_cosine"
    title = "Noisy linear cosine"
    help = "Linear cosine with noise that fades; the same seed gives the same noise."
    formula = "… (α + 1 − s/s₀ + ε) …,   ε ~ N(0, variance / (1 + s)^decay),   never below 0"
    advice = "To see what an uneven rate does; rarely better than linear cosine."
    reference = "Bello et al. 2017."

    initial_variance: Annotated[float, Typical(0, 2)] = Field(
        1.0, ge=0, le=100, title="Variance", description="Variance of the noise at the start; 1 is usual."
    )
    variance_decay: Annotated[float, Typical(0, 2)] = Field(
        0.55, ge=0, le=100, title="Variance decay", description="How fast the noise fades; 0.55 is usual."
    )
    seed: int = Field(
        0, ge=0, le=2**32 - 1, title="Noise seed", description="Any whole number; each gives other noise."
    )

    def noise(self, step: int, time: float) -> float:
        deviation = math.sqrt(self.initial_variance * (1 + time) ** -self.variance_decay)
        return deviation * _standard_normal(self.seed, step)


def _standard_normal(seed: int, step: int) -> float:
    """A number of the standard normal distribution that depends on these two alone (Box & Muller 1958)."""
    bits = _mix(_mix(seed) + step)
    radius = math.sqrt(-2 * math.log(((bits >> 32) + 0.5) / 2**32))
    return radius * math.cos(2 * math.pi * (bits & 0xFFFFFFFF) / 2**32)


def _mix(number: int) -> int:
    """64 bits that look random, the same for the same number (SplitMix64, Steele et al. 2014)."""
    bits = (number + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return bits ^ bits >> 31
