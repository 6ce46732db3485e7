"""Rounds of training: as many whole epochs in one go as there is time for, where the machine can do that."""

from __future__ import annotations

from collections.abc import Container

from playground.training.epochs import DoneEpochs
from playground.training.trainer import Trainer

MOST = 256
"""Epochs in one go at most."""


def advance(trainer: Trainer, steps: int, goal: int) -> int:
    """Train up to that many steps, not past the epoch `goal`; returns how many were done.

    One round is the rest of the epoch under way, or several epochs, which come to the same numbers.
    """
    per_epoch = trainer.machine.per_epoch
    count = min(steps // max(per_epoch, 1), goal - trainer.epoch, _foreseen(trainer), MOST)
    if per_epoch and count > 1 and (done := _epochs_done(trainer, count)):
        return done * per_epoch
    return trainer.run(steps)


def _foreseen(trainer: Trainer) -> int:
    """How many epochs there are for certain in which nothing depends on the validation loss."""
    return min(trainer.pace.foreseen, trainer.watch.foreseen(trainer.epoch))


def _epochs_done(trainer: Trainer, count: int) -> int:
    """Train up to so many epochs in one go; how many they were, 0 where that cannot be."""
    recorder = trainer.recorder
    if trainer.stopped_early or recorder.outdated or trainer.machine.batch:
        return 0
    return trainer.machine.do_epochs(
        count, recorder.evaluator, trainer.sides, lambda done: _note(trainer, done)
    )


def _note(trainer: Trainer, done: DoneEpochs) -> None:
    """Let the trainer note epochs: one by one, or, where nothing depends on them, their rows in one go."""
    recorder, first, count = trainer.recorder, trainer.epoch + 1, len(done.path)
    looked_at: Container[int] = range(count)
    if not (trainer.watch.wanted or trainer.pace.schedule.watches) and recorder.takes_many(count):
        wanted = [epoch for epoch in range(count) if recorder.history.wants(first + epoch)]
        if earlier := wanted[:-1]:
            recorder.record_many(first, done, earlier)
        looked_at = (*wanted[-1:], count - 1)
    for epoch in range(count):
        if epoch in looked_at:
            done.be_after(epoch)
            trainer.note_epoch()
        else:
            _pass_by(trainer, done, epoch)


def _pass_by(trainer: Trainer, done: DoneEpochs, epoch: int) -> None:
    """Note an epoch of which nobody sees more than its row, and where the network was."""
    trainer.epoch += 1
    if trainer.trajectory.wants(trainer.epoch):
        done.be_after(epoch)
        trainer.trajectory.note(trainer.epoch)
