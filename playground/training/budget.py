"""A budget of time: what is costly to look at must not keep a network from learning."""

from __future__ import annotations

from time import perf_counter

REST = 4.0
"""Costly work pauses for this many times as long as it took, so that training goes on."""


class Budget:
    """Keeps costly work to a share of the time: it is allowed again after a rest in proportion.

    Attributes:
        share: the part of that time that is its own, where several look at something.
    """

    def __init__(self) -> None:
        self.share = 1.0
        self._next = 0.0

    def allows(self) -> bool:
        """Whether the rest is over."""
        return perf_counter() >= self._next

    def __enter__(self) -> None:
        self._start = perf_counter()

    def __exit__(self, *_: object) -> None:
        now = perf_counter()
        self._next = now + ((REST + 1) / self.share - 1) * (now - self._start)
