"""How the net inputs of a deep neuron drift while the layers below it learn, with batch norm and without.

Ioffe & Szegedy 2015; that it helps for other reasons too: Santurkar et al. 2018.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Linear, Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import ActivationLayer, BatchNorm, Dense, Layer
from playground.engine.optimizers.descent import GradientDescent
from playground.experiment import Experiment, Training
from playground.labs.threads import one_thread
from playground.randomness import Pcg64
from playground.training.trainer import Trainer

Floats = NDArray[np.float64]

UNITS = 8
EVERY = 5
"""Updates from one look at the net inputs to the next."""
SHARES = (0.15, 0.5, 0.85)


@dataclass(frozen=True)
class DeepNetwork:
    """A network of dense layers with sigmoids, which learns the circle.

    Attributes:
        layers: hidden layers.
        rate: of plain gradient descent.
        batch: samples of a step.
        seed: of all chance.
        norm: whether there is a batch norm before each sigmoid.
    """

    layers: int
    rate: float
    batch: int
    seed: int
    norm: bool

    def experiment(self) -> Experiment:
        """The same as an experiment."""
        layers: list[Layer] = []
        for number in range(1, self.layers + 1):
            layers.append(Dense(id=f"dense{number}", units=UNITS, activation=Linear()))
            if self.norm:
                layers.append(BatchNorm(id=f"norm{number}"))
            layers.append(ActivationLayer(id=f"sigmoid{number}", activation=Sigmoid()))
        layers.append(Dense(id="output", units=1, activation=Sigmoid()))
        return Experiment(
            network=Architecture(layers=tuple(layers)),
            training=Training(optimizer=GradientDescent(learning_rate=self.rate), batch_size=self.batch),
            randomness=Pcg64(seed=self.seed),
        )

    @property
    def watched(self) -> str:
        """The layer that gives the net inputs of the last sigmoids."""
        return f"{'norm' if self.norm else 'dense'}{self.layers}"


@dataclass(frozen=True, eq=False)
class Drift:
    """The net inputs of one neuron of the last hidden layer over the training samples.

    Attributes:
        quantiles: 15 %, 50 % and 85 % of them at each look, (3, looks); NaN once training ran away.
        losses: of the training samples, (looks,).
    """

    quantiles: Floats
    losses: Floats

    @property
    def looks(self) -> int:
        """How often it was looked."""
        return int(np.isfinite(self.losses).sum())

    @property
    def wandered(self) -> float:
        """How far the middle went in all, there and back, as many times as the net inputs were wide."""
        there = self.quantiles[:, np.isfinite(self.quantiles).all(axis=0)]
        width = float((there[2] - there[0]).mean()) if there.size else 0.0
        return float(np.abs(np.diff(there[1])).sum() / width) if width > 0 else 0.0


def drifting(asked: DeepNetwork, looks: int, pieces: int = 4) -> Iterator[Drift]:
    """Let it learn, and tell so many times how far it is."""
    quantiles, losses = np.full((3, looks + 1), np.nan), np.full(looks + 1, np.nan)
    with one_thread(), np.errstate(all="ignore"):
        trainer = Trainer(asked.experiment())
    for part in np.array_split(np.arange(looks + 1), pieces):
        with one_thread(), np.errstate(all="ignore"):  # what becomes infinite is found and told
            for look in part.tolist():
                if look:
                    trainer.run(EVERY)
                if trainer.divergence is not None:
                    break
                quantiles[:, look], losses[look] = _look(trainer, asked.watched)
        yield Drift(quantiles.copy(), losses.copy())


def _look(trainer: Trainer, watched: str) -> tuple[Floats, float]:
    """Quantiles of the net inputs of the first neuron, as in training, and the loss."""
    split = trainer.data.train
    values = trainer.network.activations(split.inputs)
    loss = trainer.experiment.training.loss
    outputs = trainer.network.plan(len(split.inputs))
    targets = loss.code(split.targets, 2, 0.0).T
    told = loss.value(outputs.net_outputs, outputs.outputs, targets)
    return np.quantile(values[watched][0], SHARES), float(told)
