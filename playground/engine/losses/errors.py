"""Losses by the distance of the output from its target: for numbers, and possible for classes."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.losses.base import Loss
from playground.value import Logarithmic, Typical


class SquaredError(Loss):
    kind: Literal["squared_error"] = "squared_error"
    title = "Squared error"
    help = "The square of the distance, so that large errors count much more than small ones."
    formula = "L = mean (a − t)²,   ∂L/∂a = 2 (a − t) / n"
    advice = "The first choice for numbers.  For classes, cross-entropy learns faster."
    reference = "Legendre 1805."
    for_numbers = True
    loop_fields = ("half",)

    half: bool = Field(False, title="Half", description="Use ½(a − t)², whose derivative is just a − t.")

    def lines(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("e", "a - t"), Equation("L", "0.5 * mean(e**2)" if self.half else "mean(e**2)"))

    def slopes(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("d", "e / N" if self.half else "2 * e / N"),)

    def each(self, z: Array, a: Array, t: Array) -> Array:
        return _over_outputs(np.square(a - t) * (0.5 if self.half else 1.0))

    def value(self, z: Array, a: Array, t: Array) -> float:
        error = (a - t).ravel()
        return float(np.dot(error, error)) / a.size * (0.5 if self.half else 1.0)

    @staticmethod
    def each_loop(a: Array, t: Array, out: Array, n: int, p: Array) -> None:
        outputs = len(a) // n
        for s in range(n):
            total = 0.0
            for u in range(s, len(a), n):
                error = a[u] - t[u]
                total += error * error
            out[s] = total / outputs * (0.5 if p[0] else 1.0)

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        np.subtract(a, t, out=out)
        np.multiply(out, (1 if self.half else 2) / a.size, out=out)

    @staticmethod
    def gradient_loop(a: Array, t: Array, out: Array, p: Array) -> None:
        share = a.dtype.type((2 - p[0]) / len(a))
        for i in range(len(a)):
            out[i] = share * (a[i] - t[i])


class AbsoluteError(Loss):
    kind: Literal["absolute_error"] = "absolute_error"
    title = "Absolute error"
    help = "The distance itself, so that a few outliers pull less on the rest."
    formula = "L = mean |a − t|,   ∂L/∂a = sign(a − t) / n"
    advice = "For numbers with outliers.  Its gradient never shrinks, so lower the rate late."
    reference = "Boscovich 1757."
    for_numbers = True

    def lines(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("e", "a - t"), Equation("L", "mean(abs(e))"))

    def slopes(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("d", "sign(e) / N"),)

    def each(self, z: Array, a: Array, t: Array) -> Array:
        return _over_outputs(np.abs(a - t))

    @staticmethod
    def each_loop(a: Array, t: Array, out: Array, n: int) -> None:
        outputs = len(a) // n
        for s in range(n):
            total = 0.0
            for u in range(s, len(a), n):
                total += abs(a[u] - t[u])
            out[s] = total / outputs

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        np.subtract(a, t, out=out)
        np.sign(out, out=out)
        np.multiply(out, 1 / a.size, out=out)

    @staticmethod
    def gradient_loop(a: Array, t: Array, out: Array) -> None:
        share = 1 / len(a)
        for i in range(len(a)):
            out[i] = share * np.sign(a[i] - t[i])


class Huber(Loss):
    kind: Literal["huber"] = "huber"
    title = "Huber"
    help = "Squared up to a distance of δ and straight beyond it: smooth, yet calm about outliers."
    formula = "L = mean of ½(a − t)² where |a − t| ≤ δ, else δ(|a − t| − ½δ)"
    advice = "For numbers with outliers, where absolute error never comes to rest."
    reference = "Huber 1964."
    for_numbers = True
    loop_fields = ("delta",)

    delta: Annotated[float, Logarithmic(1e-3), Typical(1e-3, 10)] = Field(
        1.0, gt=0, le=1e6, title="δ", description="Distance at which the loss becomes straight; 1 is usual."
    )

    def lines(self, outputs: int) -> tuple[Equation, ...]:
        bounded = Equation("c", f"clip(e, -{self.delta}, {self.delta})")
        return (Equation("e", "a - t"), bounded, Equation("L", "mean(c * (e - c / 2))"))

    def slopes(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("d", "c / N"),)

    def each(self, z: Array, a: Array, t: Array) -> Array:
        error = a - t
        bounded = np.clip(error, -self.delta, self.delta)
        return _over_outputs(bounded * (error - bounded / 2))

    def value(self, z: Array, a: Array, t: Array) -> float:
        error = (a - t).ravel()
        bounded = np.clip(error, -self.delta, self.delta)
        return float(np.dot(bounded, error - bounded / 2)) / a.size

    @staticmethod
    def each_loop(a: Array, t: Array, out: Array, n: int, p: Array) -> None:
        outputs = len(a) // n
        for s in range(n):
            total = 0.0
            for u in range(s, len(a), n):
                error = a[u] - t[u]
                bounded = min(max(error, -p[0]), p[0])
                total += bounded * (error - bounded / 2)
            out[s] = total / outputs

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        np.subtract(a, t, out=out)
        np.maximum(out, -self.delta, out=out)
        np.minimum(out, self.delta, out=out)
        np.multiply(out, 1 / a.size, out=out)

    @staticmethod
    def gradient_loop(a: Array, t: Array, out: Array, p: Array) -> None:
        delta, share = p[0], 1 / len(a)
        for i in range(len(a)):
            error = a[i] - t[i]
            out[i] = share * (-delta if error < -delta else delta if error > delta else error)


def _over_outputs(errors: Array) -> Array:
    """The mean over the outputs of each sample, (outputs, samples) as (samples,)."""
    mean: Array = errors[0] if len(errors) == 1 else errors.mean(axis=0)
    return mean
