"""The straight line, the step, and the functions that squeeze everything between two limits."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from playground.engine.activations.base import Activation, Properties, Saturation
from playground.engine.arrays import ONE, Array

C3, C4, C5, C6, C7, C8, C9, C10, C11 = (1 / math.factorial(k) for k in range(3, 12))
"""The series of eʳ."""


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

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        for i in range(len(z)):
            a[i] = z[i]

    @staticmethod
    def derivative_loop(out: Array) -> None:
        for i in range(len(out)):
            out[i] = 1


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

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        for i in range(len(z)):
            a[i] = z[i] >= 0

    @staticmethod
    def derivative_loop(out: Array) -> None:
        for i in range(len(out)):
            out[i] = 0


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
        np.add(out, ONE, out=out)
        np.reciprocal(out, out=out)

    def derivative(self, z: Array, a: Array, out: Array, work: Array) -> None:
        np.subtract(ONE, a, out=out)
        np.multiply(out, a, out=out)

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        """With E = e^|z| − 1 by a series at |z| / 1024, then doubled; unlike libm's it is vectorized."""
        for i in range(len(z)):
            size = abs(z[i])
            r = (700.0 if size > 700.0 else size) * 0.0009765625
            high = ((((C11 * r + C10) * r + C9) * r + C8) * r + C7) * r + C6
            grown = (((((high * r + C5) * r + C4) * r + C3) * r + 0.5) * r + 1) * r
            for _ in range(10):
                grown = grown * (grown + 2)
            a[i] = (1.0 if z[i] < 0 else grown + 1) / (grown + 2)

    @staticmethod
    def forward_single_loop(z: Array, a: Array) -> None:
        one = z.dtype.type(1)
        for i in range(len(z)):
            a[i] = one / (one + np.exp(-z[i]))

    @staticmethod
    def derivative_loop(a: Array, out: Array) -> None:
        one = a.dtype.type(1)
        for i in range(len(a)):
            out[i] = a[i] * (one - a[i])


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
        np.subtract(ONE, out, out=out)

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        """E / (E + 2), E = e²ᶻ − 1 by a series at 2z / 128, then doubled; unlike libm's it is vectorized."""
        for i in range(len(z)):
            given = z[i]
            twice = 2.0 * abs(given)
            r = (40.0 if twice > 40.0 else twice) * 0.0078125
            high = ((((C11 * r + C10) * r + C9) * r + C8) * r + C7) * r + C6
            grown = (((((high * r + C5) * r + C4) * r + C3) * r + 0.5) * r + 1) * r
            for _ in range(7):
                grown = grown * (grown + 2)
            value = grown / (grown + 2)
            a[i] = -value if given < 0 else value

    @staticmethod
    def forward_single_loop(z: Array, a: Array) -> None:
        """To single precision, as odd over even polynomial: unlike libm's tanh it is vectorized.

        The coefficients are those of Eigen's `ptanh`.
        """
        t = z.dtype.type
        limit, a1, b0 = t(7.9988117), t(4.89352455891786e-03), t(4.89352518554385e-03)
        a3, a5, a7 = t(6.37261928875436e-04), t(1.48572235717979e-05), t(5.12229709037114e-08)
        a9, a11, a13 = t(-8.60467152213735e-11), t(2.00018790482477e-13), t(-2.76076847742355e-16)
        b2, b4, b6 = t(2.26843463243900e-03), t(1.18534705686654e-04), t(1.19825839466702e-06)
        for i in range(len(z)):
            given = z[i]
            bounded = -limit if given < -limit else given
            x = limit if bounded > limit else bounded
            q = x * x
            odd = ((((((a13 * q + a11) * q + a9) * q + a7) * q + a5) * q + a3) * q + a1) * x
            a[i] = odd / (((b6 * q + b4) * q + b2) * q + b0)

    @staticmethod
    def derivative_loop(a: Array, out: Array) -> None:
        one = a.dtype.type(1)
        for i in range(len(a)):
            out[i] = one - a[i] * a[i]


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

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        for i in range(len(z)):
            value = 0.25 * z[i] + 0.5
            a[i] = 0.0 if value < 0 else 1.0 if value > 1 else value

    @staticmethod
    def derivative_loop(z: Array, out: Array) -> None:
        for i in range(len(z)):
            out[i] = 0.25 if -2 < z[i] <= 2 else 0.0


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

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        for i in range(len(z)):
            a[i] = -1.0 if z[i] < -1 else 1.0 if z[i] > 1 else z[i]

    @staticmethod
    def derivative_loop(z: Array, out: Array) -> None:
        for i in range(len(z)):
            out[i] = 1.0 if -1 < z[i] <= 1 else 0.0


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

    @staticmethod
    def forward_loop(z: Array, a: Array) -> None:
        one = z.dtype.type(1)
        for i in range(len(z)):
            a[i] = z[i] / (one + abs(z[i]))

    @staticmethod
    def derivative_loop(a: Array, out: Array) -> None:
        one = a.dtype.type(1)
        for i in range(len(a)):
            rest = one - abs(a[i])
            out[i] = rest * rest


def _between(z: Array, low: float, high: float, out: Array, work: Array) -> None:
    """Write 1 where low < z ≤ high (at a kink the slope is the left one), else 0."""
    np.greater(z, low, out=out)
    np.less_equal(z, high, out=work)
    np.multiply(out, work, out=out)
