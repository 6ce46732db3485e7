"""A machine that learns on a thread of its own: made there, asked there, and seen here."""

from __future__ import annotations

from collections.abc import Iterator

from playground.labs import Memory
from playground.labs.boltzmann.laboratory import Boltzmann
from playground.labs.boltzmann.learning import Learning, Seen


class Apprentice:
    """Everything that it is asked is worked out by whoever takes the next of what it gives."""

    def __init__(self, lab: Boltzmann, memory: Memory | None = None) -> None:
        self._lab, self._memory = lab, memory
        self._learning: Learning | None = None

    def use(self, lab: Boltzmann) -> None:
        """Learn with other rates from the next step on."""
        self._lab = lab
        if self._learning is not None:
            self._learning.lab = lab

    def looked_at(self) -> Iterator[Seen]:
        """What it is, once."""
        yield self._at_work().seen()

    def stepping(self) -> Iterator[Seen]:
        """One step."""
        learning = self._at_work()
        learning.step()
        yield learning.seen()

    def learning(self) -> Iterator[Seen]:
        """Piece after piece, until the weights run away."""
        learning = self._at_work()
        while not learning.diverged:
            yield learning.learn()

    def _at_work(self) -> Learning:
        if self._learning is None:
            made = Learning(self._lab)
            if self._memory:
                made.restore(self._memory)
            self._learning = made
            made.lab = self._lab  # which may be another one by now
        return self._learning
