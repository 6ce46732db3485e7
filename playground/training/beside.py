"""What the window asks of the runs beside the one in front."""

from __future__ import annotations

from collections.abc import Iterator

from playground.experiment import Experiment
from playground.training.aside import Aside
from playground.training.checkpoint import Checkpoint
from playground.training.loop import Loop


class Beside:
    """Requests to the training thread; each returns at once, and they are carried out in order."""

    def __init__(self, loop: Loop, numbers: Iterator[int]) -> None:
        self._loop, self._numbers = loop, numbers

    def add(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> int:
        """Begin another run, paused; returns its number."""
        number = next(self._numbers)
        self._loop.requests.put(lambda: self._loop.group.add(number, experiment, checkpoint))
        return number

    def catch_up(self, number: int) -> None:
        """Train a run until it is level with the one in front, and with that from there on."""
        self._loop.requests.put(lambda: self._loop.group.catch_up(number))

    def drop(self, number: int) -> None:
        """Forget a run."""
        self._loop.requests.put(lambda: self._loop.drop(number))

    def take_over(self, number: int, aside: Aside) -> None:
        """Forget a run, and put what it has learnt aside, for the one in front to go on with."""
        self._loop.requests.put(lambda: self._loop.take_over(number, aside))

    def look(self, maps: bool) -> None:
        """Say whether their maps are on screen."""
        self._loop.requests.put(lambda: self._loop.group.look_beside(maps))
