"""Regularizers: a price on large weights, never on biases.

`w` and `g` are the flat vectors of parameters and gradients; `mask` is 1 where a parameter is a weight and
0 elsewhere; `rows` are the weights of each layer as views of shape (units, inputs) into w, a row a neuron.
A regularizer may act on the gradient before the optimizer's update, on the parameters after it, or both;
the class says which, so that a step calls only what there is.
"""

from __future__ import annotations

import math
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, norm, square_sum
from playground.value import Kind, Logarithmic, Titles, Typical

Strength = Annotated[float, Logarithmic(1e-5), Typical(1e-5, 10)]
Rows = tuple[Array, ...]

STRONGEST = 1e6
"""L1 and L2 may be as strong, and turned around, as links of TensorFlow Playground have them."""


class Regularizer(Kind):
    """A penalty on the weights; its base class is the one that charges nothing."""

    slots: ClassVar[tuple[str, ...]] = ()
    """Names of the arrays (like the parameters) it remembers between steps; they begin as ones."""

    acts_before_update: ClassVar[bool] = False
    acts_after_update: ClassVar[bool] = False

    @property
    def written(self) -> tuple[str, str]:
        """What it does with a weight w and its gradient g before and after the update, written out.

        See `calculation`; "" for what cannot be written so.
        """
        return "", ""

    def penalty(self, w: Array, mask: Array) -> float:
        """What is charged for these weights; shown beside the loss."""
        return 0.0

    def slope(self, w: Array, mask: Array) -> Array:
        """The gradient of what is charged, however it acts in training."""
        return np.zeros_like(w)

    def before_update(self, w: Array, g: Array, mask: Array, state: tuple[Array, ...], work: Array) -> None:
        """Add the penalty's gradient to g."""

    def after_update(
        self, w: Array, rate: float, mask: Array, rows: Rows, state: tuple[Array, ...], work: Array
    ) -> None:
        """Change the updated parameters in place; `rate` is the learning rate of the update."""


class NoRegularizer(Regularizer):
    kind: Literal["none"] = "none"
    title = "None"
    help = "No price on the weights."
    formula = "E = L"
    advice = "While the loss on the test data falls along with that on the training data."


class L2(Regularizer):
    kind: Literal["l2"] = "l2"
    title = "L2"
    help = "Pulls every weight towards zero in proportion to its size."
    formula = "E = L + λ·½Σw²,   g ← g + λw"
    advice = "The usual remedy against overfitting: many small weights instead of a few large."
    reference = "Krogh & Hertz 1991."
    acts_before_update = True
    loop_fields = ("strength",)

    strength: Strength = Field(
        0.001,
        ge=-STRONGEST,
        le=STRONGEST,
        title="λ",
        description="Strength of the penalty; 0.0001 to 0.1 is usual; below 0 weights grow.",
    )

    @property
    def written(self) -> tuple[str, str]:
        return f"g + {self.strength} * w", ""

    def penalty(self, w: Array, mask: Array) -> float:
        return self.strength * 0.5 * square_sum(w * mask)

    def slope(self, w: Array, mask: Array) -> Array:
        return self.strength * w * mask

    def before_update(self, w: Array, g: Array, mask: Array, state: tuple[Array, ...], work: Array) -> None:
        np.multiply(w, mask, out=work)
        np.multiply(work, self.strength, out=work)
        np.add(g, work, out=g)

    @staticmethod
    def before_update_loop(w: Array, g: Array, mask: Array, p: Array) -> None:
        strength = w.dtype.type(p[0])
        for i in range(len(w)):
            g[i] += strength * w[i] * mask[i]


class L1(Regularizer):
    kind: Literal["l1"] = "l1"
    title = "L1"
    help = "Pulls every weight towards zero at the same speed, so that many of them vanish."
    formula = "E = L + λΣ|w|,   g ← g + λ sign(w)"
    advice = "To find out which inputs and neurons matter; choose proximal for weights of zero."
    reference = "Tibshirani 1996."
    slots = ("alive", "direction")
    acts_before_update = True
    acts_after_update = True
    loop_fields = ("strength", "method")

    strength: Strength = Field(
        0.001,
        ge=-STRONGEST,
        le=STRONGEST,
        title="λ",
        description="Strength of the penalty; 0.0001 to 0.1 is usual; below 0 weights grow.",
    )
    method: Annotated[
        Literal["subgradient", "proximal", "tf_playground"], Titles({"tf_playground": "TF Playground"})
    ] = Field(
        "subgradient",
        title="Method",
        description="Subgradient adds the sign; proximal takes rate · λ off and stops at 0; TF Playground's "
        "cuts what crosses 0 for good: it stays 0, or what is typed.",
    )

    @property
    def written(self) -> tuple[str, str]:
        return (f"g + {self.strength} * sign(w)" if self.method == "subgradient" else ""), ""

    def penalty(self, w: Array, mask: Array) -> float:
        return self.strength * float(np.dot(np.abs(w), mask))

    def slope(self, w: Array, mask: Array) -> Array:
        return self.strength * np.sign(w) * mask

    def before_update(self, w: Array, g: Array, mask: Array, state: tuple[Array, ...], work: Array) -> None:
        if self.method == "subgradient":
            np.sign(w, out=work)
            np.multiply(work, mask, out=work)
            np.multiply(work, self.strength, out=work)
            np.add(g, work, out=g)
        elif self.method == "tf_playground":
            alive, direction = state
            np.multiply(g, alive, out=g)
            np.sign(w, out=direction)
            np.multiply(direction, mask, out=direction)
            np.copyto(direction, w, where=alive == 0)

    @staticmethod
    def before_update_loop(w: Array, g: Array, mask: Array, slots: Array, p: Array) -> None:
        strength, method = p[0], p[1]
        if method == 0:
            for i in range(len(w)):
                g[i] += strength * np.sign(w[i]) * mask[i]
        elif method == 2:
            alive, direction = slots[0], slots[1]
            for i in range(len(w)):
                g[i] *= alive[i]
                direction[i] = w[i] if alive[i] == 0 else np.sign(w[i]) * mask[i]

    def after_update(
        self, w: Array, rate: float, mask: Array, rows: Rows, state: tuple[Array, ...], work: Array
    ) -> None:
        if self.method == "proximal":
            _soften(w, rate * self.strength, mask, work)
        elif self.method == "tf_playground":
            alive, direction = state
            _cut(w, rate * self.strength, alive, direction, work)

    @staticmethod
    def after_update_loop(w: Array, rate: float, mask: Array, slots: Array, p: Array) -> None:
        threshold, method = rate * p[0], p[1]
        if method == 1:
            for i in range(len(w)):
                taken = min(max(w[i], -threshold), threshold) if threshold >= 0 else threshold * np.sign(w[i])
                w[i] -= taken * mask[i]
        elif method == 2:
            _cut_loop(w, threshold, slots[0], slots[1])


def _soften(w: Array, threshold: float, mask: Array, work: Array) -> None:
    """The soft threshold, sign(w)·max(|w| − threshold, 0): w less what of it lies within ± threshold.

    One below zero drives w away from zero, by as much.
    """
    if threshold < 0:
        np.sign(w, out=work)
        np.multiply(work, threshold, out=work)
    else:
        np.minimum(w, threshold, out=work)
        np.maximum(work, -threshold, out=work)
    np.multiply(work, mask, out=work)
    np.subtract(w, work, out=w)


def _cut(w: Array, distance: float, alive: Array, direction: Array, work: Array) -> None:
    """Move w by the distance against its direction; what would cross zero is zero and dead from then on.

    Where w is dead already, the direction is the value that it keeps, whatever the optimizer made of it.
    """
    dead = alive == 0
    np.copyto(w, direction, where=dead)
    np.multiply(direction, distance, out=direction)
    np.subtract(w, direction, out=direction)  # where the penalty would move w
    np.multiply(w, direction, out=work)
    np.greater_equal(work, 0, out=work)  # 0 where it would cross zero
    np.multiply(alive, work, out=alive)
    np.multiply(direction, alive, out=w, where=~dead)


def _cut_loop(w: Array, distance: float, alive: Array, direction: Array) -> None:
    for i in range(len(w)):
        kept = direction[i]
        value = kept if alive[i] == 0 else w[i]
        moved = value - kept * distance  # where the penalty would move it
        direction[i] = moved
        if alive[i] != 0:
            if value * moved < 0:  # it would cross zero
                alive[i] = 0
            w[i] = moved * alive[i]
        else:
            w[i] = kept


class ElasticNet(Regularizer):
    kind: Literal["elastic_net"] = "elastic_net"
    title = "Elastic net"
    help = "L1 and L2 together: few weights, and those small."
    formula = "E = L + λ₁Σ|w| + λ₂·½Σw²"
    advice = "Where inputs resemble each other: L1 alone would keep just one of them."
    reference = "Zou & Hastie 2005."
    acts_before_update = True
    loop_fields = ("l1", "l2")

    l1: Strength = Field(
        0.0005, ge=0, le=10, title="λ₁", description="Strength of the L1 part; 0.0001 to 0.1 is usual."
    )
    l2: Strength = Field(
        0.0005, ge=0, le=10, title="λ₂", description="Strength of the L2 part; 0.0001 to 0.1 is usual."
    )

    @property
    def written(self) -> tuple[str, str]:
        return f"g + {self.l1} * sign(w) + {self.l2} * w", ""

    def penalty(self, w: Array, mask: Array) -> float:
        weights = w * mask
        return self.l1 * float(np.abs(weights).sum()) + self.l2 * 0.5 * square_sum(weights)

    def slope(self, w: Array, mask: Array) -> Array:
        return (self.l1 * np.sign(w) + self.l2 * w) * mask

    def before_update(self, w: Array, g: Array, mask: Array, state: tuple[Array, ...], work: Array) -> None:
        np.sign(w, out=work)
        np.multiply(work, mask, out=work)
        np.multiply(work, self.l1, out=work)
        np.add(g, work, out=g)
        np.multiply(w, mask, out=work)
        np.multiply(work, self.l2, out=work)
        np.add(g, work, out=g)

    @staticmethod
    def before_update_loop(w: Array, g: Array, mask: Array, p: Array) -> None:
        for i in range(len(w)):
            g[i] += (p[0] * np.sign(w[i]) + p[1] * w[i]) * mask[i]


class WeightDecay(Regularizer):
    """The price shown is that of L2, whose gradient it follows; adaptive optimizers do not rescale it."""

    kind: Literal["weight_decay"] = "weight_decay"
    title = "Weight decay"
    help = "Takes the same share off every weight after each update, whatever the optimizer."
    formula = "w ← w − ηλw after the update"
    advice = "Instead of L2 with Adam and its like, which then treat all weights alike."
    reference = "Hanson & Pratt 1988."
    acts_after_update = True
    loop_fields = ("strength",)

    strength: Strength = Field(
        0.01, ge=0, le=10, title="λ", description="Share taken off, times the rate; 0.001 to 0.1 is usual."
    )

    @property
    def written(self) -> tuple[str, str]:
        return "", f"w - eta * {self.strength} * w"

    def penalty(self, w: Array, mask: Array) -> float:
        return self.strength * 0.5 * square_sum(w * mask)

    def slope(self, w: Array, mask: Array) -> Array:
        return self.strength * w * mask

    def after_update(
        self, w: Array, rate: float, mask: Array, rows: Rows, state: tuple[Array, ...], work: Array
    ) -> None:
        np.multiply(w, mask, out=work)
        np.multiply(work, rate * self.strength, out=work)
        np.subtract(w, work, out=w)

    @staticmethod
    def after_update_loop(w: Array, rate: float, mask: Array, p: Array) -> None:
        for i in range(len(w)):
            w[i] -= rate * p[0] * w[i] * mask[i]


class MaxNorm(Regularizer):
    """It is a bound and not a price, so that its penalty is zero."""

    kind: Literal["max_norm"] = "max_norm"
    title = "Max-norm"
    help = "Shortens the weights of a neuron that are longer, together, than a limit."
    formula = "w ← w · min(1, c/‖w‖) for each neuron, after the update"
    advice = "With dropout and large learning rates: weights cannot grow without bound."
    reference = "Srebro et al. 2005."
    acts_after_update = True
    loop_fields = ("limit",)

    limit: Annotated[float, Logarithmic(1e-2), Typical(0.1, 10)] = Field(
        3.0, gt=0, le=1000, title="c", description="Greatest length of a neuron's weights; 3 to 4 is usual."
    )

    def after_update(
        self, w: Array, rate: float, mask: Array, rows: Rows, state: tuple[Array, ...], work: Array
    ) -> None:
        for weights in rows:
            factors = work[: len(weights)]
            np.vecdot(weights, weights, out=factors)
            np.sqrt(factors, out=factors)
            if np.maximum.reduce(factors) == np.inf:  # squares that overflowed
                np.copyto(factors, [min(norm(row), np.finfo(row.dtype).max) for row in weights])
            np.maximum(factors, self.limit, out=factors)
            np.divide(self.limit, factors, out=factors)  # exactly 1 for what is short enough
            np.multiply(weights, factors[:, None], out=weights)

    @staticmethod
    def after_update_loop(w: Array, rows: Array, p: Array) -> None:
        for start, length in rows:
            squares = 0.0
            for i in range(start, start + length):
                squares += float(w[i]) * float(w[i])
            size = math.sqrt(squares)
            if size > p[0]:
                for i in range(start, start + length):
                    w[i] *= p[0] / size
