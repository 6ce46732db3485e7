"""The whole graph in every pass, where the samples are its nodes and layers pass messages between them.

Some of its nodes are learnt from and others tested, but neither batches nor the split part the graph (Kipf &
Welling 2017).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from playground.data.prepared import PreparedData
from playground.data.sample import Floats
from playground.engine.arrays import Array
from playground.engine.links import NodeLinks
from playground.engine.network import Network, Plan
from playground.record import record


@record(eq=False)
class WholeGraph:
    """All nodes of a graph.

    Attributes:
        inputs: (nodes, inputs) as the network takes them.
        of_samples: (n,) the node that each sample of the dataset is.
    """

    links: NodeLinks
    inputs: Floats
    of_samples: NDArray[np.int64]
    _last: dict[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, data: PreparedData, reads_graph: bool) -> Self | None:
        """The one of these data; None where there is none, or the network does not read it."""
        nodes = data.nodes
        if not reads_graph or nodes is None:
            return None
        return cls(nodes.graph, data.transform(nodes.raw), nodes.of_samples)

    def answer(self, network: Network, nodes: NDArray[np.int64]) -> tuple[Plan, Array, Array]:
        """The plan, and of some nodes the net outputs and the outputs (outputs, …).

        All sides of the split are asked for one after the other: what was worked out last is kept for them.
        """
        learnt = (network.parameters, *network.state.values())
        known = (network, *(values.tobytes() for values in learnt))
        if self._last.get("of") != known:
            _, plan = next(network.passes(self.inputs, self.links))
            self._last.update(of=known, plan=plan, z=plan.net_outputs.copy(), a=plan.outputs.copy())
        plan, z, a = (self._last[name] for name in ("plan", "z", "a"))
        return plan, z[:, nodes], a[:, nodes]

    def with_inputs(self, inputs: Floats, nodes: NDArray[np.int64]) -> WholeGraph:
        """The same where some nodes have other inputs."""
        changed = self.inputs.copy()
        changed[nodes] = inputs
        return WholeGraph(self.links, changed, self.of_samples)


def passes(
    network: Network, inputs: Array, whole: WholeGraph | None, rows: NDArray[np.int64]
) -> Iterator[tuple[slice, Plan, Array, Array]]:
    """Which samples at once, the plan, their net outputs and outputs (outputs, …); they are those `rows`.

    Of a whole graph their inputs (samples, inputs) are known.
    """
    if whole is not None:
        yield slice(0, len(rows)), *whole.answer(network, whole.of_samples[rows])
        return
    for some, plan in network.passes(inputs):
        yield some, plan, plan.net_outputs, plan.outputs
