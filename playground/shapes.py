"""The shape of samples that are a graph, which data say and layers read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self


class GraphShape(tuple[int, ...]):
    """The shape of samples that are a graph: nodes of one, (columns,), or one each, (nodes, columns).

    Attributes:
        own: how many of the columns of a sample's node are its own; behind them is its edge to each node.
            0 where each sample is a node.
    """

    own: int

    @property
    def sizes(self) -> tuple[int, ...]:
        """The same as plain numbers."""
        return tuple(self)

    def __new__(cls, sizes: Iterable[int], own: int = 0) -> Self:
        """The shape with these sizes."""
        shape = super().__new__(cls, sizes)
        shape.own = own
        return shape
