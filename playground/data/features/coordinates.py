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

    @classmethod
    def offered(cls, dataset: Dataset) -> tuple[Self, ...]:
        coordinates = sum(column.coordinate for column in dataset.columns)
        return (cls(),) if cls.needs <= coordinates else ()

    @property
    def plain(self) -> bool:
        return isinstance(self, X | Y)

    def columns(self, dataset: Dataset) -> tuple[Column, ...]:
        return (Column(self.title),)

    def compute(self, raw: Floats, dataset: Dataset) -> Floats:
        return self.value(raw)[:, np.newaxis]

    @abstractmethod
    def value(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""


class X(CoordinateFeature):
    title: ClassVar[str] = "x₁"
    help: ClassVar[str] = "The first coordinate."
    advice: ClassVar[str] = "Always, unless a problem is to be made harder."
    kind: Literal["x"] = "x"

    def value(self, coordinates: Floats) -> Floats:
        return coordinates[:, 0]


class Y(CoordinateFeature):
    title: ClassVar[str] = "x₂"
    help: ClassVar[str] = "The second coordinate."
    advice: ClassVar[str] = "Always, unless a problem is to be made harder."
    needs: ClassVar[int] = 2
    kind: Literal["y"] = "y"

    def value(self, coordinates: Floats) -> Floats:
        return coordinates[:, 1]


class XSquared(CoordinateFeature):
    title: ClassVar[str] = "x₁²"
    help: ClassVar[str] = "The square of the first coordinate."
    advice: ClassVar[str] = "Together with x₂² for circles and rings."
    kind: Literal["x_squared"] = "x_squared"

    def value(self, coordinates: Floats) -> Floats:
        return np.square(coordinates[:, 0])


class YSquared(CoordinateFeature):
    title: ClassVar[str] = "x₂²"
    help: ClassVar[str] = "The square of the second coordinate."
    advice: ClassVar[str] = "Together with x₁² for circles and rings."
    needs: ClassVar[int] = 2
    kind: Literal["y_squared"] = "y_squared"

    def value(self, coordinates: Floats) -> Floats:
        return np.square(coordinates[:, 1])


class XY(CoordinateFeature):
    title: ClassVar[str] = "x₁x₂"
    help: ClassVar[str] = "The product of the two coordinates."
    advice: ClassVar[str] = "For opposite quadrants, as in exclusive or."
    needs: ClassVar[int] = 2
    kind: Literal["xy"] = "xy"

    def value(self, coordinates: Floats) -> Floats:
        return coordinates[:, 0] * coordinates[:, 1]


class SinX(CoordinateFeature):
    title: ClassVar[str] = "sin x₁"
    help: ClassVar[str] = "The sine of the first coordinate."
    advice: ClassVar[str] = "For what repeats along x₁, and for spirals."
    kind: Literal["sin_x"] = "sin_x"

    def value(self, coordinates: Floats) -> Floats:
        return np.sin(coordinates[:, 0])


class SinY(CoordinateFeature):
    title: ClassVar[str] = "sin x₂"
    help: ClassVar[str] = "The sine of the second coordinate."
    advice: ClassVar[str] = "For what repeats along x₂, and for spirals."
    needs: ClassVar[int] = 2
    kind: Literal["sin_y"] = "sin_y"

    def value(self, coordinates: Floats) -> Floats:
        return np.sin(coordinates[:, 1])


class AbsX(CoordinateFeature):
    title: ClassVar[str] = "|x₁|"
    help: ClassVar[str] = "The size of the first coordinate, without its sign."
    advice: ClassVar[str] = "For what is the same on the left and on the right."
    kind: Literal["abs_x"] = "abs_x"

    def value(self, coordinates: Floats) -> Floats:
        return np.abs(coordinates[:, 0])


class AbsY(CoordinateFeature):
    title: ClassVar[str] = "|x₂|"
    help: ClassVar[str] = "The size of the second coordinate, without its sign."
    advice: ClassVar[str] = "For what is the same above and below."
    needs: ClassVar[int] = 2
    kind: Literal["abs_y"] = "abs_y"

    def value(self, coordinates: Floats) -> Floats:
        return np.abs(coordinates[:, 1])


class Radius(CoordinateFeature):
    title: ClassVar[str] = "radius"
    help: ClassVar[str] = "The distance from the center."
    formula: ClassVar[str] = "r = √(x₁² + x₂²)"
    advice: ClassVar[str] = (
        "Makes a threshold of circles and rings; with the angle, straight arms of spirals."
    )
    needs: ClassVar[int] = 2
    kind: Literal["radius"] = "radius"

    def value(self, coordinates: Floats) -> Floats:
        return np.hypot(coordinates[:, 0], coordinates[:, 1])


class Angle(CoordinateFeature):
    title: ClassVar[str] = "angle"
    help: ClassVar[str] = "The direction as seen from the center, −π to π, counter-clockwise from the right."
    formula: ClassVar[str] = "φ = atan2(x₂, x₁)"
    advice: ClassVar[str] = "For blades and arms; mind that it jumps at the left."
    needs: ClassVar[int] = 2
    kind: Literal["angle"] = "angle"

    def value(self, coordinates: Floats) -> Floats:
        return np.arctan2(coordinates[:, 1], coordinates[:, 0])


class CosX(CoordinateFeature):
    title: ClassVar[str] = "cos x₁"
    help: ClassVar[str] = "The cosine of the first coordinate."
    advice: ClassVar[str] = "With sin x₁, for what repeats along x₁ wherever it begins."
    kind: Literal["cos_x"] = "cos_x"

    def value(self, coordinates: Floats) -> Floats:
        return np.cos(coordinates[:, 0])


class CosY(CoordinateFeature):
    title: ClassVar[str] = "cos x₂"
    help: ClassVar[str] = "The cosine of the second coordinate."
    advice: ClassVar[str] = "With sin x₂, for what repeats along x₂ wherever it begins."
    needs: ClassVar[int] = 2
    kind: Literal["cos_y"] = "cos_y"

    def value(self, coordinates: Floats) -> Floats:
        return np.cos(coordinates[:, 1])
