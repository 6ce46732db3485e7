"""What an edit puts aside: a run that begins anew leaves the old one whole, for undo to bring it back."""

from __future__ import annotations

from playground.training.trainer import Trainer

MOST_NUMBERS = 40_000_000
"""Numbers that all trainers put aside may hold; the oldest are forgotten first, but never the last."""


class Aside:
    """Room for the trainer that one edit takes out of a run.

    Attributes:
        trainer: what was there; None before, and when it was forgotten.
        exchanges: whether the edit puts another whole run in the place of the one in front, which lies here
            before it; undo then exchanges them back.
    """

    def __init__(self, exchanges: bool = False) -> None:
        self.trainer: Trainer | None = None
        self.exchanges = exchanges

    @property
    def size(self) -> int:
        """About how many numbers it holds."""
        if self.trainer is None:
            return 0
        trainer = self.trainer
        learnt, passed = trainer.network.parameters.size, len(trainer.trajectory.points())
        return (4 + passed) * learnt + 2 * trainer.sides.train.inputs.size


class Asides:
    """All that a run has put aside, the oldest first."""

    def __init__(self) -> None:
        self._filled: list[Aside] = []

    def fill(self, aside: Aside, trainer: Trainer) -> None:
        """Put a trainer there in place of what it holds, and forget the oldest where there are too many."""
        self._filled = [other for other in self._filled if other is not aside]
        aside.trainer = trainer
        self._filled.append(aside)
        while len(self._filled) > 1 and sum(other.size for other in self._filled) > MOST_NUMBERS:
            self._filled.pop(0).trainer = None
