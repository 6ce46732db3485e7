"""Learning rates over a training as schedules have them: curves, areas, and times that suit its length."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from playground.engine.schedules import PiecewiseConstant, Schedule, TimedSchedule, Warmup
from playground.value import Typical

Floats = NDArray[np.float64]
S = TypeVar("S", bound=Schedule)

PLACES = 1000
"""Steps at which a curve is drawn, or all where there are fewer."""
PLANNED = 500
"""Epochs of a training for which the usual times of schedules are made."""
TIME = Typical(1, 10_000)
"""The mark of a field that is a time."""


def rate_curve(schedule: Schedule, initial: float, epochs: int, per_epoch: int) -> tuple[Floats, Floats]:
    """Epochs and the learning rates of the steps there, as if the validation loss had always improved."""
    last = epochs * per_epoch - 1
    steps = np.unique(np.linspace(0, last, min(PLACES, last) + 1).astype(np.int64))
    rates = np.array([schedule.rate(initial, step, per_epoch) for step in steps.tolist()])
    return steps / per_epoch, rates


def rates_learnt_by(epochs: Floats, noted: Floats) -> Floats:
    """Learning rates at places in a training, from those that were noted after each epoch; NaN ahead."""
    return noted[np.minimum(epochs.astype(np.int64), len(noted) - 1)]


def area(schedule: Schedule, initial: float, epochs: int, per_epoch: int) -> float:
    """The mean learning rate of all steps as a share of the first, by a sample of the steps where many."""
    last = epochs * per_epoch
    count = min(2 * PLACES, last)
    steps = ((np.arange(count) + 0.5) * last / count).astype(np.int64)  # the middle of equal stretches
    shares = [schedule.rate(initial, step, per_epoch) / initial for step in steps.tolist()]
    return float(np.mean(shares))


def times(schedule: Schedule) -> tuple[str, ...]:
    """The fields of a schedule that are times."""
    fields = type(schedule).model_fields
    return tuple(name for name, field in fields.items() if TIME in field.metadata)


def lasting(schedule: S, epochs: int, planned: int = PLANNED) -> S:
    """The same for a training of so many epochs instead of those that were planned."""
    if isinstance(schedule, TimedSchedule) and schedule.unit == "steps":
        return schedule

    def stretched(time: int) -> int:
        return min(max(1, round(time * epochs / planned)), 100_000)

    changes: dict[str, object] = {name: stretched(getattr(schedule, name)) for name in times(schedule)}
    if isinstance(schedule, PiecewiseConstant):
        boundaries = tuple(map(stretched, schedule.boundaries))
        if len(set(boundaries)) == len(boundaries):
            changes["boundaries"] = boundaries
    if isinstance(schedule, Warmup):
        changes["inner"] = lasting(schedule.inner, epochs, planned)
    return schedule.with_(**changes)
