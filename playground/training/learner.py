"""The learner of a run: a trainer that may be exchanged for another, or may not be able to train at all."""

from __future__ import annotations

from dataclasses import replace

from playground.engine.layers import LayerProblem
from playground.experiment import Experiment
from playground.text import Text, say
from playground.training.aside import Aside, Asides
from playground.training.checkpoint import Checkpoint
from playground.training.parts import new_pieces
from playground.training.trainer import STARTED_AGAIN, Trainer
from playground.value import InvalidValue


class Learner:
    """An experiment, and the trainer that has learnt it so far.

    Attributes:
        experiment: what is to be learnt, whether it can be or not.
        trainer: the last one that could train; None when there never was one.
        problem: why the experiment cannot train as it is; None when it can.
    """

    def __init__(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> None:
        """Begin, or go on from a checkpoint."""
        self.experiment = experiment
        self.trainer: Trainer | None = None
        self.problem: Text | None = None
        self._asides = Asides()
        try:
            self.trainer = Trainer((checkpoint and checkpoint.experiment) or experiment, checkpoint)
        except (LayerProblem, InvalidValue) as problem:
            self.problem = problem.text
        if self.trainer is not None and self.trainer.experiment != experiment:
            self.apply(experiment)  # which cannot train, but what was learnt before is known

    @property
    def learning(self) -> Trainer | None:
        """The trainer, unless the experiment cannot train as it is."""
        return None if self.problem else self.trainer

    @property
    def remark(self) -> Text | None:
        """Why nothing is learnt however long it trains; None when something is."""
        return None if self.trainer is None else self.trainer.experiment.remark

    def apply(self, experiment: Experiment, aside: Aside | None = None, gesture: int = -1) -> Text | None:
        """Go on with a changed experiment; other chance begins anew, or goes on with what was put aside.

        Returns a sentence on what was kept, if any; `problem` is then up to date.
        """
        self.experiment, self.problem = experiment, None
        try:
            if self.trainer is None:
                self.trainer = Trainer(experiment)
                return None
            aside = aside or Aside()
            exchanges = aside.exchanges and aside.trainer is not None
            if not exchanges and "chance" not in new_pieces(self.trainer.experiment, experiment):
                return self.trainer.apply(experiment, gesture)
            return self.swap(aside, experiment) or STARTED_AGAIN
        except (LayerProblem, InvalidValue) as problem:
            self.problem = problem.text
            return self.problem

    def swap(self, aside: Aside, experiment: Experiment) -> Text | None:
        """Take what lies aside, or else begin anew, and put what is there aside instead.

        Returns a sentence on what is back; None when it began anew.
        """
        present, other = self.trainer, aside.trainer
        is_back = other is not None and other.experiment == experiment
        self.trainer = trainer = other if other is not None and is_back else Trainer(experiment)
        if present is not None:
            self._asides.fill(aside, present)
        if not is_back:
            return None
        if aside.exchanges:
            return say("run.goes_on_at_epoch", "Goes on at epoch {epoch}.", epoch=trainer.epoch)
        return say("run.back_at_epoch", "Back at epoch {epoch}, as it was.", epoch=trainer.epoch)

    def checkpoint(self) -> tuple[Experiment, Checkpoint] | None:
        """All that changes, with the experiment as it is; None when it never could train.

        While it cannot train, the checkpoint is that of the one before, which it names.
        """
        if self.trainer is None:
            return None
        learnt, checkpoint = self.trainer.experiment, self.trainer.checkpoint()
        if self.problem:
            return self.experiment, replace(checkpoint, experiment=learnt)
        return learnt, checkpoint
