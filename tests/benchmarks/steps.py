"""Steps per second beside PyTorch and scikit-learn: run `python tests/benchmarks/steps.py` ([bench] extra).

Every contender runs whole epochs over 1,280 samples in float32: a new order, then for each batch forward,
loss, backward and update.  The contenders take turns, so that a busy machine troubles all alike; speeds are
medians over the rounds, and so are the ratios, each of which was taken within a round.  PyTorch takes part
in four forms (one thread or all, its default optimizer or the fused one) and scikit-learn in two (threads),
of which the one with the best median counts.  The playground chooses its threads by itself, as always.

A quick look at some of the networks: `--only "batch norm" --rounds 3 --seconds 0.1`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from itertools import product
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2]))

from networks import SAMPLES, Case, Contender, Engine, cases, training
from peers import knows, pytorch, scikit_learn

CORES = torch.get_num_threads()
WIDTH = 132
"""Columns that the table needs."""

Speeds = dict[str, list[float]]
"""Steps per second of each contender, round by round."""


def seconds(run: Contender, epochs: int) -> float:
    start = perf_counter()
    run(epochs)
    return perf_counter() - start


def epochs_a_turn(run: Contender, length: float) -> int:
    """How many epochs last that many seconds."""
    run(1)
    epochs = 1
    while (elapsed := seconds(run, epochs)) < length / 4:
        epochs *= 2
    return max(1, round(epochs * length / elapsed))


def contenders(case: Case) -> dict[str, list[Contender]]:
    """By name; several are forms of the same, of which the fastest counts."""
    threads = sorted({1, CORES})
    own: Contender = training(case, measuring=False) if case.has_dataset else Engine(case)
    found = {"playground": [own]}
    if case.has_dataset:
        found["measuring"] = [training(case, measuring=True)]
    found["torch"] = [pytorch(case, *how) for how in product(threads, (False, True))]
    if knows(case):
        found["sklearn"] = [scikit_learn(case, count) for count in threads]
    return found


def race(case: Case, rounds: int, length: float) -> Speeds:
    """Let all forms of all contenders take turns of that many seconds."""
    runs = [
        (name, run, epochs_a_turn(run, length)) for name, forms in contenders(case).items() for run in forms
    ]
    speeds: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for (_, run, epochs), own in zip(runs, speeds, strict=True):
            own.append(epochs * SAMPLES / case.batch / seconds(run, epochs))
    fastest: Speeds = {}
    for (name, _, _), own in zip(runs, speeds, strict=True):
        fastest[name] = max(fastest.get(name, own), own, key=statistics.median)
    return fastest


def row(speeds: Speeds) -> list[str]:
    """What the table says of a race: speeds, then ratios to the peers."""
    names = ("playground", "measuring", "torch", "sklearn")
    absolute = [f"{statistics.median(speeds[name]):,.0f}" if name in speeds else "–" for name in names]
    ratios = []
    for peer in ("torch", "sklearn"):
        pairs = zip(speeds["playground"], speeds.get(peer, ()), strict=False)
        quotients = [own / other for own, other in pairs]
        ratios.append(f"{statistics.median(quotients):.1f}" if quotients else "–")
    return absolute + ratios


def empty_table() -> Table:
    table = Table(
        title="Steps per second, and how many times those of the peers",
        caption="The playground's trainer, without its measuring of both losses after each epoch, which no "
        "peer does (with it: next column); with 64 and 784 inputs its engine, as no dataset has so many.",
    )
    for title in ("network, batch", "optimizer"):
        table.add_column(title)
    for title in ("playground", "measuring", "PyTorch", "scikit-learn", "× PyTorch", "× scikit-learn"):
        table.add_column(title, justify="right")
    return table


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Steps per second beside PyTorch and scikit-learn.")
    parser.add_argument("--only", default="", metavar="TEXT", help="networks whose name holds it")
    parser.add_argument("--rounds", type=int, default=7, help="turns of each contender (7)")
    parser.add_argument("--seconds", type=float, default=0.3, help="length of a turn (0.3)")
    return parser.parse_args()


def main() -> None:
    """Print the table."""
    asked, table, console = arguments(), empty_table(), Console()
    console.width = max(console.width, WIDTH)
    for case in cases(asked.only):
        with console.status(f"{case.name} {case.optimizer}"):
            speeds = race(case, asked.rounds, asked.seconds)
        table.add_row(case.name, case.optimizer, *row(speeds))
    console.print(table)
    console.print(f"{CORES} threads at most, PyTorch {torch.__version__}, NumPy {np.__version__}")


if __name__ == "__main__":
    main()
