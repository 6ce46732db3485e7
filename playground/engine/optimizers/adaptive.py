"""Optimizers that give each parameter a step of its own, by the size of its past gradients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.optimizers.base import (
    LearningRate,
    Optimizer,
    Share,
    Small,
    State,
    descend,
    move_average,
    move_average_square,
)


class Adagrad(Optimizer):
    kind: Literal["adagrad"] = "adagrad"
    title = "Adagrad"
    help = "Divides each step by the root of the sum of all squared gradients so far."
    formula = "s ← s + g²,   w ← w − η g / (√s + ε)"
    advice = "For inputs that are rarely on.  Its steps only ever shrink."
    reference = "Duchi et al. 2011."
    letters: ClassVar = {"sum_of_squares": "s"}
    loop_fields = ("epsilon",)

    learning_rate: LearningRate = Field(
        0.1, gt=0, le=100, title="Learning rate", description="Size of the first step; 0.01 to 1 is usual."
    )
    epsilon: Small = Field(
        1e-10, gt=0, le=1, title="ε", description="Keeps the division finite; 1e-10 is usual."
    )

    @property
    def slots(self) -> tuple[str, ...]:
        return ("sum_of_squares",)

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        (total,) = state
        np.multiply(g, g, out=work)
        np.add(total, work, out=total)
        np.sqrt(total, out=work)
        np.add(work, self.epsilon, out=work)
        np.divide(g, work, out=work)
        descend(w, work, rate, work)

    def lines(self, step: int) -> tuple[Equation, ...]:
        return (Equation("s", "s_before + g**2"), Equation("w_after", "w - eta * g / (sqrt(s) + epsilon)"))

    def numbers(self, rate: float, step: int) -> Mapping[str, float]:
        return {"eta": rate, "epsilon": self.epsilon}

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, p: Array) -> None:
        total = slots[0]
        for i in range(len(w)):
            total[i] += g[i] * g[i]
            w[i] -= rate * g[i] / (np.sqrt(total[i]) + p[0])


class RmsProp(Optimizer):
    kind: Literal["rmsprop"] = "rmsprop"
    title = "RMSprop"
    help = "Divides each step by the recent size of that parameter's gradient."
    formula = "s ← β s + (1 − β) g²,   w ← w − η g / (√s + ε)"
    advice = "Where gradients differ much in size, and in recurrent networks."
    reference = "Tieleman & Hinton 2012."
    letters: ClassVar = {"square": "s", "velocity": "v", "average": "m"}
    loop_fields = ("decay", "epsilon", "momentum", "centred")

    learning_rate: LearningRate = Field(
        0.01, gt=0, le=100, title="Learning rate", description="Size of a step; 0.001 to 0.01 is usual."
    )
    decay: Share = Field(
        0.9, ge=0, lt=1, title="β", description="Share of the average square that is kept; 0.9 is usual."
    )
    epsilon: Small = Field(
        1e-8, gt=0, le=1, title="ε", description="Keeps the division finite; 1e-8 is usual."
    )
    momentum: Share = Field(
        0.0, ge=0, lt=1, title="Momentum", description="Share of the last step that is kept; 0 or 0.9."
    )
    centred: bool = Field(
        False,
        title="Centred",
        description="Divide by the spread of the gradient about its average instead of its size.",
    )

    @property
    def slots(self) -> tuple[str, ...]:
        momentum = ("velocity",) if self.momentum else ()
        return ("square", *momentum, *(("average",) if self.centred else ()))

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        square, *others = state
        move_average_square(square, g, self.decay, work)
        if self.centred:
            average = others[-1]
            move_average(average, g, self.decay, work)
            np.multiply(average, average, out=work)
            np.subtract(square, work, out=work)
            np.maximum(work, 0, out=work)  # rounding may take a tiny variance below zero
            np.sqrt(work, out=work)
        else:
            np.sqrt(square, out=work)
        np.add(work, self.epsilon, out=work)
        np.divide(g, work, out=work)
        if self.momentum:
            velocity = others[0]
            np.multiply(velocity, self.momentum, out=velocity)
            np.add(velocity, work, out=velocity)
            descend(w, velocity, rate, work)
        else:
            descend(w, work, rate, work)

    def lines(self, step: int) -> tuple[Equation, ...]:
        spread = "maximum(s - m**2, 0)" if self.centred else "s"
        direction = f"g / (sqrt({spread}) + epsilon)"
        lines = [Equation("s", "beta * s_before + (1 - beta) * g**2")]
        if self.centred:
            lines.append(Equation("m", "beta * m_before + (1 - beta) * g"))
        if self.momentum:
            lines += [Equation("v", f"mu * v_before + {direction}"), Equation("w_after", "w - eta * v")]
        else:
            lines.append(Equation("w_after", f"w - eta * {direction}"))
        return tuple(lines)

    def numbers(self, rate: float, step: int) -> Mapping[str, float]:
        return {"eta": rate, "beta": self.decay, "epsilon": self.epsilon, "mu": self.momentum}

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, p: Array) -> None:
        decay, epsilon, momentum, centred = p[0], p[1], p[2], p[3]
        square, average, velocity = slots[0], slots[len(slots) - 1], slots[1 if momentum else 0]
        for i in range(len(w)):
            square[i] += (1 - decay) * (g[i] * g[i] - square[i])
            spread = square[i]
            if centred:
                average[i] += (1 - decay) * (g[i] - average[i])
                spread = max(square[i] - average[i] * average[i], 0.0)
            step = g[i] / (np.sqrt(spread) + epsilon)
            if momentum:
                velocity[i] = momentum * velocity[i] + step
                step = velocity[i]
            w[i] -= rate * step


class Adadelta(Optimizer):
    kind: Literal["adadelta"] = "adadelta"
    title = "Adadelta"
    help = "Sets each step by the ratio of recent steps to recent gradients; η is near 1."
    formula = "s ← β s + (1 − β) g²,   Δ = g √(d + ε) / √(s + ε),   d ← β d + (1 − β) Δ²,   w ← w − η Δ"
    advice = "Where nobody wants to choose a learning rate; slow at first."
    reference = "Zeiler 2012."
    letters: ClassVar = {"square": "s", "square_of_steps": "u"}
    loop_fields = ("decay", "epsilon")

    learning_rate: LearningRate = Field(
        1.0, gt=0, le=100, title="Learning rate", description="A factor on the steps it chooses; 1 is usual."
    )
    decay: Share = Field(
        0.9, ge=0, lt=1, title="β", description="Share of both averages that is kept; 0.9 is usual."
    )
    epsilon: Small = Field(
        1e-6, gt=0, le=1, title="ε", description="Gets the first steps going; 1e-6 is usual."
    )

    @property
    def slots(self) -> tuple[str, ...]:
        return ("square", "square_of_steps")

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        square, steps = state
        move_average_square(square, g, self.decay, work)
        np.add(square, self.epsilon, out=work)
        moved = np.add(steps, self.epsilon)
        np.divide(moved, work, out=moved)
        np.sqrt(moved, out=moved)
        np.multiply(moved, g, out=moved)
        move_average_square(steps, moved, self.decay, work)
        descend(w, moved, rate, work)

    def lines(self, step: int) -> tuple[Equation, ...]:
        return (
            Equation("s", "beta * s_before + (1 - beta) * g**2"),
            Equation("d", "g * sqrt(u_before + epsilon) / sqrt(s + epsilon)"),
            Equation("u", "beta * u_before + (1 - beta) * d**2"),
            Equation("w_after", "w - eta * d"),
        )

    def numbers(self, rate: float, step: int) -> Mapping[str, float]:
        return {"eta": rate, "beta": self.decay, "epsilon": self.epsilon}

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, p: Array) -> None:
        decay, epsilon = p[0], p[1]
        square, steps = slots[0], slots[1]
        for i in range(len(w)):
            square[i] += (1 - decay) * (g[i] * g[i] - square[i])
            step = g[i] * np.sqrt(steps[i] + epsilon) / np.sqrt(square[i] + epsilon)
            steps[i] += (1 - decay) * (step * step - steps[i])
            w[i] -= rate * step
