"""A storage whose short troubles are waited for: a lock, a lost connection, a database that starts again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import cache, wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from optuna.storages import BaseStorage

PATIENCE = 60.0
"""Seconds for which the same call is tried again."""

FIRST_WAIT = 0.05


class _Patient:
    """Every method of a storage, called again while it fails for a reason that may pass."""

    def __init__(self, storage: BaseStorage, patience: float) -> None:
        self._storage, self._patience = storage, patience

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._storage, name)
        return _persistent(found, self._patience) if callable(found) else found


def patient(storage: BaseStorage, patience: float = PATIENCE) -> BaseStorage:
    """The same storage for somebody who waits."""
    return cast("BaseStorage", _Patient(storage, patience))


def _persistent(method: Callable[..., Any], patience: float) -> Callable[..., Any]:
    @wraps(method)
    def call(*arguments: Any, **named: Any) -> Any:
        end, wait = time.monotonic() + patience, FIRST_WAIT
        while True:
            try:
                return method(*arguments, **named)
            except passing():
                if time.monotonic() + wait > end:
                    raise
            time.sleep(wait * (0.5 + random.random()))
            wait = min(2 * wait, 5.0)

    return call


@cache
def passing() -> tuple[type[Exception], ...]:
    """The faults of storages that may pass."""
    from optuna.exceptions import StorageInternalError
    from sqlalchemy.exc import InterfaceError, OperationalError

    found: tuple[type[Exception], ...] = (StorageInternalError, OperationalError, InterfaceError, OSError)
    try:
        grpc = import_module("grpc")
    except ImportError:  # then there is no proxy either
        return found
    return (*found, grpc.RpcError)
