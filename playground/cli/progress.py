"""What a person sees while a command trains: a bar on a terminal, about ten plain lines anywhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from playground.numbers.writing import percent, plain
from playground.text import Text, listed, say
from playground.training.measures import Measures
from playground.training.trainer import Trainer

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

LINES = 10
FRAME = 0.1
"""Seconds between two pictures of the bar."""


class Meter(Protocol):
    """What shows how far training is."""

    def show(self, trainer: Trainer) -> None:
        """Called again and again while training."""


@contextmanager
def progress(trainer: Trainer, goal: int) -> Iterator[Meter]:
    """The way to show progress towards an epoch that suits where the output goes."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        with _bar(trainer, goal) as bar:
            yield bar
    else:
        yield _Lines(trainer, goal)


def results(train: Measures, test: Measures) -> str:
    """Losses and metrics on both sides of the split, for people."""
    parts = [say("cli.train_loss", "training loss {loss}", loss=plain(train.loss, 4))]
    if train.smoothed is not None:
        parts.append(say("cli.smoothed", "by smoothed labels {loss}", loss=plain(train.smoothed, 4)))
    if train.term is not None:
        parts.append(say("cli.of_data", "of it by the data {loss}", loss=plain(train.of_data, 4)))
    if test.is_empty:
        return str(listed([*parts, say("cli.no_test", "no samples to test on")]))
    parts.append(say("cli.test_loss", "test loss {loss}", loss=plain(test.loss, 4)))
    parts += [_metric(name, value) for name, value in test.metrics.items()]
    return str(listed(parts))


def _metric(name: str, value: float) -> Text:
    if name == "accuracy":
        return say("cli.test_accuracy", "test accuracy {share}", share=percent(value, 1))
    return say("cli.test_metric", "test {name} {value}", name=name, value=plain(value, 4))


class _Lines:
    """A line at the beginning, at round numbers of epochs, and at the end."""

    def __init__(self, trainer: Trainer, goal: int) -> None:
        self._every = _round_up((goal - trainer.epoch) / LINES)
        self._goal = goal
        self._shown = -1

    def show(self, trainer: Trainer) -> None:
        epoch = trainer.epoch
        due = epoch % self._every == 0 or epoch == self._goal or self._shown < 0
        if due and epoch != self._shown:
            self._shown = epoch
            count = f"{epoch:>{len(str(self._goal))}}"
            found = results(*trainer.recorder.evaluate())
            print(say("cli.epoch", "epoch {epoch}: {results}", epoch=count, results=found), flush=True)


def _round_up(number: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, … that is not below."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= number:
                return digit * power
        power *= 10


@contextmanager
def _bar(trainer: Trainer, goal: int) -> Iterator[Meter]:
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn  # only a terminal needs it
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("{task.fields[where]}"),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[losses]}"),
    )
    with RichProgress(*columns, auto_refresh=False) as bar:
        yield _Bar(bar, trainer, goal)


class _Bar:
    """The bar's one task, redrawn a few times a second."""

    def __init__(self, bar: RichProgress, trainer: Trainer, goal: int) -> None:
        self._bar, self._goal = bar, goal
        self._first = trainer.step
        ahead = (goal - trainer.epoch) * trainer.steps_per_epoch - trainer.machine.batch
        self._task = bar.add_task("", total=ahead, **_fields(trainer, goal))
        self._drawn = 0.0

    def show(self, trainer: Trainer) -> None:
        now = monotonic()
        if now - self._drawn >= FRAME or trainer.epoch == self._goal:
            self._drawn = now
            self._bar.update(self._task, completed=trainer.step - self._first, **_fields(trainer, self._goal))
            self._bar.refresh()


def _fields(trainer: Trainer, goal: int) -> dict[str, Any]:
    train, test = trainer.recorder.measures
    first, second = plain(train.loss, 4), plain(test.loss, 4)
    return {
        "where": say("cli.where", "epoch {epoch} of {goal}", epoch=str(trainer.epoch), goal=str(goal)),
        "losses": say("cli.losses", "loss {train}, test {test}", train=first, test=second),
    }
