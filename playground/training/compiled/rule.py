"""Which machine is faster on a network: small products are NumPy's overhead, large ones BLAS's strength.

The constants are measured by tests/benchmarks/machines.py, which prints how well the rule does.
"""

from __future__ import annotations

from playground.engine.network import Network

OF_NUMPY = 1.0
"""What an operation costs NumPy however small it is, in microseconds."""

OF_BLAS, OF_LOOPS = 25_000.0, 4_000.0
"""Multiplications and additions in a microsecond, in large products and in loops."""


def is_faster(network: Network, batch: int) -> bool:
    """Whether steps of so many samples are quicker in machine code."""
    work = 6.0 * batch * network.parameters.size
    operations = 8 * len(network.graph.nodes) + 5
    return work / OF_LOOPS < work / OF_BLAS + OF_NUMPY * operations
