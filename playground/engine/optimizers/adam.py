"""Adam and its relatives: averages of the gradient and of its square, corrected for their start at zero."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.optimizers.base import (
    Decay,
    LearningRate,
    Optimizer,
    Share,
    Small,
    State,
    descend,
    move_average,
    move_average_square,
)

AVERAGES = (
    Equation("m", "beta1 * m_before + (1 - beta1) * g"),
    Equation("v", "beta2 * v_before + (1 - beta2) * g**2"),
)
CORRECTED = (Equation("m_hat", "m / (1 - beta1**steps)"), Equation("v_hat", "v / (1 - beta2**steps)"))
MOVED = Equation("w_after", "w - eta * m_hat / (sqrt(v_hat) + epsilon)")


class AdamFamily(Optimizer):
    """What Adam and its relatives have in common."""

    letters: ClassVar = {"mean": "m", "square": "v"}
    loop_fields: ClassVar[tuple[str, ...]] = ("beta1", "beta2", "epsilon")

    learning_rate: LearningRate = Field(
        0.01, gt=0, le=100, title="Learning rate", description="Size of a step; 0.001 to 0.01 is usual."
    )
    beta1: Share = Field(
        0.9, ge=0, lt=1, title="β₁", description="Share of the average gradient that is kept; 0.9 is usual."
    )
    beta2: Share = Field(
        0.999, ge=0, lt=1, title="β₂", description="Share of the average square that is kept; 0.999 is usual."
    )
    epsilon: Small = Field(
        1e-8, gt=0, le=1, title="ε", description="Keeps the division finite; 1e-8 is usual."
    )

    @property
    def slots(self) -> tuple[str, ...]:
        return ("mean", "square")

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        mean, square = state
        self._average(g, mean, square, work)
        rate *= self._divisor(square, step, work) / (1 - self.beta1**step)
        np.divide(mean, work, out=work)
        descend(w, work, rate, work)

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, age: int, p: Array) -> None:
        _average_loop(g, slots[0], slots[1], p)
        scale = 1 / math.sqrt(1 - p[1] ** age)
        _divided_step_loop(w, slots[0], slots[1], rate / (1 - p[0] ** age), scale, p[2])

    def _average(self, g: Array, mean: Array, square: Array, work: Array) -> None:
        move_average(mean, g, self.beta1, work)
        move_average_square(square, g, self.beta2, work)

    def _divisor(self, square: Array, step: int, work: Array) -> float:
        """Write √v + ε c into `work`, which is (√v̂ + ε) c; returns c = √(1 − β₂ᵗ)."""
        corrected = math.sqrt(1 - self.beta2**step)
        np.sqrt(square, out=work)
        np.add(work, self.epsilon * corrected, out=work)
        return corrected

    def lines(self, step: int) -> tuple[Equation, ...]:
        return (*AVERAGES, *CORRECTED, MOVED)

    def numbers(self, rate: float, step: int) -> Mapping[str, float]:
        settings = {"beta1": self.beta1, "beta2": self.beta2, "epsilon": self.epsilon}
        return {"eta": rate, "steps": step} | settings


class Adam(AdamFamily):
    kind: Literal["adam"] = "adam"
    title = "Adam"
    help = "Momentum and RMSprop together, corrected for their start at zero."
    formula = "m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   w ← w − η m̂ / (√v̂ + ε)"
    advice = "The usual first choice: it works with little tuning."
    reference = "Kingma & Ba 2015."
    loop_fields = (*AdamFamily.loop_fields, "bias_correction")

    bias_correction: bool = Field(
        True,
        title="Bias correction",
        description="Makes up for averages that begin at zero; switch it off to see the slow or wild start.",
    )

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        if self.bias_correction:
            super().update(w, g, state, rate, step, work)
            return
        mean, square = state
        self._average(g, mean, square, work)
        np.sqrt(square, out=work)
        np.add(work, self.epsilon, out=work)
        np.divide(mean, work, out=work)
        descend(w, work, rate, work)

    def lines(self, step: int) -> tuple[Equation, ...]:
        if self.bias_correction:
            return super().lines(step)
        return (*AVERAGES, Equation("w_after", "w - eta * m / (sqrt(v) + epsilon)"))

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, age: int, p: Array) -> None:
        _average_loop(g, slots[0], slots[1], p)
        if p[3]:
            scale = 1 / math.sqrt(1 - p[1] ** age)
            _divided_step_loop(w, slots[0], slots[1], rate / (1 - p[0] ** age), scale, p[2])
        else:
            _divided_step_loop(w, slots[0], slots[1], rate, 1.0, p[2])


class AdamW(AdamFamily):
    kind: Literal["adamw"] = "adamw"
    title = "AdamW"
    help = "Adam with weight decay kept out of its averages."
    formula = "w ← w − η λ w,   w ← w − η m̂ / (√v̂ + ε)"
    advice = "Instead of Adam with L2, whose penalty the division would distort."
    reference = "Loshchilov & Hutter 2019."

    weight_decay: Decay = Field(
        0.01, ge=0, le=10, title="Weight decay", description="Share of each weight taken off, times the rate."
    )

    @property
    def decoupled_decay(self) -> float:
        return self.weight_decay


class AmsGrad(AdamFamily):
    kind: Literal["amsgrad"] = "amsgrad"
    title = "AMSGrad"
    help = "Adam whose divisor never shrinks, so that rare large gradients still count."
    formula = "vₘₐₓ ← max(vₘₐₓ, v),   w ← w − η m̂ / (√v̂ₘₐₓ + ε)"
    advice = "Where Adam fails to settle; otherwise it is much the same."
    reference = "Reddi et al. 2018."
    letters: ClassVar = AdamFamily.letters | {"largest_square": "u"}

    @property
    def slots(self) -> tuple[str, ...]:
        return ("mean", "square", "largest_square")

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        mean, square, largest = state
        self._average(g, mean, square, work)
        np.maximum(largest, square, out=largest)
        rate *= self._divisor(largest, step, work) / (1 - self.beta1**step)
        np.divide(mean, work, out=work)
        descend(w, work, rate, work)

    def lines(self, step: int) -> tuple[Equation, ...]:
        largest = (Equation("u", "maximum(u_before, v)"), Equation("u_hat", "u / (1 - beta2**steps)"))
        moved = Equation("w_after", "w - eta * m_hat / (sqrt(u_hat) + epsilon)")
        return (*AVERAGES, *largest, CORRECTED[0], moved)

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, age: int, p: Array) -> None:
        square, largest = slots[1], slots[2]
        _average_loop(g, slots[0], square, p)
        for i in range(len(w)):
            largest[i] = max(largest[i], square[i])
        scale = 1 / math.sqrt(1 - p[1] ** age)
        _divided_step_loop(w, slots[0], largest, rate / (1 - p[0] ** age), scale, p[2])


class Nadam(AdamFamily):
    kind: Literal["nadam"] = "nadam"
    title = "Nadam"
    help = "Adam that looks one step ahead, as Nesterov's momentum does."
    formula = "w ← w − η (β₁ m̂ + (1 − β₁) g / (1 − β₁ᵗ)) / (√v̂ + ε)"
    advice = "Often a little faster than Adam."
    reference = "Dozat 2016."
    letters: ClassVar = AdamFamily.letters | {"momentum_product": "product"}
    loop_fields = (*AdamFamily.loop_fields, "momentum_decay")

    momentum_decay: Decay = Field(
        0.004, ge=0, le=1, title="Momentum decay", description="How fast β₁ warms up; 0.004 is usual."
    )

    @property
    def slots(self) -> tuple[str, ...]:
        return ("mean", "square", "momentum_product")

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        mean, square, product = state
        self._average(g, mean, square, work)
        now, ahead = self._momentum(step), self._momentum(step + 1)
        if product[:1].any():
            np.multiply(product, now, out=product)
        else:
            product.fill(now)  # an empty product times the first factor
        so_far = float(product[0])
        of_mean, of_gradient = ahead / (1 - so_far * ahead), (1 - now) / (1 - so_far)
        np.multiply(mean, of_mean / of_gradient, out=work)
        np.add(work, g, out=work)
        rate *= of_gradient * self._divisor(square, step, product)  # room for a moment
        np.divide(work, product, out=work)
        product.fill(so_far)
        descend(w, work, rate, work)

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, age: int, p: Array) -> None:
        mean, square, product = slots[0], slots[1], slots[2]
        _average_loop(g, mean, square, p)
        now = p[0] * (1 - 0.5 * math.pow(0.96, age * p[3]))
        ahead = p[0] * (1 - 0.5 * math.pow(0.96, (age + 1) * p[3]))
        so_far = product[0] * now if product[0] else now
        scale = 1 / math.sqrt(1 - p[1] ** age)
        of_mean, of_gradient = ahead / (1 - so_far * ahead), (1 - now) / (1 - so_far)
        for i in range(len(w)):
            product[i] = so_far
            divisor = math.sqrt(square[i]) * scale + p[2]
            w[i] -= rate * (of_mean * mean[i] + of_gradient * g[i]) / divisor

    def _momentum(self, step: int) -> float:
        return self.beta1 * (1 - 0.5 * math.pow(0.96, step * self.momentum_decay))

    def lines(self, step: int) -> tuple[Equation, ...]:
        return (
            *AVERAGES,
            CORRECTED[1],
            Equation("product", "now * (product_before + (product_before == 0))"),
            Equation("m_hat", "ahead * m / (1 - ahead * product) + (1 - now) * g / (1 - product)"),
            MOVED,
        )

    def numbers(self, rate: float, step: int) -> Mapping[str, float]:
        momenta = {"now": self._momentum(step), "ahead": self._momentum(step + 1)}
        return {**super().numbers(rate, step), **momenta}


class RAdam(AdamFamily):
    kind: Literal["radam"] = "radam"
    title = "RAdam"
    help = "Adam that goes without its divisor until that can be trusted."
    formula = "w ← w − η r m̂ / (√v̂ + ε),   r = 0 … 1 as v̂ becomes reliable"
    advice = "Where Adam needs a warm-up: it has one built in."
    reference = "Liu et al. 2020."

    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        mean, square = state
        self._average(g, mean, square, work)
        rate = rate / (1 - self.beta1**step)
        trust = self._trust(step)
        if not trust:
            descend(w, mean, rate, work)
            return
        np.sqrt(square, out=work)
        np.add(work, self.epsilon, out=work)
        np.divide(mean, work, out=work)
        descend(w, work, rate * math.sqrt(trust * (1 - self.beta2**step)), work)

    def _trust(self, step: int) -> float:
        """r², how far the divisor can be trusted; 0 for not at all."""
        longest = 2 / (1 - self.beta2) - 1
        remains = self.beta2**step
        length = longest - 2 * step * remains / (1 - remains)
        if length <= 5:
            return 0.0
        return (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)

    def lines(self, step: int) -> tuple[Equation, ...]:
        if not self._trust(step):
            return (*AVERAGES, CORRECTED[0], Equation("w_after", "w - eta * m_hat"))
        divided = "w - eta * r * m_hat * sqrt(1 - beta2**steps) / (sqrt(v) + epsilon)"
        return (*AVERAGES, CORRECTED[0], Equation("w_after", divided))

    def numbers(self, rate: float, step: int) -> Mapping[str, float]:
        return {**super().numbers(rate, step), "r": math.sqrt(self._trust(step))}

    @staticmethod
    def update_loop(w: Array, g: Array, slots: Array, rate: float, age: int, p: Array) -> None:
        mean, square = slots[0], slots[1]
        _average_loop(g, mean, square, p)
        step, longest, remains = rate / (1 - p[0] ** age), 2 / (1 - p[1]) - 1, p[1] ** age
        length = longest - 2 * age * remains / (1 - remains)
        if length <= 5:
            for i in range(len(w)):
                w[i] -= step * mean[i]
        else:
            rectified = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
            _divided_step_loop(w, mean, square, step * math.sqrt(rectified * (1 - remains)), 1.0, p[2])


def _average_loop(g: Array, mean: Array, square: Array, p: Array) -> None:
    """Move the averages of the gradient and of its square."""
    of_mean, of_square = g.dtype.type(1 - p[0]), g.dtype.type(1 - p[1])
    for i in range(len(g)):
        mean[i] += of_mean * (g[i] - mean[i])
        square[i] += of_square * (g[i] * g[i] - square[i])


def _divided_step_loop(
    w: Array, mean: Array, square: Array, rate: float, scale: float, epsilon: float
) -> None:
    """Go a step: w ← w − rate · mean / (scale √square + ε)."""
    number = w.dtype.type
    step, factor, small = number(rate), number(scale), number(epsilon)
    for i in range(len(w)):
        w[i] -= step * mean[i] / (np.sqrt(square[i]) * factor + small)
