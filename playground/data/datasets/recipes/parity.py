"""Rows of bits, and whether the ones among them are odd in number."""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field

from playground.data.dataset import Recipe, Task
from playground.data.sample import Column, Floats, Targets, subscript
from playground.data.scaling import SymmetricMinMax
from playground.randomness import Source


class Parity(Recipe):
    title = "Parity"
    help = "Rows of 0 and 1, and whether the ones are odd in number; noise turns labels over."
    formula = "t = (b₁ + b₂ + … + bₙ) mod 2"
    advice = "Exclusive or of more than two: any bit changes the answer, so that no part of them is a hint."
    reference = "Minsky & Papert 1969."
    usual_scaling = SymmetricMinMax.usual()
    kind: Literal["parity"] = "parity"
    bits: int = Field(
        4,
        ge=2,
        le=12,
        title="Bits",
        description="How many there are in a row, 3 to 6 as a rule; more is harder.",
    )

    @property
    def task(self) -> Task:
        """Tell odd from even."""
        return Task("classification", ("even", "odd"))

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(f"b{subscript(number)}", low=0.0, high=1.0) for number in range(1, self.bits + 1))

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Bits (n, bits) and classes (n,)."""
        numbers = source.uniform((self.samples, self.bits + 1))
        bits = numbers[:, :-1] < 0.5
        turned = numbers[:, -1] < self.noise / 200
        return bits.astype(np.float64), (bits.sum(axis=1) + turned) % 2
