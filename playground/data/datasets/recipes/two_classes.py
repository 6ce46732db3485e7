"""Points of the plane in two classes.

Circle, xor, gauss and spiral are TensorFlow Playground's (Apache 2.0,
https://github.com/tensorflow/playground, dataset.ts), number for number in its order.
"""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.data.dataset import TwoClasses
from playground.data.datasets.recipes.drawing import (
    OfPlane,
    between,
    groups,
    jitter,
    polar,
    square_within,
)
from playground.data.formulas.checking import values_of
from playground.data.sample import PLANE, Floats, Targets
from playground.randomness import Source
from playground.value import Typical


class Circle(TwoClasses):
    title = "Circle"
    help = "A disc of one class inside a ring of the other; noise moves labels, not points."
    advice = "The first problem that needs a hidden layer, or the squares of the inputs."
    kind: Literal["circle"] = "circle"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        outside, _ = groups(self.samples, 2)
        r, turn, *noise = source.uniform((self.samples, 4)).T
        points = polar(np.where(outside, 3.5 + 1.5 * r, 2.5 * r), 2 * np.pi * turn)
        moved = points + between(-5, 5, np.column_stack(noise)) * self.noise / 100
        return points, (np.hypot(*moved.T) < 2.5).astype(np.int64)


class Xor(TwoClasses):
    title = "Exclusive or"
    help = "Opposite quadrants share a class; noise moves labels, not points."
    advice = "The classic that no single neuron can solve; two hidden ones can."
    kind: Literal["xor"] = "xor"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        numbers = between(-5, 5, source.uniform((self.samples, 4)))
        points, noise = numbers[:, :2], numbers[:, 2:] * self.noise / 100
        points = points + np.where(points > 0, 0.3, -0.3)
        return points, (np.prod(points + noise, axis=1) >= 0).astype(np.int64)


class Gauss(TwoClasses):
    title = "Two Gaussians"
    help = "Two clouds side by side, which a straight line separates; noise widens them."
    advice = "For a first neuron: no hidden layer is needed."
    kind: Literal["gauss"] = "gauss"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        group, _ = groups(self.samples, 2)
        centers = np.where(group == 0, 2.0, -2.0)[:, np.newaxis]
        variance = 0.5 + 7 * self.noise / 100
        return centers + np.sqrt(variance) * source.normal((self.samples, 2)), 1 - group


class Spiral(TwoClasses):
    title = "Spiral"
    help = "Two arms wound about each other, the hardest of the classics; noise jitters the points."
    formula = "r = 5s, φ = 3.5πs for s from 0 to 1"
    advice = "For deeper networks and patience; sines of the inputs help."
    kind: Literal["spiral"] = "spiral"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        arm, along = groups(self.samples, 2)
        jitter = between(-1, 1, source.uniform((self.samples, 2))) * self.noise / 100
        return polar(5 * along, 3.5 * np.pi * along + np.pi * arm) + jitter, 1 - arm


class Moons(TwoClasses):
    title = "Moons"
    help = "Two half-moons that reach into each other; noise jitters the points."
    advice = "For seeing a border bend: a few hidden neurons are enough."
    kind: Literal["moons"] = "moons"

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        moon, _ = groups(self.samples, 2)
        angle = np.pi * source.uniform(self.samples)
        upper = np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
        points = 3 * np.where(moon[:, np.newaxis] == 0, upper, -upper)
        return points + jitter(source, self.samples, self.noise), moon


class Checkerboard(TwoClasses):
    title = "Checkerboard"
    help = "Squares of one class and of the other by turns; noise moves labels, not points."
    formula = "+1 where ⌊x₁ / side⌋ + ⌊x₂ / side⌋ is even, counted from the lower left corner"
    advice = "Exclusive or made harder square by square; sines of the inputs help."
    kind: Literal["checkerboard"] = "checkerboard"
    squares: Annotated[int, Typical(2, 8)] = Field(
        4,
        ge=2,
        le=12,
        title="Squares",
        description="How many there are in a row, 3 to 6 as a rule; more is harder.",
    )

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        numbers = source.uniform((self.samples, 4))
        side = 10 / self.squares
        points = between(-5, 5, numbers[:, :2])
        moved = points + between(-side, side, numbers[:, 2:]) * self.noise / 100
        square = np.floor((moved + 5) / side).astype(np.int64)
        return points, 1 - square.sum(axis=1) % 2


class ConcentricRings(TwoClasses):
    title = "Concentric rings"
    help = "Rings about one center, of one class and of the other by turns; noise jitters the points."
    formula = "+1 in the disc and every second ring about it"
    advice = "Circle made harder ring by ring; the radius as an input makes a line of it."
    kind: Literal["concentric_rings"] = "concentric_rings"
    rings: int = Field(
        4,
        ge=2,
        le=8,
        title="Rings",
        description="How many there are with the disc inside, 3 to 5 as a rule; more is harder.",
    )

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        ring, _ = groups(self.samples, self.rings)
        across, turn = source.uniform((self.samples, 2)).T
        points = polar(5 * (ring + 0.7 * across) / self.rings, 2 * np.pi * turn)
        return points + jitter(source, self.samples, self.noise), 1 - ring % 2


class LinearSeparation(TwoClasses):
    title = "Linear separation"
    help = "A straight line with a class on each side of it; noise moves labels, not points."
    formula = "+1 where x₂ > k x₁ + b"
    advice = "For a single neuron: its weights come to stand as −k to 1, and its bias as −b."
    reference = "Rosenblatt 1958."
    kind: Literal["linear_separation"] = "linear_separation"
    slope: Annotated[float, Typical(-3, 3)] = Field(
        0.5,
        ge=-20,
        le=20,
        title="Slope",
        description="The k of the line, −2 to 2 as a rule; at 0 it is level.",
    )
    intercept: float = Field(
        1.0,
        ge=-4,
        le=4,
        title="Intercept",
        description="The b of the line, where it crosses the upright axis.",
    )

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        numbers = between(-5, 5, source.uniform((self.samples, 4)))
        points = numbers[:, :2]
        x, y = (points + numbers[:, 2:] * self.noise / 100).T
        return points, (y > self.slope * x + self.intercept).astype(np.int64)


class FormulaBorder(TwoClasses):
    title = "Border by formula"
    help = "Two classes and a border of your own between them; noise moves labels, not points."
    formula = "+1 where f(x₁, x₂) > 0"
    advice = "To ask what border a network can draw, and with how many neurons."
    own = True
    kind: Literal["formula_border"] = "formula_border"
    expression: OfPlane = Field(
        "x₂ − 2 sin x₁",
        title="Formula",
        description="The f(x₁, x₂) whose sign is the class, such as x₁² + x₂² − 9.",
    )

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 2) and classes (n,)."""
        points, moved = square_within(source, self.samples, self.noise)
        return points, (values_of(self.expression, PLANE, moved) > 0).astype(np.int64)
