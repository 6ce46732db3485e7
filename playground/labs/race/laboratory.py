"""The settings of the laboratory in which optimizers race."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.engine.optimizers import Optimizer
from playground.engine.optimizers.adam import Adam
from playground.engine.optimizers.adaptive import RmsProp
from playground.engine.optimizers.descent import GradientDescent, Momentum
from playground.labs.base import Laboratory, Try
from playground.labs.race.racing import RateSweep, Way, ground, race, sweep
from playground.labs.race.terrain import Floats, Terrain
from playground.labs.race.terrains import Bowl, Flatland, SaddlePoint, Valley, WineRegression
from playground.value import AnyOf, Hidden, Logarithmic

MOST_RACERS = 8
USUAL = (
    GradientDescent(learning_rate=0.12),
    Momentum(learning_rate=0.05, beta=0.8),
    RmsProp(learning_rate=0.08),
    Adam(learning_rate=0.15),
)
Share = Annotated[float, Field(ge=0, le=1)]


class Race(Laboratory):
    kind: Literal["race"] = "race"
    shelf = 6
    title = "Optimizer race"
    akin = ("Optimizer",)
    question = "Why does gradient descent zigzag in a narrow valley, and what does momentum do about it?"
    help = "Optimizers go down the same landscape of two weights, step by step."
    answer = (
        "A rate that is small enough for the steep direction, below 2/λ, is much too small for the flat one. "
        "Momentum adds up what points the same way and cancels what alternates; RMSprop and Adam give every "
        "weight a rate of its own, which helps along the axes."
    )
    formula = "w ← w − η g;   stable while η < 2/λ"
    advice = "To see what an optimizer does before a network hides it."
    reference = "Polyak 1964. Kingma & Ba 2015. Goh 2017."
    tries = (
        Try(
            "Raise the rate of gradient descent past 2/λ.",
            {
                "terrain": Valley(),
                "racers": (GradientDescent(learning_rate=0.132), *USUAL[1:]),
                "start": None,
            },
        ),
        Try("Turn the valley: rates of their own help less.", {"terrain": Valley(turned=45), "start": None}),
        Try("Regress on wines as they are.", {"terrain": WineRegression(), "start": None}),
        Try("Scale their inputs first.", {"terrain": WineRegression(scaled=True), "start": None}),
        Try(
            "Begin exactly on the ridge of a saddle.",
            {"terrain": SaddlePoint(), "start": (0.05, 0.5), "noise": 0.0},
        ),
        Try("Leave the ridge by noise.", {"terrain": SaddlePoint(), "start": (0.05, 0.5), "noise": 0.05}),
        Try("Cross a plateau.", {"terrain": Flatland(), "start": None}),
        Try(
            "Jump to the bottom of a bowl.",
            {"terrain": Bowl(), "racers": (GradientDescent(learning_rate=1.0),)},
        ),
    )

    terrain: AnyOf[Terrain] = Field(
        Valley(), title="Landscape", description="The loss over two weights that all go down."
    )
    noise: float = Field(
        0.0,
        ge=0,
        le=10,
        title="Gradient noise",
        description="Standard deviation of what is added to each slope.",
    )
    steps: Annotated[int, Logarithmic(1)] = Field(
        60, ge=1, le=500, title="Steps", description="Steps of the whole race."
    )
    epsilon: Annotated[float, Logarithmic(1e-6)] = Field(
        0.01,
        gt=0,
        le=10,
        title="Goal ε",
        description="Who is no higher than this above the bottom is there.",
    )
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="Which noise; all racers have the same.")
    racers: Annotated[tuple[AnyOf[Optimizer], ...], Hidden()] = Field(
        USUAL, min_length=1, max_length=MOST_RACERS
    )
    swept: Annotated[int, Hidden()] = Field(0, ge=0, lt=MOST_RACERS)
    """The place of the racer whose rate is swept."""
    surface: Annotated[bool, Hidden()] = False
    """Whether the terrain is seen from the side, in three dimensions."""
    start: Annotated[tuple[Share, Share] | None, Hidden()] = None
    """Where all begin, as shares of what is seen; None for where the terrain has it."""

    @property
    def begins(self) -> tuple[float, float]:
        """The same as weights."""
        if self.start is None:
            return self.terrain.start
        left, right, low, high = self.terrain.seen
        return left + self.start[0] * (right - left), low + self.start[1] * (high - low)

    @property
    def chosen(self) -> int:
        """The place of the racer whose rate is swept, among those there are."""
        return min(self.swept, len(self.racers) - 1)

    @property
    def goal(self) -> float | None:
        """The loss at which a racer is there; None where there is no bottom."""
        bottom = self.terrain.bottom
        return None if bottom is None else bottom + self.epsilon

    def ways(self) -> tuple[Way, ...]:
        """How all racers go, in their order; all see the same noise."""
        return tuple(
            race(self.terrain, racer, self.begins, self.steps, self.noise, self.seed) for racer in self.racers
        )

    def sweep(self) -> RateSweep:
        """How low the chosen racer gets with other rates."""
        racer = self.racers[self.chosen]
        return sweep(self.terrain, racer, self.begins, self.steps, self.noise, self.seed)

    def ground(self) -> tuple[Floats, tuple[tuple[float, float], ...]]:
        """How high the terrain is, (rows, columns) from 0 to 1, the lowest y first, and losses of heights."""
        return ground(self.terrain)
