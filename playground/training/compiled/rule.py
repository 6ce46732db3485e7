"""Which machine is faster on a network: small layers cost NumPy its calls, large ones are BLAS's strength.

The constants, in microseconds, are read off what tests/benchmarks/machines.py prints, which also says where
the rule is wrong; how fast a computer is does not matter, as all of them go with it.
"""

from __future__ import annotations

from playground.engine.network import Network

OF_CALL = 2.4
"""An operation of NumPy, however small it is."""

OF_PRODUCT = 1 / 20_000
"""A multiplication and an addition in one of BLAS's products."""

OF_LOOP, OF_SAMPLE = 0.030, 0.0002
"""A loop over the samples for four weights, and each of its samples."""

CALLS, CALLS_OF_LAYER = 5, 8
"""Operations of a step, and of each layer."""


def is_faster(network: Network, batch: int) -> bool:
    """Whether steps of so many samples are quicker in machine code."""
    weights, layers = network.parameters.size, len(network.graph.nodes)
    by_numpy = OF_CALL * (CALLS + CALLS_OF_LAYER * layers) + OF_PRODUCT * 6 * batch * weights
    return 3 * weights / 4 * (OF_LOOP + OF_SAMPLE * batch) < by_numpy
