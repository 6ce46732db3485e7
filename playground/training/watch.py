"""The watch over the validation loss: early stopping, and schedules that react to it."""

from __future__ import annotations

import math

from playground.engine.arrays import Array
from playground.engine.schedules import Schedule
from playground.engine.stopping import EarlyStopping, Stopping


class Watch:
    """Follows the validation loss from epoch to epoch.

    Attributes:
        best_loss, best_epoch: the lowest loss so far and when that was; infinity and −1 at first.
        waits_from: the epoch from which the patience of early stopping counts.
        best: copies of what the network had learnt then; None when they need not be kept.
    """

    def __init__(self, stopping: Stopping, schedule: Schedule) -> None:
        self.best_loss, self.best_epoch, self.waits_from = math.inf, -1, 0
        self.best: list[Array] | None = None
        self.use(stopping, schedule)

    def use(self, stopping: Stopping, schedule: Schedule) -> None:
        """Follow other rules from now on."""
        self._stopping = stopping if isinstance(stopping, EarlyStopping) else None
        self.wanted = self._stopping is not None or schedule.watches
        """Whether anything here needs the validation loss."""

    def note(self, loss: float, epoch: int, learnt: list[Array]) -> bool:
        """Note the loss after an epoch; returns whether training should stop.

        `learnt` are the network's arrays, which are copied when they are the best so far and then wanted.
        """
        rule = self._stopping
        if loss < self.best_loss - (rule.min_delta if rule else 0.0):
            self.best_loss, self.best_epoch, self.waits_from = loss, epoch, epoch
            self.best = [array.copy() for array in learnt] if rule and rule.restore_best else None
        return rule is not None and self.best_epoch >= 0 and epoch - self.waits_from >= rule.patience

    def be_patient(self, epoch: int) -> None:
        """Wait anew from this epoch on: the person runs on after an early stop."""
        self.waits_from = epoch

    def restore(self, learnt: list[Array]) -> None:
        """Write the best weights into the network's arrays, where they were kept."""
        for array, best in zip(learnt, self.best or learnt, strict=True):
            array[...] = best
