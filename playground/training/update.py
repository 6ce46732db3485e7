"""The update: regularizer, clipping and optimizer bound to a network's flat vectors."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.engine.arrays import Array
from playground.engine.clipping import NoClipping
from playground.engine.network import Network
from playground.experiment import Training
from playground.training.memory import Memory, Vector

MOVED = "moved"

PIECE = 1 << 15
"""Parameters moved at once: with what is remembered of them they stay in the processor's cache."""


class Update:
    """What a step does with the gradient of one network.

    Attributes:
        slots: the arrays that optimizer and regularizer remember between steps, each like the parameters.
        memory, regularizer_memory: the same as two blocks, a row an array.
        moved: how far the last step moved each parameter; 0 before the first.
        age: updates since the optimizer began to remember, which Adam's correction counts.
    """

    def __init__(self, network: Network, training: Training) -> None:
        """Bind them."""
        optimizer, regularizer = training.optimizer, training.regularizer
        self._network, self.optimizer, self.regularizer = network, optimizer, regularizer
        self.clipping = training.clipping
        self._clipping = None if isinstance(training.clipping, NoClipping) else training.clipping
        like = network.parameters
        self.memory = np.zeros((len(optimizer.slots), *like.shape), like.dtype)
        self.regularizer_memory = np.ones((len(regularizer.slots), *like.shape), like.dtype)
        self.slots: dict[str, Array] = dict(zip(optimizer.slots, self.memory, strict=True))
        self.slots |= dict(zip(regularizer.slots, self.regularizer_memory, strict=True))
        self.moved: Array = np.zeros_like(like)
        self.age = 0
        self._regularizer_memory = tuple(self.slots[name] for name in regularizer.slots)
        self._rows = network.weight_rows()
        self._work = np.empty_like(like)
        self._pieces = tuple(self._cut())
        trainable = network.trainable
        self._hold = None if trainable is None else (trainable, 1 - trainable, np.empty_like(like))
        decay = optimizer.decoupled_decay
        self._decay = decay * network.penalized if decay else None

    @staticmethod
    def slots_of(training: Training) -> tuple[str, ...]:
        """The names under which something is remembered of every parameter."""
        return (*training.optimizer.slots, *training.regularizer.slots, MOVED)

    @property
    def of_optimizer(self) -> tuple[str, ...]:
        """The names of what the optimizer remembers."""
        return ("age", *self.optimizer.slots)

    @property
    def of_regularizer(self) -> tuple[str, ...]:
        """The names of what the regularizer remembers."""
        return self.regularizer.slots

    def state(self) -> Memory:
        """A copy of all that it remembers."""
        vectors = self.slots | {MOVED: self.moved}
        return Memory(
            numbers={"age": self.age},
            vectors={slot: Vector(values.copy(), self._network) for slot, values in vectors.items()},
        )

    def restore(self, memory: Memory) -> None:
        """Take back what is known."""
        self.age = memory.numbers.get("age", self.age)
        for slot, values in (self.slots | {MOVED: self.moved}).items():
            memory.fill(slot, values, self._network)

    def apply(self, rate: float) -> None:
        """Move the parameters by the gradients."""
        self.age += 1
        network, regularizer, work = self._network, self.regularizer, self._work
        w, g = network.parameters, network.gradients
        if self._hold is not None:
            trainable, frozen, held = self._hold
            np.multiply(w, frozen, out=held)
        if self._decay is not None:
            np.multiply(self._decay, rate, out=work)
            np.multiply(work, w, out=work)
            np.subtract(w, work, out=w)
        if regularizer.acts_before_update:
            regularizer.before_update(w, g, network.penalized, self._regularizer_memory, work)
        if self._clipping is not None:
            self._clipping.clip(g)
        for piece, gradient, memory, room in self._pieces:
            self.optimizer.update(piece, gradient, memory, rate, self.age, room)
        if regularizer.acts_after_update:
            regularizer.after_update(w, rate, network.penalized, self._rows, self._regularizer_memory, work)
        if self._hold is not None:  # a momentum of before must not move what is frozen now
            np.multiply(w, trainable, out=w)
            np.add(w, held, out=w)

    def _cut(self) -> Iterator[tuple[Array, Array, tuple[Array, ...], Array]]:
        """Parameters, gradients, what is remembered and room for work, in pieces that may be moved alone."""
        size = len(self._work)
        at_once = PIECE if self.optimizer.one_by_one and size > PIECE else max(size, 1)
        for start in range(0, size, at_once):
            part = slice(start, start + at_once)
            w, g, memory = self._network.parameters, self._network.gradients, self.memory
            yield w[part], g[part], tuple(array[part] for array in memory), self._work[part]

    def note_move(self, before: Array) -> None:
        """Note what a step has made of the parameters of before."""
        np.subtract(self._network.parameters, before, out=self.moved)

    def penalty(self, parameters: Array | None = None) -> float:
        """What the regularizer charges for the parameters as they are, or for others."""
        network = self._network
        return self.regularizer.penalty(
            network.parameters if parameters is None else parameters, network.penalized
        )
