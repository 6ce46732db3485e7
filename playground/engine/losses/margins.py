"""Losses by the side of the border that a sample is on: what is right enough costs nothing."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Linear, Step
from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.losses.base import Loss


class Hinge(Loss):
    """For C classes it is the sum over the wrong ones of max(0, 1 + zⱼ − z_t), Weston & Watkins 1999."""

    kind: Literal["hinge"] = "hinge"
    takes_shares = False
    title = "Hinge"
    help = "The margin loss of support vector machines: right by 1 costs nothing."
    formula = "L = mean max(0, 1 − t z), t = ±1;   C classes: mean Σ max(0, 1 + zⱼ − z_t)"
    advice = "For classes with a wide margin; its outputs are scores and not probabilities."
    reference = "Cortes & Vapnik 1995."
    activations = (Linear,)

    def lines(self, outputs: int) -> tuple[Equation, ...]:
        if outputs == 1:
            return (Equation("m", "t * a"), Equation("L", "total(maximum(1 - m, 0))"))
        margins = Equation("m", "(1 - t) * (1 + a - total(t * a))")
        return (margins, Equation("L", "total(maximum(m, 0))"))

    def slopes(self, outputs: int) -> tuple[Equation, ...]:
        if outputs == 1:
            return (Equation("d", "-t * (m < 1) / n"),)
        return (Equation("d", "((m > 0) - t * total((m > 0))) / n"),)

    def each(self, z: Array, a: Array, t: Array) -> Array:
        if len(a) == 1:
            margins: Array = np.maximum(1 - t[0] * a[0], 0)
        else:
            margins = (np.maximum(1 + a - (t * a).sum(axis=0), 0) * (1 - t)).sum(axis=0)
        return margins

    @staticmethod
    def each_loop(a: Array, t: Array, out: Array, n: int) -> None:
        outputs = len(a) // n
        for s in range(n):
            if outputs == 1:
                out[s] = max(1 - t[s] * a[s], 0)
                continue
            right = 0.0
            for u in range(outputs):
                right += t[u * n + s] * a[u * n + s]
            total = 0.0
            for u in range(outputs):
                total += max(1 + a[u * n + s] - right, 0) * (1 - t[u * n + s])
            out[s] = total

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        if len(a) == 1:
            np.multiply(t, a, out=work)
            np.less(work, 1, out=out)
            np.multiply(out, t, out=out)
            np.multiply(out, -1 / a.shape[1], out=out)
            return
        np.multiply(t, a, out=work)
        np.add.reduce(work, axis=0, out=out[0])
        np.subtract(a, out[0], out=work)
        np.greater(work, -1, out=work)  # which wrong classes come within the margin
        np.subtract(1, t, out=out)
        np.multiply(work, out, out=work)
        np.add.reduce(work, axis=0, out=out[0])
        count = out[0].reshape(1, -1)
        np.multiply(count, t[1:], out=out[1:])
        np.multiply(count, t[:1], out=out[:1])
        np.subtract(work, out, out=out)
        np.multiply(out, 1 / a.shape[1], out=out)

    @staticmethod
    def gradient_loop(a: Array, t: Array, out: Array, n: int) -> None:
        outputs = len(a) // n
        for s in range(n):
            if outputs == 1:
                out[s] = -t[s] / n if t[s] * a[s] < 1 else 0.0
                continue
            right = 0.0
            for u in range(outputs):
                right += t[u * n + s] * a[u * n + s]
            count = 0.0
            for u in range(outputs):
                out[u * n + s] = (1 - t[u * n + s]) if a[u * n + s] - right > -1 else 0.0
                count += out[u * n + s]
            for u in range(outputs):
                out[u * n + s] = (out[u * n + s] - count * t[u * n + s]) / n


class Perceptron(Loss):
    """A sample that is wrong, or just on the border, adds t times its inputs to the weights."""

    kind: Literal["perceptron"] = "perceptron"
    takes_shares = False
    title = "Perceptron"
    help = "How far on the wrong side a sample is; its gradient is the perceptron rule."
    formula = "L = mean max(0, −t z), t = ±1,   ∂L/∂z = −t / n where t z ≤ 0, else 0"
    advice = "To see the perceptron learn, with a step output.  It stops at the first fit."
    reference = "Rosenblatt 1958."
    from_logits = True
    activations = (Linear, Step)

    def suits(self, classes: int) -> bool:
        return classes == 2

    def code(self, targets: NDArray[np.generic], classes: int, low: float) -> Array:
        return super().code(targets, classes, -1.0)

    def lines(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("m", "t * z"), Equation("L", "total(maximum(-m, 0))"))

    def slopes(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("d", "-t * (m <= 0) / n"),)

    def each(self, z: Array, a: Array, t: Array) -> Array:
        short: Array = np.maximum(-t[0] * z[0], 0)
        return short

    @staticmethod
    def each_loop(z: Array, t: Array, out: Array) -> None:
        for i in range(len(z)):
            out[i] = max(-t[i] * z[i], 0)

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        np.multiply(t, z, out=work)
        np.less_equal(work, 0, out=out)
        np.multiply(out, t, out=out)
        np.multiply(out, -1 / z.shape[1], out=out)

    @staticmethod
    def gradient_loop(z: Array, t: Array, out: Array, n: int) -> None:
        for i in range(len(z)):
            out[i] = -t[i] / n if t[i] * z[i] <= 0 else 0.0


class ZeroOne(Loss):
    """One output says the second class where z ≥ 0; of several, the largest says the class."""

    kind: Literal["zero_one"] = "zero_one"
    takes_shares = False
    title = "0-1 loss"
    help = "1 where the class is wrong and 0 where it is right: what one wants to be small."
    formula = "L = share of samples in the wrong class = 1 − accuracy,   ∂L/∂z = 0"
    advice = "To compare, not to train: a small step changes no class, so its slope is 0."
    reference = "Wald 1950."
    from_logits = True
    trainable = False

    def lines(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("L"),)

    def slopes(self, outputs: int) -> tuple[Equation, ...]:
        return (Equation("d"),)

    def each(self, z: Array, a: Array, t: Array) -> Array:
        wrong = (z[0] >= 0) != (t[0] > 0) if len(z) == 1 else z.argmax(axis=0) != t.argmax(axis=0)
        return np.asarray(wrong, np.float64)

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        out.fill(0)
