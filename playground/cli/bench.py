"""The `bench` command: how fast this machine trains five networks, beside what else is installed for that."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from time import perf_counter
from typing import Any

import numpy as np

from playground.cli.commands import Bench
from playground.cli.faults import SUCCESS
from playground.data.data import Data
from playground.data.datasets.recipes import Circle
from playground.engine.activations import Activation, Relu, Sigmoid, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.losses import BinaryCrossEntropy
from playground.engine.optimizers import GradientDescent
from playground.experiment import Experiment, Training
from playground.numbers.writing import plain, plain_count
from playground.text import say
from playground.training import rounds
from playground.training.choosing import Choice
from playground.training.trainer import Trainer

Turn = Callable[[], int]
"""Trains for an epoch or some; how many steps that were."""

SAMPLES = 1280
ROUNDS = 3
AT_ONCE, ENDLESS = 1024, 10**9
"""Steps between two looks at the clock, and an epoch that is never reached."""

RATE = 0.01

NETWORKS: tuple[tuple[tuple[int, ...], type[Activation], int], ...] = (
    ((4, 2), Tanh, 10),
    ((8, 8, 8), Relu, 32),
    ((8,) * 6, Tanh, 10),
    ((32, 32), Relu, 32),
    ((128, 128), Relu, 64),
)
"""Neurons of the hidden layers, their activation, and samples of a batch."""


def bench(command: Bench) -> int:
    """Measure, and print a table or JSON."""
    found = []
    for hidden, activation, batch in NETWORKS:
        name = f"{'-'.join(map(str, (2, *hidden, 1)))} {activation.title.lower()}, {batch}"
        speeds = _race(contenders(experiment(hidden, activation(), batch)), command.seconds)
        found.append({"network": name, "steps_per_second": speeds})
        if not command.json:
            _print(found)
    if command.json:
        print(json.dumps({"samples": SAMPLES, "networks": found}, indent=1))
    return SUCCESS


def experiment(hidden: tuple[int, ...], activation: Activation, batch: int) -> Experiment:
    """Two classes in the plane, half of the samples to learn from."""
    layers = [Dense(id=f"dense{n}", units=units, activation=activation) for n, units in enumerate(hidden)]
    return Experiment(
        data=Data(dataset=Circle(samples=2 * SAMPLES, noise=30), train_percent=50),
        network=Architecture(layers=(*layers, Dense(id="output", units=1, activation=Sigmoid()))),
        training=Training(
            loss=BinaryCrossEntropy(), optimizer=GradientDescent(learning_rate=RATE), batch_size=batch
        ),
    )


def contenders(start: Experiment) -> dict[str, Turn]:
    """Who trains it: our machines, each epoch measured on all samples, and what else is installed."""
    found = {"NumPy": _own(Trainer(start))}
    quick = Trainer(start, choice=Choice("compiled"))
    if quick.machine.name == "compiled":
        found["compiled"] = _own(quick)
    if find_spec("torch"):
        found["PyTorch"] = _pytorch(start)
    found["scikit-learn"] = _scikit_learn(start)
    return found


def _own(trainer: Trainer) -> Turn:
    def turn() -> int:
        return rounds.advance(trainer, AT_ONCE, ENDLESS)

    return turn


def _scikit_learn(start: Experiment) -> Turn:
    from sklearn.neural_network import MLPClassifier

    side, batch = Trainer(start).data.train, start.training.batch_size
    units = [getattr(layer, "units", 0) for layer in start.network.layers[:-1]]
    kind = "tanh" if isinstance(getattr(start.network.layers[0], "activation", None), Tanh) else "relu"
    model = MLPClassifier(units, activation=kind, solver="sgd", batch_size=batch, learning_rate_init=RATE)
    inputs, classes = side.inputs.astype(np.float32), side.labels.astype(np.int64)

    def turn() -> int:
        model.partial_fit(inputs, classes, classes=[0, 1])
        return len(inputs) // batch

    return turn


def _pytorch(start: Experiment) -> Turn:
    import torch

    side, batch = Trainer(start).sides.train, start.training.batch_size
    parts: list[Any] = []
    width = 2
    for layer in start.network.layers:
        units = int(getattr(layer, "units", 0))
        bend = torch.nn.Tanh() if isinstance(getattr(layer, "activation", None), Tanh) else torch.nn.ReLU()
        parts += [torch.nn.Linear(width, units), bend]
        width = units
    model = torch.nn.Sequential(*parts[:-1])
    inputs, targets = torch.tensor(side.inputs[:, :-1]), torch.tensor(side.targets)
    optimizer, rule = torch.optim.SGD(model.parameters(), lr=RATE), torch.nn.BCEWithLogitsLoss()

    def turn() -> int:
        for rows in torch.randperm(len(inputs)).split(batch):
            optimizer.zero_grad()
            rule(model(inputs[rows]), targets[rows]).backward()
            optimizer.step()
        return len(inputs) // batch

    return turn


def _race(turns: dict[str, Turn], seconds: float) -> dict[str, float]:
    """Steps a second of each, the best of some rounds in which they take turns."""
    for turn in turns.values():
        turn()
    best = dict.fromkeys(turns, 0.0)
    for _ in range(ROUNDS):
        for name, turn in turns.items():
            steps, began = 0, perf_counter()
            while (passed := perf_counter() - began) < seconds:
                steps += turn()
            best[name] = max(best[name], steps / passed)
    return best


def _print(found: list[dict[str, Any]]) -> None:
    """The last line of the table, after its head where it is the first."""
    speeds: dict[str, float] = found[-1]["steps_per_second"]
    if len(found) == 1:
        print(
            say(
                "bench.told",
                "Steps a second, the figures after each epoch included; in brackets, times that of NumPy.",
            )
        )
        print(f"{'network, batch':28}" + "".join(f"{name:>20}" for name in speeds))
    cells = [f"{plain_count(speed)} ({plain(speed / speeds['NumPy'], 2)})" for speed in speeds.values()]
    print(f"{found[-1]['network']:28}" + "".join(f"{cell:>20}" for cell in cells), flush=True)
