"""The softmax, which couples the neurons of a layer: their values are shares of one whole."""

from __future__ import annotations

from typing import Literal

import numpy as np

from playground.engine.activations.base import Activation, Properties, Saturation
from playground.engine.arrays import ONE, Array


class Softmax(Activation):
    kind: Literal["softmax"] = "softmax"
    title = "Softmax"
    help = "eᶻ divided by its sum over the layer: positive shares that add up to 1."
    formula = "f(z)ⱼ = e^zⱼ / Σₖ e^zₖ"
    advice = "For the output of several classes, with cross-entropy."
    reference = "Bridle 1990."

    @property
    def properties(self) -> Properties:
        return Properties(range=(0, 1), saturation=Saturation.BOTH, steepest=0.25)

    @property
    def expressions(self) -> tuple[str, str]:
        return "exp(z - largest(z)) / total(exp(z - largest(z)))", ""

    def forward(self, z: Array, out: Array, work: Array) -> None:
        row = work[0]
        np.maximum.reduce(z, axis=0, out=row)
        np.subtract(z, row, out=out)
        np.exp(out, out=out)
        np.add.reduce(out, axis=0, out=row)
        np.divide(out, row, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        """The diagonal of the Jacobian, aⱼ(1 − aⱼ): how each share moves with its own net input."""
        np.subtract(ONE, a, out=out)
        np.multiply(out, a, out=out)

    def backward(self, z: Array, a: Array, gradient: Array, out: Array, work: Array) -> None:
        row = work[0]
        np.multiply(gradient, a, out=out)
        np.add.reduce(out, axis=0, out=row)
        np.subtract(gradient, row, out=out)
        np.multiply(out, a, out=out)

    @staticmethod
    def forward_loop(z: Array, a: Array, n: int) -> None:
        units = len(z) // n
        for s in range(n):
            largest = z[s]
            for u in range(1, units):
                largest = max(largest, z[u * n + s])
            total = z.dtype.type(0)
            for u in range(units):
                a[u * n + s] = np.exp(z[u * n + s] - largest)
                total += a[u * n + s]
            for u in range(units):
                a[u * n + s] /= total

    @staticmethod
    def backward_loop(a: Array, gradient: Array, out: Array, n: int) -> None:
        units = len(a) // n
        for s in range(n):
            mean = a.dtype.type(0)
            for u in range(units):
                mean += gradient[u * n + s] * a[u * n + s]
            for u in range(units):
                out[u * n + s] = a[u * n + s] * (gradient[u * n + s] - mean)
