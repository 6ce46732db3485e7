"""Rounds of training: as many whole epochs in one go as there is time for, where the machine can do that."""

from __future__ import annotations

from playground.training.trainer import Trainer

MOST = 256
"""Epochs in one go at most."""


def advance(trainer: Trainer, steps: int, goal: int) -> int:
    """Train up to that many steps, not past the epoch `goal`; returns how many were done.

    One round is the rest of the epoch under way, or several epochs, which come to the same numbers.
    """
    per_epoch = trainer.machine.per_epoch
    count = min(steps // max(per_epoch, 1), goal - trainer.epoch, MOST)
    if per_epoch and count > 1 and trainer.run_epochs(count):
        return count * per_epoch
    return trainer.run(steps)
