"""Augmentations of points of the line and of the plane."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.data.augmentation.base import EachByItself, Generator, Probability
from playground.data.dataset import Dataset
from playground.data.sample import Floats
from playground.text import Text, say
from playground.value import Titles, Typical, Unit


class OfPoints(EachByItself):
    """Moves points; what is to be predicted of a point goes with it."""

    coordinates: ClassVar[int] = 1
    """How many coordinates there must be."""

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        columns = dataset.columns
        return len(columns) >= cls.coordinates and all(column.coordinate for column in columns)

    @classmethod
    def needs(cls) -> Text:
        if cls.coordinates > 1:
            return say("augmentation.needs_plane", "points of the plane")
        return say("augmentation.needs_points", "points of the line or of the plane")


class Jitter(OfPoints):
    title = "Jitter"
    help = "Moves each point a little, every one its own way."
    formula = "x′ = x + s ε,   ε normal"
    advice = "Against a border that winds around single points; as far as the data's noise."
    reference = "Bishop 1995."
    kind: Literal["jitter"] = "jitter"
    strength: Annotated[float, Typical(0, 2)] = Field(
        0.2,
        ge=0,
        le=10,
        title="Distance",
        description="How far points move, as a standard deviation; the map is 12 wide.",
    )

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        return samples + self.strength * generator.standard_normal(samples.shape)


class PointShift(OfPoints):
    title = "Shift together"
    help = "Moves all chosen points the same way, another way in each epoch."
    formula = "x′ = x + d,   |d| ≤ s along each axis, one d an epoch"
    advice = "When it should not matter where the whole picture lies."
    kind: Literal["point_shift"] = "point_shift"
    strength: Annotated[float, Typical(0, 3)] = Field(
        0.5,
        ge=0,
        le=12,
        title="Distance",
        description="How far points move along each axis at most; the map is 12 wide.",
    )

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        return samples + generator.uniform(-self.strength, self.strength, samples.shape[1:])


class PointScale(OfPoints):
    title = "Scale"
    help = "Brings each point nearer to the middle, or takes it further away."
    formula = "x′ = f x,   ln f even in ± ln(1 + s)"
    advice = "When the direction of a point matters more than its distance."
    kind: Literal["point_scale"] = "point_scale"
    strength: Annotated[float, Unit("%"), Typical(0, 50)] = Field(
        10.0,
        ge=0,
        le=300,
        title="Factor",
        description="How much larger a distance becomes at most; by the same factor it becomes smaller.",
    )

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        return samples * factors(self.strength, (len(samples), 1), generator)


class PointRotation(OfPoints):
    title = "Rotate"
    help = "Turns each point around the middle, by an angle of its own."
    formula = "x′ = R(φ) x,   φ even in ± s"
    advice = "For rings and circles, where only the distance matters; it blurs a spiral."
    kind: Literal["point_rotation"] = "point_rotation"
    coordinates = 2
    strength: Annotated[float, Unit("°"), Typical(0, 90)] = Field(
        10.0, ge=0, le=180, title="Angle", description="How far points turn at most, in either direction."
    )

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        turn = np.deg2rad(generator.uniform(-self.strength, self.strength, len(samples)))
        x, y = samples.T
        return np.column_stack([np.cos(turn) * x - np.sin(turn) * y, np.sin(turn) * x + np.cos(turn) * y])


class PointReflection(OfPoints):
    title = "Reflect"
    help = "Takes a point to the other side of the middle."
    formula = "x′ = −x along one axis or both"
    advice = "When both sides are alike, as with the circle; it spoils what is not symmetric."
    kind: Literal["point_reflection"] = "point_reflection"
    probability: Probability = 50.0
    across: Annotated[
        Literal["left_right", "up_down", "both"],
        Titles({"left_right": "Left, right", "up_down": "Up, down", "both": "Both"}),
    ] = Field(
        "left_right",
        title="Across",
        description="What changes places; on a line it is always left and right.",
    )

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        signs = {"left_right": (-1, 1), "up_down": (1, -1), "both": (-1, -1)}[self.across]
        return samples * (signs if samples.shape[1] == 2 else (-1,))


def factors(percent: float, shape: tuple[int, ...], generator: Generator) -> Floats:
    """Factors of at most 1 + percent/100, and as often of the same smaller."""
    most = np.log1p(percent / 100)
    return np.exp(generator.uniform(-most, most, shape))
