"""What became of an experiment with other seeds."""

from __future__ import annotations

from collections.abc import Mapping

from playground.record import record
from playground.training.history import Column


@record(eq=False)
class SeedRun:
    """What became of an experiment with one seed, as it is written: its curves, and whether it diverged."""

    seed: str
    history: Mapping[str, Column]
    diverged: bool

    def last(self, column: str) -> float:
        """What was measured in the end; NaN where it never was."""
        values = self.history.get(column)
        return float("nan") if values is None or not len(values) else float(values[-1])


@record(eq=False)
class RepeatedRun:
    """A run that was repeated: what people call it, which colour it has, and what became of each seed."""

    name: str
    colour: int
    done: tuple[SeedRun, ...] = ()
