"""`train LINK` beside PyTorch: `python tests/benchmarks/links.py` ([fast] and [bench] extras).

The program is started as anyone would start it, and its report says how many steps a second it did, with the
losses on all samples and the lengths of the gradients after each epoch.  PyTorch, eager on one thread, trains
the same layers by the same loss on the same samples in whole epochs, and measures nothing; its default
optimizer or the fused one counts, whichever is faster.  They take turns, so that a busy machine troubles all
alike, and ratios are taken within a turn; the last column is the median of these, beside what is wanted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import torch

sys.path.insert(0, str(Path(__file__).parents[2]))

from playground.files.tf_playground import parse
from playground.training.trainer import Trainer

HERE = Path(__file__).parents[2]

LINKS = {
    "2-4-2-1 tanh, 10": ("activation=tanh&batchSize=10&networkShape=4,2", 100),
    "2-8-8-8-1 relu, 32": ("activation=relu&batchSize=32&networkShape=8,8,8", 60),
    "2-8-8-8-8-8-8-1 tanh, 10": ("activation=tanh&batchSize=10&networkShape=8,8,8,8,8,8", 40),
}
"""What a link says of the network, and how many times PyTorch's speed is wanted."""

COMMON = "dataset=circle&learningRate=0.03&percTrainData=50&x=true&y=true&problem=classification&seed=0.5"
BENDS = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}


def link(settings: str) -> str:
    return f"#{settings}&{COMMON}"


def by_program(settings: str, epochs: int) -> tuple[str, float]:
    """The machine, and steps a second as its report says."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "main.py", "train", link(settings), "--epochs", str(epochs)]
        subprocess.run([*command, "--report", str(report)], cwd=HERE, check=True, stdout=subprocess.DEVNULL)
        found = json.loads(report.read_text("utf-8"))
    return found["machine"], found["steps_per_second"]


class Peer:
    """PyTorch on the samples of a link."""

    def __init__(self, settings: str, fused: bool) -> None:
        start = parse(link(settings))
        inputs, targets = (getattr(Trainer(start).sides.train, name) for name in ("inputs", "targets"))
        self._inputs = torch.tensor(inputs[:, :-1], dtype=torch.float32)
        self._targets = torch.tensor(targets, dtype=torch.float32)
        self._batch = start.training.batch_size
        bend = BENDS[settings.split("=")[1].split("&")[0]]
        sizes = [self._inputs.shape[1], *(layer.units for layer in start.network.layers)]
        parts = [part for pair in pairwise(sizes) for part in (torch.nn.Linear(*pair), bend())]
        self._network = torch.nn.Sequential(*parts[:-1], torch.nn.Tanh())
        self._optimizer = torch.optim.SGD(self._network.parameters(), lr=0.03, fused=fused)

    def __call__(self, seconds: float) -> float:
        """Steps a second in about that time."""
        rule, steps, began = torch.nn.MSELoss(), 0, perf_counter()
        while (passed := perf_counter() - began) < seconds:
            order = torch.randperm(len(self._inputs))
            for rows in order.split(self._batch):
                self._optimizer.zero_grad()
                rule(self._network(self._inputs[rows]), self._targets[rows]).backward()
                self._optimizer.step()
                steps += 1
        return steps / passed


def main() -> None:
    """Print a line a link."""
    parser = argparse.ArgumentParser(description="`train LINK` beside PyTorch.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.0, help="length of PyTorch's turns")
    parser.add_argument("--epochs", type=int, default=40_000)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    print(f"{'network, batch':28}{'machine':>10}{'steps/s':>12}{'PyTorch':>10}{'times':>8}{'wanted':>8}")
    for name, (settings, wanted) in LINKS.items():
        peers = [Peer(settings, fused) for fused in (False, True)]
        turns = []
        for _ in range(asked.rounds):
            machine, own = by_program(settings, asked.epochs)
            turns.append((own, max(peer(asked.seconds / 2) for peer in peers)))
        own, other = (median(each) for each in zip(*turns, strict=True))
        times = median(own / other for own, other in turns)
        print(f"{name:28}{machine:>10}{own:12,.0f}{other:10,.0f}{times:8.0f}{wanted:8}", flush=True)
    print(f"PyTorch {torch.__version__}, eager, one thread; load of this machine {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
