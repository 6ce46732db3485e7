"""The inputs that a network may be given of a sample: its coordinates and simple functions of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.value import Kind

Floats = NDArray[np.float64]


class Feature(Kind):
    """A function of a sample's coordinates."""

    needs: ClassVar[int] = 1
    """How many coordinates there must be."""

    @abstractmethod
    def compute(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""


class X(Feature):
    """The first coordinate."""

    title: ClassVar[str] = "x₁"
    advice: ClassVar[str] = "Always, unless a problem is to be made harder."
    kind: Literal["x"] = "x"

    def compute(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""
        return coordinates[:, 0]


class Y(Feature):
    """The second coordinate."""

    title: ClassVar[str] = "x₂"
    advice: ClassVar[str] = "Always, unless a problem is to be made harder."
    needs: ClassVar[int] = 2
    kind: Literal["y"] = "y"

    def compute(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""
        return coordinates[:, 1]


class XSquared(Feature):
    """The square of the first coordinate."""

    title: ClassVar[str] = "x₁²"
    advice: ClassVar[str] = "Together with x₂² for circles and rings."
    kind: Literal["x_squared"] = "x_squared"

    def compute(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""
        return np.square(coordinates[:, 0])


class YSquared(Feature):
    """The square of the second coordinate."""

    title: ClassVar[str] = "x₂²"
    advice: ClassVar[str] = "Together with x₁² for circles and rings."
    needs: ClassVar[int] = 2
    kind: Literal["y_squared"] = "y_squared"

    def compute(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""
        return np.square(coordinates[:, 1])


class XY(Feature):
    """The product of the two coordinates."""

    title: ClassVar[str] = "x₁x₂"
    advice: ClassVar[str] = "For opposite quadrants, as in exclusive or."
    needs: ClassVar[int] = 2
    kind: Literal["xy"] = "xy"

    def compute(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""
        return coordinates[:, 0] * coordinates[:, 1]


class SinX(Feature):
    """The sine of the first coordinate."""

    title: ClassVar[str] = "sin x₁"
    advice: ClassVar[str] = "For what repeats along x₁, and for spirals."
    kind: Literal["sin_x"] = "sin_x"

    def compute(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""
        return np.sin(coordinates[:, 0])


class SinY(Feature):
    """The sine of the second coordinate."""

    title: ClassVar[str] = "sin x₂"
    advice: ClassVar[str] = "For what repeats along x₂, and for spirals."
    needs: ClassVar[int] = 2
    kind: Literal["sin_y"] = "sin_y"

    def compute(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""
        return np.sin(coordinates[:, 1])


def available(dimension: int) -> tuple[Feature, ...]:
    """Every feature that samples of so many coordinates have, in the order networks take them."""
    return tuple(feature() for feature in Feature.members() if feature.needs <= dimension)


def first_order(dimension: int) -> tuple[Feature, ...]:
    """The plain coordinates."""
    return (X(), Y())[:dimension]


def compute(features: Iterable[Feature], coordinates: Floats) -> Floats:
    """The columns (n, k) of k features at coordinates (n, d)."""
    return np.column_stack([feature.compute(coordinates) for feature in features])
