"""What layers show of one sample besides their output: states, gates, weights of attention, memory.

A layer puts arrays into the `seen` of its `Operations`, samples last, and that is all it has to do: while one
sample is what is looked at, `LayerSnapshot.seen` holds them for it, live, and `Moment.inside` gives them for
any sample of a network that is at rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from playground.engine.arrays import Array
from playground.engine.graph import Node
from playground.engine.layers.sliding import Windowed
from playground.engine.layers.transposed import ConvTranspose
from playground.engine.network import Network, Plan
from playground.record import record

MOST_SEEN = 1 << 20
"""Numbers of an array that is shown; a larger one could not be told apart on the screen."""


@record(eq=False)
class LookInside:
    """What one layer shows of one sample: the arrays by name, and what the layer is given for it.

    Without the axis of samples: states and gates are (time, units), weights of attention (to, from).  What a
    layer is given whose windows slide is NaN at steps that are not there, which it does not count.
    """

    seen: Mapping[str, Array]
    given: Array


def looks_inside(network: Network, plan: Plan, sample: int = 0) -> dict[str, LookInside]:
    """Copies, by layer id, of what layers show of a sample in the batch that a plan ran last."""
    return {
        node.layer.id: LookInside(
            {
                name: values[..., sample].copy()
                for name, values in _small(plan.seen.get(node.layer.id, {})).items()
            },
            _given(network, plan, position, sample),
        )
        for position, node in enumerate(network.graph.nodes)
        if node.layer.id in plan.seen or _slides(node)
    }


def _slides(node: Node) -> bool:
    return isinstance(node.layer, Windowed | ConvTranspose) and prod(node.shapes[0]) <= MOST_SEEN


def states_of(seen: Mapping[str, Array]) -> Array | None:
    """The states of a recurrent layer, (time, neurons), of two directions side by side; None of others."""
    found = [seen[name] for name in ("state", "state backwards") if name in seen]
    return np.concatenate(found, axis=1) if len(found) > 1 else found[0] if found else None


def _small(seen: Mapping[str, Array]) -> dict[str, Array]:
    return {name: values for name, values in seen.items() if values[..., 0].size <= MOST_SEEN}


def _given(network: Network, plan: Plan, position: int, sample: int) -> Array:
    """A copy of what a layer reads of a sample, in its shape."""
    node = network.graph.nodes[position]
    source, mask = node.sources[0], plan.places.read_by(position)
    values = plan.input[:, :-1].T if source < 0 else plan.values[network.graph.nodes[source].layer.id]
    given: Array = values[:, sample].reshape(node.shapes[0]).copy()
    if mask is not None and _slides(node):
        given[mask[:, sample] == 0] = np.nan
    return given
