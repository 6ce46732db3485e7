"""The room in which machine code works: one flat array with all that a step reads and writes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.loops import loop_of, numbers
from playground.engine.network import Network
from playground.training.compiled.program import FlatLayout, Program, learnt, placed
from playground.training.compiled.registry import NUMBERS, OF_UPDATE, PLACES_OF_RUN, codes
from playground.training.update import Update


class FlatRoom:
    """A network's numbers and those of its update, copied in and out.

    Attributes:
        values: the flat array.
        learnt_size: how much of it, from the beginning on, is what the network learns.
        lasting: the part of it that is no more finite when training diverges.
        parameters, gradients, before, carried: parts; `before` are the parameters before the last step.
        places, codes, numbers, rows: what the machine code is told of the update.
    """

    def __init__(self, network: Network, update: Update, layout: FlatLayout) -> None:
        """Give a place to all that is not of one batch size."""
        w, place = network.parameters, layout.place
        self._learnt = learnt(network, layout)
        self.learnt_size = layout.size
        self._changing = [*self._learnt, *placed((update.memory, update.regularizer_memory), layout)]
        lasting = layout.size
        self._changing.append((network.gradients, place(network.gradients)))
        own = [np.empty_like(w) for _ in range(3)]
        before, held, self.carried_at = map(place, own)
        trainable = -1 if network.trainable is None else place(network.trainable)
        self._constant = (
            [network.penalized] if network.trainable is None else [network.penalized, network.trainable]
        )
        self._layout, self._lasting = layout, lasting
        self._of_update = [place(network.parameters), place(network.gradients), w.size]
        self._of_update += [place(network.penalized), trainable, held]
        self._of_update += [place(update.memory), len(update.memory)]
        self._of_update += [place(update.regularizer_memory), len(update.regularizer_memory), before]
        self.places = np.zeros(PLACES_OF_RUN, np.int64)
        self.codes, self.numbers = _of_parts(update)
        self.rows = _rows(network)

    def furnish(self) -> None:
        """Make the array, once all places are given."""
        w, place = self._changing[0][0], self._layout.place
        self.values: Array = np.zeros(self._layout.size, w.dtype)
        for array in self._constant:
            self.values[place(array) : place(array) + array.size] = array
        size, gradients, before = w.size, self._of_update[1], self._of_update[-1]
        self.lasting, self.parameters = self.values[: self._lasting], self.values[:size]
        self.carried = self.values[self.carried_at :][:size]
        self.gradients, self.before = self.values[gradients:][:size], self.values[before:][:size]

    def load(self) -> None:
        """Copy the numbers in."""
        for array, start in self._changing:
            self.values[start : start + array.size] = array

    def store(self) -> None:
        """Copy them out."""
        for array, start in self._changing:
            array[:] = self.values[start : start + array.size]

    def let_know(self, learnt: Array) -> None:
        """Let the network know what stood at the beginning of the array at some moment."""
        for array, start in self._learnt:
            array[:] = learnt[start : start + array.size]

    def is_finite(self) -> bool:
        """Whether all that lasts is."""
        squares = float(np.dot(self.lasting, self.lasting))
        return math.isfinite(squares) or bool(np.isfinite(self.lasting).all())

    def say(self, program: Program, carried: Array | None, whole: int, rest: int) -> None:
        """Set the places for batches of a program; what is carried is added to the first one's gradient."""
        where = -1
        if carried is not None:
            where = self.carried_at
            self.values[where : where + carried.size] = carried
        self.places[:] = (*program.batch, *self._of_update, where, whole, rest, *program.drawn)


def _of_parts(update: Update) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """By what an update is done: the codes of its loops, −1 for none, and their numbers; last the decay."""
    parts = (update.regularizer, update.clipping, update.optimizer, update.regularizer)
    found, used = np.full(len(parts), -1), np.zeros((len(parts) + 1, NUMBERS))
    for position, (part, (_, method)) in enumerate(zip(parts, OF_UPDATE, strict=True)):
        loop = loop_of(type(part), method)
        if loop is not None:
            own = numbers(part)
            found[position], used[position, : len(own)] = codes()[loop], own
    used[-1, 0] = update.optimizer.decoupled_decay
    return found, used


def _rows(network: Network) -> NDArray[np.int64]:
    """Where each neuron's penalized weights begin among all parameters, and how many they are."""
    start, width = network.parameters.__array_interface__["data"][0], network.parameters.itemsize
    rows = [
        ((row.__array_interface__["data"][0] - start) // width, len(row))
        for weights in network.weight_rows()
        for row in weights
    ]
    return np.array(rows, np.int64).reshape(-1, 2)
