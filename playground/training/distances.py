"""How far the runs beside the one in front are from it, whenever they stand level."""

from __future__ import annotations

from collections.abc import Mapping

from playground.training.apart import Apart
from playground.training.history import Column
from playground.training.lockstep import are_level
from playground.training.run import Run


class Distances:
    """The difference of weights of each run beside the one in front, by its number."""

    def __init__(self) -> None:
        self._by_number: dict[int, Apart] = {}

    def note_epoch(self, front: Run, *others: Run) -> None:
        """Measure all, if an epoch just ended."""
        trainer = front.learner.trainer
        if trainer is not None and trainer.machine.batch == 0:
            self.note(front, *others)

    def note(self, front: Run, *others: Run) -> None:
        """Measure all that stand level with the one in front."""
        for run in others:
            first, other = front.learner.trainer, run.learner.trainer
            apart = self._by_number.setdefault(run.number, Apart())
            if first is not None and other is not None and are_level((front, run)):
                apart.note(first, other)

    def of(self, number: int) -> Mapping[str, Column] | None:
        """What was measured; None of the one in front."""
        apart = self._by_number.get(number)
        return None if apart is None else apart.columns()

    def forget(self, number: int) -> None:
        """Keep nothing of this one."""
        self._by_number.pop(number, None)

    def clear(self) -> None:
        """Keep nothing of any."""
        self._by_number.clear()
