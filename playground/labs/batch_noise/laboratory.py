"""The settings of the laboratory of batches."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.labs.base import Laboratory, Try
from playground.labs.batch_noise.samples import Floats, RegressionSamples
from playground.labs.batch_noise.sweep import RateRule
from playground.labs.batch_noise.walk import Walk
from playground.labs.race.racing import levels
from playground.labs.trial import Trained
from playground.value import Hidden, Logarithmic, Titles, Typical, Unit

COLUMNS, ROWS = 320, 240
"""Places at which the loss is drawn."""
Share = Annotated[float, Field(ge=0, le=1)]
RULES = {"same": "As it is", "linear": "Times the batch", "root": "Times its root"}


class BatchNoise(Laboratory):
    kind: Literal["batch_noise"] = "batch_noise"
    title = "Batch size and noise"
    shelf = 10
    akin = ("Optimizer.gradient_descent",)
    question = "How many samples should a step look at?"
    help = "Every sample pulls another way; a batch goes by the mean of a few, and is wrong by chance."
    answer = (
        "The mean of a batch is right on average and scatters with 1/√B: four times the samples, half the "
        "noise. Small batches make many cheap, erratic steps an epoch; large ones few and sure ones. What is "
        "fastest lies in between, and depends on the machine too."
    )
    formula = "g = (1/B) Σ gᵢ,   σ(g) = σ/√B · √((n − B)/(n − 1))"
    advice = "To choose a batch size, and to see why a loss still shakes at the end."
    reference = "Robbins & Monro 1951. Bottou 1998. Goyal et al. 2017."
    tries = (
        Try("Take one sample a step.", {"batch": 1, "rate": 0.1}),
        Try("Take all samples at once.", {"batch": 200, "rate": 0.5}),
        Try("Four times as many: half the noise.", {"batch": 32}),
        Try("Let all samples agree: there is no noise at the bottom.", {"noise": 0.0, "batch": 1}),
        Try("Take steps that are too long for one sample.", {"batch": 1, "rate": 0.8}),
    )

    count: Annotated[int, Logarithmic(1), Typical(4, 200)] = Field(
        64, ge=1, le=200, title="Samples n", description="How many samples there are in all."
    )
    batch: Annotated[int, Logarithmic(1)] = Field(
        8, ge=1, le=200, title="Batch size B", description="Samples a step; at most all there are."
    )
    rate: Annotated[float, Logarithmic(0.01), Typical(0.01, 2)] = Field(
        0.3, gt=0, le=10, title="Learning rate", description="How far a step goes along the mean."
    )
    noise: Annotated[float, Typical(0, 3)] = Field(
        1.0, ge=0, le=100, title="Disagreement", description="Standard deviation of noise on the targets."
    )
    epochs: Annotated[int, Typical(1, 10)] = Field(
        4, ge=1, le=20, title="Epochs", description="How often every sample is seen."
    )
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="Which samples, and in which order.")
    trained: Trained = Field(
        "mine", title="Sweep over", description="What learns with one batch size after another."
    )
    rule: Annotated[RateRule, Titles(RULES)] = Field(
        "same", title="Rate by size", description="How the rate goes with the batch in a sweep."
    )
    swept: Annotated[int, Logarithmic(1), Typical(5, 200), Unit("epochs")] = Field(
        20,
        ge=1,
        le=1000,
        title="Sweep for",
        description="Epochs that are learnt with each batch size.",
    )
    goal: Annotated[float, Logarithmic(0.001), Typical(0.001, 1)] = Field(
        0.1, gt=0, le=1e6, title="Goal", description="The training loss that a sweep waits for."
    )
    start: Annotated[tuple[Share, Share], Hidden()] = (0.12, 0.86)
    """Where the walk begins, as shares of what is seen."""

    def samples(self) -> RegressionSamples:
        """What there is to learn from."""
        return RegressionSamples.drawn(self.count, self.noise, self.seed)

    @property
    def size(self) -> int:
        """Samples of a whole batch."""
        return min(self.batch, self.count)

    def walk(self, samples: RegressionSamples) -> Walk:
        """The way down by batches."""
        left, right, low, high = samples.seen
        start = left + self.start[0] * (right - left), low + self.start[1] * (high - low)
        return Walk(samples, start, self.rate, self.size, self.epochs, self.seed)

    def whole(self, samples: RegressionSamples) -> Walk:
        """The way down by all samples at once, from the same start."""
        return self.with_(batch=self.count).walk(samples)

    def ground(self, samples: RegressionSamples) -> Floats:
        """How high the loss is, (rows, columns), from 0 to 1."""
        left, right, low, high = samples.seen
        places = np.meshgrid(np.linspace(left, right, COLUMNS), np.linspace(low, high, ROWS))
        return levels(samples.loss(*places), samples.lowest)
