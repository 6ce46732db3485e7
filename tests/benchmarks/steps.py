"""Steps per second beside PyTorch and scikit-learn: run `python tests/benchmarks/steps.py` ([bench] extra).

A word after it keeps to the networks whose name holds it, such as `784`.  Every contender runs whole epochs
over 1,280 samples in float32: a new order, then for each batch forward, loss, backward and update.  The
contenders take turns, so that a busy machine troubles all alike, and the median of the turns counts.  PyTorch
and scikit-learn are given the number of threads, and PyTorch the form of the optimizer (its default, or
fused), with which they were fastest in a trial.  The playground chooses its threads by itself, as always.
"""

from __future__ import annotations

import statistics
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).parents[2]))

from playground.data import Data
from playground.data.generators import Circle
from playground.engine.activations import Activation, Relu, Sigmoid, Softmax, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy
from playground.engine.network import Network
from playground.engine.optimizers import Adam, GradientDescent, Optimizer
from playground.experiment import Experiment, Training
from playground.randomness import Pcg64
from playground.training.batches import Batches
from playground.training.blas import limit_threads
from playground.training.trainer import Trainer
from playground.training.update import Update

SAMPLES = 1280  # every batch size below divides it
TURNS = 7
SECONDS = 0.3
"""How long a turn lasts."""

CORES = torch.get_num_threads()


@dataclass(frozen=True)
class Case:
    """A network, its batch size and its optimizer ("GD" or "Adam")."""

    sizes: tuple[int, ...]
    activation: str
    batch: int
    optimizer: str

    @property
    def name(self) -> str:
        return f"{'-'.join(map(str, self.sizes))} {self.activation}, {self.batch}"

    @property
    def rate(self) -> float:
        return 0.01 if self.optimizer == "GD" else 0.001

    @property
    def classes(self) -> int:
        return max(2, self.sizes[-1])

    def samples(self) -> tuple[np.ndarray, np.ndarray]:
        """Inputs (n, k) in float32, and classes (n,) that can be learnt from them."""
        random = np.random.default_rng(0)
        inputs = random.standard_normal((SAMPLES, self.sizes[0]), dtype=np.float32)
        directions = random.standard_normal((self.sizes[0], self.classes), dtype=np.float32)
        return inputs, np.argmax(inputs @ directions, axis=1)

    def architecture(self) -> Architecture:
        hidden: Activation = {"tanh": Tanh(), "relu": Relu()}[self.activation]
        output: Activation = Sigmoid() if self.classes == 2 else Softmax()
        activations = [hidden] * (len(self.sizes) - 2) + [output]
        units = zip(self.sizes[1:], activations, strict=True)
        layers = [Dense(id=f"dense{i}", units=n, activation=a) for i, (n, a) in enumerate(units)]
        return Architecture(layers=tuple(layers))

    def rule(self) -> Optimizer:
        return (GradientDescent if self.optimizer == "GD" else Adam)(learning_rate=self.rate)


NETWORKS = [
    ((2, 4, 2, 1), "tanh", 10),
    ((2, 8, 8, 8, 1), "relu", 32),
    ((2, 8, 8, 8, 8, 8, 8, 1), "tanh", 10),
    ((64, 128, 64, 10), "relu", 64),
    ((784, 512, 512, 10), "relu", 128),
]

Contender = Callable[[int], None]
"""Trains so many epochs."""


# --- the playground ---------------------------------------------------------------------------------


def trainer(case: Case, measuring: bool) -> Contender:
    """The program's own trainer; without measuring, it leaves out the evaluation after each epoch."""
    data = Data(dataset=Circle(samples=2 * SAMPLES, noise=30), train_percent=50)
    training = Training(optimizer=case.rule(), batch_size=case.batch)
    trainer = Trainer(Experiment(data=data, network=case.architecture(), training=training))
    if not measuring:
        trainer.record = lambda: None

    def run(epochs: int) -> None:
        limit_threads(trainer.network, case.batch)  # a peer may have changed it
        for _ in range(epochs):
            trainer.run_epoch()

    return run


def engine(case: Case) -> Contender:
    """What the trainer's steps do, bound to arrays: no dataset has that many inputs."""
    inputs, classes = case.samples()
    loss = CrossEntropy() if case.classes > 2 else BinaryCrossEntropy()
    inputs = np.column_stack([inputs, np.ones(SAMPLES, np.float32)])
    targets = loss.code(classes, case.classes, 0.0).astype(np.float32)
    network = Network(case.architecture(), case.sizes[0])
    streams = Pcg64().streams()
    network.initialize(streams.init)
    plan, batches = network.plan(case.batch, loss), Batches(SAMPLES, case.batch, streams.shuffle)
    update = Update(network, Training(optimizer=case.rule()))

    def run(epochs: int) -> None:
        limit_threads(network, case.batch)
        for _ in range(epochs):
            batches.begin_epoch()
            for batch in range(batches.whole):
                rows = batches.rows(batch)
                inputs.take(rows, 0, plan.input, "clip")
                targets.take(rows, 0, plan.target, "clip")
                for operation in plan.operations:
                    operation()
                update.apply(case.rate)

    return run


# --- the peers --------------------------------------------------------------------------------------


def pytorch(case: Case, threads: int, fused: bool) -> Contender:
    """The customary loop, without a DataLoader, which would slow it down."""
    activation = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[case.activation]
    layers = [part for pair in pairwise(case.sizes) for part in (torch.nn.Linear(*pair), activation())]
    model = torch.nn.Sequential(*layers[:-1])
    kind = torch.optim.SGD if case.optimizer == "GD" else torch.optim.Adam
    optimizer = kind(model.parameters(), lr=case.rate, fused=fused)
    inputs, classes = map(torch.from_numpy, case.samples())
    two = case.classes == 2
    criterion = torch.nn.BCEWithLogitsLoss() if two else torch.nn.CrossEntropyLoss()
    targets = classes.float().unsqueeze(1) if two else classes

    def run(epochs: int) -> None:
        torch.set_num_threads(threads)
        for _ in range(epochs):
            order = torch.randperm(SAMPLES)
            for batch, target in zip(
                inputs[order].split(case.batch), targets[order].split(case.batch), strict=True
            ):
                optimizer.zero_grad()
                criterion(model(batch), target).backward()
                optimizer.step()

    return run


def scikit_learn(case: Case, threads: int) -> Contender:
    """One call of `fit` for all epochs of a turn, going on from the last: its quickest way."""
    inputs, classes = case.samples()
    model = MLPClassifier(
        case.sizes[1:-1],
        activation=case.activation,
        solver="sgd" if case.optimizer == "GD" else "adam",
        momentum=0,
        nesterovs_momentum=False,
        alpha=0,
        batch_size=case.batch,
        learning_rate_init=case.rate,
        warm_start=True,
        n_iter_no_change=sys.maxsize,
        tol=0,
    )

    def run(epochs: int) -> None:
        model.max_iter = epochs
        with threadpool_limits(threads, "blas"), warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it was told to stop there
            model.fit(inputs, classes)

    return run


# --- measuring --------------------------------------------------------------------------------------


def seconds(run: Contender, epochs: int) -> float:
    start = perf_counter()
    run(epochs)
    return perf_counter() - start


def epochs_a_turn(run: Contender) -> int:
    run(1)
    epochs = 1
    while (elapsed := seconds(run, epochs)) < SECONDS / 4:
        epochs *= 2
    return max(1, round(epochs * SECONDS / elapsed))


def fastest(candidates: Iterator[Contender]) -> Contender:
    """The one with the most epochs in a turn."""
    return max(candidates, key=epochs_a_turn)


def medians(contenders: dict[str, Contender], case: Case) -> dict[str, float]:
    """Steps per second of each."""
    epochs = {name: epochs_a_turn(run) for name, run in contenders.items()}
    speeds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(TURNS):
        for name, run in contenders.items():
            steps = epochs[name] * SAMPLES // case.batch
            speeds[name].append(steps / seconds(run, epochs[name]))
    return {name: statistics.median(values) for name, values in speeds.items()}


def contenders(case: Case) -> dict[str, Contender]:
    plane = case.sizes[0] == 2
    threads = {1, CORES}
    return {
        "playground": trainer(case, measuring=False) if plane else engine(case),
        **({"measuring": trainer(case, measuring=True)} if plane else {}),
        "torch": fastest(pytorch(case, *how) for how in product(threads, (False, True))),
        "sklearn": fastest(scikit_learn(case, count) for count in threads),
    }


def main() -> None:
    table = Table(
        title="Steps per second, and how many times those of the peers",
        caption="The playground's trainer, without its measuring of both losses after each epoch, which no "
        "peer does (with it: next column); with 64 and 784 inputs its engine, as no dataset has so many.",
    )
    for title in ("network, batch", "optimizer"):
        table.add_column(title)
    for title in ("playground", "measuring", "PyTorch", "scikit-learn", "× PyTorch", "× scikit-learn"):
        table.add_column(title, justify="right")
    console = Console()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    cases = [Case(*network, optimizer) for network, optimizer in product(NETWORKS, ("GD", "Adam"))]
    for case in cases:
        if wanted not in case.name:
            continue
        with console.status(f"{case.name} {case.optimizer}"):
            speed = medians(contenders(case), case)
        own = speed["playground"]
        measuring = f"{speed['measuring']:,.0f}" if "measuring" in speed else "–"
        ratios = [f"{own / speed[peer]:.1f}" for peer in ("torch", "sklearn")]
        absolute = [f"{speed[peer]:,.0f}" for peer in ("torch", "sklearn")]
        table.add_row(case.name, case.optimizer, f"{own:,.0f}", measuring, *absolute, *ratios)
    console.print(table)
    console.print(f"{CORES} threads at most, PyTorch {torch.__version__}, NumPy {np.__version__}")


if __name__ == "__main__":
    main()
