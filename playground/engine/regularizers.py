"""Regularizers: a price on large weights, never on biases.

`w` and `g` are the flat vectors of parameters and gradients; `mask` is 1 where a parameter is a weight and
0 elsewhere.  A regularizer may act on the gradient before the optimizer's update, on the parameters after
it, or both; the class says which, so that a step calls only what there is.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.value import Kind, Logarithmic


class Regularizer(Kind):
    """A penalty on the weights; its base class is the one that charges nothing."""

    slots: ClassVar[tuple[str, ...]] = ()
    """Names of the arrays (like the parameters) it remembers between steps; they begin as ones."""

    acts_before_update: ClassVar[bool] = False
    acts_after_update: ClassVar[bool] = False

    def penalty(self, w: Array, mask: Array) -> float:
        """What is charged for these weights; shown beside the loss."""
        return 0.0

    def before_update(self, w: Array, g: Array, mask: Array, state: tuple[Array, ...], work: Array) -> None:
        """Add the penalty's gradient to g."""

    def after_update(self, w: Array, rate: float, mask: Array, state: tuple[Array, ...], work: Array) -> None:
        """Change the updated parameters in place."""


class NoRegularizer(Regularizer):
    """No price on the weights."""

    kind: Literal["none"] = "none"
    title: ClassVar[str] = "None"


class L2(Regularizer):
    """λ·½Σw²: pulls every weight towards zero in proportion to its size (weight decay)."""

    kind: Literal["l2"] = "l2"
    title: ClassVar[str] = "L2 (weight decay)"
    acts_before_update: ClassVar[bool] = True

    strength: Annotated[float, Logarithmic(1e-5)] = Field(
        0.001, ge=0, le=10, title="λ", description="Strength of the penalty; 0.0001 to 0.1 is usual."
    )

    def penalty(self, w: Array, mask: Array) -> float:
        return self.strength * 0.5 * float(np.dot(w * mask, w))

    def before_update(self, w: Array, g: Array, mask: Array, state: tuple[Array, ...], work: Array) -> None:
        np.multiply(w, mask, out=work)
        np.multiply(work, self.strength, out=work)
        np.add(g, work, out=g)


class L1(Regularizer):
    """λΣ|w|: pulls every weight towards zero at the same speed, which makes many of them vanish."""

    kind: Literal["l1"] = "l1"
    title: ClassVar[str] = "L1"
    slots: ClassVar[tuple[str, ...]] = ("alive", "direction")
    acts_before_update: ClassVar[bool] = True
    acts_after_update: ClassVar[bool] = True

    strength: Annotated[float, Logarithmic(1e-5)] = Field(
        0.001, ge=0, le=10, title="λ", description="Strength of the penalty; 0.0001 to 0.1 is usual."
    )
    method: Literal["subgradient", "tf_playground"] = Field(
        "subgradient",
        title="Method",
        description="Subgradient adds the sign; TF Playground's cuts a weight for good when it crosses zero.",
    )

    def penalty(self, w: Array, mask: Array) -> float:
        return self.strength * float(np.dot(np.abs(w), mask))

    def before_update(self, w: Array, g: Array, mask: Array, state: tuple[Array, ...], work: Array) -> None:
        if self.method == "subgradient":
            np.sign(w, out=work)
            np.multiply(work, mask, out=work)
            np.multiply(work, self.strength, out=work)
            np.add(g, work, out=g)
        else:
            alive, direction = state
            np.multiply(g, alive, out=g)
            np.sign(w, out=direction)
            np.multiply(direction, mask, out=direction)

    def after_update(self, w: Array, rate: float, mask: Array, state: tuple[Array, ...], work: Array) -> None:
        if self.method == "subgradient":
            return
        alive, direction = state
        np.multiply(direction, rate * self.strength, out=direction)
        np.subtract(w, direction, out=direction)  # where the penalty would move w
        np.multiply(w, direction, out=work)
        np.greater_equal(work, 0, out=work)  # 0 where it would cross zero
        np.multiply(alive, work, out=alive)
        np.multiply(direction, alive, out=w)


class ElasticNet(Regularizer):
    """L1 and L2 together: λ₁Σ|w| + λ₂·½Σw².  Zou & Hastie 2005."""

    kind: Literal["elastic_net"] = "elastic_net"
    title: ClassVar[str] = "Elastic net"
    acts_before_update: ClassVar[bool] = True

    l1: Annotated[float, Logarithmic(1e-5)] = Field(
        0.0005, ge=0, le=10, title="λ₁", description="Strength of the L1 part; 0.0001 to 0.1 is usual."
    )
    l2: Annotated[float, Logarithmic(1e-5)] = Field(
        0.0005, ge=0, le=10, title="λ₂", description="Strength of the L2 part; 0.0001 to 0.1 is usual."
    )

    def penalty(self, w: Array, mask: Array) -> float:
        weights = w * mask
        return self.l1 * float(np.abs(weights).sum()) + self.l2 * 0.5 * float(np.dot(weights, w))

    def before_update(self, w: Array, g: Array, mask: Array, state: tuple[Array, ...], work: Array) -> None:
        np.sign(w, out=work)
        np.multiply(work, mask, out=work)
        np.multiply(work, self.l1, out=work)
        np.add(g, work, out=g)
        np.multiply(w, mask, out=work)
        np.multiply(work, self.l2, out=work)
        np.add(g, work, out=g)
