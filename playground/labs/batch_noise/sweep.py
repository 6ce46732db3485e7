"""The same experiment with one size of batch after another, and what comes of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from playground.experiment import Experiment
from playground.labs.batch_noise.samples import Floats
from playground.labs.trial import TrialCourse
from playground.training.trainer import Trainer

SIZES = (1, 4, 16, 64, 256, 1024, 4096)
"""Sizes that are tried besides all samples at once."""

RateRule = Literal["same", "linear", "root"]
"""How the learning rate goes with the size of the batch."""


@dataclass(frozen=True)
class SizedRow:
    """What came of one size of batch.

    Attributes:
        seconds: for an epoch, without measuring.
        epochs_to, seconds_to: until the training loss was no more than the goal; None where it never was.
        score: the last accuracy, or R².
        oscillation: how much the training loss still jumps from epoch to epoch, as a share of itself.
    """

    batch: int
    seconds: float
    epochs_to: int | None
    seconds_to: float | None
    score: float
    oscillation: float


def sized(experiment: Experiment, rule: RateRule) -> list[Experiment]:
    """The experiment with each size of batch that its training set allows, all samples at once last.

    Raises:
        LayerProblem, InvalidValue: when it cannot learn.
    """
    count = len(Trainer(experiment).sides.train.inputs)
    return [with_batch(experiment, size, rule) for size in (*(each for each in SIZES if each < count), count)]


def with_batch(experiment: Experiment, size: int, rule: RateRule) -> Experiment:
    """The experiment with a size of batch, and a rate that goes with it."""
    training = experiment.training
    factor = size / training.batch_size
    factor = {"same": 1.0, "linear": factor, "root": factor**0.5}[rule]
    rate = min(training.optimizer.learning_rate * factor, 10.0)
    optimizer = training.optimizer.with_(learning_rate=rate)
    changed = training.with_(batch_size=size, full_batch=False, last_batch="keep", optimizer=optimizer)
    return experiment.with_(training=changed)


def row(batch: int, course: TrialCourse, goal: float) -> SizedRow:
    """What came of one size, as far as it has come."""
    done, there = course.epochs, course.epochs_to(goal)
    seconds = float(course.seconds[done]) / done if done else np.nan
    seconds_to = None if there is None else float(course.seconds[there])
    score, jumps = float(course.score[done]), oscillation(course.train[: done + 1])
    return SizedRow(batch, seconds, there, seconds_to, score, jumps)


def oscillation(losses: Floats) -> float:
    """The standard deviation of the changes in the second half of a training, over the mean loss there."""
    later = losses[len(losses) // 2 :]
    if len(later) < 3 or not np.isfinite(later).all():
        return float("nan")
    return float(np.diff(later).std() / max(float(later.mean()), 1e-300))


def fastest(rows: Sequence[SizedRow]) -> int | None:
    """The place of the size that was at the goal in the least time; None where none was."""
    times = [(each.seconds_to, place) for place, each in enumerate(rows) if each.seconds_to is not None]
    return min(times, default=(0.0, None))[1]
