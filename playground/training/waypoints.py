"""The waypoints of the run under way, thinned as it grows, so that any moment of it can be had again.

From a waypoint training is done again, step for step, and comes to the same numbers, until something else
than a step changed the run: what was then there is a waypoint that stays.
"""

from __future__ import annotations

from playground.training.kept_run import Waypoint, without
from playground.training.trainer import Trainer

MOST = 30
"""Waypoints of a run besides those of changes."""

MOST_OF_CHANGES = 100
"""Waypoints behind a change that a run keeps."""

ROOM = 32 << 20
"""Bytes that the waypoints of the run under way may have together."""

FIRST_STRIDE = 16
"""Steps between two waypoints at first."""


class Waypoints:
    """Those of one run; a new one is added when enough steps were done, and behind every change."""

    def __init__(self, known: tuple[Waypoint, ...] = ()) -> None:
        self.all = known
        self._seen_changes = -1  # of the trainer; no waypoint is of what it is now
        ordinary = [waypoint.step for waypoint in known if not waypoint.changed]
        spread = (known[-1].step - known[0].step) // MOST if ordinary else 0
        self._stride = max(FIRST_STRIDE, spread)
        self._due = 0

    def pass_by(self, trainer: Trainer) -> bool:
        """See what a trainer is before it takes a step; whether that is a waypoint."""
        due = trainer.step >= self._due or trainer.changes != self._seen_changes
        if due:
            self.add(trainer)
        return due

    def add(self, trainer: Trainer) -> None:
        """Keep what a trainer is now."""
        changed = trainer.changes != self._seen_changes
        last = self.all[-1] if self.all else None
        if last is not None and last.step == trainer.step and last.epoch == trainer.progress:
            if not changed:
                return
            self.all = self.all[:-1]
        self._seen_changes = trainer.changes
        self._due = trainer.step + self._stride
        self.all = (*self.all, waypoint_of(trainer, changed))
        self._thin()

    def _thin(self) -> None:
        """Forget every second ordinary one where there are too many, or they are too large, then changes."""
        while self.all:
            full = sum(waypoint.size for waypoint in self.all) > ROOM
            ordinary = [index for index, each in enumerate(self.all[:-1]) if not each.changed]
            changes = [index for index, each in enumerate(self.all[1:-1], 1) if each.changed]
            if len(ordinary) > MOST or (full and ordinary):
                spread = (self.all[-1].step - self.all[0].step) // (MOST // 2)
                self._stride = max(2 * self._stride, spread)
                self._forget(ordinary[::2])
            elif len(changes) > MOST_OF_CHANGES or (full and changes):
                self._forget(changes[:1])
            elif full:
                self._forget([0])
            else:
                return

    def _forget(self, indices: list[int]) -> None:
        for index in reversed(indices):
            self.all = without(self.all, index)


def waypoint_of(trainer: Trainer, changed: bool) -> Waypoint:
    """What a trainer is now."""
    memory = trainer.state(recorded=False).finite()
    return Waypoint(
        trainer.experiment,
        trainer.progress,
        trainer.step,
        memory.numbers,
        memory.named(),
        changed,
        trainer.stopped_early,
    )
