"""The straight line, the step, and the functions that squeeze everything between two limits."""

from __future__ import annotations

from typing import Literal

import numpy as np

from playground.engine.activations.base import Activation, Properties, Saturation
from playground.engine.arrays import Array


class Linear(Activation):
    kind: Literal["linear"] = "linear"
    title = "Linear"
    help = "The net input itself; layers of it alone can only draw straight lines."
    formula = "f(z) = z"
    advice = "For the output when numbers are predicted; in hidden layers it adds nothing."

    @property
    def properties(self) -> Properties:
        return Properties(odd=True)

    @property
    def expressions(self) -> tuple[str, str]:
        return "z", ""

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.copyto(out, z)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        out.fill(1)


class Step(Activation):
    kind: Literal["step"] = "step"
    title = "Step"
    help = "1 where z ≥ 0, else 0: the perceptron, which has no slope to learn by."
    formula = "f(z) = 1 if z ≥ 0, else 0"
    advice = "Only on the output and with the perceptron loss: its slope is 0 everywhere."
    reference = "Rosenblatt 1958."
    has_slope = False

    @property
    def properties(self) -> Properties:
        return Properties(range=(0, 1), saturation=Saturation.BOTH, kinks=(0.0,), steepest=0.0, can_die=True)

    @property
    def expressions(self) -> tuple[str, str]:
        return "(z >= 0)", ""

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.greater_equal(z, 0, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        out.fill(0)


class Sigmoid(Activation):
    kind: Literal["sigmoid"] = "sigmoid"
    title = "Sigmoid"
    help = "1 / (1 + e⁻ᶻ): squeezes everything into 0 to 1, and learns slowly where it saturates."
    formula = "f(z) = 1 / (1 + e⁻ᶻ),   f′ = f (1 − f)"
    advice = "For the output of two classes.  In deep hidden layers its gradients vanish."

    @property
    def properties(self) -> Properties:
        return Properties(range=(0, 1), saturation=Saturation.BOTH, steepest=0.25)

    @property
    def expressions(self) -> tuple[str, str]:
        return "sigmoid(z)", "a * (1 - a)"

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
    kind: Literal["tanh"] = "tanh"
    title = "Tanh"
    help = "The hyperbolic tangent: like the sigmoid, but from −1 to 1 and centred on zero."
    formula = "f(z) = tanh z = 2σ(2z) − 1,   f′ = 1 − f²"
    advice = "A good first choice in small networks: smooth, and centred on zero."

    @property
    def properties(self) -> Properties:
        return Properties(range=(-1, 1), odd=True, saturation=Saturation.BOTH)

    @property
    def expressions(self) -> tuple[str, str]:
        return "tanh(z)", "1 - a**2"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.tanh(z, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.multiply(a, a, out=out)
        np.subtract(1, out, out=out)


class HardSigmoid(Activation):
    kind: Literal["hard_sigmoid"] = "hard_sigmoid"
    title = "Hard sigmoid"
    help = "The sigmoid made of three straight pieces: cheap, and flat beyond ±2."
    formula = "f(z) = z/4 + ½, cut off at 0 and 1"
    advice = "Where computing must be cheap; a neuron beyond ±2 learns nothing."
    reference = "Courbariaux et al. 2015."

    @property
    def properties(self) -> Properties:
        return Properties(
            range=(0, 1), saturation=Saturation.BOTH, kinks=(-2.0, 2.0), steepest=0.25, can_die=True
        )

    @property
    def expressions(self) -> tuple[str, str]:
        return "clip(z / 4 + 0.5, 0, 1)", "(z > -2) * (z <= 2) / 4"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.multiply(z, 0.25, out=out)
        np.add(out, 0.5, out=out)
        np.maximum(out, 0, out=out)
        np.minimum(out, 1, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        _between(z, -2, 2, out, work)
        np.multiply(out, 0.25, out=out)


class HardTanh(Activation):
    kind: Literal["hard_tanh"] = "hard_tanh"
    title = "Hard tanh"
    help = "The net input cut off at ±1: tanh made of three straight pieces."
    formula = "f(z) = z, cut off at −1 and 1"
    advice = "Where computing must be cheap; a neuron beyond ±1 learns nothing."
    reference = "Collobert 2004."

    @property
    def properties(self) -> Properties:
        return Properties(
            range=(-1, 1), odd=True, saturation=Saturation.BOTH, kinks=(-1.0, 1.0), can_die=True
        )

    @property
    def expressions(self) -> tuple[str, str]:
        return "clip(z, -1, 1)", "(z > -1) * (z <= 1)"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.maximum(z, -1, out=out)
        np.minimum(out, 1, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        _between(z, -1, 1, out, work)


class Softsign(Activation):
    kind: Literal["softsign"] = "softsign"
    title = "Softsign"
    help = "z / (1 + |z|): like tanh, but it approaches its limits more slowly."
    formula = "f(z) = z / (1 + |z|),   f′ = (1 − |f|)²"
    advice = "Instead of tanh, where neurons saturate too soon."
    reference = "Bergstra et al. 2009."

    @property
    def properties(self) -> Properties:
        return Properties(range=(-1, 1), odd=True, saturation=Saturation.BOTH)

    @property
    def expressions(self) -> tuple[str, str]:
        return "z / (1 + abs(z))", "(1 - abs(a))**2"

    def forward(self, z: Array, out: Array, work: Array) -> None:
        np.abs(z, out=work)
        np.add(work, 1, out=work)
        np.divide(z, work, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.abs(a, out=out)
        np.subtract(1, out, out=out)
        np.multiply(out, out, out=out)


def _between(z: Array, low: float, high: float, out: Array, work: Array) -> None:
    """Write 1 where low < z ≤ high (at a kink the slope is the left one), else 0."""
    np.greater(z, low, out=out)
    np.less_equal(z, high, out=work)
    np.multiply(out, work, out=out)
