"""What of the data may keep a network from learning: scales, rare classes, repeated samples, far targets."""

from __future__ import annotations

from math import nan
from typing import Self

import numpy as np

from playground.engine.arrays import Array
from playground.record import record
from playground.training.trainer import Trainer

MOST_COMPARED = 20_000
"""Samples of a side that are looked through for samples of the other."""

LEAST_VALUES = 3
"""A column of fewer different values says yes or no, and has no scale."""


@record
class DataVitals:
    """What was found of the data as the network takes them.

    Attributes:
        scales: (columns,) standard deviation of each input over the training samples; NaN of a column that
            has no scale.  Empty where samples are no rows.
        centres: (columns,) its mean.
        classes: (classes,) how many training samples there are of each; empty for numbers.
        targets: the lowest and the highest target as the loss takes them.
        repeated: the share of test samples that are training samples too, inputs and target alike.
        samples: how many there are to train on.
    """

    scales: tuple[float, ...] = ()
    centres: tuple[float, ...] = ()
    classes: tuple[int, ...] = ()
    targets: tuple[float, float] = (nan, nan)
    repeated: float = 0.0
    samples: int = 0

    @classmethod
    def of(cls, trainer: Trainer) -> Self:
        """What there is to find of a trainer's data."""
        train, classes = trainer.sides.train, trainer.data.task.classes
        count = len(train.inputs)
        if not count:
            return cls()
        scales, centres = _scales(trainer)
        counts = np.bincount(train.split.truth.astype(np.intp), minlength=classes) if classes else ()
        asked = train.targets[~np.isnan(train.targets)]
        ends = (float(asked.min()), float(asked.max())) if asked.size else (nan, nan)
        return cls(scales, centres, tuple(map(int, counts)), ends, _repeated(trainer), count)


def _scales(trainer: Trainer) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if len(trainer.experiment.data.input_shape) != 1:
        return (), ()
    inputs = trainer.sides.train.inputs[:MOST_COMPARED, :-1].astype(np.float64)
    spread = inputs.std(axis=0)
    different = (np.diff(np.sort(inputs, axis=0), axis=0) != 0).sum(axis=0) + 1  # `unique` loads np.ma
    spread[different < LEAST_VALUES] = nan
    return tuple(spread.tolist()), tuple(inputs.mean(axis=0).tolist())


def _repeated(trainer: Trainer) -> float:
    sides = trainer.sides
    if sides.train.whole is not None or not len(sides.test.inputs):
        return 0.0
    known = {row.tobytes() for row in _whole_rows(sides.train.inputs, sides.train.targets)}
    tested = _whole_rows(sides.test.inputs, sides.test.targets)
    return sum(row.tobytes() in known for row in tested) / len(tested)


def _whole_rows(inputs: Array, targets: Array) -> Array:
    return np.hstack([inputs[:MOST_COMPARED, :-1], targets[:MOST_COMPARED]])
