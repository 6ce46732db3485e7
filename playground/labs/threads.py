"""One processor thread for many small matrix products, in which several would only wait for one another."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


def one_thread() -> AbstractContextManager[Any]:
    """While this is entered, BLAS uses one thread."""
    limit: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limit


@cache
def _controller() -> Any:
    """What knows the libraries that are loaded; finding them takes longer than a small laboratory does."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
