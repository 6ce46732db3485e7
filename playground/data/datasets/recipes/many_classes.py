"""Points of the plane in two to eight classes."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.data.dataset import ManyClasses
from playground.data.datasets.recipes.drawing import between, groups, jitter, polar
from playground.data.sample import Floats, Targets
from playground.randomness import Source
from playground.value import Typical


class Blobs(ManyClasses):
    title = "Blobs"
    help = "Round clouds, their centers on a circle; noise widens them."
    advice = "For a first network of several classes; straight borders will do."
    kind: Literal["blobs"] = "blobs"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        blob, _ = groups(self.samples, self.classes)
        centers = polar(np.full(self.samples, 3.5), 2 * np.pi * blob / self.classes)
        return centers + (0.5 + 1.5 * self.noise / 100) * source.normal((self.samples, 2)), blob


class Rings(ManyClasses):
    title = "Rings"
    help = "Rings about one center, the innermost a disc; noise jitters the points."
    advice = "For several classes that no straight border divides."
    kind: Literal["rings"] = "rings"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        ring, _ = groups(self.samples, self.classes)
        across, turn = source.uniform((self.samples, 2)).T
        points = polar(5 * (ring + 0.7 * across) / self.classes, 2 * np.pi * turn)
        return points + jitter(source, self.samples, self.noise), ring


class SpiralArms(ManyClasses):
    title = "Spiral arms"
    help = "Arms of a galaxy, one class each; noise jitters the points."
    formula = "r = 5s, φ = 2π(turns · s + class / classes) for s from 0 to 1"
    advice = "For several classes and deep networks; raise the turns bit by bit."
    kind: Literal["spiral_arms"] = "spiral_arms"
    turns: Annotated[float, Typical(0, 2)] = Field(
        0.75,
        ge=0,
        le=5,
        title="Turns",
        description="How often an arm winds about the center, 0.5 to 1.75 as a rule; more is harder.",
    )

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        arm, along = groups(self.samples, self.classes)
        points = polar(5 * along, 2 * np.pi * (self.turns * along + arm / self.classes))
        return points + jitter(source, self.samples, self.noise), arm


class Pinwheel(ManyClasses):
    title = "Pinwheel"
    help = "Blades about one center, bent more the further out; noise widens them."
    formula = "φ = 2π class / classes + twist · e^r for r from 0.4 to 1.7"
    advice = "For several classes whose borders bend; easier than spiral arms."
    reference = "Johnson et al. 2016."
    kind: Literal["pinwheel"] = "pinwheel"
    twist: float = Field(
        0.25,
        ge=-1,
        le=1,
        title="Twist",
        description="How much the blades bend, 0.1 to 0.5 as a rule; at 0 they are straight.",
    )

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        blade, _ = groups(self.samples, self.classes)
        along = between(0.4, 1.7, source.uniform(self.samples))
        across = (0.08 + 0.3 * self.noise / 100) * source.normal(self.samples)
        angle = 2 * np.pi * blade / self.classes + self.twist * np.exp(along)
        points = 3 * (along + 1j * across) * np.exp(1j * angle)
        return np.column_stack([points.real, points.imag]), blade
