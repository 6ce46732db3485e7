"""The settings of the laboratory of losses."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.engine.losses import BinaryCrossEntropy, Hinge, Huber, Loss, SquaredError
from playground.labs.base import Laboratory, Try
from playground.labs.losses.lines import Answers, FittedLine, GivenPoints, fitted, points, who_fit
from playground.labs.losses.one_output import OverOutput, SigmoidCourse, behind_sigmoid, course, over_output
from playground.labs.losses.three_classes import Floats, ThreeClasses
from playground.value import AnyOf, Hidden, Logarithmic, Titles

REACH = 4.0
"""How far from 0 outputs are that are seen."""
DEEP = 8.0
"""The same of net inputs before a sigmoid."""
PLACES = 201
WIDE, HIGH = 8.0, 8.0
"""How far from the middle the point outside may lie."""
Share = Annotated[float, Field(ge=0, le=1)]
RIGHT = {"1": "1", "2": "2", "3": "3"}


class LossExplorer(Laboratory):
    kind: Literal["losses"] = "losses"
    shelf = 4
    title = "Losses"
    akin = ("Loss",)
    question = "What does a loss make of a mistake, and where does its slope leave a network alone?"
    help = "Losses over an output, behind a sigmoid, through points with an outlier, over three classes."
    answer = (
        "What is learnt follows the slope. Squared error behind a sigmoid is flat where the answer is most "
        "wrong: learning stalls there, while cross-entropy pushes all the more. Squared error gives in to "
        "outliers, absolute error and Huber do not; hinge takes no notice of what is right by more than 1. "
        "Cross-entropy is never content with a softmax, unless labels are smooth."
    )
    formula = "squared: ∂L/∂z = 2 (σ(z) − t) σ′(z);   cross-entropy: ∂L/∂z = σ(z) − t"
    advice = "To choose a loss by what it does to mistakes and outliers."
    reference = "Huber 1964. Cortes & Vapnik 1995. Szegedy et al. 2016. Hinton et al. 2015."
    tries = (
        Try("Begin far on the wrong side of a sigmoid.", {"loss": BinaryCrossEntropy(), "start": -6.0}),
        Try("Begin where squared error can learn.", {"start": -1.0}),
        Try("Lead the outlier far away.", {"loss": Huber(), "answers": "numbers", "outside": (2.5, -7.0)}),
        Try("Put a sample too far on its own side.", {
            "loss": Hinge(), "answers": "classes", "outside": (8.0, 1.0)
        }),
        Try("Put one on the wrong side.", {"loss": Hinge(), "answers": "classes", "outside": (5.0, -1.0)}),
        Try("Smooth the labels.", {"smoothing": 0.3, "temperature": 1.0, "steps": 300}),
        Try("Let the softmax be warm.", {"temperature": 4.0}),
    )  # fmt: skip

    loss: AnyOf[Loss] = Field(SquaredError(), title="Loss", description="What is drawn over the output.")
    target: float = Field(
        1.0,
        ge=-3,
        le=3,
        title="Target",
        description="What is right; for a loss of classes its sign says which.",
    )
    rate: Annotated[float, Logarithmic(1e-2)] = Field(
        1.0,
        gt=0,
        le=100,
        title="Learning rate",
        description="Of the neuron with a sigmoid and of the softmax.",
    )
    steps: Annotated[int, Logarithmic(1)] = Field(
        100, ge=1, le=500, title="Steps", description="How many steps both learn."
    )
    answers: Annotated[Answers, Titles({"numbers": "Numbers", "classes": "Two classes"})] = Field(
        "numbers", title="Points", description="What the lines are drawn through."
    )
    right: Annotated[Literal["1", "2", "3"], Titles(RIGHT)] = Field(
        "1", title="Right class", description="Which of three classes the softmax should say."
    )
    temperature: Annotated[float, Logarithmic(0.05)] = Field(
        1.0, ge=0.05, le=20, title="Temperature", description="What the logits are divided by; 1 is usual."
    )
    smoothing: float = Field(
        0.0, ge=0, le=0.9, title="Smoothing", description="Share of the label spread over all three classes."
    )
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="Which points.")
    output: Annotated[float, Hidden()] = Field(-1.0, ge=-REACH, le=REACH)
    """The output at which the loss is looked at."""
    start: Annotated[float, Hidden()] = Field(-4.0, ge=-DEEP, le=DEEP)
    """The net input at which the neuron with a sigmoid begins."""
    outside: Annotated[
        tuple[Annotated[float, Field(ge=-WIDE, le=WIDE)], Annotated[float, Field(ge=-HIGH, le=HIGH)]],
        Hidden(),
    ] = (2.0, -3.0)
    """Where the point outside lies."""
    shares: Annotated[tuple[Share, Share, Share], Hidden()] = (0.1, 0.65, 0.25)
    """What the softmax says at temperature 1, before it learns."""

    @property
    def outputs(self) -> Floats:
        """The outputs that are seen, (n,)."""
        return np.linspace(-REACH, REACH, PLACES)

    @property
    def deep(self) -> Floats:
        """The net inputs before a sigmoid that are seen, (n,)."""
        return np.linspace(-DEEP, DEEP, PLACES)

    def over_output(self) -> OverOutput:
        """The loss over the outputs that are seen."""
        return over_output(self.loss, self.target, self.outputs)

    def here(self) -> OverOutput:
        """The same at the one that is looked at, (1,)."""
        return over_output(self.loss, self.target, np.array([self.output]))

    def courses(self) -> tuple[SigmoidCourse, ...]:
        """How a neuron with a sigmoid learns by each loss that it can."""
        return tuple(
            course(loss, self.deep, self.start, self.rate, self.steps) for loss in behind_sigmoid(self.loss)
        )

    def points(self) -> GivenPoints:
        """The points that lines are drawn through."""
        return points(self.answers, self.outside, self.seed)

    def lines(self) -> tuple[FittedLine, ...]:
        """The lines of all losses that can draw one."""
        given = self.points()
        return tuple(fitted(loss, self.answers, given) for loss in who_fit(self.answers, self.loss))

    @property
    def softmax(self) -> ThreeClasses:
        """What is asked of three classes."""
        return ThreeClasses(int(self.right) - 1, self.smoothing, self.temperature)

    @property
    def logits(self) -> Floats:
        """The logits that the softmax begins with, (3,)."""
        return np.log(np.maximum(self.shares, 1e-6))
