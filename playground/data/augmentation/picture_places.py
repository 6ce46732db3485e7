"""Augmentations that move the pixels of pictures: flips, shift, crop, rotation, scale, cut-out."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.data.augmentation.base import Generator, Probability
from playground.data.augmentation.pictures import Beyond, OfPictures, moved, padded
from playground.data.augmentation.points import factors
from playground.data.sample import Floats
from playground.value import Typical, Unit


class HorizontalFlip(OfPictures):
    title = "Horizontal flip"
    help = "Left and right change places."
    formula = "x′(row, column) = x(row, width − 1 − column)"
    advice = "For pictures of things; not for digits and letters, which it makes into others."
    reference = "Krizhevsky et al. 2012."
    kind: Literal["horizontal_flip"] = "horizontal_flip"
    probability: Probability = 50.0

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        return samples[:, :, ::-1].copy()


class VerticalFlip(OfPictures):
    title = "Vertical flip"
    help = "Top and bottom change places."
    formula = "x′(row, column) = x(height − 1 − row, column)"
    advice = "For what is seen from above, or has no top."
    kind: Literal["vertical_flip"] = "vertical_flip"
    probability: Probability = 50.0

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        return samples[:, ::-1].copy()


class PictureShift(OfPictures):
    title = "Shift"
    help = "Moves each picture a little, also by parts of a pixel."
    formula = "x′(p) = x(p − d),   d even in ± s of width and height"
    advice = "When it should not matter where in the picture the thing is."
    kind: Literal["picture_shift"] = "picture_shift"
    strength: Annotated[float, Unit("%"), Typical(0, 30)] = Field(
        10.0,
        ge=0,
        le=100,
        title="Distance",
        description="How far it moves at most along each side, as a share of that side.",
    )
    beyond: Beyond = "lowest"

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        n, height, width, _ = samples.shape
        most = self.strength / 100 * np.array([height, width])
        shifts = generator.uniform(-most, most, (n, 2))
        return moved(samples, np.tile(np.eye(2), (n, 1, 1)), shifts, among, self.beyond)


class RandomCrop(OfPictures):
    title = "Random crop"
    help = "Puts pixels around the picture, then cuts its size out of that at random."
    formula = "x′(p) = x(p + d),   d whole numbers in ± pixels"
    advice = "The usual one for small pictures, with a flip; pixels stay sharp."
    reference = "He et al. 2016."
    kind: Literal["random_crop"] = "random_crop"
    strength: Annotated[int, Unit("px"), Typical(0, 8)] = Field(
        1, ge=0, le=32, title="Pixels", description="How many are put on each side; 4 for 32×32 as a rule."
    )
    beyond: Beyond = "lowest"

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        n, height, width, _ = samples.shape
        wide = padded(samples, self.strength, among, self.beyond)
        result = np.empty_like(samples)
        places = generator.integers(0, 2 * self.strength + 1, (n, 2)).tolist()
        for picture, around, (down, across) in zip(result, wide, places, strict=True):
            picture[:] = around[down : down + height, across : across + width]
        return result


class PictureRotation(OfPictures):
    title = "Rotation"
    help = "Turns each picture around its middle, by an angle of its own."
    formula = "x′(p) = x(R(φ) p),   φ even in ± s"
    advice = "When things may be tilted; 10° is enough for handwriting."
    reference = "Simard et al. 2003."
    kind: Literal["picture_rotation"] = "picture_rotation"
    strength: Annotated[float, Unit("°"), Typical(0, 45)] = Field(
        10.0, ge=0, le=180, title="Angle", description="How far it turns at most, in either direction."
    )
    beyond: Beyond = "lowest"

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        n = len(samples)
        angles = np.deg2rad(generator.uniform(-self.strength, self.strength, n))
        cos, sin = np.cos(angles), np.sin(angles)
        turns = np.array([[cos, sin], [-sin, cos]]).transpose(2, 0, 1)
        return moved(samples, turns, np.zeros((n, 2)), among, self.beyond)


class PictureScale(OfPictures):
    title = "Zoom"
    help = "Makes each picture larger or smaller around its middle."
    formula = "x′(p) = x(p / f),   ln f even in ± ln(1 + s)"
    advice = "When things may be near or far."
    kind: Literal["picture_scale"] = "picture_scale"
    strength: Annotated[float, Unit("%"), Typical(0, 50)] = Field(
        10.0,
        ge=0,
        le=300,
        title="Factor",
        description="How much larger it becomes at most; by the same factor it becomes smaller.",
    )
    beyond: Beyond = "lowest"

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        n = len(samples)
        turns = np.eye(2) / factors(self.strength, (n, 1, 1), generator)
        return moved(samples, turns, np.zeros((n, 2)), among, self.beyond)


class CutOut(OfPictures):
    title = "Cut-out"
    help = "Covers a square of each picture with the mean of all; it may hang over the border."
    formula = "x′(p) = mean in a square of side s around a random pixel"
    advice = "So that a network does not look at one part of the picture alone."
    reference = "DeVries & Taylor 2017."
    kind: Literal["cut_out"] = "cut_out"
    probability: Probability = 50.0
    strength: Annotated[float, Unit("%"), Typical(0, 60)] = Field(
        30.0, ge=0, le=100, title="Side", description="The square's side, as a share of the shorter side."
    )

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        n, height, width, _ = samples.shape
        side = round(self.strength / 100 * min(height, width))
        first = generator.integers(0, [[height], [width]], (2, n)) - side // 2
        rows, columns = (
            (np.arange(size) >= start[:, np.newaxis]) & (np.arange(size) < start[:, np.newaxis] + side)
            for size, start in zip((height, width), first, strict=True)
        )
        covered = rows[:, :, np.newaxis, np.newaxis] & columns[:, np.newaxis, :, np.newaxis]
        return np.where(covered, among.mean(axis=(0, 1, 2)), samples)
