"""The program: a network and its loss as rows of an operation table over one flat array."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.flow import INPUT_POSITION
from playground.engine.loops import LoopRow, LoopRows, add_loop, loop_of, multiply_loop, numbers
from playground.engine.losses import Loss
from playground.engine.network import Gradients, Network, Wiring
from playground.engine.places import Places
from playground.training.compiled.registry import NUMBERS, PLACES, codes, weigh_loop

LINE = 16
"""Arrays begin at multiples of so many numbers."""


class FlatLayout:
    """Where arrays lie in one flat array; each is given a place when it is first asked for.

    Attributes:
        size: how long the flat array must be.
    """

    def __init__(self) -> None:
        self.size = 0
        self._starts: dict[int, tuple[Array, int]] = {}

    def place(self, array: Array) -> int:
        """Where an array begins, which may be a part of another."""
        whole = array
        while isinstance(whole.base, np.ndarray):
            whole = whole.base
        if id(whole) not in self._starts:
            self._starts[id(whole)] = whole, self.size
            self.size += -(-whole.size // LINE) * LINE
        return self._starts[id(whole)][1] + (_address(array) - _address(whole)) // whole.itemsize


def placed(arrays: Iterable[Array], layout: FlatLayout) -> list[tuple[Array, int]]:
    """Arrays as flat ones, each with its place; empty ones are left out."""
    return [(array.reshape(-1), layout.place(array)) for array in arrays if array.size]


def learnt(network: Network, layout: FlatLayout) -> list[tuple[Array, int]]:
    """What a network learns, with its places: the same ones in every layout of which it is asked first."""
    return placed((network.parameters, *network.state.values()), layout)


def _address(array: Array) -> int:
    return int(array.__array_interface__["data"][0])


@dataclass(frozen=True)
class Program:
    """The table of one batch size.

    Attributes:
        samples: the batch size.
        table: (rows, 1 + PLACES): the code of the loop, the places of its arrays, its sizes.
        numbers: (rows, NUMBERS): the numbers that it is given.
        batch: where and how large its inputs and its targets are, and where its samples' weights (−1: none).
        draws: (arrays, 4): what is drawn for each step: 0 for even numbers and 1 for normal ones, behind how
            many others of the step, to which place, and how many.
        drawn: how many even and how many normal numbers that are in all.
    """

    samples: int
    table: NDArray[np.int64]
    numbers: NDArray[np.float64]
    batch: tuple[int, int, int, int, int]
    draws: NDArray[np.int64]
    drawn: tuple[int, int]

    @classmethod
    def of(cls, network: Network, samples: int, loss: Loss, layout: FlatLayout) -> Program:
        """Forward, loss and backward of a network on a batch."""
        graph, dtype = network.graph, network.dtype
        given = np.empty((samples, graph.inputs + 1), dtype)
        gradients = Gradients(network, samples, False)
        masks = Places(graph, given[:, :-1])
        wiring = Wiring(network, given, gradients, masks, None, loss.from_logits, False)
        forward: list[LoopRow] = []
        backward: list[list[LoopRow]] = [_sums(gradients, INPUT_POSITION)]
        net_input = None
        evens: list[Array] = []
        normals: list[Array] = []
        for position, node in enumerate(graph.nodes):
            wires = wiring.wires(position)
            rows = LoopRows((), ()) if wires is None else node.layer.lower(wires)
            net_input = rows.net_input
            forward += rows.forward
            evens += rows.evens
            normals += rows.normals
            backward.append([*_sums(gradients, position), *rows.backward])
        tensors = wiring.tensors
        outputs, gradient = tensors[-1].values, gradients.outputs[-1]
        assert gradient is not None
        target, weights = np.empty_like(outputs), np.empty(samples, dtype)
        z = outputs if net_input is None else net_input
        rule = loop_of(type(loss), "gradient")
        assert rule is not None
        start = [LoopRow(rule, (z, outputs, target, gradient.values), (outputs.size,), loss)]
        if loss.weighs:
            start.append(LoopRow(weigh_loop, (gradient.values, weights), (len(outputs),)))
        after = [
            LoopRow(add_loop, (total, part, total), (part.size,)) for total, part in gradients.of_sharers
        ]
        if (trainable := network.trainable) is not None:
            vector = network.gradients
            after.append(LoopRow(multiply_loop, (vector, trainable, vector), (vector.size,)))
        flow = [row for step in reversed(backward) for row in step]
        table, used = written([*forward, *start, *flow, *after], layout)
        places = layout.place(tensors[0].values), graph.inputs, layout.place(target), len(outputs)
        batch = *places, layout.place(weights) if loss.weighs else -1
        drawn = sum(array.size for array in evens), sum(array.size for array in normals)
        return cls(samples, table, used, batch, _draws(evens, normals, layout), drawn)


def _sums(gradients: Gradients, position: int) -> list[LoopRow]:
    return [LoopRow(add_loop, arrays, (arrays[0].size,)) for arrays in gradients.sums(position)]


def _draws(evens: Sequence[Array], normals: Sequence[Array], layout: FlatLayout) -> NDArray[np.int64]:
    found = []
    for kind, arrays in enumerate((evens, normals)):
        start = 0
        for array in arrays:
            found.append((kind, start, layout.place(array), array.size))
            start += array.size
    return np.array(found, np.int64).reshape(-1, 4)


def written(rows: Sequence[LoopRow], layout: FlatLayout) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Rows as a table and the numbers beside it (see `Program`)."""
    table = np.zeros((len(rows), 1 + PLACES), np.int64)
    used = np.zeros((len(rows), NUMBERS))
    for written, given, row in zip(table, used, rows, strict=True):
        entries: list[Any] = [codes()[row.loop], *map(layout.place, row.arrays), *row.sizes]
        written[: len(entries)] = entries
        own = numbers(row.part) if row.part is not None else ()
        given[: len(own)] = own
    return table, used
