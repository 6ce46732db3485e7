"""The trainer: one experiment learning, step by step, without a thread or a window."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from playground.data.prepared import PreparedData
from playground.engine.layers import LayerProblem
from playground.experiment import Experiment
from playground.numbers.writing import plain
from playground.text import Text, say
from playground.training.changes import Change, changes
from playground.training.checkpoint import Checkpoint
from playground.training.choosing import IN_THE_MAKING, NUMPY, STAYS, Choice
from playground.training.learnt import too_large
from playground.training.machine import Divergence
from playground.training.memory import Memory
from playground.training.parts import CHOICE, PIECES, Parts, new_pieces
from playground.training.recorder import Recorder
from playground.training.trajectory import Trajectory
from playground.training.typed import GivenWeights
from playground.value import InvalidValue

STARTED_AGAIN = say("run.started_again", "Started again with new random numbers.")


class Trainer:
    """An experiment, the parts that it is made of, and how far they have come.

    Attributes:
        epoch: whole epochs done.
        divergence: where training broke down; None while all is finite.
        stopped_early: whether the stopping rule ended training; running again goes on.
        changes: how often something else than a step changed it.
        defers: whether a change is measured by whoever looks next, and not at once.
        data, network, learnt, sides, update, pace, watch, machine: the parts (see `parts.TABLE`).
        recorder: what measures them; `trajectory` is where the network has been.
    """

    def __init__(
        self,
        experiment: Experiment,
        checkpoint: Checkpoint | None = None,
        drawn: PreparedData | None = None,
        choice: Choice = NUMPY,
    ) -> None:
        """Make all parts, and go on from the checkpoint if there is one, by the machine that it began with.

        To go on, its data may be given where they are `drawn` already.

        Raises:
            LayerProblem: when the experiment has problems; the sentence of the first.
            InvalidValue: when the data cannot be prepared, or the checkpoint belongs to something else.
        """
        learnt = (checkpoint and checkpoint.experiment) or experiment
        if checkpoint is not None:
            checkpoint.check(learnt)
        self._choice = choice
        self.defers = False
        self._begun_by: str | None = None
        begun = None if checkpoint is None else checkpoint.memory.numbers.get("machine")
        self._begin(learnt, choice.going_on(begun), drawn)
        if checkpoint is not None:
            self._begun_by = begun or self._begun_by
            self.epoch = int(checkpoint.memory.numbers["epoch"])
            self._parts.restore(checkpoint.memory)
            self.trajectory = Trajectory(self.epoch, self.network)
            self.recorder.restore(checkpoint.memory)
            self.recorder.measure()
            self._first_step = self.step
        if learnt != experiment:
            self.apply(experiment)

    def _begin(self, experiment: Experiment, choice: Choice, drawn: PreparedData | None = None) -> None:
        """Make all parts, and stand at epoch 0."""
        _refuse_problems(experiment)
        parts = Parts(experiment, experiment.randomness.streams(), drawn=drawn, choice=choice)
        parts.make(frozenset(PIECES))
        self.epoch = self._first_step = 0
        self._begun_by = None
        self.divergence: Divergence | None = None
        self.stopped_early = False
        self.changes = 0
        self._use(parts)
        self.trajectory = Trajectory(0, self.network)
        self.record()

    # --- changing the experiment ------------------------------------------------------------------------

    def apply(self, experiment: Experiment, gesture: int = -1) -> Text | None:
        """Go on with another experiment, keeping what fits; returns a sentence on what was kept, if any.

        Other chance, that is another seed or draw of weights, begins anew.

        What is made anew, and what then starts afresh, stands in `parts.TABLE`.  Changes of one gesture leave
        one mark in the run.

        Raises:
            LayerProblem, InvalidValue: as on creation; then nothing has changed.
        """
        _refuse_problems(experiment)
        before = self._parts
        _refuse_overflow(before, np.dtype(experiment.precision))
        new = new_pieces(before.experiment, experiment)
        if "chance" in new:
            self._begin(experiment, self._choice)
            return STARTED_AGAIN
        stays = self._choice.going_on(self._begun_by or self.machine.name)
        parts = Parts(experiment, before.streams, before.parked, choice=stays)
        parts.make(new, before)
        recorder = self.recorder
        self._use(parts)
        self.trajectory.follow(self.epoch, self.network)
        measured = self.recorder.go_on(recorder)
        self.divergence, self.stopped_early = None, False
        self._mark(changes(before.experiment, experiment), gesture, measured)
        return parts.remark

    def _use(self, parts: Parts) -> None:
        self._parts = parts
        self.experiment, self.data, self.network, self.learnt, self.sides = (
            parts.experiment, parts.data, parts.network, parts.learnt, parts.sides
        )  # fmt: skip
        self.update, self.pace, self.watch, self.machine = (
            parts.update, parts.pace, parts.watch, parts.machine
        )  # fmt: skip
        self.recorder = Recorder(parts)
        if self.machine.name == "compiled":
            self._begun_by = "compiled"

    def choose(self, choice: Choice, anew: bool) -> None:
        """Let a machine of this choice do the steps of runs that begin.

        That of this run is another as well where it has not moved yet, or is chosen `anew`.
        """
        self._choice = choice
        if not (anew or self.step == self._first_step):
            if self.machine.reason == IN_THE_MAKING:
                self.machine.reason = STAYS
            return
        before, recorder = self._parts, self.recorder
        begun = None if anew else self._begun_by
        parts = Parts(self.experiment, before.streams, before.parked, choice=choice.going_on(begun))
        parts.make(frozenset({CHOICE}), before)
        self._begun_by = begun
        self._use(parts)
        self.recorder.go_on(recorder)
        self.recorder.measure()
        self.changes += self.machine.name != before.machine.name

    def set_weight(self, given: GivenWeights) -> Text | None:
        """Set one weight or bias, or all; returns what is to be said of it, if anything."""
        changed = given.put(self.network)
        self.recorder.outdate()
        self._mark(changed)
        return given.remark(self.network, self.update.slots.get("alive"))

    def take_back(self, given: GivenWeights) -> None:
        """Put back what was there before."""
        changed = given.take_back(self.network)
        self.recorder.outdate()
        self._mark(changed)

    def _mark(self, changed: tuple[Change, ...], gesture: int = -1, measured: bool = True) -> None:
        """Note in the run that something is different from here on; whether it was ever `measured`."""
        self.changes += 1
        self.recorder.marks.put(self.progress, self.step, changed, gesture)
        if measured and self.recorder.measured_step == self.step:
            self.recorder.write(self.progress)  # such as another learning rate: the loss is the same
        elif not (measured and self.defers):
            self.record()

    # --- learning ---------------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """Updates done."""
        return self.machine.step

    @property
    def steps_per_epoch(self) -> int:
        """Updates an epoch; 1 where there never is one, so that epochs can be counted by it."""
        return max(self.machine.per_epoch, 1)

    @property
    def progress(self) -> float:
        """Epochs done, the part of the one under way included."""
        return self.epoch + self.machine.batch / self.steps_per_epoch

    @property
    def halted(self) -> bool:
        """Whether training should not go on by itself: it diverged, or was stopped early."""
        return self.divergence is not None or self.stopped_early

    def run(self, steps: int) -> int:
        """Train up to that many steps, not past the end of an epoch; returns how many were done.

        When a number becomes infinite or undefined, the network is put back to the last finite step and
        `divergence` says where it happened.
        """
        if self.stopped_early:
            self.watch.be_patient(self.epoch)
            self.stopped_early = False
        if self.machine.batch == 0 and self.recorder.outdated:
            self.record()  # the row of a whole epoch stays
        done, self.divergence = self.machine.advance(steps)
        if self.divergence is not None:
            self.record()
        elif self.machine.epoch_is_done:
            self.divergence = self.machine.end_epoch()
            self.note_epoch()
        return done

    def run_epoch(self) -> None:
        """Train to the end of the epoch, or to a divergence."""
        epoch = self.epoch
        while self.epoch == epoch and self.divergence is None:
            self.run(256)

    def note_epoch(self) -> None:
        """One more epoch was done, and the network is as after it."""
        self._heed_validation()
        self.epoch += 1
        self.trajectory.note(self.epoch)
        if self.recorder.history.wants(self.epoch) or self.halted:
            self.record()

    def _heed_validation(self) -> None:
        """Let the rate and the end of training follow the validation loss, where they do."""
        validation = self.sides.validation
        if (self.watch.wanted or self.pace.schedule.watches) and validation is not None:
            loss = self.recorder.measure_on(validation).loss
            self.pace.after_epoch(loss, self.step, self.steps_per_epoch)
            self.stopped_early = self.watch.note(loss, self.epoch + 1)
            if self.stopped_early:
                self.watch.put_best_back()
                self.recorder.outdate()

    def finish(self) -> bool:
        """End as planned: returns whether the weights of an earlier epoch, the best one, were put back."""
        watch = self.watch
        if restored := watch.best is not None and watch.best_epoch < self.epoch:
            watch.put_best_back()
            watch.be_patient(self.epoch)
            self.changes += 1
        self.record()
        return restored

    # --- measuring, saving ------------------------------------------------------------------------------

    def record(self, detailed: bool = False) -> None:
        """Measure, and write the row of this moment into the history."""
        self.recorder.record(self.progress, detailed)
        if not math.isfinite(self.recorder.measures[0].loss) and self.divergence is None:
            self.divergence = Divergence("", self.step)

    def state(self, recorded: bool = True) -> Memory:
        """A copy of all that changes, with or without what was recorded."""
        numbers = {"epoch": self.epoch, "machine": self.machine.name}
        known = Memory.of_all(Memory(numbers), self._parts.memory())
        return Memory.of_all(known, self.recorder.state()) if recorded else known

    def checkpoint(self) -> Checkpoint:
        """A copy of all that changes, for a file."""
        return Checkpoint.of(self.state())


def _refuse_problems(experiment: Experiment) -> None:
    if problems := experiment.problems():
        raise LayerProblem(problems[0].text)


def _refuse_overflow(parts: Parts, dtype: np.dtype[Any]) -> None:
    """Refuse a precision that cannot hold what was learnt or typed so far."""
    if parts.network.dtype == dtype:
        return
    if name := too_large(parts.memory(), dtype):
        raise InvalidValue(
            say(
                "precision.too_small",
                "{precision} holds numbers up to {most}, and some of {tensor} are larger; "
                "stay with {present}, or draw new weights.",
                precision=str(dtype),
                most=plain(float(np.finfo(dtype).max)),
                tensor=name,
                present=str(parts.network.dtype),
            )
        )
