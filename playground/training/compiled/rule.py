"""Which machine is faster on a network.

NumPy pays for each call, however small its arrays are; BLAS is the quicker one for large products of single
precision in small batches, and for those that it shares out among several processors.  The constants are read
off what tests/benchmarks/machines.py prints, which also says where the rule is wrong; how fast a computer is
does not matter, as all of them go with it.
"""

from __future__ import annotations

import numpy as np

from playground.engine.network import Network
from playground.training.blas import shares_out

OF_CALL = 0.7
"""Microseconds that a call of NumPy takes, however small its arrays are."""

CALLS, CALLS_OF_LAYER = 5, 8
"""Calls of a step, and of each layer."""

OF_WEIGHT = 0.0008
"""Microseconds by which BLAS does a weight of single precision more quickly for a single sample."""

EVEN = 16
"""With so many samples it is half of that, with many of them nothing."""


def is_faster(network: Network, batch: int) -> bool:
    """Whether steps of so many samples are quicker in machine code."""
    if shares_out(network, batch):
        return False
    weights = network.parameters.size if network.dtype == np.float32 else 0
    won = OF_CALL * (CALLS + CALLS_OF_LAYER * len(network.graph.nodes))
    return OF_WEIGHT * weights / (1 + batch / EVEN) < won
