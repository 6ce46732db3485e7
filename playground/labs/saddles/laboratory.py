"""The settings of the laboratory of saddle points."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.engine.optimizers.descent import GradientDescent
from playground.labs.base import Laboratory, Try
from playground.labs.race.racing import Way, race
from playground.labs.saddles.leaving import AWAY, TwoValleys, expected_steps
from playground.value import Hidden, Logarithmic

BEGIN = -1.8
"""Where on the ridge descent begins."""
LEFT, RIGHT, LOW, HIGH = TwoValleys.box


class Saddles(Laboratory):
    kind: Literal["saddles"] = "saddles"
    shelf = 7
    title = "Saddle points"
    question = "Where the gradient is 0, is it a minimum, and how does descent get away if it is none?"
    help = "Descent beside a saddle, random curvatures, and the critical points of small networks."
    answer = (
        "With many weights it would be chance if all curvatures had one sign: nearly every critical point is "
        "a saddle, and those with a high loss have the most directions down. Descent does not stop at one "
        "but is slow: its distance from the ridge grows by 1 + ηλ a step, and a little noise saves the wait."
    )
    formula = "steps to leave ≈ ln(½ / δ) / ln(1 + ηλ);   all n curvatures positive: less than 2⁻ⁿ"
    advice = "When a loss stands still: plateaus end more often than minima are found."
    reference = "Wigner 1958. Bray & Dean 2007. Dauphin et al. 2014. Jin et al. 2017."
    akin = ("Trouble.plateau", "Inspection.landscape")
    tries = (
        Try("Begin nearer to the ridge.", {"offset": 1e-9, "steps": 300}),
        Try("Begin exactly on it.", {"offset": 0.0, "noise": 1e-4, "steps": 300}),
        Try("Take larger steps.", {"offset": 1e-6, "rate": 0.5}),
        Try("Let it hardly go down.", {"down": 0.05, "steps": 1000}),
        Try("Without any noise.", {"noise": 0.0}),
        Try("A matrix of a hundred dimensions.", {"dimension": 100}),
        Try("Look for critical points of a larger network.", {"hidden": 5}),
    )

    down: Annotated[float, Logarithmic(0.01)] = Field(
        0.5, ge=0.01, le=2, title="λ down", description="How steeply the loss falls away from the ridge."
    )
    offset: Annotated[float, Logarithmic(1e-12)] = Field(
        1e-6, ge=0, le=0.4, title="Distance δ", description="From the ridge, where descent begins."
    )
    rate: Annotated[float, Logarithmic(0.01)] = Field(
        0.2, ge=0.01, le=1, title="Learning rate η", description="Of plain gradient descent."
    )
    noise: Annotated[float, Logarithmic(1e-8)] = Field(
        0.01, ge=0, le=0.5, title="Noise", description="Standard deviation of what disturbs the second way."
    )
    steps: Annotated[int, Logarithmic(10)] = Field(
        200, ge=10, le=5000, title="Steps", description="Of each way."
    )
    dimension: Annotated[int, Logarithmic(1)] = Field(
        10, ge=1, le=200, title="Matrix size n", description="Of the matrices whose eigenvalues are shown."
    )
    draws: Annotated[int, Logarithmic(100)] = Field(
        4000, ge=100, le=50_000, title="Matrices", description="Drawn of each size from 1 to 10."
    )
    hidden: int = Field(
        3, ge=1, le=6, title="Neurons", description="Of the small networks whose critical points are sought."
    )
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="Which noise, matrices and samples.")
    ridge: Annotated[float, Hidden()] = Field(BEGIN, ge=LEFT, le=RIGHT)
    """Where along the ridge descent begins."""
    surface: Annotated[bool, Hidden()] = False
    """Whether the terrain is seen from the side."""

    @property
    def terrain(self) -> TwoValleys:
        """Two valleys that are as steep as is said."""
        return TwoValleys(down=self.down)

    def ways(self) -> tuple[Way, Way]:
        """Plain descent, and the same with noise on each slope."""
        descent, start = GradientDescent(learning_rate=self.rate), (self.ridge, self.offset)
        plain, noisy = (
            race(self.terrain, descent, start, self.steps, noise, self.seed) for noise in (0.0, self.noise)
        )
        return plain, noisy

    @property
    def expected(self) -> float:
        """After how many steps plain descent should have left; infinite on the ridge itself."""
        return expected_steps(self.offset, self.rate, self.down)

    def led(self, x: float, y: float) -> Saddles:
        """The same with another start, shares of what is seen; the ridge draws what is near to it."""
        ridge, offset = LEFT + x * (RIGHT - LEFT), abs(LOW + y * (HIGH - LOW))
        return self.with_(ridge=ridge, offset=min(offset, 0.4))


def left_after(way: Way) -> int | None:
    """After how many steps a way was far from the ridge; None where it never was."""
    away = abs(way.places[:, 1]) >= AWAY
    return int(away.argmax()) if away.any() else None
