"""An experiment that is trained again and again, each time with another seed, a slice at a time."""

from __future__ import annotations

from playground.experiment import Experiment
from playground.training.choosing import NUMPY, Choice
from playground.training.seed_run import SeedRun
from playground.training.seeds import with_seed
from playground.training.stride import Stride
from playground.training.trainer import Trainer


class Repetition:
    """Trains an experiment to its planned end, once for each seed from its own on.

    What comes of a seed is what the experiment gives with that seed by itself.

    Attributes:
        name: what people call the run that is repeated.
        done: what became of each seed so far, in order.
    """

    def __init__(self, name: str, experiment: Experiment, count: int, choice: Choice = NUMPY) -> None:
        """Begin; `count` seeds, by a machine of this choice."""
        self.name = name
        self.count = count
        self.done: tuple[SeedRun, ...] = ()
        self._experiment, self._choice = experiment, choice
        self._trainer: Trainer | None = None
        self._stride = Stride(lambda: None)

    @property
    def epochs(self) -> int:
        """To which each is trained."""
        return self._experiment.training.epochs

    @property
    def finished(self) -> bool:
        """Whether all seeds are done."""
        return len(self.done) == self.count

    @property
    def progress(self) -> float:
        """How much of all is done, 0 to 1."""
        trainer = self._trainer
        under_way = 0.0 if trainer is None else min(trainer.progress / self.epochs, 1.0)
        return (len(self.done) + under_way) / self.count

    def advance(self) -> None:
        """Train for a slice of time.

        Raises:
            LayerProblem, InvalidValue: when the experiment cannot train.
        """
        if self.finished:
            return
        trainer = self._trainer
        if trainer is None:
            trainer = self._trainer = Trainer(
                with_seed(self._experiment, len(self.done)), choice=self._choice
            )
            self._stride = Stride(lambda: None)
        self._stride.run_slice(trainer, self.epochs)
        if trainer.halted or trainer.epoch >= self.epochs:
            self._end(trainer)

    def _end(self, trainer: Trainer) -> None:
        if not trainer.halted:
            trainer.finish()
        seed = str(getattr(trainer.experiment.randomness, "seed", ""))
        ended = SeedRun(seed, dict(trainer.recorder.history.seen()), trainer.divergence is not None)
        self._trainer = None
        self.done = (*self.done, ended)
