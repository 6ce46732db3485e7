"""What goals are judged by: the experiment, what is seen of its training, and what a person answered."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Self

import numpy as np

from playground.experiment import Experiment
from playground.training.kept_run import KeptRuns
from playground.training.snapshot import Snapshot, State

MOST_TRIALS = 200
"""Learning rates that are remembered of one step of a lesson."""


@dataclass(frozen=True)
class RateTrial:
    """A learning rate that was tried: whether the run diverged, or else how many epochs it held."""

    rate: float
    diverged: bool
    epochs: int = 0


@dataclass(frozen=True)
class TriedSettings:
    """An experiment, and for how many epochs it was trained without a change."""

    experiment: Experiment
    epochs: float


@dataclass(frozen=True)
class Observed:
    """What is known at one moment of a step.

    Attributes:
        snapshot: of training in the present; None before the first.
        troubles: what the diagnosis finds now: kind of trouble and layer.
        given: the number that was answered, or the number of the choice from 1; None for no answer.
        truth: what the program works out to be the answer; None while it is not known.
        page, laboratory: what is in front: the name of a page, and on *Labs* the kind of the laboratory.
        trials: learning rates that were tried since the step began.
        tried: experiments that were trained since then.
    """

    experiment: Experiment
    snapshot: Snapshot | None = None
    troubles: Set[tuple[str, str]] = field(default_factory=frozenset)
    given: float | None = None
    truth: float | None = None
    page: str = ""
    laboratory: str = ""
    trials: tuple[RateTrial, ...] = ()
    tried: tuple[TriedSettings, ...] = ()

    @property
    def runs(self) -> KeptRuns:
        """All runs of the document."""
        return self.snapshot.kept if self.snapshot else KeptRuns()

    def seeing(self, snapshot: Snapshot) -> Self:
        """The same with the newest snapshot, and with the learning rate noted that it shows."""
        trials, tried = noted(self.trials, snapshot), trained(self.tried, snapshot)
        return replace(self, snapshot=snapshot, trials=trials, tried=tried)


def trained(tried: tuple[TriedSettings, ...], snapshot: Snapshot) -> tuple[TriedSettings, ...]:
    """What was tried, and what a snapshot shows to have been trained since it was changed last."""
    epochs = snapshot.progress - (snapshot.marks[-1].epoch if snapshot.marks else 0)
    known = next((each for each in reversed(tried) if each.experiment == snapshot.experiment), None)
    if known is not None and known.epochs >= epochs:
        return tried
    others = (each for each in tried if each is not known)
    return (*others, TriedSettings(snapshot.experiment, epochs))[-MOST_TRIALS:]


def noted(trials: tuple[RateTrial, ...], snapshot: Snapshot) -> tuple[RateTrial, ...]:
    """The trials, and the one that a snapshot shows: it diverged, or the loss fell from first to last."""
    rate = float(getattr(snapshot.experiment.training.optimizer, "learning_rate", 0))
    losses = snapshot.history.get("train_loss", np.empty(0))
    if snapshot.state is State.DIVERGED:
        trial = RateTrial(rate, diverged=True)
    elif len(losses) > 1 and not snapshot.marks and isfinite(losses[-1]) and losses[-1] < losses[0]:
        trial = RateTrial(rate, diverged=False, epochs=snapshot.epoch)
    else:
        return trials
    if trial in trials:
        return trials
    others = (each for each in trials if (each.rate, each.diverged) != (trial.rate, trial.diverged))
    return (*others, trial)[-MOST_TRIALS:]
