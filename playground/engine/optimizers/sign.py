"""Optimizers that look only at the gradient's sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.optimizers.base import (
    Decay,
    LearningRate,
    Optimizer,
    Share,
    State,
    descend,
    move_average,
)
from playground.value import Logarithmic


class Lion(Optimizer):
    kind: Literal["lion"] = "lion"
    title = "Lion"
    help = "Steps of one size along the sign of an average gradient; found by a search."
    formula = "w ← w − η sign(β₁ m + (1 − β₁) g),   m ← β₂ m + (1 − β₂) g"
    advice = "For large batches.  It remembers half of what Adam does."
    reference = "Chen et al. 2023."
    letters: ClassVar = {"mean": "m"}
    loop_fields = ("beta1", "beta2")

    learning_rate: LearningRate = Field(
        0.003,
        gt=0,
        le=100,
        title="Learning rate",
        description="Size of every step; 3 to 10 times less than Adam's.",
    )
    beta1: Share = Field(
        0.9, ge=0, lt=1, title="β₁", description="Share of the average in the step's sign; 0.9 is usual."
    )
    beta2: Share = Field(
        0.99, ge=0, lt=1, title="β₂", description="Share of the average that is kept; 0.99 is usual."
    )
    weight_decay: Decay = Field(
        0.0, ge=0, le=10, title="Weight decay", description="Share of each weight taken off, times the rate."
    )

    @property
    def slots(self) -> tuple[str, ...]:
        return ("mean",)

    @property
    def decoupled_decay(self) -> float:
        return self.weight_decay

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        (mean,) = state
        np.subtract(g, mean, out=work)
        np.multiply(work, 1 - self.beta1, out=work)
        np.add(work, mean, out=work)
        np.sign(work, out=work)
        descend(w, work, rate, work)
        move_average(mean, g, self.beta2, work)

    def lines(self, step: int) -> tuple[Equation, ...]:
        return (
            Equation("d", "sign(beta1 * m_before + (1 - beta1) * g)"),
            Equation("w_after", "w - eta * d"),
            Equation("m", "beta2 * m_before + (1 - beta2) * g"),
        )

    def numbers(self, rate: float, step: int) -> Mapping[str, float]:
        return {"eta": rate, "beta1": self.beta1, "beta2": self.beta2}

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, p: Array) -> None:
        mean = slots[0]
        for i in range(len(w)):
            w[i] -= rate * np.sign(mean[i] + (1 - p[0]) * (g[i] - mean[i]))
            mean[i] += (1 - p[1]) * (g[i] - mean[i])


class Rprop(Optimizer):
    """It compares signs from step to step, so it takes all samples as one batch."""

    kind: Literal["rprop"] = "rprop"
    title = "Rprop"
    help = "Each parameter has a step that grows while the gradient keeps its sign."
    formula = "Δ ← Δ · 1.2 or · 0.5 as the sign stays or turns,   w ← w − Δ sign g"
    advice = "For small data taken as one batch, when the gradient's size misleads."
    reference = "Riedmiller & Braun 1993."
    full_batch = True
    letters: ClassVar = {"step_size": "s", "previous_gradient": "p"}
    loop_fields = ("shrink", "grow", "smallest_step", "largest_step")

    learning_rate: LearningRate = Field(
        0.01, gt=0, le=100, title="First step", description="Size of every parameter's first step."
    )
    shrink: float = Field(0.5, gt=0, lt=1, title="Shrink", description="Factor after a change of sign.")
    grow: float = Field(1.2, gt=1, le=10, title="Grow", description="Factor while the sign stays.")
    smallest_step: Annotated[float, Logarithmic(1e-10)] = Field(
        1e-6, gt=0, le=1, title="Smallest", description="No step is smaller; 1e-6 is usual."
    )
    largest_step: Annotated[float, Logarithmic(1e-3)] = Field(
        50.0, ge=1, le=1000, title="Largest", description="No step is larger; 50 is usual."
    )

    @property
    def slots(self) -> tuple[str, ...]:
        return ("step_size", "previous_gradient")

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        sizes, previous = state
        np.equal(sizes, 0, out=work)  # a parameter's first step
        np.multiply(work, rate, out=work)
        np.add(sizes, work, out=sizes)
        np.multiply(g, previous, out=work)
        np.sign(work, out=work)
        np.multiply(work, work, out=previous)  # the factor is a parabola through the signs
        np.multiply(previous, (self.grow + self.shrink) / 2 - 1, out=previous)
        np.multiply(sizes, previous, out=previous)
        np.add(sizes, previous, out=previous)
        np.multiply(sizes, (self.grow - self.shrink) / 2, out=sizes)
        np.multiply(sizes, work, out=sizes)
        np.add(sizes, previous, out=sizes)
        np.maximum(sizes, self.smallest_step, out=sizes)
        np.minimum(sizes, self.largest_step, out=sizes)
        np.greater_equal(work, 0, out=work)
        np.multiply(g, work, out=previous)  # where the sign changed the parameter waits for a step
        np.sign(previous, out=work)
        np.multiply(work, sizes, out=work)
        np.subtract(w, work, out=w)

    def lines(self, step: int) -> tuple[Equation, ...]:
        turned = "g * p_before"
        factor = f"{self.grow} * ({turned} > 0) + {self.shrink} * ({turned} < 0) + ({turned} == 0)"
        sized = f"(s_before + eta * (s_before == 0)) * ({factor})"
        return (
            Equation("s", f"clip({sized}, {self.smallest_step}, {self.largest_step})"),
            Equation("p", f"g * ({turned} >= 0)"),
            Equation("w_after", "w - s * sign(p)"),
        )

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, p: Array) -> None:
        shrink, grow, smallest, largest = p[0], p[1], p[2], p[3]
        sizes, previous = slots[0], slots[1]
        for i in range(len(w)):
            size = sizes[i] if sizes[i] else rate
            sign = np.sign(g[i] * previous[i])
            size *= grow if sign > 0 else shrink if sign < 0 else 1.0
            size = min(max(size, smallest), largest)
            sizes[i] = size
            previous[i] = g[i] if sign >= 0 else 0.0  # where the sign changed the parameter waits for a step
            w[i] -= size * np.sign(previous[i])
