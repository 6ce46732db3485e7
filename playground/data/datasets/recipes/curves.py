"""Values over a line, to see a network bend one."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field

from playground.data.dataset import NoisePercent, Regression
from playground.data.datasets.recipes.drawing import OfLine, between
from playground.data.formulas.checking import values_of
from playground.data.sample import LINE, Column, Floats, Targets
from playground.randomness import Source
from playground.value import Hidden, Typical


class OverLine(Regression):
    """Places on a line with a value each."""

    @property
    def columns(self) -> tuple[Column, ...]:
        return LINE

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, 1) and values (n,)."""
        x = between(-6, 6, source.uniform(self.samples))
        return x[:, np.newaxis], self.value(x) + source.normal(self.samples) * self.noise / 100

    @abstractmethod
    def value(self, x: Floats) -> Floats:
        """The clean values (n,) at these places (n,)."""


class Sine(OverLine):
    title = "Sine"
    help = "A wave over one coordinate, for seeing a network bend a line; noise moves values."
    formula = "t = sin ωx"
    advice = "For watching hidden neurons bend a line, piece by piece."
    kind: Literal["sine"] = "sine"
    frequency: Annotated[float, Typical(0.2, 5)] = Field(
        1.0,
        gt=0,
        le=20,
        title="Frequency",
        description="The ω of sin ωx, 0.5 to 3 as a rule; more is harder.",
    )

    def value(self, x: Floats) -> Floats:
        """A wave."""
        return np.sin(self.frequency * x)


class Stairs(OverLine):
    title = "Step"
    help = "Stairs: level, and then at once higher; noise moves values."
    formula = "t = 2 ⌊(x + 6) (steps + 1) / 12⌋ / steps − 1"
    advice = "For seeing how steep a smooth network can become; a neuron for each step will do."
    kind: Literal["step"] = "step"
    steps: int = Field(
        1, ge=1, le=8, title="Steps", description="How many there are, 1 to 4 as a rule; more is harder."
    )

    def value(self, x: Floats) -> Floats:
        """Stairs from −1 to 1."""
        return 2 * np.floor((x + 6) * (self.steps + 1) / 12) / self.steps - 1


class Sawtooth(OverLine):
    title = "Sawtooth"
    help = "Rises steadily and falls at once, again and again; noise moves values."
    formula = "t = 2 (x / p − ⌊x / p + ½⌋)"
    advice = "For telling what rectifiers do well, slopes, from what they do not, jumps."
    kind: Literal["sawtooth"] = "sawtooth"
    period: Annotated[float, Typical(1, 12)] = Field(
        4.0,
        ge=0.5,
        le=24,
        title="Period",
        description="The p, how long a tooth is, 2 to 6 as a rule; less is harder.",
    )

    def value(self, x: Floats) -> Floats:
        """Teeth from −1 to 1, one of them about 0."""
        along = x / self.period
        return 2 * (along - np.floor(along + 0.5))


class AbsoluteValue(OverLine):
    title = "Absolute value"
    help = "A kink at 0 between two straight lines; noise moves values."
    formula = "t = |x| / 3 − 1"
    advice = "Two ReLU neurons are exactly this; see whether they find it."
    kind: Literal["absolute_value"] = "absolute_value"

    def value(self, x: Floats) -> Floats:
        """From 1 down to −1 and up again."""
        return np.abs(x) / 3 - 1


class Bumps(OverLine):
    title = "Bumps"
    help = "Five hills and hollows, broad ones and narrow ones, on level ground; noise moves values."
    formula = "t = Σ h exp(−(x − c)² / w²)"
    advice = "For seeing that the broad ones are learnt first, and what more neurons are for."
    kind: Literal["bumps"] = "bumps"

    hills: ClassVar[tuple[tuple[float, float, float], ...]] = (
        (-4.5, 0.6, 1.0), (-2, -0.9, 0.8), (0.5, 1.0, 0.6), (2.5, -0.6, 0.4), (4.5, 0.9, 0.3)
    )  # fmt: skip
    """The place c, the height h and the width w of each."""

    def value(self, x: Floats) -> Floats:
        """The sum of all of them."""
        c, h, w = np.array(self.hills).T
        values: Floats = np.exp(-(((x[:, np.newaxis] - c) / w) ** 2)) @ h
        return values


class NoisyCubic(OverLine):
    title = "Noisy cubic"
    help = "A cubic with much noise, which moves values."
    formula = "t = x³ / 100"
    advice = "With few samples and many neurons, for seeing a network learn the noise by heart."
    reference = "Hernández-Lobato & Adams 2015."
    kind: Literal["noisy_cubic"] = "noisy_cubic"
    noise: NoisePercent = 20.0

    def value(self, x: Floats) -> Floats:
        """Steep at both ends, level in the middle."""
        return x**3 / 100


DRAWN_AT = np.linspace(-6, 6, 61)
"""The places between which a drawn curve is straight."""
HIGHEST = 3.0
DrawnHeight = Annotated[float, Field(ge=-HIGHEST, le=HIGHEST)]


class DrawnCurve(OverLine):
    title = "Drawn curve"
    help = "A curve that you draw by hand; noise moves values."
    formula = "t: what was drawn, straight between 61 places"
    advice = "Draw it in the laboratory Universal approximation, and use it here."
    own = True
    kind: Literal["drawn_curve"] = "drawn_curve"
    heights: Annotated[tuple[DrawnHeight, ...], Hidden()] = Field(
        tuple(np.round(np.sin(DRAWN_AT) * np.cos(DRAWN_AT / 4), 3).tolist()),
        min_length=len(DRAWN_AT),
        max_length=len(DRAWN_AT),
        title="Heights",
        description="The values at 61 places from −6 to 6.",
    )

    @classmethod
    def through(cls, values: Floats) -> Self:
        """The curve through these values (61,), as far up and down as there is room."""
        return cls(heights=tuple(np.clip(np.nan_to_num(values), -HIGHEST, HIGHEST).tolist()))

    def value(self, x: Floats) -> Floats:
        """Straight from each place to the next."""
        return np.interp(x, DRAWN_AT, self.heights)


class FormulaCurve(OverLine):
    title = "Curve by formula"
    help = "Values by a formula of your own; noise moves values."
    formula = "t = f(x)"
    advice = "Keep the values within −1 to 1 or so: large ones are learnt slowly or not at all."
    own = True
    kind: Literal["formula_curve"] = "formula_curve"
    expression: OfLine = Field(
        "sin(x) / (1 + |x|)",
        title="Formula",
        description="The f(x) to be learnt, such as exp(−x²) sin 5x.",
    )

    def value(self, x: Floats) -> Floats:
        """Whatever it says."""
        return values_of(self.expression, LINE, x[:, np.newaxis])
