"""ReLU and its relatives: straight on the right, bent at zero."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.engine.activations.base import Activation, ActivationWires, Properties, Saturation
from playground.engine.arrays import ZERO, Array, Operation
from playground.engine.loops import LoopRow, Place
from playground.engine.parameter import Parameter, constant
from playground.value import Logarithmic

SELU_SCALE = 1.0507009873554804934193349852946
SELU_ALPHA = 1.6732632423543772848170429916717


class Relu(Activation):
    kind: Literal["relu"] = "relu"
    title = "ReLU"
    help = "max(0, z): passes what is positive and blocks the rest; fast."
    formula = "f(z) = max(0, z)"
    advice = "The usual choice in deep networks.  A neuron that is always negative is dead."
    reference = "Nair & Hinton 2010."

    @property
    def properties(self) -> Properties:
        return Properties(range=(0, np.inf), saturation=Saturation.LEFT, kinks=(0.0,), can_die=True)

    @property
    def expressions(self) -> tuple[str, str]:
        return "maximum(0, z)", "(z > 0)"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.maximum(z, ZERO, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.sign(a, out=out)  # a is never negative; a comparison would have to be converted

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        zero = z.dtype.type(0)
        for i in range(len(z)):
            a[i] = zero if z[i] < zero else z[i]

    @staticmethod
    def derivative_loop(a: Array, out: Array) -> None:
        zero, one = a.dtype.type(0), a.dtype.type(1)
        for i in range(len(a)):
            out[i] = one if a[i] > zero else a[i]  # a is never negative


class LeakyRelu(Activation):
    kind: Literal["leaky_relu"] = "leaky_relu"
    title = "Leaky ReLU"
    help = "ReLU with a small slope γ on the left, so that a neuron never dies."
    formula = "f(z) = max(0, z) + γ min(0, z)"
    advice = "Where ReLUs die."
    reference = "Maas et al. 2013."
    loop_fields = ("gamma",)

    gamma: Annotated[float, Logarithmic(1e-3)] = Field(
        0.01, ge=0, le=1, title="γ", description="Slope where z is negative; 0.01 to 0.3 is usual."
    )

    @property
    def properties(self) -> Properties:
        flat = self.gamma == 0
        return Properties(
            range=(0 if flat else -np.inf, np.inf),
            odd=self.gamma == 1,
            saturation=Saturation.LEFT if flat else Saturation.NONE,
            kinks=(0.0,) if self.gamma < 1 else (),
            can_die=flat,
        )

    @property
    def expressions(self) -> tuple[str, str]:
        g = self.gamma
        return f"maximum({g} * z, z)", f"(z > 0) + {g} * (z <= 0)"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.multiply(z, self.gamma, out=out)
        np.maximum(z, out, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.greater(z, ZERO, out=out)
        np.multiply(out, 1 - self.gamma, out=out)
        np.add(out, self.gamma, out=out)

    @staticmethod
    def forward_loop(z: Array, a: Array, p: Array) -> None:
        zero, gamma = z.dtype.type(0), z.dtype.type(p[0])
        for i in range(len(z)):
            a[i] = z[i] if z[i] > zero else gamma * z[i]

    @staticmethod
    def derivative_loop(z: Array, out: Array, p: Array) -> None:
        zero, one, gamma = z.dtype.type(0), z.dtype.type(1), z.dtype.type(p[0])
        for i in range(len(z)):
            out[i] = one if z[i] > zero else gamma


def prelu_loop(v: Array, at: Place, n: int) -> None:
    """PReLU with one slope for all (then `own` is 0), or one for each neuron."""
    units, own = at[3], at[4]
    for u in range(units):
        z, a = v[at[0] + u * n : at[0] + (u + 1) * n], v[at[1] + u * n : at[1] + (u + 1) * n]
        slope, zero = v[at[2] + u * own], v.dtype.type(0)
        for s in range(n):
            a[s] = z[s] if z[s] > zero else slope * z[s]


def prelu_back_loop(v: Array, at: Place, n: int) -> None:
    """Its gradients, with respect to net inputs and to slopes."""
    slopes, found, units, own = at[3], at[4], at[5], at[6]
    zero = v.dtype.type(0)
    v[found] = zero
    for u in range(units):
        z, out = v[at[0] + u * n : at[0] + (u + 1) * n], v[at[2] + u * n : at[2] + (u + 1) * n]
        gradient, slope, total = v[at[1] + u * n : at[1] + (u + 1) * n], v[slopes + u * own], zero
        for s in range(n):
            total += gradient[s] * (zero if z[s] > zero else z[s])
            out[s] = gradient[s] if z[s] > zero else slope * gradient[s]
        v[found + u * own] = total if own else v[found] + total


class PRelu(Activation):
    kind: Literal["prelu"] = "prelu"
    title = "PReLU"
    help = "Leaky ReLU whose slope on the left is learned."
    formula = "f(z) = max(0, z) + γ min(0, z), γ learned"
    advice = "Where the data should choose the slope; it costs a parameter a layer or neuron."
    reference = "He et al. 2015."
    loops = (prelu_loop, prelu_back_loop)

    gamma: float = Field(
        0.25, ge=-2, le=2, title="γ at first", description="The left slope before training; 0.25 is usual."
    )
    shared: bool = Field(True, title="Shared", description="One slope for the layer, or one for each neuron.")

    @property
    def properties(self) -> Properties:
        return Properties(
            range=(-np.inf, np.inf) if self.gamma > 0 else (0, np.inf),
            odd=self.gamma == 1,
            saturation=Saturation.NONE if self.gamma else Saturation.LEFT,
            monotonic=self.gamma >= 0,
            kinks=(0.0,) if self.gamma != 1 else (),
            steepest=max(1.0, self.gamma),
            can_die=self.gamma == 0,
        )

    def learned(self, units: int) -> tuple[Parameter, ...]:
        return (constant("gamma", 1 if self.shared else units, self.gamma),)

    @property
    def expressions(self) -> tuple[str, str]:
        return "maximum(0, z) + gamma * minimum(0, z)", "(z > 0) + gamma * (z <= 0)"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.minimum(z, ZERO, out=work)
        np.multiply(work, self.gamma, out=work)
        np.maximum(z, ZERO, out=out)
        np.add(out, work, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.greater(z, ZERO, out=out)
        np.multiply(out, 1 - self.gamma, out=out)
        np.add(out, self.gamma, out=out)

    def bind(self, wires: ActivationWires) -> tuple[list[Operation], list[Operation]]:
        z, a, gradient, out = wires.flow
        slope = wires.learned["gamma"].reshape(-1, 1)
        left, work = np.empty_like(z), np.empty_like(z)
        forward: list[Operation] = [
            partial(np.minimum, z, ZERO, out=left),
            partial(np.multiply, left, slope, work),
            partial(np.maximum, z, ZERO, out=a),
            partial(np.add, a, work, a),
        ]
        if gradient is None or out is None:
            return forward, []
        backward: list[Operation] = [
            partial(np.multiply, gradient, left, work),
            partial(sum_over, work, wires.learned_gradients["gamma"]),
            partial(np.greater, z, ZERO, work),
            partial(np.multiply, gradient, work, out),  # where z > 0
            partial(np.subtract, gradient, out, work),  # elsewhere
            partial(np.multiply, work, slope, work),
            partial(np.add, out, work, out),
        ]
        return forward, backward

    def lower(self, wires: ActivationWires) -> tuple[list[LoopRow], list[LoopRow]]:
        z, a, gradient, out = wires.flow
        slopes, sizes = wires.learned["gamma"], (len(z), 0 if self.shared else 1)
        forward = [LoopRow(prelu_loop, (z, a, slopes), sizes)]
        if gradient is None or out is None:
            return forward, []
        arrays = z, gradient, out, slopes, wires.learned_gradients["gamma"]
        return forward, [LoopRow(prelu_back_loop, arrays, sizes)]


class Elu(Activation):
    kind: Literal["elu"] = "elu"
    title = "ELU"
    help = "Like ReLU on the right, an exponential curve down to −γ on the left."
    formula = "f(z) = max(0, z) + min(0, γ(eᶻ − 1))"
    advice = "Where the mean activation should be near zero without batch norm."
    reference = "Clevert et al. 2015."
    loop_fields = ("gamma",)

    gamma: float = Field(
        1.0, gt=0, le=10, title="γ", description="The left side saturates at −γ; 1 is usual."
    )

    @property
    def properties(self) -> Properties:
        return Properties(
            range=(-self.gamma, np.inf),
            saturation=Saturation.LEFT,
            kinks=() if self.gamma == 1 else (0.0,),
            steepest=max(1.0, self.gamma),
        )

    @property
    def expressions(self) -> tuple[str, str]:
        return _elu_written(self.gamma)

    def forward(self, z: Array, out: Array, work: Array) -> None:
        _elu(z, self.gamma, out, work)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        _elu_slope(z, self.gamma, out, work)

    @staticmethod
    def forward_loop(z: Array, a: Array, p: Array) -> None:
        _elu_loop(z, a, p[0], 1.0)

    @staticmethod
    def derivative_loop(z: Array, out: Array, p: Array) -> None:
        _elu_slope_loop(z, out, p[0], 1.0)


class Selu(Activation):
    kind: Literal["selu"] = "selu"
    title = "SELU"
    help = "ELU scaled so that activations keep mean 0 and variance 1 by themselves."
    formula = "f(z) = λ(max(0, z) + min(0, α(eᶻ − 1))),   λ ≈ 1.0507, α ≈ 1.6733"
    advice = "In deep dense networks with LeCun-normal weights, instead of batch norm."
    reference = "Klambauer et al. 2017."

    @property
    def properties(self) -> Properties:
        lowest = SELU_SCALE * SELU_ALPHA
        return Properties(range=(-lowest, np.inf), saturation=Saturation.LEFT, kinks=(0.0,), steepest=lowest)

    @property
    def expressions(self) -> tuple[str, str]:
        value, slope = _elu_written(SELU_ALPHA)
        return f"{SELU_SCALE} * ({value})", f"{SELU_SCALE} * ({slope})"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        _elu(z, SELU_ALPHA, out, work)
        np.multiply(out, SELU_SCALE, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        _elu_slope(z, SELU_ALPHA, out, work)
        np.multiply(out, SELU_SCALE, out=out)

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        _elu_loop(z, a, SELU_ALPHA, SELU_SCALE)

    @staticmethod
    def derivative_loop(z: Array, out: Array) -> None:
        _elu_slope_loop(z, out, SELU_ALPHA, SELU_SCALE)


def _elu(z: Array, gamma: float, out: Array, work: Array) -> None:
    np.minimum(z, ZERO, out=work)
    np.expm1(work, out=work)
    np.multiply(work, gamma, out=work)
    np.maximum(z, ZERO, out=out)
    np.add(out, work, out=out)


def _elu_written(gamma: float) -> tuple[str, str]:
    value = f"maximum(0, z) + {gamma} * expm1(minimum(0, z))"
    return value, f"(z > 0) + {gamma} * exp(minimum(0, z)) * (z <= 0)"


def _elu_slope(z: Array, gamma: float, out: Array, work: Array) -> None:
    np.minimum(z, ZERO, out=work)
    np.exp(work, out=work)
    np.multiply(work, gamma, out=work)  # the slope on the left, and γ on the right
    np.greater(z, ZERO, out=out)
    np.multiply(out, 1 - gamma, out=out)  # what the right side lacks of 1
    np.add(out, work, out=out)


def _elu_loop(z: Array, a: Array, gamma: float, scale: float) -> None:
    for i in range(len(z)):
        a[i] = scale * (z[i] if z[i] > 0 else gamma * np.expm1(z[i]))


def _elu_slope_loop(z: Array, out: Array, gamma: float, scale: float) -> None:
    for i in range(len(z)):
        out[i] = scale * (1.0 if z[i] > 0 else gamma * np.exp(z[i]))


def sum_over(products: Array, out: Array) -> None:
    """Sum (units, samples) over the samples into (units,), or over everything into (1,)."""
    if len(out) == len(products):
        np.add.reduce(products, axis=1, out=out)
    else:
        out[0] = products.sum()
