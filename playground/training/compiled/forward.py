"""The forward pass of a network as rows of an operation table, as at test time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.engine.arrays import Array
from playground.engine.loops import LoopRow, LoopRows
from playground.engine.network import Network, Wiring
from playground.engine.places import Places
from playground.training.compiled.program import FlatLayout, learnt, written

AT_ONCE = 256
"""Most samples of a pass, whose values then lie near the processor."""


class Forward:
    """A pass over so many samples at once, in a flat array of its own.

    Attributes:
        samples: how many.
        given: where their inputs are written, (samples, inputs + 1).
        tensors: the values of the batch and of each layer.
        outputs, net_outputs: those of the last layer.
    """

    def __init__(self, network: Network, samples: int) -> None:
        self.samples, self._network = samples, network
        self._layout = FlatLayout()
        graph = network.graph
        self.given = np.empty((samples, graph.inputs + 1), network.dtype)
        places = Places(graph, self.given[:, :-1])
        wiring = Wiring(network, self.given, None, places, None, False, False)
        self._rows: list[LoopRow] = []
        net_input = None
        for position, node in enumerate(graph.nodes):
            wires = wiring.wires(position)
            lowered = LoopRows((), ()) if wires is None else node.layer.lower(wires)
            net_input = lowered.net_input
            self._rows += lowered.forward
        self.tensors: list[Array] = [tensor.values for tensor in wiring.tensors]
        self.outputs = self.tensors[-1]
        self.net_outputs = self.outputs if net_input is None else net_input
        self._learnt = learnt(network, self._layout)

    def place(self, array: Array) -> int:
        """Where an array of it lies."""
        return self._layout.place(array)

    def furnish(self, more: Sequence[LoopRow] = ()) -> None:
        """Make the table, with more rows behind it, and the flat array."""
        self.table, self.numbers = written([*self._rows, *more], self._layout)
        for array in self.tensors:
            self.place(array)
        self.values: Array = np.zeros(self._layout.size, self._network.dtype)

    def load(self) -> None:
        """Copy the network's numbers in."""
        for array, start in self._learnt:
            self.values[start : start + array.size] = array
