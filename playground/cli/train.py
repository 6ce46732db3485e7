"""The `train` command: an experiment learns without a window, and files say how it went."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.cli.commands import MachineName, Train
from playground.cli.faults import SUCCESS, fail
from playground.cli.outputs import write
from playground.cli.progress import progress, results
from playground.cli.sources import opened
from playground.cli.stopping import Stop, stoppable
from playground.cli.usage import UsageProblem
from playground.data.tables.problem import Cancelled
from playground.experiment import Experiment
from playground.files import history_table, json_object
from playground.files.atomic import check_writable
from playground.files.experiment_file import SavedExperiment, dumps
from playground.numbers.writing import fixed, plain_count
from playground.text import Text, say
from playground.training import rounds
from playground.training.choosing import Choice
from playground.training.trainer import Trainer

if TYPE_CHECKING:
    from playground.weights.taking import Taken

STEPS_AT_ONCE = 4096
"""Most steps between two looks at the clock and at whether to stop."""

LOOK = 0.1
"""Most seconds between two looks, where a step takes less."""


MANY_STEPS = 2_000_000
"""From so many steps on it is worth the wait to compile first."""


OUTCOMES = {
    "finished": say("cli.finished", "Trained"),
    "stopped early": say("cli.stopped_early", "Stopped early after"),
    "interrupted": say("cli.interrupted", "Stopped after"),
    "diverged": say("cli.diverged", "Diverged after"),
}
"""How training ended, before for how long it went on."""


@dataclass(frozen=True)
class Trained:
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
    files = [path for path in (command.save, command.history, command.report) if path is not None]
    for path in files:
        check_writable(path)
    with stoppable() as stop, np.errstate(all="ignore"):  # what is not finite is found by the trainer
        try:
            source = opened(command, lambda: bool(stop.number))
        except Cancelled:
            print(say("cli.stopped", "Stopped while reading; nothing was trained and nothing written."))
            return stop.code
        epochs = source.epochs_left if command.epochs is None else command.epochs
        taken = None if command.weights is None else _weights(source.saved, command.weights)
        saved = SavedExperiment(taken.experiment) if taken is not None and taken.is_new else source.saved
        trainer = _trainer(saved, command.machine, epochs)
        if taken is not None:
            trainer.set_weight(taken.weights)
            print(taken.report)
        for remark in (*source.remarks, trainer.experiment.remark, _not_kept(trainer)):
            if remark:
                print(remark)
        run = _learn(trainer, trainer.epoch + epochs, stop, needs_reader=not files)
        problems = list(_write(trainer, run, command, saved))
    print(_summary(trainer, run))
    if trainer.divergence is not None:
        problems.insert(0, str(trainer.divergence.sentence(trainer.experiment.network)))
    if problems:
        return fail("\n".join(problems))
    return stop.code if run.outcome == "interrupted" else SUCCESS


def _weights(saved: SavedExperiment, path: Path) -> Taken:
    from playground.weights import reading
    from playground.weights.taking import take

    return take(saved.experiment, reading.read(path), path.name)


def _trainer(saved: SavedExperiment, machine: MachineName, epochs: int) -> Trainer:
    if problems := saved.experiment.problems():
        layer = _layer(saved.experiment, problems[0].layer_id)
        raise UsageProblem(f"{layer}: {problems[0].text}" if layer else str(problems[0].text))
    samples, size = saved.experiment.data.train_samples, saved.experiment.batch_sizes[0]
    waits = machine == "compiled" or epochs * samples / max(size, 1) > MANY_STEPS
    choice = Choice(machine, _say_that_it_compiles if waits else None)
    trainer = Trainer(saved.experiment, saved.checkpoint, choice=choice)
    if machine == "compiled" and trainer.machine.name != machine:
        raise UsageProblem(f"--machine compiled: {trainer.machine.reason}")
    return trainer


def _say_that_it_compiles() -> None:
    said = say(
        "cli.compiling", "Compiling the steps of all networks, which is done once and may take a minute."
    )
    print(said, flush=True)


def _not_kept(trainer: Trainer) -> Text | None:
    """What is to be said of machine code that has to be compiled again the next time."""
    return trainer.machine.reason if trainer.machine.name == "compiled" else None


def _learn(trainer: Trainer, goal: int, stop: Stop, needs_reader: bool) -> Trained:
    """Train to that epoch, to a divergence or until asked to stop; the history then ends with this moment."""
    epoch, step, began = trainer.epoch, trainer.step, perf_counter()
    try:
        with progress(trainer, goal) as shown:
            _advance(trainer, goal, stop, shown.show)
    except OSError:  # nobody reads it any more
        if needs_reader:
            raise
        _advance(trainer, goal, stop, lambda _: None)
    seconds = perf_counter() - began
    if trainer.epoch >= goal and not trainer.halted:
        trainer.finish()
    elif trainer.machine.batch or not trainer.recorder.history.wants(trainer.epoch):
        trainer.record()
    return Trained(trainer.epoch - epoch, trainer.step - step, seconds, _outcome(trainer, goal))


def _advance(trainer: Trainer, goal: int, stop: Stop, show: Callable[[Trainer], None]) -> None:
    show(trainer)
    steps = 1
    while trainer.epoch < goal and not trainer.halted and not stop.number:
        began = perf_counter()
        rounds.advance(trainer, steps, goal)
        quick = perf_counter() - began < LOOK
        steps = min(2 * steps, STEPS_AT_ONCE) if quick else max(steps // 2, 1)
        show(trainer)


def _outcome(trainer: Trainer, goal: int) -> str:
    if trainer.divergence:
        return "diverged"
    if trainer.stopped_early:
        return "stopped early"
    return "interrupted" if trainer.epoch < goal else "finished"


# --- what is said and written -----------------------------------------------------------------------


def _summary(trainer: Trainer, run: Trained) -> str:
    best = run.outcome in ("finished", "stopped early") and trainer.watch.best is not None
    found: Text | str = results(*trainer.recorder.measures)
    if best:
        epoch = trainer.watch.best_epoch
        found = say("cli.by_best", "{results}, by the weights of epoch {epoch}", results=found, epoch=epoch)
    said = say(
        "cli.trained",
        "{what} {epochs} epochs ({steps} steps) in {seconds} s, {rate} steps/s: {results}",
        what=OUTCOMES[run.outcome],
        epochs=run.epochs,
        steps=run.steps,
        seconds=fixed(run.seconds, 1),
        rate=plain_count(run.steps_per_second),
        results=found,
    )
    return str(said)


def _layer(experiment: Experiment, layer_id: str) -> str:
    """What to call a layer; empty for none."""
    names = {layer.id: layer.name for layer in experiment.network.layers}
    name = names.get(layer_id)
    return f"layer {layer_id} “{name}”" if name else f"layer {layer_id}" if layer_id else ""


def _write(trainer: Trainer, run: Trained, command: Train, source: SavedExperiment) -> Iterator[str]:
    """Write the files that were asked for, each whatever becomes of the others; gives what went wrong."""
    if command.save is not None:
        yield from write(command.save, lambda: dumps(_saved(trainer, source)))
    if command.history is not None:
        yield from write(command.history, lambda: history_table.to_bytes(trainer.recorder.history.columns()))
    if command.report is not None:
        yield from write(command.report, lambda: json_object.to_bytes(_report(trainer, run)))


def _saved(trainer: Trainer, source: SavedExperiment) -> SavedExperiment:
    """What was learnt, with the runs that the source has, and what came of repeating them."""
    checkpoint = trainer.checkpoint()
    if source.checkpoint is not None:
        before = source.checkpoint
        checkpoint = replace(checkpoint, kept=before.kept, beside=before.beside)
    return SavedExperiment(trainer.experiment, checkpoint, repeated=source.repeated, search=source.search)


def _report(trainer: Trainer, run: Trained) -> dict[str, Any]:
    """The figures of a run; a number that is not finite is null."""
    train, test = trainer.recorder.evaluate(detailed=True)
    divergence = trainer.divergence
    return {
        "outcome": run.outcome,
        "epochs": run.epochs,
        "steps": run.steps,
        "seconds": run.seconds,
        "steps_per_second": run.steps_per_second,
        "machine": trainer.machine.name,
        "total_epochs": trainer.epoch,
        "total_steps": trainer.step,
        "train_loss": _finite(train.loss),
        "test_loss": _finite(test.loss),
        "train_loss_smoothed": None if train.smoothed is None else _finite(train.smoothed),
        "train_loss_data": None if train.term is None else _finite(train.of_data),
        "test_loss_data": None if test.term is None else _finite(test.of_data),
        "metrics": {
            "train": {name: _finite(value) for name, value in train.metrics.items()},
            "test": {name: _finite(value) for name, value in test.metrics.items()},
        },
        "divergence": divergence and {"layer": divergence.layer_id, "step": divergence.step},
        "parameters": trainer.network.parameters.size,
        "precision": trainer.experiment.precision,
        "seed": trainer.experiment.randomness.model_dump()["seed"],
        "findings": _findings(trainer),
    }


def _findings(trainer: Trainer) -> list[dict[str, Any]]:
    """What is wrong in the end; the layer is null where it is no single one."""
    from playground.analysis.diagnosis import diagnose
    from playground.analysis.diagnosis.record import Record
    from playground.training.vitals import VitalsObserver

    record = Record.of(trainer, VitalsObserver(trainer).see(running=False))
    return [
        {
            "trouble": finding.trouble.tag(),
            "layer": finding.layer_id or None,
            "since_epoch": finding.since,
            "grave": finding.grave,
            "evidence": str(finding.evidence),
            "cures": [str(cure.title) for cure in finding.cures],
        }
        for finding in diagnose(record)
    ]


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
