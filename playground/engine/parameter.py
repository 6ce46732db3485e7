"""A block of parameters: its shape, how it begins, and under which names it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from types import EllipsisType
from typing import TypeAlias

from playground.engine.arrays import Array, Shape
from playground.engine.initializers import Fans, Initializer
from playground.randomness import Source
from playground.record import record

Part: TypeAlias = tuple[slice | int | EllipsisType, ...]
"""How a piece is cut from a block."""


@record
class Parameter:
    """One block of a layer's parameters.

    `parts` names the pieces under which it is saved and how each is cut from the block; `penalized` are the
    parts that regularizers see.  `initialize` draws the block's first values into a given array.
    """

    name: str
    shape: Shape
    initialize: Callable[[Source, Array], None]
    parts: Mapping[str, Part]
    penalized: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)


def constant(name: str, size: int, value: float) -> Parameter:
    """A row of so many parameters that all begin at one value and that no regularizer sees."""

    def fill(source: Source, block: Array) -> None:
        block.fill(value)

    return Parameter(name, (size,), fill, {name: (slice(None),)})


def affine(
    name: str, shape: Shape, initializer: Initializer, bias: float, fans: Fans | None = None
) -> Parameter:
    """Weights of shape (…, neurons, inputs) and one more column, the biases, that no regularizer sees.

    `fans` are those of the layer where they are not the numbers of inputs and neurons.
    """
    *_, neurons, inputs = shape

    def draw(source: Source, block: Array) -> None:
        for piece in block.reshape(-1, neurons, inputs + 1):
            piece[:, :-1] = initializer.draw(source, (neurons, inputs), fans)
            piece[:, -1] = initializer.biases(neurons, bias)

    parts: Mapping[str, Part] = {"weights": (..., slice(None, -1)), "bias": (..., -1)}
    return Parameter(name, (*shape[:-1], inputs + 1), draw, parts, penalized=("weights",))
