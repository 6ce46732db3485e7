"""Moments of small runs for the tests of the landscape."""

import numpy as np

from playground.data import Data
from playground.data.datasets.recipes import Circle, Plane
from playground.engine.activations import Linear, Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.losses import SquaredError
from playground.experiment import Experiment, Training
from playground.training.moment import Moment
from playground.training.trainer import Trainer


def circle(*layers, samples=60, precision="float64", **training):
    """Samples of a circle for a small network that tells inside from outside."""
    shown = layers or (Dense(id="hidden", units=3), Dense(id="output", units=1, activation=Sigmoid()))
    return Experiment(
        data=Data().with_dataset(Circle(samples=samples)),
        network=Architecture(layers=shown),
        training=Training(batch_size=10, **training),
        precision=precision,
    )


def linear(*units, samples=40, **training):
    """Linear layers of so many units on the slope of a plane, without more."""
    layers = [
        Dense(id=f"dense{number}", units=count, activation=Linear())
        for number, count in enumerate((*units, 1))
    ]
    return Experiment(
        data=Data().with_dataset(Plane(samples=samples)),
        network=Architecture(layers=tuple(layers)),
        training=Training(loss=SquaredError(half=True), **training),
        precision="float64",
    )


def moment_of(experiment, epochs=0):
    """What a run had learnt after so many epochs."""
    trainer = Trainer(experiment)
    with np.errstate(all="ignore"):
        for _ in range(epochs):
            trainer.run_epoch()
    return Moment.of(trainer)


def found(pieces):
    """What long work found in the end."""
    last = None
    for piece in pieces:
        last = piece.found if piece.found is not None else last
    return last
