"""How active the values of layers are on average that charge for activity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.layers.sparsity import Sparsity
from playground.engine.network import Network
from playground.training.measures import CodedSamples
from playground.training.whole_graph import passes

MOST_SAMPLES = 256
"""Over so many the mean is as good as over all, to look at."""


def mean_activity(network: Network, samples: CodedSamples) -> dict[str, NDArray[np.float32]]:
    """Of each layer that charges what it charges for, of each of its values (units,), by layer id."""
    charging = [node.layer for node in network.graph.nodes if isinstance(node.layer, Sparsity)]
    if not charging or not len(samples.inputs):
        return {}
    some = slice(0, MOST_SAMPLES)
    _, plan, _, _ = next(passes(network, samples.inputs[some, :-1], samples.whole, samples.split.rows[some]))
    return {layer.id: layer.activity(plan.values[layer.id]).astype(np.float32) for layer in charging}
