"""Convolutional networks beside PyTorch: run `python tests/benchmarks/convolutions.py` ([bench] extra).

The network is conv 3×3×16, max pool, conv 3×3×32, max pool, dense 10, in float32 with batches of 32 and Adam.
A step is forward, loss, backward and update on a batch that is copied in; forward and backward are timed
alone as well.  Both take turns, PyTorch in eager mode with its default optimizer, each with its own choice of
threads up to the number given; speeds are medians over the rounds, and ratios are those of the medians.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parents[2]))

from playground.engine.activations import Relu, Softmax
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.convolution import Conv2D
from playground.engine.layers.pooling import MaxPool
from playground.engine.losses import CrossEntropy
from playground.engine.network import Network
from playground.engine.optimizers import Adam
from playground.experiment import Training
from playground.randomness import Pcg64
from playground.training.blas import limit_threads
from playground.training.update import Update

BATCH, CLASSES, RATE = 32, 10, 0.001
SIZES = (16, 28)
GOALS = {16: 1.0, 28: 0.7}
"""How fast a step is to be, as a share of PyTorch's."""

Parts = dict[str, Callable[[], object]]
"""What is timed, by name: forward, backward (with the forward pass that it needs) and a whole step."""


def playground(size: int, pictures: np.ndarray, classes: np.ndarray) -> Parts:
    layers = (
        Conv2D(id="a", filters=16, activation=Relu()), MaxPool(id="b"),
        Conv2D(id="c", filters=32, activation=Relu()), MaxPool(id="d"),
        Flatten(id="e"), Dense(id="f", units=CLASSES, activation=Softmax()),
    )  # fmt: skip
    network = Network(Architecture(layers=layers), (size, size, 1), streams=Pcg64().streams())
    network.initialize(Pcg64().streams().init)
    loss = CrossEntropy()
    plan = network.plan(BATCH, loss)
    update = Update(network, Training(loss=loss, optimizer=Adam(learning_rate=RATE), batch_size=BATCH))
    flat, targets = pictures.reshape(BATCH, -1), loss.code(classes, CLASSES, 0.0)

    def forward() -> None:
        plan.input[:, :-1] = flat
        for operation in plan.forward:
            operation()

    def both() -> None:
        plan.input[:, :-1] = flat
        plan.target[:] = targets
        plan.step()

    def step() -> None:
        both()
        update.apply(RATE)

    limit_threads(network, BATCH)
    return {"forward": forward, "forward and backward": both, "step": step}


def pytorch(size: int, pictures: np.ndarray, classes: np.ndarray) -> Parts:
    inner = ((size - 2) // 2 - 2) // 2
    network = torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(16, 32, 3), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Flatten(), torch.nn.Linear(32 * inner**2, CLASSES),
    )  # fmt: skip
    optimizer, criterion = torch.optim.Adam(network.parameters(), lr=RATE), torch.nn.CrossEntropyLoss()
    batch, labels = torch.from_numpy(pictures).unsqueeze(1), torch.from_numpy(classes)

    def forward() -> None:
        with torch.no_grad():
            network(batch)

    def both() -> None:
        optimizer.zero_grad()
        criterion(network(batch), labels).backward()

    def step() -> None:
        both()
        optimizer.step()

    return {"forward": forward, "forward and backward": both, "step": step}


def rate(do: Callable[[], object], seconds: float) -> float:
    """How often it is done a second, for about so many."""
    count, start = 0, perf_counter()
    while (elapsed := perf_counter() - start) < seconds:
        for _ in range(8):
            do()
        count += 8
    return count / elapsed


def compared(size: int, rounds: int, seconds: float) -> dict[str, tuple[float, float]]:
    """Times a second of the playground and of PyTorch, by what is done."""
    random = np.random.default_rng(0)
    pictures = random.standard_normal((BATCH, size, size), dtype=np.float32)
    classes = random.integers(CLASSES, size=BATCH)
    contenders = [make(size, pictures, classes) for make in (playground, pytorch)]
    found = {}
    for part in contenders[0]:
        runs: list[list[float]] = [[], []]
        for _ in range(rounds + 1):
            for own, parts in zip(runs, contenders, strict=True):
                own.append(rate(parts[part], seconds))
        ours, theirs = (statistics.median(own[1:]) for own in runs)  # the first is to get warm
        found[part] = (ours, theirs)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--threads", type=int, default=2)
    told = parser.parse_args()
    torch.set_num_threads(told.threads)
    print(f"torch {torch.__version__}, NumPy {np.__version__}, {told.threads} threads, batch {BATCH}")
    for size in SIZES:
        for part, (ours, theirs) in compared(size, told.rounds, told.seconds).items():
            goal = f"  (goal {GOALS[size]:.1f})" if part == "step" else ""
            print(f"{size}×{size}  {part:22} {ours:7.0f}/s  {theirs:7.0f}/s  {ours / theirs:5.2f}{goal}")


if __name__ == "__main__":
    main()
