"""Gradient clipping: a bound on the gradient, against single steps that are far too long."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, norm
from playground.value import Kind, Logarithmic

LEAST_FACTOR = 1e-30
"""A smaller factor may be 0 in single precision; its root is not."""


class Clipping(Kind):
    """What is done to a gradient that is too large, the penalty's part included."""

    @property
    def written(self) -> str:
        """What it does with each number of the gradient g, written out; "" where it hangs on all."""
        return ""

    def clip(self, g: Array) -> None:
        """Bound the gradient in place."""


class NoClipping(Clipping):
    kind: Literal["none"] = "none"
    title = "None"
    help = "The gradient stays as it is."
    formula = "g ← g"
    advice = "For most networks here."


class ClipByValue(Clipping):
    kind: Literal["by_value"] = "by_value"
    title = "By value"
    help = "Every number of the gradient is cut off at ± a limit, which may turn its direction."
    formula = "gᵢ ← max(−c, min(gᵢ, c))"
    advice = "Where single weights get wild gradients."
    reference = "Mikolov 2012."
    loop_fields = ("limit",)

    limit: Annotated[float, Logarithmic(1e-3)] = Field(
        1.0, gt=0, le=1000, title="Limit", description="The largest size of a number; 0.1 to 5 is usual."
    )

    @property
    def written(self) -> str:
        return f"clip(g, -{self.limit}, {self.limit})"

    def clip(self, g: Array) -> None:
        np.minimum(g, self.limit, out=g)
        np.maximum(g, -self.limit, out=g)

    @staticmethod
    def clip_loop(g: Array, p: Array) -> None:
        limit = p[0]
        for i in range(len(g)):
            g[i] = -limit if g[i] < -limit else limit if g[i] > limit else g[i]


class ClipByNorm(Clipping):
    kind: Literal["by_norm"] = "by_norm"
    title = "By global norm"
    help = "A gradient longer than a limit is shortened to it, its direction kept."
    formula = "g ← g · min(1, c / ‖g‖)"
    advice = "The usual remedy where gradients explode."
    reference = "Pascanu et al. 2013."
    loop_fields = ("limit",)

    limit: Annotated[float, Logarithmic(1e-3)] = Field(
        1.0,
        gt=0,
        le=1000,
        title="Limit",
        description="The greatest length of a gradient; 0.5 to 5.",
    )

    def clip(self, g: Array) -> None:
        length = norm(g)
        if length > self.limit:
            factor = self.limit / length
            parts = [factor] if factor > LEAST_FACTOR else [math.sqrt(factor)] * 2
            for part in parts:
                np.multiply(g, part, out=g)

    @staticmethod
    def clip_loop(g: Array, p: Array) -> None:
        largest = 0.0
        for i in range(len(g)):
            largest = max(largest, abs(g[i]))
        squares = 0.0
        for i in range(len(g)):
            share = g[i] / largest if largest else 0.0
            squares += share * share
        length = largest * math.sqrt(squares)
        if length > p[0]:
            for i in range(len(g)):
                g[i] = g[i] / length * p[0]
