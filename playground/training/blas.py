"""How many processor threads the matrix products use: one for small networks, where more only wait."""

from __future__ import annotations

from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController

from playground.engine.network import Network

SMALL_PRODUCT = 5e7
"""Floating-point operations with one block of weights, in a step, below which a second thread costs more than
it brings."""


def shares_out(network: Network, batch_size: int) -> bool:
    """Whether steps of this network are worth several threads."""
    blocks = (parameter.size for node in network.graph.nodes for parameter in node.parameters)
    return 6 * batch_size * max(blocks, default=0) >= SMALL_PRODUCT


def limit_threads(network: Network, batch_size: int) -> None:
    """Choose the number of BLAS threads for steps of this network, by its largest block of weights.

    Of many small products each would wait for both threads: with 10⁵ edges a second one brings message
    passing 3 %, and where the cores are busy it takes four times as long.  The weights of a convolution count
    once, though they are used at every place: a second thread brings it less than a tenth.
    """
    limit = None if shares_out(network, batch_size) else 1
    for library, threads in _libraries():
        library.set_num_threads(limit or threads)


@cache
def _libraries() -> tuple[tuple[Any, int], ...]:
    """Every BLAS that is loaded, with the number of threads it began with."""
    found = ThreadpoolController().select(user_api="blas").lib_controllers
    return tuple((library, library.num_threads) for library in found)
