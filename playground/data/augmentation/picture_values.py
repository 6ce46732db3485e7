"""Augmentations that change the values of pictures: colours, noise, blur."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.data.augmentation.base import Generator, Probability
from playground.data.augmentation.pictures import OfPictures, is_picture, parts
from playground.data.dataset import Dataset
from playground.data.sample import Floats
from playground.text import Text, say
from playground.value import Typical, Unit

GREY = np.array([0.299, 0.587, 0.114])
"""How bright red, green and blue are to the eye (ITU-R BT.601)."""

Percent = Annotated[float, Unit("%"), Typical(0, 80)]


class ColourJitter(OfPictures):
    title = "Colour jitter"
    help = "Changes brightness, contrast and saturation of each picture, in this order."
    formula = "x′ = g + f (x − g),   f even in 1 ± s,   g: black, mean grey, grey of the pixel"
    advice = "When the light should not matter, as with photographs."
    reference = "Howard 2013."
    kind: Literal["colour_jitter"] = "colour_jitter"
    brightness: Percent = Field(
        20.0, ge=0, le=100, title="Brightness", description="How much lighter or darker at most."
    )
    contrast: Percent = Field(
        20.0, ge=0, le=100, title="Contrast", description="How much further from its mean grey at most."
    )
    saturation: Percent = Field(
        20.0,
        ge=0,
        le=100,
        title="Saturation",
        description="How much more or less colourful at most; grey pictures have no colour to change.",
    )

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        by = np.array([self.brightness, self.contrast, self.saturation]) / 100
        bright, contrast, colour = generator.uniform(1 - by, 1 + by, (len(samples), 3)).T
        low, high = among.min(), among.max()
        result = samples.copy()
        for part in parts(samples):
            pictures = result[part]
            _take_apart(pictures, low, bright[part], low, high)
            _take_apart(pictures, _grey(pictures).mean(axis=(1, 2), keepdims=True), contrast[part], low, high)
            if samples.shape[-1] == len(GREY):
                _take_apart(pictures, _grey(pictures), colour[part], low, high)
        return result


def _take_apart(pictures: Floats, middle: Floats, factor: Floats, low: float, high: float) -> None:
    """Take each picture so much further from a middle, within the range."""
    pictures -= middle
    pictures *= factor[:, np.newaxis, np.newaxis, np.newaxis]
    pictures += middle
    np.clip(pictures, low, high, out=pictures)


def _grey(samples: Floats) -> Floats:
    """The grey of each pixel, (n, h, w, 1)."""
    channels = samples.shape[-1]
    weights = GREY if channels == len(GREY) else np.full(channels, 1 / channels)
    grey: Floats = samples @ weights
    return grey[..., np.newaxis]


class PcaJitter(OfPictures):
    title = "PCA jitter"
    help = "Shifts the colour of each picture along the directions in which colours vary most."
    formula = "x′ = x + Σ pᵢ αᵢ √λᵢ,   αᵢ normal, spread s;   pᵢ, λᵢ: of the colours' covariance"
    advice = "When the colour of the light should not matter, as with photographs."
    reference = "Krizhevsky et al. 2012."
    kind: Literal["pca_jitter"] = "pca_jitter"
    strength: Annotated[float, Typical(0, 1)] = Field(
        0.1,
        ge=0,
        le=10,
        title="Spread",
        description="How far it goes, in standard deviations; 0.1 is usual.",
    )

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return is_picture(dataset) and dataset.shape.sizes[-1] > 1

    @classmethod
    def needs(cls) -> Text:
        return say("augmentation.needs_colour", "pictures in colour")

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        channels = samples.shape[-1]
        variances, directions = np.linalg.eigh(_covariance(among.reshape(-1, channels)))
        directions *= np.where(directions.sum(axis=0) < 0, -1, 1)
        amounts = self.strength * generator.standard_normal((len(samples), channels))
        shifts = (amounts * np.sqrt(np.maximum(variances, 0))) @ directions.T
        result = np.empty_like(samples)
        low, high = among.min(), among.max()
        for part in parts(samples):
            np.add(samples[part], shifts[part, np.newaxis, np.newaxis], out=result[part])
            np.clip(result[part], low, high, out=result[part])
        return result


def _covariance(colours: Floats) -> Floats:
    """That of colours (n, channels)."""
    mean = colours.mean(axis=0)
    covariance: Floats = colours.T @ colours / len(colours) - np.outer(mean, mean)
    return covariance


class PictureNoise(OfPictures):
    title = "Gaussian noise"
    help = "Disturbs every value of each picture; none leaves the range of all pictures."
    formula = "x′ = x + s (max − min) ε,   ε normal"
    advice = "So that a network does not learn single pixels by heart."
    reference = "Bishop 1995."
    kind: Literal["picture_noise"] = "picture_noise"
    strength: Annotated[float, Unit("%"), Typical(0, 30)] = Field(
        5.0,
        ge=0,
        le=100,
        title="Strength",
        description="How much is added, as a standard deviation in shares of the range from dark to light.",
    )

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        low, high = among.min(), among.max()
        result = np.empty_like(samples)
        for part in parts(samples):
            pictures = result[part]
            generator.standard_normal(out=pictures)
            pictures *= self.strength / 100 * (high - low)
            pictures += samples[part]
            np.clip(pictures, low, high, out=pictures)
        return result


class Blur(OfPictures):
    title = "Blur"
    help = "Blurs each picture by a Gaussian of its own width."
    formula = "x′ = x * G(σ),   σ even in 0 to s"
    advice = "When pictures may be out of focus; little of it for small ones."
    kind: Literal["blur"] = "blur"
    probability: Probability = 50.0
    strength: Annotated[float, Unit("px"), Typical(0, 3)] = Field(
        1.0, ge=0, le=8, title="Width", description="The largest standard deviation, in pixels."
    )

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        widths = np.maximum(generator.uniform(0, self.strength, len(samples)), 1e-3)
        reach = int(np.ceil(3 * self.strength))
        steps = np.arange(-reach, reach + 1)
        kernels = np.exp(-0.5 * (steps / widths[:, np.newaxis]) ** 2)
        kernels /= kernels.sum(axis=1, keepdims=True)
        result = np.empty_like(samples)
        for part in parts(samples):
            result[part] = _blurred(_blurred(samples[part], kernels[part], axis=1), kernels[part], axis=2)
        return result


def _blurred(samples: Floats, kernels: Floats, axis: int) -> Floats:
    """Each picture blurred along one axis by its own kernel (n, 2 reach + 1); the border goes on beyond."""
    size, reach = samples.shape[axis], kernels.shape[1] // 2
    around = [(reach, reach) if each == axis else (0, 0) for each in range(4)]
    wide = np.moveaxis(np.pad(samples, around, mode="edge"), axis, 1)
    result = np.zeros_like(np.moveaxis(samples, axis, 1))
    for place, weights in enumerate(kernels.T):
        result += weights[:, np.newaxis, np.newaxis, np.newaxis] * wide[:, place : place + size]
    return np.moveaxis(result, 1, axis)
