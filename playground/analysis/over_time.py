"""How the gradient of the loss comes to each step of a sequence: where it fades, little is learnt.

It is worked out by a step of training on a copy of the network, of which nothing is learnt.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.graph import Node
from playground.engine.network import Plan
from playground.record import record
from playground.training.moment import Moment

SAMPLES = 32
"""Of so many training samples the mean is taken."""
SLOPE = "slope"
"""What layers that show the gradient with respect to their states call it."""


@record(eq=False)
class SlopesOverTime:
    """The length of the gradient of the loss at each step, (time,), the mean over some samples.

    Attributes:
        given: with respect to what the layer is given at the step: what comes this far back at all.
        state: with respect to its state behind the step; None of a layer that does not show it.
    """

    given: NDArray[np.float64]
    state: NDArray[np.float64] | None


def slopes_over_time(moment: Moment, samples: int = SAMPLES) -> dict[str, SlopesOverTime]:
    """Those of every layer that reads a sequence and shows what goes on in it, by its id."""
    network = moment.network
    nodes = [node for node in network.graph.nodes if len(node.shapes[0]) == 2]
    if not nodes or not len(moment.data.train.inputs):
        return {}
    with np.errstate(all="ignore"):
        plan = moment.practised(moment.data.train, samples)
    return {node.layer.id: _of(plan, node) for node in nodes if plan.seen.get(node.layer.id)}


def _of(plan: Plan, node: Node) -> SlopesOverTime:
    tensor, slope = plan.upstream[node.layer.id][0], plan.seen[node.layer.id].get(SLOPE)
    assert tensor is not None  # the gradient of the inputs was asked for
    given = tensor.values.reshape(*node.shapes[0], -1)
    return SlopesOverTime(_lengths(given), None if slope is None else _lengths(slope))


def _lengths(gradients: Array) -> NDArray[np.float64]:
    """The mean length of gradients (time, values, samples) at each step; of a mean loss, for one sample."""
    each = np.sqrt(np.square(gradients.astype(np.float64)).sum(axis=1))
    lengths: NDArray[np.float64] = each.mean(axis=1) * gradients.shape[2]
    return lengths
