"""The moments of a training that become frames: trained, or had again from what a run remembers."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import numpy as np

from playground.training.choosing import NUMPY, Choice
from playground.training.kept_run import KeptRun
from playground.training.looking_back import LookingBack
from playground.training.observer import Observer, Progress
from playground.training.snapshot import Snapshot, State
from playground.training.trainer import Trainer

USUAL_FRAMES = 120
"""As many as are shown in a few seconds."""


def usual_stride(epochs: float) -> int:
    """Every how many epochs there is a frame, where nothing else is asked for."""
    return max(1, ceil(epochs / USUAL_FRAMES))


def stops(first: float, last: float, every: int) -> tuple[float, ...]:
    """The epochs of which there are frames, both ends among them."""
    between = np.arange(np.floor(first / every) * every + every, last, every)
    return (first, *between.tolist(), last) if last > first else (first,)


def trained(trainer: Trainer, epochs: int, every: int) -> Iterator[Snapshot]:
    """Train so many epochs; where training ends earlier, so do the moments."""
    observer = Observer(trainer)
    for goal in stops(trainer.epoch, trainer.epoch + epochs, every):
        with np.errstate(all="ignore"):
            while trainer.epoch < goal and not trainer.halted:
                trainer.run_epoch()
            shot = at_rest(observer)
        yield shot  # not in the care of NumPy, which must end on the thread where it began
        if trainer.halted:
            return


def again(run: KeptRun, every: int, choice: Choice = NUMPY) -> Iterator[Snapshot]:
    """The moments of a run from its first waypoint to where it ended, the very same numbers.

    Raises:
        LayerProblem, InvalidValue: when nothing is kept of the run, or what is cannot be.
    """
    looking: LookingBack | None = None
    observer: Observer | None = None
    first = run.waypoints[0].epoch if run.waypoints else 0.0
    for goal in stops(first, run.epoch, every):
        with np.errstate(all="ignore"):
            if looking is None or not looking.goes_on_to(run, goal):
                near = None if looking is None else looking.trainer
                looking = LookingBack(run, goal, near, choice)
            while not looking.arrived:
                looking.advance()
            if observer is None or observer.trainer is not looking.trainer:
                observer = Observer(looking.trainer)
            shot = at_rest(observer)
        yield shot


def at_rest(observer: Observer) -> Snapshot:
    """What is seen where training rests, so that all is measured and drawn as it is at this moment."""
    goal = observer.trainer.experiment.training.epochs
    return observer.snapshot(Progress(1, State.PAUSED, goal, 0.0, None))
