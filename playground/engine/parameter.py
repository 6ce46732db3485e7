"""A block of parameters: its shape, how it begins, and under which names it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playground.engine.arrays import Array
from playground.randomness import Source


@dataclass(frozen=True)
class Parameter:
    """One block of a layer's parameters.

    `parts` names the pieces under which it is saved and how each is cut from the block; `penalized` are the
    parts that regularizers see.  `initialize` draws the block's first values into a given array.
    """

    name: str
    shape: tuple[int, ...]
    initialize: Callable[[Source, Array], None]
    parts: Mapping[str, tuple[slice | int, ...]]
    penalized: tuple[str, ...] = ()


def constant(name: str, size: int, value: float) -> Parameter:
    """A row of so many parameters that all begin at one value and that no regularizer sees."""

    def fill(source: Source, block: Array) -> None:
        block.fill(value)

    return Parameter(name, (size,), fill, {name: (slice(None),)})
