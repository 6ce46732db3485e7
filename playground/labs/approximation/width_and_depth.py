"""How close networks come that are wide, and networks that are deep: trained, and folded by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from playground.data import Data
from playground.engine.activations import Activation
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Layer
from playground.engine.losses import SquaredError
from playground.engine.optimizers import Adam
from playground.experiment import Experiment, Training
from playground.labs.approximation.laboratory import BRICKS, SEEN_AT, Approximation, mean_squared
from playground.labs.approximation.network import PIECE, train_for
from playground.labs.approximation.neurons import Floats
from playground.training.trainer import Trainer

SIZES = (2, 4, 8, 16, 32)
"""Hidden neurons in all."""
DEPTHS = (1, 2, 3)
"""Layers that they stand in."""
DRAWS = 3
"""Networks that are trained of each, of which the middle one counts."""
SAMPLES, EPOCHS, RATE = 200, 400, 0.01


@dataclass(frozen=True)
class Errors:
    """Mean squared errors by layers and hidden neurons in all, as far as they were measured."""

    found: Mapping[tuple[int, int], float]
    share: float
    """How much of all that is, from 0 to 1."""

    def over_sizes(self, depth: int) -> Floats:
        """The errors of networks of so many layers, a number a size; NaN where there is none yet."""
        return np.array([self.found.get((depth, size), np.nan) for size in SIZES])


def measured(lab: Approximation, epochs: int = EPOCHS) -> Iterator[Errors]:
    """What is known from one moment to the next while one network after another is trained.

    Raises:
        InvalidValue: where nothing can be learnt of the target.
    """
    found: Mapping[tuple[int, int], float] = {}
    pairs = [(depth, size) for size in SIZES for depth in DEPTHS if size >= 2 * depth or depth == 1]
    whole = len(pairs) * DRAWS * epochs
    done = 0
    for depth, size in pairs:
        errors = []
        for draw in range(DRAWS):
            trainer = Trainer(network_of(lab, depth, size).with_(weights_draw=draw))
            while trainer.epoch < epochs and trainer.divergence is None:
                train_for(trainer, PIECE, epochs)
                yield Errors(found, (done + trainer.epoch) / whole)
            done += epochs
            answers = trainer.network.predict(SEEN_AT[:, np.newaxis].astype(np.float32))[:, 0]
            errors.append(mean_squared(answers - lab.wanted(SEEN_AT)))
        found = {**found, (depth, size): float(np.median(errors))}
        yield Errors(found, done / whole)


def network_of(lab: Approximation, depth: int, size: int) -> Experiment:
    """So many hidden neurons in so many layers, from usual weights, on samples of the target."""
    activation: Activation = BRICKS[lab.brick].activation
    hidden: tuple[Layer, ...] = tuple(
        Dense(id=f"hidden{place + 1}", units=len(part), activation=activation)
        for place, part in enumerate(np.array_split(np.arange(size), depth))
    )
    return Experiment(
        data=Data().with_dataset(lab.target.with_(samples=SAMPLES)),
        network=Architecture(layers=(*hidden, Dense(id="output", units=1))),
        training=Training(loss=SquaredError(), optimizer=Adam(learning_rate=RATE)),
    ).fitted()


def tent(x: Floats) -> Floats:
    """One layer of two ReLU neurons that folds 0…1 in the middle: 2 max(0, x) − 4 max(0, x − ½)."""
    return np.asarray(2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0))


def folded(x: Floats, folds: int) -> Floats:
    """So many of these layers, one behind the other: a zigzag of 2ᵏ straight pieces (Telgarsky 2016)."""
    for _ in range(folds):
        x = tent(x)
    return x


def needed_wide(folds: int) -> int:
    """How many ReLU neurons one layer needs for the same: one for each bend."""
    return int(2**folds) - 1
