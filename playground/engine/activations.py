"""Activation functions: what a neuron makes of its net input.

Every method writes into arrays given to it and allocates nothing.  `z` is the net input and `a` the
activation, both `(units, samples)`; `out` and `work` have the same shape and overlap nothing else.  At a
kink the derivative is the one from the left.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation
from playground.value import Kind, Logarithmic


class Activation(Kind):
    """A function applied to every net input of a layer."""

    range: ClassVar[tuple[float, float]] = (-np.inf, np.inf)
    """The lowest and highest value it can give."""

    def forward(self, z: Array, out: Array, work: Array) -> None:
        """Write f(z) into `out`."""
        raise NotImplementedError

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        """Write f'(z) into `out`, given z and a = f(z)."""
        raise NotImplementedError

    def backward(self, z: Array, a: Array, gradient: Array, out: Array, work: Array) -> None:
        """Write the loss's gradient with respect to z into `out`, given the one with respect to a."""
        self.derivative(z, a, out, work)
        np.multiply(out, gradient, out=out)

    def bind(
        self, z: Array, a: Array, gradient: Array | None, out: Array | None
    ) -> tuple[list[Operation], list[Operation]]:
        """The operations forward (z to a) and backward (gradient to out; none when not asked for)."""
        work = np.empty_like(z)
        forward: list[Operation] = [partial(self.forward, z, a, work)]
        if gradient is None or out is None:
            return forward, []
        return forward, [partial(self.backward, z, a, gradient, out, work)]

    def __call__(self, z: Array) -> Array:
        """f(z) in a new array; for plots and tests."""
        out = np.empty_like(z)
        self.forward(z, out, np.empty_like(z))
        return out

    def slope(self, z: Array) -> Array:
        """f'(z) in a new array; for plots and tests."""
        out = np.empty_like(z)
        self.derivative(z, self(z), out, np.empty_like(z))
        return out


class Linear(Activation):
    """The net input itself; layers of it alone can only draw straight lines."""

    kind: Literal["linear"] = "linear"
    title: ClassVar[str] = "Linear"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.copyto(out, z)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        out.fill(1)


class Sigmoid(Activation):
    """1 / (1 + e⁻ᶻ): squeezes everything into 0 to 1, and learns slowly where it saturates."""

    kind: Literal["sigmoid"] = "sigmoid"
    title: ClassVar[str] = "Sigmoid"
    range: ClassVar[tuple[float, float]] = (0.0, 1.0)

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.negative(z, out=out)
        np.minimum(out, 88.0 if z.dtype == np.float32 else 709.0, out=out)  # e to a higher power overflows
        np.exp(out, out=out)
        np.add(out, 1, out=out)
        np.reciprocal(out, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.subtract(1, a, out=out)
        np.multiply(out, a, out=out)


class Tanh(Activation):
    """The hyperbolic tangent: like the sigmoid, but from −1 to 1 and centred on zero."""

    kind: Literal["tanh"] = "tanh"
    title: ClassVar[str] = "Tanh"
    range: ClassVar[tuple[float, float]] = (-1.0, 1.0)

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.tanh(z, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.multiply(a, a, out=out)
        np.subtract(1, out, out=out)


class Relu(Activation):
    """max(0, z): passes what is positive, blocks the rest; fast, and can die when always negative."""

    kind: Literal["relu"] = "relu"
    title: ClassVar[str] = "ReLU"
    range: ClassVar[tuple[float, float]] = (0.0, np.inf)

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.maximum(z, 0, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.greater(z, 0, out=out)


class LeakyRelu(Activation):
    """ReLU with a small slope γ on the left, so that a neuron never dies.  Maas et al. 2013."""

    kind: Literal["leaky_relu"] = "leaky_relu"
    title: ClassVar[str] = "Leaky ReLU"

    gamma: Annotated[float, Logarithmic(1e-3)] = Field(
        0.01, ge=0, le=1, title="γ", description="Slope where z is negative; 0.01 to 0.3 is usual."
    )

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.multiply(z, self.gamma, out=out)
        np.maximum(z, out, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.greater(z, 0, out=out)
        np.multiply(out, 1 - self.gamma, out=out)
        np.add(out, self.gamma, out=out)


class Softplus(Activation):
    """log(1 + eᶻ): a smooth ReLU, whose slope is the sigmoid.  Dugas et al. 2001."""

    kind: Literal["softplus"] = "softplus"
    title: ClassVar[str] = "Softplus"
    range: ClassVar[tuple[float, float]] = (0.0, np.inf)

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.logaddexp(z, 0, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        Sigmoid.forward(SIGMOID, z, out, work)


class Softmax(Activation):
    """eᶻ divided by its sum over the layer: positive shares that add up to 1; for the output of classes."""

    kind: Literal["softmax"] = "softmax"
    title: ClassVar[str] = "Softmax"
    range: ClassVar[tuple[float, float]] = (0.0, 1.0)

    def forward(self, z: Array, out: Array, work: Array) -> None:
        row = work[0]
        np.maximum.reduce(z, axis=0, out=row)
        np.subtract(z, row, out=out)
        np.exp(out, out=out)
        np.add.reduce(out, axis=0, out=row)
        np.divide(out, row, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        """The diagonal of the Jacobian, aⱼ(1 − aⱼ): how each share moves with its own net input."""
        np.subtract(1, a, out=out)
        np.multiply(out, a, out=out)

    def backward(self, z: Array, a: Array, gradient: Array, out: Array, work: Array) -> None:
        row = work[0]
        np.multiply(gradient, a, out=out)
        np.add.reduce(out, axis=0, out=row)
        np.subtract(gradient, row, out=out)
        np.multiply(out, a, out=out)


SIGMOID = Sigmoid()
