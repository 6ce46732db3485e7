"""Points of the plane with a value each.

Plane and multi-Gauss are TensorFlow Playground's (Apache 2.0,
https://github.com/tensorflow/playground, dataset.ts), number for number in its order.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.data.dataset import Regression, SampleCount
from playground.data.datasets.recipes.drawing import OfPlane, square, square_within
from playground.data.formulas.checking import values_of
from playground.data.sample import PLANE, Floats, Targets
from playground.randomness import Source
from playground.value import Typical


class Plane(Regression):
    title = "Plane"
    help = "A tilted plane: the value grows steadily with x₁ + x₂; noise moves values, not points."
    formula = "t = (x₁ + x₂) / 10"
    advice = "For a first regression: one linear neuron solves it."
    kind: Literal["plane"] = "plane"
    samples: SampleCount = 1200

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and values (n,)."""
        points, moved = square(source, self.samples, self.noise)
        return points, moved.sum(axis=1) / 10


class MultiGauss(Regression):
    title = "Multi-Gaussian"
    help = "Six hills and hollows, cone-shaped, on level ground; noise moves values, not points."
    formula = "t = Σ ± max(0, 1 − d / 2),   d the distance from each center"
    advice = "For a regression that needs many neurons."
    kind: Literal["multi_gauss"] = "multi_gauss"
    samples: SampleCount = 1200

    cones: ClassVar[tuple[tuple[float, float, int], ...]] = (
        (-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)
    )  # fmt: skip
    """The center of each and whether it points up or down."""

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and values (n,)."""
        points, moved = square(source, self.samples, self.noise)
        values = np.zeros(self.samples)
        for x, y, sign in self.cones:  # they do not overlap: their centers are two radii apart
            values += sign * np.clip(1 - np.hypot(moved[:, 0] - x, moved[:, 1] - y) / 2, 0, 1)
        return points, values


class Saddle(Regression):
    title = "Saddle"
    help = "A pass between two mountains: up along x₁, down along x₂; noise moves values, not points."
    formula = "t = (x₁² − x₂²) / 36"
    advice = "For a first surface that bends both ways; the squares of the inputs make it a plane."
    kind: Literal["saddle"] = "saddle"
    samples: SampleCount = 1200

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and values (n,)."""
        points, moved = square(source, self.samples, self.noise)
        return points, (moved[:, 0] ** 2 - moved[:, 1] ** 2) / 36


class Ripple(Regression):
    title = "Ripple"
    help = "Rings of waves, as about a stone in water; noise moves values, not points."
    formula = "t = cos ωr,   r = √(x₁² + x₂²)"
    advice = "For a regression that needs many neurons; the radius as an input makes a sine of it."
    kind: Literal["ripple"] = "ripple"
    samples: SampleCount = 1200
    frequency: Annotated[float, Typical(0.2, 3)] = Field(
        1.0,
        gt=0,
        le=10,
        title="Frequency",
        description="The ω of cos ωr, 0.5 to 2 as a rule; more is harder.",
    )

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and values (n,)."""
        points, moved = square(source, self.samples, self.noise)
        return points, np.cos(self.frequency * np.hypot(*moved.T))


class FormulaSurface(Regression):
    title = "Surface by formula"
    help = "Values by a formula of your own; noise moves values, not points."
    formula = "t = f(x₁, x₂)"
    advice = "Keep the values within −1 to 1 or so: large ones are learnt slowly or not at all."
    own = True
    kind: Literal["formula_surface"] = "formula_surface"
    samples: SampleCount = 1200
    expression: OfPlane = Field(
        "sin(x₁) cos(x₂)",
        title="Formula",
        description="The f(x₁, x₂) to be learnt, such as exp(−(x₁² + x₂²) / 4).",
    )

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and values (n,)."""
        points, moved = square_within(source, self.samples, self.noise)
        return points, values_of(self.expression, PLANE, moved)
