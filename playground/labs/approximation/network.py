"""A built function as a network that learns, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from time import monotonic

import numpy as np

from playground.data import Data
from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.initializers import Pretrained
from playground.engine.layers import Dense
from playground.engine.losses import SquaredError
from playground.engine.optimizers import Adam
from playground.experiment import Experiment, Training
from playground.labs.approximation.laboratory import BRICKS, Approximation
from playground.labs.approximation.neurons import FAR, Neuron, NeuronWeights, rows_of
from playground.training.trainer import Trainer

PIECE = 0.03
"""Seconds of training between two looks."""


def experiment_of(lab: Approximation) -> Experiment:
    """A network with one hidden layer that is the built function, and learns its target."""
    neurons, constant = lab.built
    rows = rows_of(neurons)
    hidden = Dense(
        id="hidden",
        units=len(rows),
        activation=BRICKS[lab.brick].activation,
        initializer=Pretrained.holding(rows[:, :2]),
    )
    last = Pretrained.holding(np.append(rows[:, 2], constant)[np.newaxis])
    output = Dense(id="output", units=1, activation=Linear(), initializer=last)
    return Experiment(
        data=Data().with_dataset(lab.target),
        network=Architecture(layers=(hidden, output)),
        training=Training(loss=SquaredError(), optimizer=Adam(learning_rate=lab.rate)),
    )


@dataclass(frozen=True)
class TrainedFunction:
    """How far training came.

    Attributes:
        lab: the settings with the neurons as they are now.
        epoch: epochs done.
        diverged: whether a number became too large, so that there is nothing to go on with.
    """

    lab: Approximation
    epoch: int
    diverged: bool = False


def training(lab: Approximation) -> Iterator[TrainedFunction]:
    """Piece after piece of training that goes on from the built function, until it diverges.

    Raises:
        InvalidValue: where the target has no value somewhere.
    """
    trainer = Trainer(experiment_of(lab))
    while trainer.divergence is None:
        train_for(trainer, PIECE)
        yield as_trained(lab, trainer)


def train_for(trainer: Trainer, seconds: float, epochs: float = inf) -> None:
    """Train for about so long, one epoch at least, to an epoch or to a divergence at most."""
    until = monotonic() + seconds
    while trainer.divergence is None and trainer.epoch < epochs:
        with np.errstate(all="ignore"):  # what becomes infinite is found and told
            trainer.run_epoch()
        if monotonic() > until:
            return


def one_epoch(lab: Approximation) -> Iterator[TrainedFunction]:
    """One epoch of it."""
    trainer = Trainer(experiment_of(lab))
    trainer.run_epoch()
    yield as_trained(lab, trainer)


def as_trained(lab: Approximation, trainer: Trainer) -> TrainedFunction:
    """The settings with what a trainer made of the neurons."""
    found = {name: tensor.astype(np.float64).ravel() for name, tensor in trainer.network.tensors()}
    w, b, v = found["hidden.weights"], found["hidden.bias"], found["output.weights"]
    neurons: list[Neuron] = []
    constant = float(found["output.bias"][0])
    for row in np.stack([w, b, v], axis=1).tolist():
        neuron, besides = BRICKS[lab.brick].of(NeuronWeights(*row))
        neurons.append(neuron)
        constant += besides
    constant = float(np.clip(constant, -FAR, FAR))
    return TrainedFunction(
        lab.with_neurons(tuple(neurons), constant), trainer.epoch, trainer.divergence is not None
    )
