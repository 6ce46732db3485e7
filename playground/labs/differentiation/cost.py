"""What all slopes of a small network cost by each way, in multiplications, and what building graphs costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.labs.differentiation.graph import ExpressionGraph, optimized

HIDDEN = 16
"""Neurons between the inputs and the outputs."""

MOST_CALLS = 20


@dataclass(frozen=True)
class JacobianCost:
    """Multiplications for every slope of m outputs by n inputs, behind one layer of `HIDDEN` neurons."""

    inputs: int
    outputs: int

    @property
    def evaluation(self) -> int:
        """To work the outputs out once."""
        return self.inputs * HIDDEN + HIDDEN * self.outputs

    @property
    def one_pass(self) -> int:
        """To take slopes through once, forward or back: the same products, and the slope of each neuron."""
        return self.evaluation + HIDDEN

    @property
    def forward(self) -> int:
        """A pass an input."""
        return self.evaluation + self.inputs * self.one_pass

    @property
    def reverse(self) -> int:
        """A pass an output."""
        return self.evaluation + self.outputs * self.one_pass

    @property
    def central(self) -> int:
        """Two evaluations an input."""
        return 2 * self.inputs * self.evaluation


def work_over_calls(graph: ExpressionGraph) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes that were made or worked out after so many calls, from 0 on: recorded anew each time, built once.

    Optimizing goes once over all nodes that there were.
    """
    calls = np.arange(MOST_CALLS + 1, dtype=np.float64)
    nodes = len(graph.nodes)
    return 2.0 * nodes * calls, 2.0 * nodes + len(optimized(graph).nodes) * calls
