"""Gradient descent, plain and with momentum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.optimizers.base import LearningRate, Optimizer, Share, State, descend, move_average

FARTHEST = 1e6
"""Plain steps may be as long, and go uphill, as links of TensorFlow Playground have them."""


class GradientDescent(Optimizer):
    kind: Literal["gradient_descent"] = "gradient_descent"
    title = "Gradient descent"
    help = "One step against the gradient: w ← w − ηg."
    formula = "w ← w − η g"
    advice = "To see the plain idea.  Others get there in fewer steps."
    reference = "Cauchy 1847."

    learning_rate: LearningRate = Field(
        0.03,
        ge=-FARTHEST,
        le=FARTHEST,
        title="Learning rate",
        description="Size of a step along the gradient; 0.001 to 0.3 is usual, and below 0 it goes uphill.",
    )

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        descend(w, g, rate, work)

    def lines(self, step: int) -> tuple[Equation, ...]:
        return (Equation("w_after", "w - eta * g"),)

    @staticmethod
    def update_loop(w: Array, g: Array, rate: float) -> None:
        step = w.dtype.type(rate)
        for i in range(len(w)):
            w[i] -= step * g[i]


class Momentum(Optimizer):
    kind: Literal["momentum"] = "momentum"
    title = "Momentum"
    help = "Follows an average of past gradients, as a ball rolls downhill."
    formula = "v ← β v + g,   w ← w − η v"
    advice = "Where plain descent zigzags in a valley.  Nesterov's form swings less."
    reference = "Polyak 1964."
    letters: ClassVar = {"velocity": "v"}
    loop_fields = ("beta", "form")

    beta: Share = Field(
        0.9, ge=0, lt=1, title="β", description="Share of the velocity that is kept; 0.9 is usual."
    )
    form: Literal["standard", "averaged", "nesterov"] = Field(
        "standard",
        title="Form",
        description="Standard adds the gradient, averaged adds (1 − β) of it, Nesterov looks one step ahead.",
    )

    @property
    def slots(self) -> tuple[str, ...]:
        return ("velocity",)

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        (velocity,) = state
        if self.form == "averaged":
            move_average(velocity, g, self.beta, work)
        else:
            np.multiply(velocity, self.beta, out=velocity)
            np.add(velocity, g, out=velocity)
        if self.form == "nesterov":  # Sutskever et al. 2013: the gradient's place is taken by g + βv
            np.multiply(velocity, self.beta, out=work)
            np.add(work, g, out=work)
            descend(w, work, rate, work)
        else:
            descend(w, velocity, rate, work)

    def lines(self, step: int) -> tuple[Equation, ...]:
        added = "(1 - beta) * g" if self.form == "averaged" else "g"
        moved = "w - eta * (g + beta * v)" if self.form == "nesterov" else "w - eta * v"
        return (Equation("v", f"beta * v_before + {added}"), Equation("w_after", moved))

    def numbers(self, rate: float, step: int) -> Mapping[str, float]:
        return {"eta": rate, "beta": self.beta}

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, p: Array) -> None:
        number = w.dtype.type
        step, beta, taken = number(rate), number(p[0]), number(1 - p[0] if p[1] == 1 else 1)
        ahead = p[1] == 2  # Nesterov's form
        velocity = slots[0]
        for i in range(len(w)):
            velocity[i] = beta * velocity[i] + taken * g[i]
        for i in range(len(w)):
            w[i] -= step * (beta * velocity[i] + g[i] if ahead else velocity[i])
