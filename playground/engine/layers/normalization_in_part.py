"""Batch norm over rows of which some places are not there: means are of those that are."""

from __future__ import annotations

from functools import partial

import numpy as np

from playground.engine.arrays import Array
from playground.engine.layers.base import Operations, Wires


class NormalizedInPart:
    """The operations of batch norm on values (channels, places · samples), as in `BatchNorm`.

    Attributes:
        there: (places · samples,), 0 where none is.
    """

    def __init__(self, wires: Wires, there: Array, momentum: float, epsilon: float) -> None:
        self._wires, self._there, self._momentum, self._epsilon = wires, there, momentum, epsilon
        self._x, self._y = wires.inputs[0].values, wires.output.values
        self._normal = np.empty_like(self._y)
        self._mean, self._deviation = (np.empty_like(self._y[:, :1]) for _ in range(2))
        self._count = 0.0
        """Of how many places the batch was measured; 0 where it was not."""

    def bind(self) -> Operations:
        """Forward and backward."""
        if self._wires.output_gradient is None:
            return Operations([self.forward], [])
        return Operations([self.forward], [partial(self.backward, self._wires.output_gradient.values)])

    def forward(self) -> None:
        """Bring the places that are there to mean 0, variance 1, and all to β at least."""
        count = float(self._there.sum(dtype=np.float64))
        self._count = count if self._wires.training and count > 1 else 0.0
        center = self._measure if self._count else self._recall
        center()
        gamma, beta = (self._wires.parameters[name].reshape(-1, 1) for name in ("gamma", "beta"))
        np.divide(self._normal, self._deviation, out=self._normal)
        np.multiply(self._normal, gamma, out=self._y)
        np.add(self._y, beta, out=self._y)

    def _center(self) -> None:
        np.subtract(self._x, self._mean, out=self._normal)
        np.multiply(self._normal, self._there, out=self._normal)

    def _recall(self) -> None:
        """Take mean and deviation as they were on average."""
        np.copyto(self._mean[:, 0], self._wires.state["running_mean"])
        np.add(self._wires.state["running_variance"], self._epsilon, out=self._deviation[:, 0])
        np.sqrt(self._deviation, out=self._deviation)
        self._center()

    def _measure(self) -> None:
        """Take those of the batch, which also move the running averages."""
        mean, variance = self._mean[:, 0], self._deviation[:, 0]
        np.dot(self._x, self._there, out=mean)
        np.multiply(mean, 1 / self._count, out=mean)
        self._center()
        np.vecdot(self._normal, self._normal, out=variance)
        self._move("running_mean", mean)
        self._move("running_variance", variance / (self._count - 1))
        np.multiply(variance, 1 / self._count, out=variance)
        np.add(variance, self._epsilon, out=variance)
        np.sqrt(variance, out=variance)

    def _move(self, name: str, found: Array) -> None:
        running = self._wires.state[name]
        running *= self._momentum
        running += (1 - self._momentum) * found

    def backward(self, gradient: Array) -> None:
        """The slopes of `BatchNorm`, of the places that are there."""
        of_gamma, of_beta = (self._wires.gradients[name] for name in ("gamma", "beta"))
        np.add.reduce(gradient, axis=1, out=of_beta)
        np.vecdot(gradient, self._normal, out=of_gamma)
        if (upstream := self._wires.input_gradients[0]) is None:
            return
        dx = upstream.values
        np.multiply(gradient, self._there, out=dx)
        if self._count:
            shares = np.dot(gradient, self._there) / self._count
            np.subtract(dx, self._normal * (of_gamma / self._count).reshape(-1, 1), out=dx)
            np.subtract(dx, shares.reshape(-1, 1), out=dx)
            np.multiply(dx, self._there, out=dx)
        np.multiply(dx, self._wires.parameters["gamma"].reshape(-1, 1) / self._deviation, out=dx)
