"""Sequences that are to be continued."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.data.dataset import Task
from playground.data.datasets.recipes.drawing import between
from playground.data.datasets.sequences.drawing import SequenceRecipe
from playground.data.sample import Floats, SampleShape, Targets
from playground.randomness import Source
from playground.value import Typical, Unit

PERIOD = Annotated[float, Unit("steps"), Typical(4, 60)]


class Waves(SequenceRecipe):
    title = "Waves"
    help = "A piece of a sine wave, or of a sum of several, and how it goes on; noise moves all."
    formula = "x(s) = mean of sin(2π s / p + φ),   p between two periods, φ any"
    advice = "For predicting what comes next; let the network go on by itself to see it drift."
    reference = "Lapedes & Farber 1987."
    continues = True
    kind: Literal["waves"] = "waves"
    window: Annotated[int, Unit("steps"), Typical(4, 60)] = Field(
        20,
        ge=2,
        le=200,
        title="Window",
        description="How many steps the network is given, 10 to 40 as a rule.",
    )
    horizon: Annotated[int, Unit("steps"), Typical(1, 20)] = Field(
        1, ge=1, le=100, title="Horizon", description="How many steps it has to predict; more is harder."
    )
    sines: int = Field(
        1,
        ge=1,
        le=5,
        title="Sines",
        description="How many waves are added up, 1 to 3 as a rule; more is harder.",
    )
    shortest: PERIOD = Field(
        12.0, ge=2.5, le=500, title="Periods from", description="How long a wave is at least."
    )
    longest: PERIOD = Field(
        30.0, ge=2.5, le=500, title="to", description="How long a wave is at most; alike is easier."
    )

    @property
    def task(self) -> Task:
        """Predict the steps that follow."""
        return Task("regression", sizes=(self.horizon,))

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(time=self.window, columns=("x",))

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Pieces (n, window, 1), and the values that follow, (n,) or (n, horizon)."""
        steps, chance = self.window + self.horizon, source.uniform((self.samples, self.sines, 2))
        low, high = sorted((self.shortest, self.longest))
        turns = 1 / between(low, high, chance[..., :1])
        angles = 2 * np.pi * (turns * np.arange(steps) + chance[..., 1:])
        values = np.sin(angles).mean(axis=1)
        values += source.normal((self.samples, steps)) * self.noise / 100
        following = values[:, self.window :]
        return values[:, : self.window, np.newaxis], following[:, 0] if self.horizon == 1 else following
