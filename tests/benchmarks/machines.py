"""Steps per second of both machines side by side: run `python tests/benchmarks/machines.py` ([fast] extra).

The machines take turns, so that a busy computer troubles both alike; a speed is the best of the rounds and
what is measured after an epoch is left out.  The last column says what the rule of
playground/training/compiled/rule.py would choose, whose constants were read off this table; a ! where it is
wrong by more than 10 %.  Seconds are those of the processor, all threads together: where NumPy uses several,
look at a quiet computer and by `--wall`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from networks import Case

from playground.engine.graph import Architecture
from playground.experiment import Experiment
from playground.files.examples import examples
from playground.training.choosing import Choice
from playground.training.compiled.rule import is_faster
from playground.training.trainer import Trainer

SIZES = (
    (2, 4, 2, 1),
    (2, 8, 8, 8, 1),
    (2, 8, 8, 8, 8, 8, 8, 1),
    (2, 16, 16, 1),
    (2, 32, 32, 1),
    (2, 64, 64, 1),
    (2, 128, 128, 3),
    (2, 256, 256, 3),
    (64, 32, 10),
)
BATCHES = 1, 10, 32, 128


def experiment(sizes: tuple[int, ...], batch: int, precision: str) -> Experiment:
    """Points of the plane, or the digits, by dense layers with ReLU."""
    case = Case(sizes, "relu", batch)
    if case.has_dataset:
        start = Experiment(data=case.data(), network=case.architecture(), training=case.training())
        return start.with_(precision=precision)
    digits = next(example.experiment for example in examples() if example.name == "digits")
    flat, hidden, last = digits.network.layers
    layers = flat, hidden.with_(units=sizes[1]), last.with_(units=sizes[2])
    training = digits.training.with_(batch_size=batch)
    return digits.with_(network=Architecture(layers=layers), training=training, precision=precision)


def turn(trainer: Trainer, seconds: float, clock: Callable[[], float]) -> float:
    """Steps a second in a turn of about that length."""
    machine, steps, began = trainer.machine, 0, clock()
    while (passed := clock() - began) < seconds:
        steps += machine.advance(64)[0]
        if machine.epoch_is_done:
            machine.end_epoch()
    return steps / passed


def main() -> None:
    """Print a line a network."""
    parser = argparse.ArgumentParser(description="Steps per second of both machines.")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=0.05)
    parser.add_argument("--wall", action="store_true", help="seconds by the clock on the wall")
    asked = parser.parse_args()
    clock = perf_counter if asked.wall else process_time
    print(f"{'network, batch':34} {'NumPy':>10} {'compiled':>10} {'ratio':>6}  rule")
    for precision, sizes, batch in product(("float32", "float64"), SIZES, BATCHES):
        start = experiment(sizes, batch, precision)
        runs = [Trainer(start, choice=Choice(name)) for name in ("numpy", "compiled")]
        turns = [[turn(run, asked.seconds, clock) for run in runs] for _ in range(asked.rounds)]
        slow, quick = map(max, zip(*turns, strict=True))
        ratio, taken = quick / slow, is_faster(runs[0].network, batch)
        wrong = ratio < 0.9 if taken else ratio > 1.1
        verdict = ("compiled" if taken else "numpy") + (" !" if wrong else "")
        name = f"{'-'.join(map(str, sizes))}, {batch}, {precision}"
        print(f"{name:34} {slow:10,.0f} {quick:10,.0f} {ratio:6.1f}  {verdict}", flush=True)


if __name__ == "__main__":
    main()
