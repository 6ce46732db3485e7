"""Optimizers: how the gradient moves the parameters.

An optimizer works on the flat vectors w (parameters) and g (gradient) whatever the layers are.  What it
remembers between steps is plain arrays like w, named in `slots` and starting at zero.
"""

from __future__ import annotations

import math
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.value import Kind, Logarithmic, Typical

Momentum_ = Annotated[float, Typical(0, 0.999)]


class Optimizer(Kind):
    """A rule for one update of the parameters."""

    slots: ClassVar[tuple[str, ...]] = ()
    """Names of the arrays (like the parameters) it remembers; they begin as zeros."""

    learning_rate: Annotated[float, Logarithmic(1e-5), Typical(1e-5, 10)] = Field(
        0.03,
        gt=0,
        le=100,
        title="Learning rate",
        description="Size of a step along the gradient; 0.001 to 0.3 is usual.",
    )

    def update(
        self, w: Array, g: Array, state: tuple[Array, ...], rate: float, step: int, work: Array
    ) -> None:
        """Change w (and the state) in place; `rate` is the scheduled learning rate, `step` counts from 1."""
        raise NotImplementedError


class GradientDescent(Optimizer):
    """One step against the gradient: w ← w − ηg.  Cauchy 1847."""

    kind: Literal["gradient_descent"] = "gradient_descent"
    title: ClassVar[str] = "Gradient descent"

    def update(
        self, w: Array, g: Array, state: tuple[Array, ...], rate: float, step: int, work: Array
    ) -> None:
        np.multiply(g, rate, out=work)
        np.subtract(w, work, out=w)


class Momentum(Optimizer):
    """Follows an average of past gradients, as a ball rolls downhill.  Polyak 1964."""

    kind: Literal["momentum"] = "momentum"
    title: ClassVar[str] = "Momentum"
    slots: ClassVar[tuple[str, ...]] = ("velocity",)

    beta: Momentum_ = Field(
        0.9, ge=0, lt=1, title="β", description="Share of the velocity that is kept; 0.9 is usual."
    )
    form: Literal["standard", "averaged", "nesterov"] = Field(
        "standard",
        title="Form",
        description="Standard adds the gradient, averaged adds (1 − β) of it, Nesterov looks one step ahead.",
    )

    def update(
        self, w: Array, g: Array, state: tuple[Array, ...], rate: float, step: int, work: Array
    ) -> None:
        (velocity,) = state
        np.multiply(velocity, self.beta, out=velocity)
        if self.form == "averaged":
            np.multiply(g, 1 - self.beta, out=work)
            np.add(velocity, work, out=velocity)
        else:
            np.add(velocity, g, out=velocity)
        if self.form == "nesterov":  # Sutskever et al. 2013, in the gradient's place: g + βv
            np.multiply(velocity, self.beta, out=work)
            np.add(work, g, out=work)
            np.multiply(work, rate, out=work)
        else:
            np.multiply(velocity, rate, out=work)
        np.subtract(w, work, out=w)


class RmsProp(Optimizer):
    """Divides each step by the recent size of that parameter's gradient.  Tieleman & Hinton 2012."""

    kind: Literal["rmsprop"] = "rmsprop"
    title: ClassVar[str] = "RMSprop"
    slots: ClassVar[tuple[str, ...]] = ("square",)

    learning_rate: Annotated[float, Logarithmic(1e-5), Typical(1e-5, 10)] = Field(
        0.01, gt=0, le=100, title="Learning rate", description="Size of a step; 0.001 to 0.01 is usual."
    )
    decay: Momentum_ = Field(
        0.9, ge=0, lt=1, title="β", description="Share of the average square that is kept; 0.9 is usual."
    )
    epsilon: Annotated[float, Logarithmic(1e-10)] = Field(
        1e-8, gt=0, le=1, title="ε", description="Keeps the division finite; 1e-8 is usual."
    )

    def update(
        self, w: Array, g: Array, state: tuple[Array, ...], rate: float, step: int, work: Array
    ) -> None:
        (square,) = state
        _average_square(square, g, self.decay, work)
        np.sqrt(square, out=work)
        np.add(work, self.epsilon, out=work)
        np.divide(g, work, out=work)
        np.multiply(work, rate, out=work)
        np.subtract(w, work, out=w)


class Adam(Optimizer):
    """Momentum and RMSprop together, corrected for their start at zero.  Kingma & Ba 2015."""

    kind: Literal["adam"] = "adam"
    title: ClassVar[str] = "Adam"
    slots: ClassVar[tuple[str, ...]] = ("mean", "square")

    learning_rate: Annotated[float, Logarithmic(1e-5), Typical(1e-5, 10)] = Field(
        0.01, gt=0, le=100, title="Learning rate", description="Size of a step; 0.001 to 0.01 is usual."
    )
    beta1: Momentum_ = Field(
        0.9, ge=0, lt=1, title="β₁", description="Share of the average gradient that is kept; 0.9 is usual."
    )
    beta2: Annotated[float, Typical(0, 0.9999)] = Field(
        0.999, ge=0, lt=1, title="β₂", description="Share of the average square that is kept; 0.999 is usual."
    )
    epsilon: Annotated[float, Logarithmic(1e-10)] = Field(
        1e-8, gt=0, le=1, title="ε", description="Keeps the division finite; 1e-8 is usual."
    )
    bias_correction: bool = Field(
        True,
        title="Bias correction",
        description="Makes up for averages that begin at zero; switch it off to see the slow or wild start.",
    )

    def update(
        self, w: Array, g: Array, state: tuple[Array, ...], rate: float, step: int, work: Array
    ) -> None:
        mean, square = state
        np.subtract(g, mean, out=work)
        np.multiply(work, 1 - self.beta1, out=work)
        np.add(mean, work, out=mean)
        _average_square(square, g, self.beta2, work)
        np.sqrt(square, out=work)
        if self.bias_correction:
            np.multiply(work, 1 / math.sqrt(1 - self.beta2**step), out=work)
            rate = rate / (1 - self.beta1**step)
        np.add(work, self.epsilon, out=work)
        np.divide(mean, work, out=work)
        np.multiply(work, rate, out=work)
        np.subtract(w, work, out=w)


def _average_square(square: Array, g: Array, decay: float, work: Array) -> None:
    """The average square: square ← decay·square + (1 − decay)·g²."""
    np.multiply(g, g, out=work)
    np.subtract(work, square, out=work)
    np.multiply(work, 1 - decay, out=work)
    np.add(square, work, out=square)
