"""The record of a run: how well it does now, and how well it did from epoch to epoch."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from playground.engine.metrics import border
from playground.training.chronicle import Chronicle
from playground.training.epochs import DoneEpochs
from playground.training.history import History
from playground.training.marks import Mark, Marks
from playground.training.measures import CodedSamples, Measures, columns
from playground.training.memory import Memory
from playground.training.parts import Parts
from playground.training.principal_angle import PrincipalAngle, linear_pair

PREFIX = "history/"
MARKS = "marks"
ANGLE = "principal_angle"
"""The column of the angle to principal components, in degrees, of a linear autoencoder."""


class Recorder:
    """Measures the parts of a run, and keeps what it measured.

    Attributes:
        history: a row for each epoch (see `History`), and `marks` where something was changed.
        chronicle: vital signs and histograms of the layers, as far as somebody measured them.
        measures: loss and metrics on training and test samples after the step `measured_step`; those of
            before a change, where that is −1.
        detailed: the same in detail, where that was asked for; else None.
        validation: the same on the validation samples; None without any.
        evaluator: what measures.
    """

    measures: tuple[Measures, Measures]
    detailed: tuple[Measures, Measures] | None
    validation: Measures | None
    measured_step: int

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.history, self.marks, self.chronicle = History(), Marks(), Chronicle()
        self._angle = PrincipalAngle()
        self._pair = linear_pair(parts.experiment)
        self.evaluator = parts.machine.evaluator(parts.data.task.classes, border(parts.sides.low))

    def evaluate(self, detailed: bool = False) -> tuple[Measures, Measures]:
        """Loss and metrics on the training and on the test samples, now."""
        sides = self._parts.sides
        return self.measure_on(sides.train, detailed), self.measure_on(sides.test, detailed)

    def measure_on(self, samples: CodedSamples, detailed: bool = False) -> Measures:
        """Loss and metrics on some samples."""
        return self.evaluator.measure(samples, detailed)

    def measure(self, detailed: bool = False) -> None:
        """Measure all sides."""
        train, test = found = self.evaluate(detailed)
        self.detailed = found if detailed else None
        self.measures = (train.in_short, test.in_short) if detailed else found
        validation = self._parts.sides.validation
        self.validation = self.measure_on(validation) if validation is not None else None
        self.measured_step = self._parts.machine.step

    def go_on(self, before: Recorder) -> bool:
        """Write on in the record of the parts before; returns whether its measures can still be shown."""
        self.history, self.marks, self.chronicle = before.history, before.marks, before.chronicle
        self._angle = before._angle
        parts, old = self._parts, before._parts
        like = parts.data.task == old.data.task
        like &= (parts.sides.validation is None) == (old.sides.validation is None)
        if like:
            self.measures, self.validation = before.measures, before.validation
            self.detailed, self.measured_step = before.detailed, before.measured_step
            if parts.network is not old.network or parts.sides is not old.sides:
                self.outdate()
        return like

    @property
    def outdated(self) -> bool:
        """Whether something changed that was not measured yet."""
        return self.measured_step < 0

    def outdate(self) -> None:
        """Something changed: what was measured is of before."""
        self.detailed, self.measured_step = None, -1
        self.evaluator.forget()

    def record(self, progress: float, detailed: bool = False) -> None:
        """Measure, and write the row of this moment, at so many epochs, into the history."""
        self.measure(detailed)
        self.write(progress)

    def write(self, progress: float) -> None:
        """Write what was measured into the row of this moment."""
        parts, (train, test) = self._parts, self.measures
        row = {"epoch": progress, "step": float(parts.machine.step), "learning_rate": parts.machine.rate}
        row |= columns({"train": train, "test": test, "validation": self.validation})
        row |= {"penalty": parts.update.penalty()}
        if self._pair and (angle := self._angle.of(parts.network, parts.data, self._pair)) is not None:
            row[ANGLE] = angle
        self.history.record(row | self._lengths())

    def takes_many(self, epochs: int) -> bool:
        """Whether the rows of so many can be written in one go."""
        return not self._pair and self.history.has_room(epochs)

    def record_many(self, first: int, done: DoneEpochs, rows: list[int]) -> None:
        """Write the rows of some epochs that were done, the first of which was this."""
        sides, update = self._parts.sides, self._parts.update
        there = {"train": sides.train, "test": sides.test, "validation": sides.validation}
        done.measure(rows)
        found = {name: None if side is None else self.measure_on(side) for name, side in there.items()}
        row: dict[str, Any] = {"epoch": first + np.array(rows), "step": done.steps[rows]}
        row |= {"learning_rate": done.rates[rows]} | columns(found)
        row |= {"penalty": [update.penalty(parameters) for parameters in done.path[rows]]}
        self.history.record_many(row | self._lengths(), len(rows))

    def _lengths(self) -> dict[str, float]:
        """The lengths of the gradients as they are written down."""
        begun, lengths = self._parts.machine.begun, self.gradient_norms().items()
        return {f"gradient_norm.{name}": length if begun or length else math.nan for name, length in lengths}

    def gradient_norms(self) -> dict[str, float]:
        """The Euclidean norm of each layer's gradient at the last step, by layer id."""
        return self.evaluator.norms()

    def state(self) -> Memory:
        """History and marks."""
        named = {f"{PREFIX}{name}": column for name, column in self.history.columns().items()}
        return Memory({MARKS: [mark.model_dump(mode="json") for mark in self.marks.all()]}, named)

    def restore(self, memory: Memory) -> None:
        """Take them back; no new row is written, as the last one is of this moment."""
        known = {
            name.removeprefix(PREFIX): column
            for name, column in memory.arrays.items()
            if name.startswith(PREFIX)
        }
        if known:
            self.history = History(known)
        self.marks = Marks(Mark.build(mark) for mark in memory.numbers.get(MARKS, ()))
