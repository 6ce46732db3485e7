"""The datasets that are drawn by formula: points of the plane in classes or with values, and a line.

Circle, xor, gauss, spiral, plane and multi-Gauss are TensorFlow Playground's (Apache 2.0,
https://github.com/tensorflow/playground, dataset.ts), number for number in its order.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import ManyClasses, Regression, SampleCount, TwoClasses
from playground.data.sample import LINE, Column, Floats, Targets
from playground.randomness import Source
from playground.value import Typical

# --- two classes ------------------------------------------------------------------------------------


class Circle(TwoClasses):
    title: ClassVar[str] = "Circle"
    help: ClassVar[str] = "A disc of one class inside a ring of the other; noise moves labels, not points."
    advice: ClassVar[str] = "The first problem that needs a hidden layer, or the squares of the inputs."
    kind: Literal["circle"] = "circle"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        outside, _ = _groups(self.samples, 2)
        r, turn, *noise = source.uniform((self.samples, 4)).T
        points = _polar(np.where(outside, 3.5 + 1.5 * r, 2.5 * r), 2 * np.pi * turn)
        moved = points + _between(-5, 5, np.column_stack(noise)) * self.noise / 100
        return points, (np.hypot(*moved.T) < 2.5).astype(np.int64)


class Xor(TwoClasses):
    title: ClassVar[str] = "Exclusive or"
    help: ClassVar[str] = "Opposite quadrants share a class; noise moves labels, not points."
    advice: ClassVar[str] = "The classic that no single neuron can solve; two hidden ones can."
    kind: Literal["xor"] = "xor"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        numbers = _between(-5, 5, source.uniform((self.samples, 4)))
        points, noise = numbers[:, :2], numbers[:, 2:] * self.noise / 100
        points = points + np.where(points > 0, 0.3, -0.3)
        return points, (np.prod(points + noise, axis=1) >= 0).astype(np.int64)


class Gauss(TwoClasses):
    title: ClassVar[str] = "Two Gaussians"
    help: ClassVar[str] = "Two clouds side by side, which a straight line separates; noise widens them."
    advice: ClassVar[str] = "For a first neuron: no hidden layer is needed."
    kind: Literal["gauss"] = "gauss"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        group, _ = _groups(self.samples, 2)
        centers = np.where(group == 0, 2.0, -2.0)[:, np.newaxis]
        variance = 0.5 + 7 * self.noise / 100
        return centers + np.sqrt(variance) * source.normal((self.samples, 2)), 1 - group


class Spiral(TwoClasses):
    title: ClassVar[str] = "Spiral"
    help: ClassVar[str] = (
        "Two arms wound about each other, the hardest of the classics; noise jitters the points."
    )
    formula: ClassVar[str] = "r = 5s, φ = 3.5πs for s from 0 to 1"
    advice: ClassVar[str] = "For deeper networks and patience; sines of the inputs help."
    kind: Literal["spiral"] = "spiral"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        arm, along = _groups(self.samples, 2)
        jitter = _between(-1, 1, source.uniform((self.samples, 2))) * self.noise / 100
        return _polar(5 * along, 3.5 * np.pi * along + np.pi * arm) + jitter, 1 - arm


class Moons(TwoClasses):
    title: ClassVar[str] = "Moons"
    help: ClassVar[str] = "Two half-moons that reach into each other; noise jitters the points."
    advice: ClassVar[str] = "For seeing a border bend: a few hidden neurons are enough."
    kind: Literal["moons"] = "moons"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        moon, _ = _groups(self.samples, 2)
        angle = np.pi * source.uniform(self.samples)
        upper = np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
        points = 3 * np.where(moon[:, np.newaxis] == 0, upper, -upper)
        return points + _jitter(source, self.samples, self.noise), moon


# --- many classes -----------------------------------------------------------------------------------


class Blobs(ManyClasses):
    title: ClassVar[str] = "Blobs"
    help: ClassVar[str] = "Round clouds, their centers on a circle; noise widens them."
    advice: ClassVar[str] = "For a first network of several classes; straight borders will do."
    kind: Literal["blobs"] = "blobs"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        blob, _ = _groups(self.samples, self.classes)
        centers = _polar(np.full(self.samples, 3.5), 2 * np.pi * blob / self.classes)
        return centers + (0.5 + 1.5 * self.noise / 100) * source.normal((self.samples, 2)), blob


class Rings(ManyClasses):
    title: ClassVar[str] = "Rings"
    help: ClassVar[str] = "Rings about one center, the innermost a disc; noise jitters the points."
    advice: ClassVar[str] = "For several classes that no straight border divides."
    kind: Literal["rings"] = "rings"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        ring, _ = _groups(self.samples, self.classes)
        across, turn = source.uniform((self.samples, 2)).T
        points = _polar(5 * (ring + 0.7 * across) / self.classes, 2 * np.pi * turn)
        return points + _jitter(source, self.samples, self.noise), ring


class SpiralArms(ManyClasses):
    title: ClassVar[str] = "Spiral arms"
    help: ClassVar[str] = "Arms of a galaxy, one class each; noise jitters the points."
    formula: ClassVar[str] = "r = 5s, φ = 2π(turns · s + class / classes) for s from 0 to 1"
    advice: ClassVar[str] = "For several classes and deep networks; raise the turns bit by bit."
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
        arm, along = _groups(self.samples, self.classes)
        points = _polar(5 * along, 2 * np.pi * (self.turns * along + arm / self.classes))
        return points + _jitter(source, self.samples, self.noise), arm


# --- regression -------------------------------------------------------------------------------------


class Plane(Regression):
    title: ClassVar[str] = "Plane"
    help: ClassVar[str] = (
        "A tilted plane: the value grows steadily with x₁ + x₂; noise moves values, not points."
    )
    formula: ClassVar[str] = "t = (x₁ + x₂) / 10"
    advice: ClassVar[str] = "For a first regression: one linear neuron solves it."
    kind: Literal["plane"] = "plane"
    samples: SampleCount = 1200

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and values (n,)."""
        points, moved = _square(source, self.samples, self.noise)
        return points, moved.sum(axis=1) / 10


class MultiGauss(Regression):
    title: ClassVar[str] = "Multi-Gaussian"
    help: ClassVar[str] = (
        "Six hills and hollows, cone-shaped, on level ground; noise moves values, not points."
    )
    formula: ClassVar[str] = "t = Σ ± max(0, 1 − d / 2),   d the distance from each center"
    advice: ClassVar[str] = "For a regression that needs many neurons."
    kind: Literal["multi_gauss"] = "multi_gauss"
    samples: SampleCount = 1200

    cones: ClassVar[tuple[tuple[float, float, int], ...]] = (
        (-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)
    )  # fmt: skip
    """The center of each and whether it points up or down."""

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and values (n,)."""
        points, moved = _square(source, self.samples, self.noise)
        values = np.zeros(self.samples)
        for x, y, sign in self.cones:  # they do not overlap: their centers are two radii apart
            values += sign * np.clip(1 - np.hypot(moved[:, 0] - x, moved[:, 1] - y) / 2, 0, 1)
        return points, values


class Sine(Regression):
    title: ClassVar[str] = "Sine"
    help: ClassVar[str] = "A wave over one coordinate, for seeing a network bend a line; noise moves values."
    formula: ClassVar[str] = "t = sin ωx"
    advice: ClassVar[str] = "For watching hidden neurons bend a line, piece by piece."
    kind: Literal["sine"] = "sine"
    frequency: Annotated[float, Typical(0.2, 5)] = Field(
        1.0,
        gt=0,
        le=20,
        title="Frequency",
        description="The ω of sin ωx, 0.5 to 3 as a rule; more is harder.",
    )

    @property
    def columns(self) -> tuple[Column, ...]:
        return LINE

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 1) and values (n,)."""
        x = _between(-6, 6, source.uniform(self.samples))
        return x[:, np.newaxis], np.sin(self.frequency * x) + source.normal(self.samples) * self.noise / 100


# --- shared -----------------------------------------------------------------------------------------


def _groups(n: int, groups: int) -> tuple[NDArray[np.int64], Floats]:
    """The group of each of n samples, in runs of equal length, and how far along its run it is, in [0, 1)."""
    group, position = np.divmod(np.arange(n, dtype=np.int64) * groups, n)
    return group, position / n


def _between(low: float, high: float, uniform: Floats) -> Floats:
    """Stretch [0, 1) over [low, high)."""
    return low + (high - low) * uniform


def _polar(radius: Floats, angle: Floats) -> Floats:
    """The points (n, 2) at these radii and angles (clockwise from the upper axis, as in TF Playground)."""
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def _jitter(source: Source, n: int, percent: float) -> Floats:
    """Offsets (n, 2) with a standard deviation of 1 at 100 %."""
    return source.normal((n, 2)) * percent / 100


def _square(source: Source, n: int, percent: float) -> tuple[Floats, Floats]:
    """Points (n, 2) of the square [−6, 6]², and the places that noise moves them to."""
    numbers = _between(-6, 6, source.uniform((n, 4)))
    return numbers[:, :2], numbers[:, :2] + numbers[:, 2:] * percent / 100
