"""The learner of a run: a trainer that may be exchanged for another, or may not be able to train at all."""

from __future__ import annotations

from dataclasses import replace

from playground.engine.layers import LayerProblem
from playground.experiment import Experiment
from playground.text import Text, say
from playground.training.aside import Aside, Asides
from playground.training.checkpoint import Checkpoint
from playground.training.choosing import NUMPY, Choice
from playground.training.kept_run import KeptRuns, Origin
from playground.training.ledger import Ledger
from playground.training.looking_back import LookingBack
from playground.training.parts import new_pieces
from playground.training.trainer import STARTED_AGAIN, Trainer
from playground.value import InvalidValue


class Learner:
    """An experiment, the trainer that has learnt it so far, and the runs that there were before.

    While an earlier moment is looked at, `experiment`, `trainer` and `problem` are those of that moment.

    Attributes:
        ledger: all runs.
        past: the moment that is looked at; None while that is the present.
    """

    def __init__(
        self, experiment: Experiment, checkpoint: Checkpoint | None = None, choice: Choice = NUMPY
    ) -> None:
        """Begin, or go on from a checkpoint, by a machine of this choice."""
        self._experiment, self._choice = experiment, choice
        self._present: Trainer | None = None
        self._problem: Text | None = None
        self._asides = Asides()
        self.past: LookingBack | None = None
        self.ledger = Ledger(checkpoint.kept if checkpoint else KeptRuns())
        try:
            learnt = (checkpoint and checkpoint.experiment) or experiment
            self._have(Trainer(learnt, checkpoint, choice=choice))
        except (LayerProblem, InvalidValue) as problem:
            self._problem = problem.text
        if self._present is not None and self._present.experiment != experiment:
            self.apply(experiment)  # which cannot train, but what was learnt before is known

    def _have(self, trainer: Trainer, origin: Origin | None = None) -> None:
        """Let another trainer learn from now on."""
        self._present, trainer.defers = trainer, True
        self.ledger.begin(trainer, origin)

    @property
    def experiment(self) -> Experiment:
        """What is to be learnt, whether it can be or not."""
        return self.past.trainer.experiment if self.past else self._experiment

    @property
    def trainer(self) -> Trainer | None:
        """The last one that could train; None when there never was one."""
        return self.past.trainer if self.past else self._present

    @property
    def present(self) -> Trainer | None:
        """The one that learns, whatever moment is looked at."""
        return self._present

    @property
    def problem(self) -> Text | None:
        """Why the experiment cannot train as it is; None when it can."""
        return None if self.past else self._problem

    @property
    def learning(self) -> Trainer | None:
        """The trainer, unless the experiment cannot train as it is."""
        return None if self.problem else self.trainer

    @property
    def remark(self) -> Text | None:
        """Why nothing is learnt however long it trains; None when something is."""
        return None if self.trainer is None else self.trainer.experiment.remark

    def choose(self, choice: Choice, anew: bool) -> None:
        """Train by a machine of this choice (see `Trainer.choose`)."""
        self._choice = choice
        if self._present is not None:
            self._present.choose(choice, anew)

    # --- changing the experiment ------------------------------------------------------------------------

    def apply(self, experiment: Experiment, aside: Aside | None = None, gesture: int = -1) -> Text | None:
        """Go on with a changed experiment; other chance begins anew, or goes on with what was put aside.

        Returns a sentence on what was kept, if any; `problem` is then up to date.
        """
        self._experiment, self._problem = experiment, None
        aside = aside or Aside()
        try:
            if aside.exchanges and aside.trainer is not None:
                return self.swap(aside, experiment) or STARTED_AGAIN
            if self._present is None:
                self._have(Trainer(experiment, choice=self._choice))
                return None
            if "chance" not in new_pieces(self._present.experiment, experiment):
                return self._present.apply(experiment, gesture)
            return self.swap(aside, experiment) or STARTED_AGAIN
        except (LayerProblem, InvalidValue) as problem:
            self._problem = problem.text
            return self._problem

    def swap(self, aside: Aside, experiment: Experiment) -> Text | None:
        """Take what lies aside, or else begin anew, and put what is there aside instead.

        Returns a sentence on what is back; None when it began anew.
        """
        other = aside.trainer
        is_back = other is not None and other.experiment == experiment
        trainer = other if other is not None and is_back else Trainer(experiment, choice=self._choice)
        self._exchange(trainer, aside)
        if not is_back:
            return None
        return _goes_on(trainer) if aside.exchanges else _back_at(trainer)

    def _exchange(self, trainer: Trainer, aside: Aside, origin: Origin | None = None) -> None:
        before = self._present
        self._have(trainer, origin)
        if before is not None:
            self._asides.fill(aside, before)

    # --- looking back -----------------------------------------------------------------------------------

    def look_back(self, number: int, epoch: float) -> Text | None:
        """Look at an earlier moment of a run; returns why that cannot be."""
        run = self.ledger.kept().run(number)
        if run is None:
            return say("back.no_run", "There is no run {number} any more.", number=number)
        try:
            if self.past is None or not self.past.goes_on_to(run, epoch):
                self.past = LookingBack(run, epoch, self.trainer, self._choice)
        except (LayerProblem, InvalidValue) as problem:
            return problem.text
        return None

    def go_on(self, aside: Aside, experiment: Experiment) -> Text | None:
        """Go on with what is looked at, or with what lies aside, and put the present aside instead."""
        past, self.past = None if aside.exchanges else self.past, None
        aside.exchanges = True
        other = past.trainer if past else aside.trainer
        if other is not None:
            origin = Origin(number=past.run.number, epoch=other.progress) if past else None
            self._exchange(other, aside, origin)
            self._experiment, self._problem = other.experiment, None
        words = self.apply(experiment) if self._experiment != experiment else None
        return words or (None if other is None else _goes_on(other) if past else _back_at(other))

    # --- telling ----------------------------------------------------------------------------------------

    def checkpoint(self) -> tuple[Experiment, Checkpoint] | None:
        """All that changes, with the experiment as it is; None when it never could train.

        While it cannot train, the checkpoint is that of the one before, which it names.
        """
        if self._present is None:
            return None
        self.ledger.pass_by()
        learnt = self._present.experiment
        checkpoint = replace(self._present.checkpoint(), kept=self.ledger.kept())
        if self._problem:
            return self._experiment, replace(checkpoint, experiment=learnt)
        return learnt, checkpoint


def _goes_on(trainer: Trainer) -> Text:
    return say("run.goes_on_at_epoch", "Goes on at epoch {epoch}.", epoch=trainer.epoch)


def _back_at(trainer: Trainer) -> Text:
    return say("run.back_at_epoch", "Back at epoch {epoch}, as it was.", epoch=trainer.epoch)
