"""The terrains: each shows one thing that makes the way down hard."""

from __future__ import annotations

from functools import lru_cache
from math import cos, log, radians, sin
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from numpy.random import Generator
from pydantic import Field

from playground.data.datasets.recipes.drawing import OfPlane
from playground.data.formulas.checking import formula_over
from playground.data.sample import PLANE
from playground.labs.race.terrain import Box, Floats, Terrain
from playground.numbers.writing import figures
from playground.text import Text, say
from playground.value import Logarithmic, Titles, Unit

if TYPE_CHECKING:
    from playground.data.formulas.formula import Formula


class Bowl(Terrain):
    kind: Literal["bowl"] = "bowl"
    title = "Bowl"
    help = "Equally steep in every direction: the slope points straight at the bottom."
    formula = "f = ½ (x² + y²)"
    advice = "To see what a rate does: 1 jumps to the bottom, 2 jumps to the other side for ever."

    def value(self, x: Floats, y: Floats) -> Floats:
        return (x * x + y * y) / 2

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return x, y

    @property
    def steepest(self) -> float:
        return 1.0


class Valley(Terrain):
    kind: Literal["valley"] = "valley"
    title = "Narrow valley"
    help = "Steep across and flat along: plain descent jumps from side to side and creeps forward."
    formula = "f = ½ (x² + κ y²), turned"
    advice = "To see the zigzag, and what momentum and rates of their own for every weight do about it."
    box = (-2.0, 2.0, -1.4, 1.4)
    begin = (-1.8, 1.0)

    condition: Annotated[float, Logarithmic(1)] = Field(
        15.0,
        ge=1,
        le=1000,
        title="Condition κ",
        description="How many times steeper it is across than along; 1 is round.",
    )
    turned: Annotated[float, Unit("°")] = Field(
        0.0,
        ge=0,
        le=90,
        title="Turned by",
        description="At 0 and 90 each axis is a direction of its own, which rates for every weight use.",
    )

    @property
    def _turn(self) -> tuple[float, float]:
        return cos(radians(self.turned)), sin(radians(self.turned))

    def value(self, x: Floats, y: Floats) -> Floats:
        c, s = self._turn
        along, across = c * x + s * y, c * y - s * x
        return (along * along + self.condition * across * across) / 2

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        c, s = self._turn
        along, across = c * x + s * y, self.condition * (c * y - s * x)
        return c * along - s * across, s * along + c * across

    @property
    def steepest(self) -> float:
        return self.condition


class SaddlePoint(Terrain):
    kind: Literal["saddle_point"] = "saddle_point"
    title = "Saddle"
    help = "Down along y and up along x: in the middle the slope is 0, and it is no minimum."
    formula = "f = ½ (x² − y²)"
    advice = "Begin on the ridge, at y = 0: without noise plain descent ends in the middle and stays there."
    box = (-2.0, 2.0, -1.4, 1.4)
    begin = (-1.8, 0.01)
    lowest = None

    def value(self, x: Floats, y: Floats) -> Floats:
        return (x * x - y * y) / 2

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return x, -y


class MonkeySaddle(Terrain):
    kind: Literal["monkey_saddle"] = "monkey_saddle"
    title = "Monkey saddle"
    help = "Three ways down and three ways up meet in a place where even the curvature is 0."
    formula = "f = x³ − 3 x y²"
    advice = "To see how slow it is to leave a place that is flatter than a saddle."
    box = (-1.6, 1.6, -1.2, 1.2)
    begin = (1.2, 0.02)
    lowest = None

    def value(self, x: Floats, y: Floats) -> Floats:
        return x**3 - 3 * x * y * y

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return 3 * (x * x - y * y), -6 * x * y


class Flatland(Terrain):
    kind: Literal["flatland"] = "flatland"
    title = "Plateau"
    help = (
        "Nearly flat far from the bottom, as where neurons are saturated: there is hardly a slope to follow."
    )
    formula = "f = 1 − exp(−(x² + y²))"
    advice = "To see who makes large steps from small slopes: RMSprop and Adam divide by their size."
    box = (-3.0, 3.0, -2.1, 2.1)
    begin = (-1.9, 1.2)

    def value(self, x: Floats, y: Floats) -> Floats:
        return 1 - np.exp(-(x * x + y * y))

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        steep = 2 * np.exp(-(x * x + y * y))
        return x * steep, y * steep


class Cliff(Terrain):
    kind: Literal["cliff"] = "cliff"
    title = "Cliff"
    help = "A gentle slope ends at a wall; one step onto the wall throws the weights far back."
    formula = "f = ½ ln(1 + e²⁰ˣ) − 0.8 x + 0.15 y²"
    advice = "Recurrent networks have such walls: it is why their gradients are clipped."
    reference = "Pascanu et al. 2013."
    box = (-2.4, 0.8, -1.2, 1.2)
    begin = (-2.0, 0.9)
    lowest = 0.04 * log(11.5) - 0.5 * log(
        0.92
    )  # at x = −ln(11.5) / 20, where the wall is as steep as the slope

    def value(self, x: Floats, y: Floats) -> Floats:
        return np.logaddexp(0, 20 * x) / 2 - 0.8 * x + 0.15 * y * y

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return 10 / (1 + np.exp(np.clip(-20 * x, -700, 700))) - 0.8, 0.3 * y


class Rosenbrock(Terrain):
    kind: Literal["rosenbrock"] = "rosenbrock"
    title = "Rosenbrock's valley"
    help = "A narrow valley that bends: into it is easy, along it is hard."
    formula = "f = (1 − x)² + 100 (y − x²)²"
    advice = "To see who gets along a bend: momentum built up in one direction has to be turned into another."
    reference = "Rosenbrock 1960."
    box = (-2.0, 2.0, -1.0, 3.0)
    begin = (-1.2, 1.0)

    def value(self, x: Floats, y: Floats) -> Floats:
        return (1 - x) ** 2 + 100 * (y - x * x) ** 2

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        off = y - x * x
        return -2 * (1 - x) - 400 * x * off, 200 * off


class Beale(Terrain):
    kind: Literal["beale"] = "beale"
    title = "Beale's function"
    help = "Flat around its minimum, and very steep at the corners."
    formula = "f = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²"
    advice = "To see a rate that is too large in one place and too small in another."
    reference = "Beale 1958."
    box = (-1.0, 4.5, -2.0, 2.0)
    begin = (1.0, 1.5)

    def value(self, x: Floats, y: Floats) -> Floats:
        return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y * y) ** 2 + (2.625 - x + x * y**3) ** 2

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        first, second, third = 1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y**3
        along = 2 * (first * (y - 1) + second * (y * y - 1) + third * (y**3 - 1))
        return along, 2 * x * (first + 2 * second * y + 3 * third * y * y)


class Himmelblau(Terrain):
    kind: Literal["himmelblau"] = "himmelblau"
    title = "Himmelblau's function"
    help = "Four minima, all as deep: a little aside at the start, and another one is found."
    formula = "f = (x² + y − 11)² + (x + y² − 7)²"
    advice = "To see that the start decides where one ends, and that momentum may pass a minimum by."
    reference = "Himmelblau 1972."
    box = (-5.0, 5.0, -4.2, 4.2)
    begin = (-0.5, -1.0)

    def value(self, x: Floats, y: Floats) -> Floats:
        return (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        first, second = x * x + y - 11, x + y * y - 7
        return 4 * x * first + 2 * second, 2 * first + 4 * y * second


class ManyMinima(Terrain):
    kind: Literal["many_minima"] = "many_minima"
    title = "Many minima"
    help = "A bowl full of dents: whoever stops in the first one stays high."
    formula = "f = 20 + x² + y² − 10 cos 2πx − 10 cos 2πy"
    advice = "To see what momentum and noise are good for: they roll on over small dents."
    reference = "Rastrigin 1974."
    box = (-3.2, 3.2, -2.4, 2.4)
    begin = (-2.6, 1.7)

    def value(self, x: Floats, y: Floats) -> Floats:
        waves: Floats = np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y)
        return 20 + x * x + y * y - 10 * waves

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        turns = 20 * np.pi
        return 2 * x + turns * np.sin(2 * np.pi * x), 2 * y + turns * np.sin(2 * np.pi * y)


INPUTS, TARGET = (9, 10), 0
"""Columns of the wines: colour intensity and hue, from which alcohol is told."""
AROUND = 3.2
"""How far is seen of a regression, in lengths of the valley that are usual for its curvatures."""


class WineRegression(Terrain):
    kind: Literal["wine_regression"] = "wine_regression"
    title = "Regression on wines"
    help = "How wrong two weights tell the alcohol of 178 wines from their colour and hue."
    formula = "f = ½ mean (w₁ colour + w₂ hue − alcohol)²"
    advice = (
        "Scale the inputs, and the valley becomes rounder; take small batches, and every step sees another."
    )
    reference = "Forina et al. 1988."

    scaled: bool = Field(
        False, title="Scale the inputs", description="Divides each input by its standard deviation first."
    )
    batch: Annotated[int, Logarithmic(1)] = Field(
        178, ge=1, le=178, title="Batch size", description="Wines that a step sees; 178 are all of them."
    )

    def value(self, x: Floats, y: Floats) -> Floats:
        hessian, best, least = _regression(self.scaled)
        dx, dy = x - best[0], y - best[1]
        height: Floats = hessian[0, 0] * dx * dx + 2 * hessian[0, 1] * dx * dy + hessian[1, 1] * dy * dy
        return height / 2 + least

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        hessian, best, _ = _regression(self.scaled)
        dx, dy = x - best[0], y - best[1]
        return hessian[0, 0] * dx + hessian[0, 1] * dy, hessian[1, 0] * dx + hessian[1, 1] * dy

    def noisy_slope(self, x: float, y: float, chance: Generator) -> Floats:
        if self.batch == len(_wines(self.scaled)[0]):
            return super().noisy_slope(x, y, chance)
        inputs, targets = _wines(self.scaled)
        rows = chance.choice(len(inputs), self.batch, replace=False)
        slope: Floats = inputs[rows].T @ (inputs[rows] @ (x, y) - targets[rows]) / self.batch
        return slope

    @property
    def seen(self) -> Box:
        hessian, best, _ = _regression(self.scaled)
        (x, y), far = best.tolist(), AROUND / float(np.linalg.det(hessian)) ** 0.25
        return x - far, x + far, y - 0.75 * far, y + 0.75 * far

    @property
    def start(self) -> tuple[float, float]:
        left, right, low, high = self.seen
        return left + 0.12 * (right - left), low + 0.8 * (high - low)

    @property
    def bottom(self) -> float:
        return _regression(self.scaled)[2]

    @property
    def steepest(self) -> float:
        return float(np.linalg.eigvalsh(_regression(self.scaled)[0])[-1])

    @property
    def remark(self) -> Text:
        curvatures = np.linalg.eigvalsh(_regression(self.scaled)[0])
        return say(
            "race.condition",
            "It is {times} times steeper across the valley than along it.",
            times=figures(curvatures[-1] / curvatures[0], 3),
        )


@lru_cache(maxsize=2)
def _wines(scaled: bool) -> tuple[Floats, Floats]:
    """Inputs (178, 2) and targets (178,), each about its mean, so that no bias is needed."""
    from playground.data.datasets.wine import Wine

    raw = np.asarray(Wine().load().raw, np.float64)
    inputs = raw[:, INPUTS] - raw[:, INPUTS].mean(axis=0)
    if scaled:
        inputs /= inputs.std(axis=0)
    return np.asarray(inputs, np.float64), raw[:, TARGET] - raw[:, TARGET].mean()


@lru_cache(maxsize=2)
def _regression(scaled: bool) -> tuple[Floats, Floats, float]:
    """The Hessian XᵗX / n, the best weights, and half the mean squared error that they leave."""
    inputs, targets = _wines(scaled)
    hessian = inputs.T @ inputs / len(inputs)
    best = np.asarray(np.linalg.solve(hessian, inputs.T @ targets / len(inputs)), np.float64)
    return hessian, best, float(np.mean((inputs @ best - targets) ** 2) / 2)


SIZES = {"1": "−1 … 1", "3": "−3 … 3", "10": "−10 … 10"}
NUDGE = 1e-5
"""Half the distance of the two places between which a slope is taken."""


class OwnTerrain(Terrain):
    kind: Literal["own_terrain"] = "own_terrain"
    title = "A formula of your own"
    help = "Any function of x and y, such as x^4 + y^2 − x y; its slope is taken by central differences."
    formula = "∂f/∂x ≈ (f(x + h, y) − f(x − h, y)) / 2h"
    advice = "To try what you have read about."
    lowest = None

    expression: OfPlane = Field(
        "x^4/4 - x^2 + y^2 + x/4",
        min_length=1,
        title="f(x, y)",
        description="Of + − * / ^ ( ), functions such as sin, exp and log, and x and y.",
    )
    around: Annotated[Literal["1", "3", "10"], Titles(SIZES)] = Field(
        "3", title="Seen", description="How much of the plane is seen around its middle."
    )

    @property
    def seen(self) -> Box:
        far = float(self.around)
        return -far, far, -0.75 * far, 0.75 * far

    @property
    def start(self) -> tuple[float, float]:
        return -0.7 * float(self.around), 0.5 * float(self.around)

    @property
    def bottom(self) -> float | None:
        """The smallest loss on a grid over what is seen, if it is not at the edge, where it may fall on."""
        left, right, low, high = self.seen
        values = self.value(*np.meshgrid(np.linspace(left, right, 201), np.linspace(low, high, 201)))
        inner = values[1:-1, 1:-1]
        if not np.isfinite(values).all() or values.min() < inner.min():
            return None
        return float(inner.min())

    def value(self, x: Floats, y: Floats) -> Floats:
        x, y = np.broadcast_arrays(x, y)
        columns = {column.name: values.ravel() for column, values in zip(PLANE, (x, y), strict=True)}
        return _formula(self.expression).compute(columns, x.size).reshape(x.shape)

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        def between(dx: float, dy: float) -> Floats:
            return (self.value(x + dx, y + dy) - self.value(x - dx, y - dy)) / (2 * NUDGE)

        return between(NUDGE, 0.0), between(0.0, NUDGE)


@lru_cache(maxsize=16)
def _formula(expression: str) -> Formula:
    return formula_over(expression, PLANE)
