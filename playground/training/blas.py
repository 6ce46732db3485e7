"""How many processor threads the matrix products use: one for small networks, where more only wait."""

from __future__ import annotations

from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController

from playground.engine.network import Network

SMALL_STEP = 5e7
"""Floating-point operations a step below which a second thread costs more than it brings."""


def limit_threads(network: Network, batch_size: int) -> None:
    """Choose the number of BLAS threads for steps of this network."""
    operations = 6 * batch_size * network.parameters.size
    limit = 1 if operations < SMALL_STEP else None
    for library, threads in _libraries():
        library.set_num_threads(limit or threads)


@cache
def _libraries() -> tuple[tuple[Any, int], ...]:
    """Every BLAS that is loaded, with the number of threads it began with."""
    found = ThreadpoolController().select(user_api="blas").lib_controllers
    return tuple((library, library.num_threads) for library in found)
