"""The settings of the laboratory of moving averages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.labs.averages.averaging import ExponentialAverage, MovingAverage, WindowAverage
from playground.labs.averages.noisy_series import (
    AlternatingSlopes,
    Floats,
    JumpSeries,
    LossOfBatches,
    NoisySeries,
    Temperatures,
)
from playground.labs.base import Laboratory, Try
from playground.value import AnyOf, Hidden

MOST_AVERAGES = 8
USUAL = (ExponentialAverage(beta=0.9, corrected=True), ExponentialAverage(beta=0.98))


class Averages(Laboratory):
    kind: Literal["averages"] = "averages"
    shelf = 8
    title = "Moving averages"
    akin = ("Optimizer.momentum", "Optimizer.rmsprop", "Optimizer.adam", "Optimizer.nadam", "Optimizer.adamw")
    question = "How can one number remember the past, and what do momentum and Adam use it for?"
    help = "Noisy numbers come one by one, and averages that forget slowly follow them."
    answer = (
        "What came k numbers ago weighs (1 − β) βᵏ: the memory reaches back about 1 / (1 − β). More of it "
        "means less noise and more delay. It begins at 0, which bias correction makes good. Momentum is such "
        "an average of gradients; Adam divides by the root of another, of their squares."
    )
    formula = "m ← β m + (1 − β) x,   m̂ = m / (1 − βᵗ),   1 / (1 − β) numbers"
    advice = "To see what β means before an optimizer hides it."
    reference = "Holt 1957. Polyak 1964. Kingma & Ba 2015."
    tries = (
        Try(
            "See what bias correction makes good.",
            {
                "series": Temperatures(),
                "averages": (
                    ExponentialAverage(beta=0.98),
                    ExponentialAverage(beta=0.98, corrected=True),
                ),
            },
        ),
        Try(
            "Remember 2, 10 and 50 days.",
            {
                "series": Temperatures(),
                "averages": tuple(ExponentialAverage(beta=beta, corrected=True) for beta in (0.5, 0.9, 0.98)),
            },
        ),
        Try(
            "Let the numbers jump, and see who notices when.",
            {
                "series": JumpSeries(),
                "averages": tuple(ExponentialAverage(beta=beta, corrected=True) for beta in (0.5, 0.9, 0.98)),
            },
        ),
        Try(
            "Average slopes that alternate, as momentum does.",
            {"series": AlternatingSlopes(), "averages": (ExponentialAverage(beta=0.9, corrected=True),)},
        ),
        Try(
            "Smooth the loss of batches.",
            {"series": LossOfBatches(), "averages": (ExponentialAverage(beta=0.95, corrected=True),)},
        ),
        Try(
            "Forget gradually, or all at once.",
            {
                "series": Temperatures(),
                "averages": (ExponentialAverage(beta=0.95, corrected=True), WindowAverage(width=39)),
            },
        ),
    )

    series: AnyOf[NoisySeries] = Field(
        Temperatures(), title="Numbers", description="What comes, one number after another."
    )
    averages: Annotated[tuple[AnyOf[MovingAverage], ...], Hidden()] = Field(
        USUAL, min_length=1, max_length=MOST_AVERAGES
    )

    def courses(self) -> tuple[Floats, ...]:
        """What each average makes of the numbers (n,), in their order."""
        values = self.series.values
        return tuple(average.of(values) for average in self.averages)

    @property
    def smoothest(self) -> MovingAverage:
        """The one that reaches back farthest."""
        return max(self.averages, key=lambda each: each.window)

    @property
    def biased(self) -> ExponentialAverage | None:
        """The one that begins farthest below the numbers, as nothing corrects it; None where none does."""
        plain = [
            each for each in self.averages if isinstance(each, ExponentialAverage) and not each.corrected
        ]
        return max(plain, key=lambda each: each.beta, default=None)

    @property
    def remembered(self) -> ExponentialAverage | None:
        """The first that an optimizer can have too."""
        return next((each for each in self.averages if isinstance(each, ExponentialAverage)), None)
