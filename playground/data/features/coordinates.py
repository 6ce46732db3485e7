"""The functions of the coordinates: TensorFlow Playground's in its order, and others behind them."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Literal, Self

import numpy as np

from playground.data.dataset import Dataset
from playground.data.features.feature import Feature
from playground.data.sample import Column, Floats


class CoordinateFeature(Feature):
    """A function of the coordinates of a place on the line or on the plane."""

    needs: ClassVar[int] = 1
    """How many coordinates there must be."""

    made_of: ClassVar[str]
    """Its value as an expression of the coordinates x0 and x1."""

    @classmethod
    def offered(cls, dataset: Dataset) -> tuple[Self, ...]:
        coordinates = sum(column.coordinate for column in dataset.columns)
        return (cls.usual(),) if cls.needs <= coordinates else ()

    @property
    def plain(self) -> bool:
        return isinstance(self, X | Y)

    def columns(self, dataset: Dataset) -> tuple[Column, ...]:
        return (Column(self.title),)

    def written(self, dataset: Dataset) -> tuple[str, ...]:
        return (self.made_of,)

    def compute(self, raw: Floats, dataset: Dataset) -> Floats:
        return self.value(raw)[:, np.newaxis]

    @abstractmethod
    def value(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""


class X(CoordinateFeature):
    title = "x₁"
    help = "The first coordinate."
    advice = "Always, unless a problem is to be made harder."
    kind: Literal["x"] = "x"
    made_of = "x0"

    def value(self, coordinates: Floats) -> Floats:
        return coordinates[:, 0]


class Y(CoordinateFeature):
    title = "x₂"
    help = "The second coordinate."
    advice = "Always, unless a problem is to be made harder."
    needs = 2
    kind: Literal["y"] = "y"
    made_of = "x1"

    def value(self, coordinates: Floats) -> Floats:
        return coordinates[:, 1]


class XSquared(CoordinateFeature):
    title = "x₁²"
    help = "The square of the first coordinate."
    advice = "Together with x₂² for circles and rings."
    kind: Literal["x_squared"] = "x_squared"
    made_of = "x0**2"

    def value(self, coordinates: Floats) -> Floats:
        return np.square(coordinates[:, 0])


class YSquared(CoordinateFeature):
    title = "x₂²"
    help = "The square of the second coordinate."
    advice = "Together with x₁² for circles and rings."
    needs = 2
    kind: Literal["y_squared"] = "y_squared"
    made_of = "x1**2"

    def value(self, coordinates: Floats) -> Floats:
        return np.square(coordinates[:, 1])


class XY(CoordinateFeature):
    title = "x₁x₂"
    help = "The product of the two coordinates."
    advice = "For opposite quadrants, as in exclusive or."
    needs = 2
    kind: Literal["xy"] = "xy"
    made_of = "x0 * x1"

    def value(self, coordinates: Floats) -> Floats:
        return coordinates[:, 0] * coordinates[:, 1]


class SinX(CoordinateFeature):
    title = "sin x₁"
    help = "The sine of the first coordinate."
    advice = "For what repeats along x₁, and for spirals."
    kind: Literal["sin_x"] = "sin_x"
    made_of = "sin(x0)"

    def value(self, coordinates: Floats) -> Floats:
        return np.sin(coordinates[:, 0])


class SinY(CoordinateFeature):
    title = "sin x₂"
    help = "The sine of the second coordinate."
    advice = "For what repeats along x₂, and for spirals."
    needs = 2
    kind: Literal["sin_y"] = "sin_y"
    made_of = "sin(x1)"

    def value(self, coordinates: Floats) -> Floats:
        return np.sin(coordinates[:, 1])


class AbsX(CoordinateFeature):
    title = "|x₁|"
    basic = False
    help = "The size of the first coordinate, without its sign."
    advice = "For what is the same on the left and on the right."
    kind: Literal["abs_x"] = "abs_x"
    made_of = "abs(x0)"

    def value(self, coordinates: Floats) -> Floats:
        return np.abs(coordinates[:, 0])


class AbsY(CoordinateFeature):
    title = "|x₂|"
    basic = False
    help = "The size of the second coordinate, without its sign."
    advice = "For what is the same above and below."
    needs = 2
    kind: Literal["abs_y"] = "abs_y"
    made_of = "abs(x1)"

    def value(self, coordinates: Floats) -> Floats:
        return np.abs(coordinates[:, 1])


class Radius(CoordinateFeature):
    title = "radius"
    basic = False
    help = "The distance from the center."
    formula = "r = √(x₁² + x₂²)"
    advice = "Makes a threshold of circles and rings; with the angle, straight arms of spirals."
    needs = 2
    kind: Literal["radius"] = "radius"
    made_of = "hypot(x0, x1)"

    def value(self, coordinates: Floats) -> Floats:
        return np.hypot(coordinates[:, 0], coordinates[:, 1])


class Angle(CoordinateFeature):
    title = "angle"
    basic = False
    help = "The direction as seen from the center, −π to π, counter-clockwise from the right."
    formula = "φ = atan2(x₂, x₁)"
    advice = "For blades and arms; mind that it jumps at the left."
    needs = 2
    kind: Literal["angle"] = "angle"
    made_of = "atan2(x1, x0)"

    def value(self, coordinates: Floats) -> Floats:
        return np.arctan2(coordinates[:, 1], coordinates[:, 0])


class CosX(CoordinateFeature):
    title = "cos x₁"
    basic = False
    help = "The cosine of the first coordinate."
    advice = "With sin x₁, for what repeats along x₁ wherever it begins."
    kind: Literal["cos_x"] = "cos_x"
    made_of = "cos(x0)"

    def value(self, coordinates: Floats) -> Floats:
        return np.cos(coordinates[:, 0])


class CosY(CoordinateFeature):
    title = "cos x₂"
    basic = False
    help = "The cosine of the second coordinate."
    advice = "With sin x₂, for what repeats along x₂ wherever it begins."
    needs = 2
    kind: Literal["cos_y"] = "cos_y"
    made_of = "cos(x1)"

    def value(self, coordinates: Floats) -> Floats:
        return np.cos(coordinates[:, 1])
