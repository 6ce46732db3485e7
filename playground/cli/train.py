"""The `train` command: an experiment learns without a window, and files say how it went."""

from __future__ import annotations

import math
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from time import perf_counter
from typing import Any

import numpy as np

from playground.cli.arguments import Train
from playground.cli.faults import INTERRUPTED, SUCCESS, fail
from playground.cli.outputs import write
from playground.cli.progress import progress, results
from playground.cli.usage import UsageProblem
from playground.experiment import Experiment
from playground.files import history_table, json_object
from playground.files.atomic import check_writable
from playground.files.experiment_file import SavedExperiment, dumps
from playground.files.sources import resolve
from playground.training.trainer import Trainer

STEPS_AT_ONCE = 256
"""Steps between two looks at the clock and at Ctrl+C."""


@dataclass(frozen=True)
class Run:
    """What one call of the command did."""

    epochs: int
    steps: int
    seconds: float
    outcome: str
    """finished, interrupted or diverged"""

    @property
    def steps_per_second(self) -> float:
        """Updates a second, measuring every epoch included."""
        return self.steps / self.seconds if self.steps else 0.0


def train(command: Train) -> int:
    """Train as asked, write what was asked for, and say how it went; the exit code.

    Raises:
        UsageProblem, FileProblem, InvalidValue: when it cannot begin.
    """
    for path in filter(None, (command.save, command.history, command.report)):
        check_writable(path)
    with np.errstate(all="ignore"):  # what is not finite is found by the trainer
        source = resolve(command.source)
        trainer = _trainer(source.saved)
        epochs = source.epochs_left if command.epochs is None else command.epochs
        run = _learn(trainer, trainer.epoch + epochs)
        print(_summary(trainer, run))
        problems = list(_write(trainer, run, command))
    if trainer.divergence is not None:
        problems.insert(0, trainer.divergence.sentence(trainer.experiment.network))
    if problems:
        return fail("\n".join(problems))
    return INTERRUPTED if run.outcome == "interrupted" else SUCCESS


def _trainer(saved: SavedExperiment) -> Trainer:
    if problems := saved.experiment.problems():
        layer = _layer(saved.experiment, problems[0].layer_id)
        raise UsageProblem(f"{layer}: {problems[0].text}" if layer else problems[0].text)
    return Trainer(saved.experiment, saved.checkpoint)


def _learn(trainer: Trainer, goal: int) -> Run:
    """Train up to that epoch, to Ctrl+C or to a divergence; the history then ends with this moment."""
    epoch, step, began = trainer.epoch, trainer.step, perf_counter()
    with _interruptible() as interrupted, progress(trainer, goal) as shown:
        shown.show(trainer)
        while trainer.epoch < goal and not trainer.halted and not interrupted():
            trainer.run(STEPS_AT_ONCE)
            shown.show(trainer)
    seconds = perf_counter() - began
    if trainer.epoch >= goal and not trainer.halted:
        trainer.finish()
    elif trainer.batch or not trainer.history.wants(trainer.epoch):
        trainer.record()
    return Run(trainer.epoch - epoch, trainer.step - step, seconds, _outcome(trainer, goal))


def _outcome(trainer: Trainer, goal: int) -> str:
    if trainer.divergence:
        return "diverged"
    if trainer.stopped_early:
        return "stopped early"
    return "interrupted" if trainer.epoch < goal else "finished"


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl+C was pressed, so that training ends between two steps; the second time it is at once."""
    pressed = Event()

    def press(*_: object) -> None:
        if pressed.is_set():
            raise KeyboardInterrupt
        pressed.set()

    before = signal.signal(signal.SIGINT, press)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


# --- what is said and written -----------------------------------------------------------------------


def _summary(trainer: Trainer, run: Run) -> str:
    what = {
        "finished": "Trained",
        "stopped early": "Stopped early after",
        "interrupted": "Stopped after",
        "diverged": "Diverged after",
    }[run.outcome]
    best = run.outcome in ("finished", "stopped early") and trainer.restores_best
    whose = f", by the weights of epoch {trainer.best_epoch:,}" if best else ""
    return (
        f"{what} {run.epochs:,} epochs ({run.steps:,} steps) in {run.seconds:.1f} s, "
        f"{run.steps_per_second:,.0f} steps/s: {results(*trainer.measures)}{whose}"
    )


def _layer(experiment: Experiment, layer_id: str) -> str:
    """What to call a layer; empty for none."""
    names = {layer.id: layer.name for layer in experiment.network.layers}
    name = names.get(layer_id)
    return f"layer {layer_id} “{name}”" if name else f"layer {layer_id}" if layer_id else ""


def _write(trainer: Trainer, run: Run, command: Train) -> Iterator[str]:
    """Write the files that were asked for, each whatever becomes of the others; gives what went wrong."""
    if command.save is not None:
        yield from write(
            command.save, lambda: dumps(SavedExperiment(trainer.experiment, trainer.checkpoint()))
        )
    if command.history is not None:
        yield from write(command.history, lambda: history_table.to_bytes(trainer.history.columns()))
    if command.report is not None:
        yield from write(command.report, lambda: json_object.to_bytes(_report(trainer, run)))


def _report(trainer: Trainer, run: Run) -> dict[str, Any]:
    """The figures of a run; a number that is not finite is null."""
    train, test = trainer.evaluate(detailed=True)
    divergence = trainer.divergence
    return {
        "outcome": run.outcome,
        "epochs": run.epochs,
        "steps": run.steps,
        "seconds": run.seconds,
        "steps_per_second": run.steps_per_second,
        "total_epochs": trainer.epoch,
        "total_steps": trainer.step,
        "train_loss": _finite(train.loss),
        "test_loss": _finite(test.loss),
        "train_loss_smoothed": None if train.smoothed is None else _finite(train.smoothed),
        "metrics": {
            "train": {name: _finite(value) for name, value in train.metrics.items()},
            "test": {name: _finite(value) for name, value in test.metrics.items()},
        },
        "divergence": divergence and {"layer": divergence.layer_id, "step": divergence.step},
        "parameters": trainer.network.parameters.size,
        "precision": trainer.experiment.precision,
        "seed": trainer.experiment.randomness.model_dump()["seed"],
    }


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
