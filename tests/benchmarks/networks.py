"""The networks that the benchmarks train, and how the playground trains them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from playground.data import Data
from playground.data.datasets.recipes import Blobs, Circle
from playground.engine.activations import Activation, Gelu, Linear, Relu, Sigmoid, Softmax, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import ActivationLayer, BatchNorm, Dense, Dropout, Layer
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy, Loss
from playground.engine.network import Network
from playground.engine.optimizers import Adam, GradientDescent, Optimizer
from playground.experiment import Experiment, Training
from playground.randomness import Pcg64
from playground.training.batches import Batches
from playground.training.blas import limit_threads
from playground.training.trainer import Trainer
from playground.training.update import Update

SAMPLES = 1280  # every batch size below divides it

ACTIVATIONS: dict[str, type[Activation]] = {"tanh": Tanh, "relu": Relu, "GELU": Gelu}

Contender = Callable[[int], None]
"""Trains so many epochs."""


@dataclass(frozen=True)
class Case:
    """A network, its batch size and its optimizer ("GD" or "Adam").

    Batch norm stands between each hidden layer and its activation, dropout behind it.  One output is a
    sigmoid trained by binary cross-entropy, several are a softmax trained by cross-entropy.
    """

    sizes: tuple[int, ...]
    activation: str
    batch: int
    batch_norm: bool = False
    dropout: float = 0.0
    optimizer: str = "GD"

    @property
    def name(self) -> str:
        parts = [self.activation]
        parts += ["batch norm"] if self.batch_norm else []
        parts += [f"dropout {self.dropout:g}"] if self.dropout else []
        parts += ["softmax"] if self.classes > 2 else []
        return f"{'-'.join(map(str, self.sizes))} {' + '.join(parts)}, {self.batch}"

    @property
    def rate(self) -> float:
        return 0.01 if self.optimizer == "GD" else 0.001

    @property
    def classes(self) -> int:
        return max(2, self.sizes[-1])

    @property
    def has_dataset(self) -> bool:
        """Whether the program itself can train it: its datasets lie in the plane."""
        return self.sizes[0] == 2

    def data(self) -> Data:
        """A dataset of the plane, half of which is learnt from."""
        dataset = Blobs(classes=self.classes) if self.classes > 2 else Circle()
        return Data(dataset=dataset.with_(samples=2 * SAMPLES, noise=30), train_percent=50)

    def samples(self) -> tuple[np.ndarray, np.ndarray]:
        """Inputs (n, k) in float32 and classes (n,): the dataset's, or drawn so that they can be learnt."""
        if self.has_dataset:
            split = self.data().prepare(Pcg64().streams().data).train
            return split.inputs.astype(np.float32), split.targets.astype(np.int64)
        random = np.random.default_rng(0)
        inputs = random.standard_normal((SAMPLES, self.sizes[0]), dtype=np.float32)
        directions = random.standard_normal((self.sizes[0], self.classes), dtype=np.float32)
        return inputs, np.argmax(inputs @ directions, axis=1)

    def architecture(self) -> Architecture:
        hidden = [part for n, units in enumerate(self.sizes[1:-1]) for part in self._hidden(n, units)]
        output = Softmax() if self.classes > 2 else Sigmoid()
        return Architecture(layers=(*hidden, Dense(id="output", units=self.sizes[-1], activation=output)))

    def _hidden(self, n: int, units: int) -> list[Layer]:
        activation = ACTIVATIONS[self.activation]()
        parts: list[Layer] = [Dense(id=f"dense{n}", units=units, activation=activation)]
        if self.batch_norm:
            parts = [
                Dense(id=f"dense{n}", units=units, activation=Linear()),
                BatchNorm(id=f"norm{n}"),
                ActivationLayer(id=f"activation{n}", activation=activation),
            ]
        return [*parts, Dropout(id=f"dropout{n}", probability=self.dropout)] if self.dropout else parts

    def training(self) -> Training:
        loss: Loss = CrossEntropy() if self.classes > 2 else BinaryCrossEntropy()
        optimizer: type[Optimizer] = GradientDescent if self.optimizer == "GD" else Adam
        return Training(loss=loss, optimizer=optimizer(learning_rate=self.rate), batch_size=self.batch)


NETWORKS = (
    Case((2, 4, 2, 1), "tanh", 10),
    Case((2, 8, 8, 8, 1), "relu", 32),
    Case((2, 8, 8, 8, 1), "relu", 32, batch_norm=True),
    Case((2, 8, 8, 8, 1), "relu", 32, dropout=0.2),
    Case((2, 8, 8, 8, 1), "GELU", 32),
    Case((2, 8, 8, 3), "relu", 32),
    Case((2, 8, 8, 8, 8, 8, 8, 1), "tanh", 10),
    Case((64, 128, 64, 10), "relu", 64),
    Case((784, 512, 512, 10), "relu", 128),
)
CASES = tuple(replace(case, optimizer=name) for case, name in product(NETWORKS, ("GD", "Adam")))


def cases(text: str) -> list[Case]:
    """Those whose name, followed by the optimizer, holds the text."""
    return [case for case in CASES if text in f"{case.name} {case.optimizer}"]


def trainer(case: Case) -> Trainer:
    """The program's own trainer."""
    return Trainer(Experiment(data=case.data(), network=case.architecture(), training=case.training()))


def training(case: Case, measuring: bool) -> Contender:
    """The program's trainer; without measuring, it leaves out the evaluation after each epoch."""
    own = trainer(case)
    if not measuring:
        own.record = lambda: None

    def run(epochs: int) -> None:
        limit_threads(own.network, case.batch)  # a peer may have changed it
        for _ in range(epochs):
            own.run_epoch()

    return run


class Engine:
    """What the trainer's steps do, bound to arrays of any width: a contender where there is no dataset."""

    def __init__(self, case: Case) -> None:
        self.case, settings, streams = case, case.training(), Pcg64().streams()
        inputs, classes = case.samples()
        self.inputs = np.column_stack([inputs, np.ones(SAMPLES, np.float32)])
        self.targets = settings.loss.code(classes, case.classes, 0.0).astype(np.float32)
        self.network = Network(case.architecture(), case.sizes[:1], streams=streams)
        self.network.initialize(streams.init)
        self.plan = self.network.plan(case.batch, settings.loss)
        self.batches = Batches(SAMPLES, case.batch, streams.shuffle)
        self.update = Update(self.network, settings)

    def __call__(self, epochs: int) -> None:
        inputs, targets, plan, batches = self.inputs, self.targets, self.plan, self.batches
        limit_threads(self.network, self.case.batch)
        for _ in range(epochs):
            batches.begin_epoch()
            for batch in range(batches.whole):
                rows = batches.rows(batch)
                inputs.take(rows, 0, plan.input, "clip")
                targets.take(rows, 0, plan.target, "clip")
                for operation in plan.operations:
                    operation()
                self.update.apply(self.case.rate)
