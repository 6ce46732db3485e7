"""The watch over the validation loss: when it was lowest, and whether to stop."""

from __future__ import annotations

import math
import sys

from playground.engine.stopping import EarlyStopping, Stopping
from playground.training.learnt import Learnt
from playground.training.memory import Memory

BEST = "best"


class Watch:
    """Follows the validation loss from epoch to epoch.

    Attributes:
        best_loss, best_epoch: the lowest loss so far and when that was; infinity and −1 at first.
        waits_from: the epoch from which the patience of early stopping counts.
        best: what the network had learnt then; None when it need not be kept.
    """

    def __init__(self, stopping: Stopping, learnt: Learnt) -> None:
        self._rule = stopping if isinstance(stopping, EarlyStopping) else None
        self._learnt = learnt
        self.best_loss, self.best_epoch, self.waits_from = math.inf, -1, 0
        self.best: Memory | None = None

    @staticmethod
    def accepts(memory: Memory) -> bool:
        """Whether it can take this back."""
        return len(memory.numbers.get(BEST, ())) in (0, 3)

    @property
    def wanted(self) -> bool:
        """Whether it has anything to do."""
        return self._rule is not None

    def note(self, loss: float, epoch: int) -> bool:
        """Note the loss after an epoch; returns whether training should stop."""
        rule = self._rule
        if loss < self.best_loss - (rule.min_delta if rule else 0.0):
            self.best_loss, self.best_epoch, self.waits_from = loss, epoch, epoch
            self.best = self._learnt.state() if rule and rule.restore_best else None
        return rule is not None and self.best_epoch >= 0 and epoch - self.waits_from >= rule.patience

    def foreseen(self, epoch: int) -> int:
        """After how many epochs from this one on it may stop training."""
        rule = self._rule
        return sys.maxsize if rule is None else max(rule.patience - (epoch - self.waits_from), 1)

    def be_patient(self, epoch: int) -> None:
        """Wait anew from this epoch on: the person runs on after an early stop."""
        self.waits_from = epoch

    def put_best_back(self) -> None:
        """Let the network know again what it had learnt at its best, where that was kept."""
        if self.best is not None:
            self._learnt.restore(self.best)

    def state(self) -> Memory:
        """A copy of all that it remembers; nothing before the first epoch."""
        numbers = [self.best_loss, self.best_epoch, self.waits_from] if self.best_epoch >= 0 else []
        if self.best is None:
            return Memory(numbers={BEST: numbers})
        parameters = self.best.vectors[""]
        averages = {f"{BEST}/{name}": average for name, average in self.best.arrays.items()}
        return Memory({BEST: numbers}, averages, {BEST: parameters})

    def restore(self, memory: Memory) -> None:
        """Take back what is known."""
        if numbers := memory.numbers.get(BEST, ()):
            self.best_loss, (self.best_epoch, self.waits_from) = numbers[0], map(int, numbers[1:])
        if not memory.has(BEST):
            return
        now = self._learnt.state()
        network, parameters = self._learnt.network, now.vectors[""]
        memory.fill(BEST, parameters.values, network)
        averages = {name: memory.arrays.get(f"{BEST}/{name}", known) for name, known in now.arrays.items()}
        self.best = Memory(arrays=averages, vectors={"": parameters})
