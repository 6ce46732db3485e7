"""Smooth functions that are nearly straight on the right, and the sine."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, partial
from typing import Literal

import numpy as np
from pydantic import Field

from playground.engine.activations.base import Activation, ActivationWires, Properties, Saturation
from playground.engine.activations.rectifiers import sum_over
from playground.engine.activations.sigmoids import Sigmoid
from playground.engine.arrays import ONE, ZERO, Array, Operation
from playground.engine.loops import LoopRow, Place
from playground.engine.parameter import Parameter, constant

SIGMOID = Sigmoid.usual()
ROOT_OF_TWO, ROOT_OF_TWO_PI = math.sqrt(2), math.sqrt(2 * math.pi)


@cache
def _normal_share() -> Callable[..., Array]:
    """Φ, the share of the normal distribution below a number; SciPy is loaded only where it is wanted."""
    from scipy.special import ndtr

    function: Callable[..., Array] = ndtr
    return function


class Softplus(Activation):
    kind: Literal["softplus"] = "softplus"
    title = "Softplus"
    help = "log(1 + eᶻ): a smooth ReLU, whose slope is the sigmoid."
    formula = "f(z) = log(1 + eᶻ),   f′ = σ(z)"
    advice = "Where outputs must be positive, such as a spread."
    reference = "Dugas et al. 2001."

    @property
    def properties(self) -> Properties:
        return Properties(range=(0, np.inf), saturation=Saturation.LEFT)

    @property
    def expressions(self) -> tuple[str, str]:
        return "softplus(z)", "sigmoid(z)"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.logaddexp(z, ZERO, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        SIGMOID.forward(z, out, work)

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        for i in range(len(z)):
            a[i] = max(z[i], 0.0) + np.log1p(np.exp(-abs(z[i])))

    @staticmethod
    def derivative_loop(z: Array, out: Array) -> None:
        for i in range(len(z)):
            out[i] = 1.0 / (1.0 + np.exp(-z[i]))


def swish_loop(v: Array, at: Place) -> None:
    """Z σ(βz), with σ(βz) kept for the way back."""
    size, beta, one = at[4], v[at[3]], v.dtype.type(1)
    z, a, share = v[at[0] : at[0] + size], v[at[1] : at[1] + size], v[at[2] : at[2] + size]
    for i in range(size):
        share[i] = one / (one + np.exp(-beta * z[i]))
        a[i] = z[i] * share[i]


def swish_back_loop(v: Array, at: Place) -> None:
    """Its gradients, with respect to net inputs and to β: df/dβ = z² s (1 − s) = a (z − a)."""
    size, beta, one = at[7], v[at[5]], v.dtype.type(1)
    z, a, share = v[at[0] : at[0] + size], v[at[1] : at[1] + size], v[at[2] : at[2] + size]
    gradient, out, total = v[at[3] : at[3] + size], v[at[4] : at[4] + size], v.dtype.type(0)
    for i in range(size):
        total += gradient[i] * a[i] * (z[i] - a[i])
        out[i] = gradient[i] * share[i] * (one + beta * z[i] * (one - share[i]))
    v[at[6]] = total


class Swish(Activation):
    kind: Literal["swish"] = "swish"
    title = "Swish"
    help = "z σ(βz): a smooth ReLU that dips below zero; β may be learned."
    formula = "f(z) = z σ(βz)"
    advice = "Instead of ReLU in deep networks.  With β = 1 it is also called SiLU."
    reference = "Ramachandran et al. 2017."
    loop_fields = ("beta",)
    loops = (swish_loop, swish_back_loop)

    beta: float = Field(
        1.0, gt=0, le=10, title="β", description="How sharply it bends; 1 is usual, large is nearly ReLU."
    )
    learn: bool = Field(False, title="Learn β", description="Let training change β, one for the layer.")

    @property
    def properties(self) -> Properties:
        lowest = -0.2784645427610738 / self.beta  # where 1 + e^u + u e^u... = 0 for β = 1, found numerically
        return Properties(
            range=(lowest, np.inf),
            saturation=Saturation.LEFT,
            monotonic=False,
            steepest=1.0998393201288672,
        )

    def learned(self, units: int) -> tuple[Parameter, ...]:
        return (constant("beta", 1, self.beta),) if self.learn else ()

    @property
    def expressions(self) -> tuple[str, str]:
        bent = "beta * z" if self.learn else "z" if self.beta == 1 else f"{self.beta} * z"
        share = f"sigmoid({bent})"
        return f"z * {share}", f"{share} * (1 + {bent} * (1 - {share}))"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.multiply(z, self.beta, out=work)
        SIGMOID.forward(work, out, work)
        np.multiply(out, z, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.multiply(z, self.beta, out=work)
        SIGMOID.forward(work, out, work)
        _swish_slope(z, out, self.beta, out, work)

    @staticmethod
    def forward_loop(z: Array, a: Array, p: Array) -> None:
        for i in range(len(z)):
            a[i] = z[i] / (1.0 + np.exp(-p[0] * z[i]))

    @staticmethod
    def derivative_loop(z: Array, out: Array, p: Array) -> None:
        for i in range(len(z)):
            share = 1.0 / (1.0 + np.exp(-p[0] * z[i]))
            out[i] = share + p[0] * z[i] * share * (1.0 - share)

    def bind(self, wires: ActivationWires) -> tuple[list[Operation], list[Operation]]:
        if not self.learn:
            return super().bind(wires)
        z, a, gradient, out = wires.flow
        beta, share, work = wires.learned["beta"], np.empty_like(z), np.empty_like(z)
        forward: list[Operation] = [
            partial(np.multiply, z, beta, work),
            partial(SIGMOID.forward, work, share, work),
            partial(np.multiply, share, z, a),
        ]
        if gradient is None or out is None:
            return forward, []
        backward: list[Operation] = [
            # df/dβ = z² s (1 − s) = a (z − a), with s = σ(βz) and a = z s
            partial(np.subtract, z, a, work),
            partial(np.multiply, work, a, work),
            partial(np.multiply, work, gradient, work),
            partial(sum_over, work, wires.learned_gradients["beta"]),
            partial(_swish_slope, z, share, beta, out, work),
            partial(np.multiply, out, gradient, out),
        ]
        return forward, backward

    def lower(self, wires: ActivationWires) -> tuple[list[LoopRow], list[LoopRow]]:
        if not self.learn:
            return super().lower(wires)
        z, a, gradient, out = wires.flow
        share, beta = np.empty_like(z), wires.learned["beta"]
        forward = [LoopRow(swish_loop, (z, a, share, beta), (z.size,))]
        if gradient is None or out is None:
            return forward, []
        arrays = z, a, share, gradient, out, beta, wires.learned_gradients["beta"]
        return forward, [LoopRow(swish_back_loop, arrays, (z.size,))]


def _swish_slope(z: Array, share: Array, beta: Array | float, out: Array, work: Array) -> None:
    """Write s + βz s (1 − s), for s = σ(βz), into `out` (which may be s itself)."""
    np.subtract(ONE, share, out=work)
    np.multiply(work, beta, out=work)
    np.multiply(work, z, out=work)
    np.add(work, ONE, out=work)
    np.multiply(share, work, out=out)


class Gelu(Activation):
    kind: Literal["gelu"] = "gelu"
    title = "GELU"
    help = "z times the share of a normal distribution below z: a smooth ReLU."
    formula = "f(z) = z Φ((z − μ)/σ), Φ the normal distribution"
    advice = "The usual choice in transformers; smooth where ReLU has its kink."
    reference = "Hendrycks & Gimpel 2016."
    loop_fields = ("mu", "sigma")

    mu: float = Field(0.0, ge=-5, le=5, title="μ", description="Middle of the distribution; 0 is usual.")
    sigma: float = Field(1.0, gt=0, le=10, title="σ", description="Width of the distribution; 1 is usual.")

    @property
    def properties(self) -> Properties:
        z = np.linspace(self.mu - 40 * self.sigma, self.mu, 400_001)
        top = (self.mu + math.sqrt(self.mu**2 + 8 * self.sigma**2)) / 2  # where f″ = 0, right of the middle
        return Properties(
            range=(float(self(z).min()), np.inf),
            saturation=Saturation.LEFT,
            monotonic=False,
            steepest=float(self.slope(np.array([top]))[0]),
        )

    @property
    def expressions(self) -> tuple[str, str]:
        u = "z" if (self.mu, self.sigma) == (0, 1) else f"((z - {self.mu}) / {self.sigma})"
        density = f"exp(-0.5 * {u}**2) / {self.sigma * math.sqrt(2 * math.pi)}"
        return f"z * normal({u})", f"normal({u}) + z * {density}"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        self._standardize(z, work)
        _normal_share()(work, out=out)
        np.multiply(out, z, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        self._standardize(z, work)
        _normal_share()(work, out=out)
        np.multiply(work, work, out=work)
        np.multiply(work, -0.5, out=work)
        np.exp(work, out=work)
        np.multiply(work, 1 / (self.sigma * math.sqrt(2 * math.pi)), out=work)  # the density at z
        np.multiply(work, z, out=work)
        np.add(out, work, out=out)

    @staticmethod
    def forward_loop(z: Array, a: Array, p: Array) -> None:
        mu, sigma = p[0], p[1]
        for i in range(len(z)):
            a[i] = z[i] * 0.5 * math.erfc((mu - z[i]) / (sigma * ROOT_OF_TWO))

    @staticmethod
    def derivative_loop(z: Array, out: Array, p: Array) -> None:
        mu, sigma = p[0], p[1]
        for i in range(len(z)):
            u = (z[i] - mu) / sigma
            density = np.exp(-0.5 * u * u) / (sigma * ROOT_OF_TWO_PI)
            out[i] = 0.5 * math.erfc(-u / ROOT_OF_TWO) + z[i] * density

    def _standardize(self, z: Array, out: Array) -> None:
        """Write (z − μ)/σ into `out`."""
        np.subtract(z, self.mu, out=out)
        np.multiply(out, 1 / self.sigma, out=out)


class Mish(Activation):
    kind: Literal["mish"] = "mish"
    title = "Mish"
    help = "z tanh(softplus z): smooth and dipping below zero, much like Swish."
    formula = "f(z) = z tanh(log(1 + eᶻ))"
    advice = "Instead of ReLU in deep networks; it costs more time than most."
    reference = "Misra 2019."

    @property
    def properties(self) -> Properties:
        return Properties(
            range=(-0.3088434130170535, np.inf),
            saturation=Saturation.LEFT,
            monotonic=False,
            steepest=1.0884981612511286,
        )

    @property
    def expressions(self) -> tuple[str, str]:
        gate = "tanh(softplus(z))"
        return f"z * {gate}", f"{gate} + z * sigmoid(z) * (1 - {gate}**2)"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        self._gate(z, out)
        np.multiply(out, z, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        SIGMOID.forward(z, out, work)
        np.multiply(out, z, out=out)
        self._gate(z, work)
        np.multiply(work, work, out=work)
        np.subtract(ONE, work, out=work)
        np.multiply(out, work, out=out)  # z σ(z) (1 − t²), with t the gate
        self._gate(z, work)
        np.add(out, work, out=out)

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        for i in range(len(z)):
            a[i] = z[i] * np.tanh(max(z[i], 0.0) + np.log1p(np.exp(-abs(z[i]))))

    @staticmethod
    def derivative_loop(z: Array, out: Array) -> None:
        for i in range(len(z)):
            gate = np.tanh(max(z[i], 0.0) + np.log1p(np.exp(-abs(z[i]))))
            out[i] = gate + z[i] / (1.0 + np.exp(-z[i])) * (1.0 - gate * gate)

    def _gate(self, z: Array, out: Array) -> None:
        """Write tanh(softplus z) into `out`."""
        np.logaddexp(z, ZERO, out=out)
        np.tanh(out, out=out)


class Sine(Activation):
    kind: Literal["sine"] = "sine"
    title = "Sine"
    help = "sin z: repeats for ever, which suits waves and fine detail."
    formula = "f(z) = sin z,   f′ = cos z"
    advice = "For signals and pictures.  Its many hills make for many local minima."
    reference = "Sitzmann et al. 2020."

    @property
    def properties(self) -> Properties:
        return Properties(range=(-1, 1), odd=True, monotonic=False)

    @property
    def expressions(self) -> tuple[str, str]:
        return "sin(z)", "cos(z)"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.sin(z, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.cos(z, out=out)

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        for i in range(len(z)):
            a[i] = np.sin(z[i])

    @staticmethod
    def derivative_loop(z: Array, out: Array) -> None:
        for i in range(len(z)):
            out[i] = np.cos(z[i])
