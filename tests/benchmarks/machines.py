"""Steps per second of both machines side by side: run `python tests/benchmarks/machines.py` ([fast] extra).

The machines take turns, so that a busy computer troubles both alike; a speed is the best of the rounds and
what is measured after an epoch is left out.  The last column says what the rule of
playground/training/compiled/rule.py would choose, whose constants were read off this table; a ! where it is
wrong by more than 10 %.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

from networks import Case

from playground.experiment import Experiment
from playground.training.choosing import Choice
from playground.training.compiled.rule import is_faster
from playground.training.trainer import Trainer

CASES = (
    Case((2, 4, 2, 1), "tanh", 10),
    Case((2, 8, 8, 8, 1), "relu", 32),
    Case((2, 8, 8, 8, 8, 8, 8, 1), "tanh", 10),
    Case((2, 16, 16, 1), "relu", 32),
    Case((2, 32, 32, 1), "relu", 32),
    Case((2, 64, 64, 1), "relu", 32),
    Case((2, 64, 64, 1), "relu", 128),
    Case((2, 128, 128, 3), "relu", 32),
    Case((2, 256, 256, 3), "relu", 64),
)


def turn(trainer: Trainer, seconds: float) -> float:
    """Steps a second in a turn of about that length."""
    machine, steps, began = trainer.machine, 0, perf_counter()
    while (passed := perf_counter() - began) < seconds:
        steps += machine.advance(256)[0]
        if machine.epoch_is_done:
            machine.end_epoch()
    return steps / passed


def main() -> None:
    """Print a line a network."""
    parser = argparse.ArgumentParser(description="Steps per second of both machines.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.2)
    asked = parser.parse_args()
    print(f"{'network, batch':34} {'NumPy':>10} {'compiled':>10} {'ratio':>6}  rule")
    for case in CASES:
        start = Experiment(data=case.data(), network=case.architecture(), training=case.training())
        runs = [Trainer(start, choice=Choice(name)) for name in ("numpy", "compiled")]
        slow, quick = (
            max(speeds)
            for speeds in zip(
                *([turn(run, asked.seconds) for run in runs] for _ in range(asked.rounds)), strict=True
            )
        )
        ratio, taken = quick / slow, is_faster(runs[0].network, case.batch)
        wrong = ratio < 0.9 if taken else ratio > 1.1
        verdict = ("compiled" if taken else "numpy") + (" !" if wrong else "")
        print(f"{case.name:34} {slow:10,.0f} {quick:10,.0f} {ratio:6.1f}  {verdict}", flush=True)


if __name__ == "__main__":
    main()
