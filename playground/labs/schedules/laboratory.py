"""The settings of the laboratory of learning-rate schedules."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.engine.schedules import (
    Constant,
    Cosine,
    CosineRestarts,
    Exponential,
    OneCycle,
    Schedule,
    StepDecay,
    Warmup,
)
from playground.experiment import Experiment
from playground.labs.base import Laboratory, Try
from playground.labs.schedules.rates import Floats, area, rate_curve
from playground.labs.trial import Trained
from playground.value import AnyOf, Hidden, Logarithmic, Typical, Unit

MOST_SCHEDULES = 8
EPOCHS = 60
USUAL = (
    Constant(),
    StepDecay(every=15),
    Exponential(decay_steps=4),
    Cosine(decay_steps=EPOCHS),
    OneCycle(total_steps=EPOCHS),
)


class Schedules(Laboratory):
    kind: Literal["schedules"] = "schedules"
    shelf = 9
    title = "Schedule explorer"
    akin = ("Schedule",)
    question = "How should the learning rate change over a training, and what does that do to the loss?"
    help = "All schedules lie over one another, and the same network learns by each of them."
    answer = (
        "A large rate goes far and shakes; a small one settles. Schedules do first the one, then the other. "
        "The area below a curve is how far plain descent may go in all, as a share of a constant rate. "
        "A warm-up keeps the first steps small, while gradients are wild."
    )
    formula = "w ← w − η(s) g,   area = Σ η(s) / (S η₀)"
    advice = "To choose a schedule by what it does, before a long training."
    reference = "Robbins & Monro 1951. Smith 2018. Loshchilov & Hutter 2017."
    tries = (
        Try("Warm up for ten epochs.", {"warmup": 10}),
        Try(
            "Begin far too high, and see who survives.",
            {"rate": 3.0, "warmup": 0},
        ),
        Try("Begin far too low.", {"rate": 0.001}),
        Try(
            "Restart again and again.",
            {"schedules": (Cosine(decay_steps=60), CosineRestarts(decay_steps=10, t_mul=1.0))},
        ),
        Try(
            "Halve often, or divide by ten once.",
            {"schedules": (StepDecay(every=10), StepDecay(every=40, factor=0.1))},
        ),
        Try("Train a spiral by them.", {"trained": "spiral"}),
    )

    rate: Annotated[float, Logarithmic(1e-4), Typical(1e-4, 10)] = Field(
        0.1, gt=0, le=10, title="Rate η₀", description="The learning rate that all schedules begin with."
    )
    epochs: Annotated[int, Logarithmic(1), Typical(5, 500), Unit("epochs")] = Field(
        EPOCHS, ge=1, le=1000, title="Length", description="Epochs of the whole training."
    )
    per_epoch: Annotated[int, Logarithmic(1), Typical(1, 500)] = Field(
        25,
        ge=1,
        le=1000,
        title="Steps an epoch",
        description="For the curves; a network has as many as its batches.",
    )
    warmup: Annotated[int, Typical(0, 50), Unit("epochs")] = Field(
        0, ge=0, le=1000, title="Warm-up", description="Epochs in which every rate first rises from 0."
    )
    trained: Trained = Field("mine", title="Trained", description="What learns by each of the schedules.")
    schedules: Annotated[tuple[AnyOf[Schedule], ...], Hidden()] = Field(
        USUAL, min_length=1, max_length=MOST_SCHEDULES
    )

    @property
    def used(self) -> tuple[Schedule, ...]:
        """The schedules with the warm-up before them."""
        if not self.warmup:
            return self.schedules
        return tuple(Warmup(warmup_steps=self.warmup, inner=each) for each in self.schedules)

    def curves(self) -> tuple[tuple[Floats, Floats], ...]:
        """Epochs and learning rates of each."""
        return tuple(rate_curve(each, self.rate, self.epochs, self.per_epoch) for each in self.used)

    def areas(self) -> tuple[float, ...]:
        """The mean rate of each as a share of η₀."""
        return tuple(area(each, self.rate, self.epochs, self.per_epoch) for each in self.used)

    def variants(self, experiment: Experiment) -> tuple[Experiment, ...]:
        """The experiment with each schedule, and with this rate and length.

        Raises:
            InvalidValue: when its optimizer cannot have this rate.
        """
        training = experiment.training
        optimizer = training.optimizer.with_(learning_rate=self.rate)
        changed = training.with_(optimizer=optimizer, epochs=self.epochs)
        return tuple(experiment.with_(training=changed.with_(schedule=each)) for each in self.used)
