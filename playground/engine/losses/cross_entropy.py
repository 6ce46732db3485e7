"""Losses by the probability that the network gave to the right class."""

from __future__ import annotations

import math
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.engine.activations import Sigmoid, Softmax
from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.losses.base import Loss, one_hot
from playground.value import Typical

Smoothing = Annotated[float, Typical(0, 0.5)]
ClassWeights = Annotated[
    Literal["equal", "balanced"],
    Field(
        title="Class weights",
        description="Balanced: a mistake costs more in training where a class is rare, lest it be forgotten.",
    ),
]


class BinaryCrossEntropy(Loss):
    """Label smoothing ε turns 1 and 0 into 1 − ε/2 and ε/2, Szegedy et al. 2016 for two classes."""

    kind: Literal["binary_cross_entropy"] = "binary_cross_entropy"
    title = "Binary cross-entropy"
    help = "The surprise at the right one of two classes: confident mistakes cost most."
    formula = "L = mean −t log σ(z) − (1 − t) log(1 − σ(z)),   ∂L/∂z = (σ(z) − t) / n"
    advice = "The first choice for two classes, with one sigmoid output."
    reference = "Solla et al. 1988."
    from_logits = True
    activations = (Sigmoid,)

    label_smoothing: Smoothing = Field(
        0.0,
        ge=0,
        lt=1,
        title="Smoothing",
        description="Share of the target spread over both classes in training alone, against overconfidence; "
        "up to 0.2.",
    )
    class_weights: ClassWeights = "equal"

    @property
    def weighs(self) -> bool:
        return self.class_weights == "balanced"

    def suits(self, classes: int) -> bool:
        return classes == 2

    def code(self, targets: NDArray[np.generic], classes: int, low: float) -> Array:
        return smooth(super().code(targets, classes, 0.0), self.label_smoothing, 2)

    @property
    def plain(self) -> Self:
        return self.with_(label_smoothing=0.0, class_weights="equal")

    def lines(self, outputs: int) -> tuple[Equation, ...]:
        return (
            Equation("p", "sigmoid(z)"),
            Equation("L", "total(-t * log_sigmoid(z) - (1 - t) * log_sigmoid(-z))"),
        )

    def slopes(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("d", "(p - t) / n"),)

    def each(self, z: Array, a: Array, t: Array) -> Array:
        surprise: Array = (np.logaddexp(z, 0) - t * z)[0]
        return surprise

    @staticmethod
    def each_loop(z: Array, t: Array, out: Array) -> None:
        for i in range(len(z)):
            out[i] = max(z[i], 0) + math.log1p(math.exp(-abs(z[i]))) - t[i] * z[i]

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        np.subtract(a, t, out=out)
        np.multiply(out, 1 / a.size, out=out)

    @staticmethod
    def gradient_loop(a: Array, t: Array, out: Array) -> None:
        share = a.dtype.type(1 / len(a))
        for i in range(len(a)):
            out[i] = share * (a[i] - t[i])


class CrossEntropy(Loss):
    """Label smoothing ε turns one-hot targets t of C classes into (1 − ε) t + ε/C, Szegedy et al. 2016."""

    kind: Literal["cross_entropy"] = "cross_entropy"
    title = "Cross-entropy (softmax)"
    help = "The surprise at the right class, by the probability that softmax gives it."
    formula = "L = mean −Σ t log softmax(z),   ∂L/∂z = (softmax(z) − t) / n"
    advice = "The first choice for three classes and more, with one softmax output each."
    reference = "Bridle 1990."
    from_logits = True
    activations = (Softmax,)

    label_smoothing: Smoothing = Field(
        0.0,
        ge=0,
        lt=1,
        title="Smoothing",
        description="Share of the target spread over all classes in training alone, against overconfidence; "
        "up to 0.2.",
    )
    class_weights: ClassWeights = "equal"

    @property
    def weighs(self) -> bool:
        return self.class_weights == "balanced"

    def outputs(self, classes: int) -> int:
        return max(classes, 2)

    def code(self, targets: NDArray[np.generic], classes: int, low: float) -> Array:
        return smooth(one_hot(targets, classes), self.label_smoothing, classes)

    @property
    def plain(self) -> Self:
        return self.with_(label_smoothing=0.0, class_weights="equal")

    def lines(self, outputs: int) -> tuple[Equation, ...]:
        return (
            Equation("s", "z - largest(z)"),
            Equation("e", "exp(s)"),
            Equation("p", "e / total(e)"),
            Equation("log_p", "s - log(total(e))"),
            Equation("L", "-total(t * log_p)"),
        )

    def slopes(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("d", "(p - t) / n"),)

    def each(self, z: Array, a: Array, t: Array) -> Array:
        shifted = z - z.max(axis=0)
        surprise: Array = np.log(np.exp(shifted).sum(axis=0)) - (t * shifted).sum(axis=0)
        return surprise

    @staticmethod
    def each_loop(z: Array, t: Array, out: Array, n: int) -> None:
        outputs = len(z) // n
        for s in range(n):
            largest = z[s]
            for u in range(1, outputs):
                largest = max(largest, z[u * n + s])
            total, right = 0.0, 0.0
            for u in range(outputs):
                shifted = z[u * n + s] - largest
                total += math.exp(shifted)
                right += t[u * n + s] * shifted
            out[s] = math.log(total) - right

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        np.subtract(a, t, out=out)
        np.multiply(out, 1 / a.shape[1], out=out)

    @staticmethod
    def gradient_loop(a: Array, t: Array, out: Array, n: int) -> None:
        share = a.dtype.type(1 / n)
        for i in range(len(a)):
            out[i] = share * (a[i] - t[i])


def smooth(targets: Array, smoothing: float, classes: int) -> Array:
    """Targets between 0 and 1 with a share of each spread evenly over the classes."""
    return targets * (1 - smoothing) + smoothing / classes
