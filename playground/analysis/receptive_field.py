"""The receptive field: which part of the picture, and of each layer before, a value of a map is made of."""

from __future__ import annotations

from collections.abc import Mapping

from playground.engine.arrays import Places
from playground.engine.graph import Graph


def fields(graph: Graph, position: int, places: Places) -> Mapping[int, Places]:
    """What values of a layer at these places are made of, by the position of each layer before; −1: input.

    Where several ways lead there it is all that lies between; it may reach beyond the ends.
    """
    found = {position: places}
    for reader in range(position, -1, -1):
        if reader not in found:
            continue
        node = graph.nodes[reader]
        for source, shape in zip(node.sources, node.shapes, strict=False):
            seen = node.layer.sees(shape, found[reader])
            found[source] = _around(found[source], seen) if source in found else seen
    return found


def field_size(graph: Graph, position: int) -> tuple[int, ...]:
    """How many pixels each way, or steps, a value in the middle of a layer's maps is made of.

    Nothing where the layer gives no grid, or the network reads none.
    """
    node = graph.nodes[position]
    if not node.units or len(node.shape) < 2:
        return ()
    middle = tuple(range(size // 2, size // 2 + 1) for size in node.shape[:-1])
    return tuple(map(len, fields(graph, position, middle).get(-1, ())))


def clipped(places: Places, shape: tuple[int, ...]) -> Places:
    """The part of it that is inside a grid of that shape."""
    return tuple(
        range(min(max(along.start, 0), size), min(max(along.stop, 0), size))
        for along, size in zip(places, shape, strict=False)
    )


def _around(first: Places, second: Places) -> Places:
    pairs = zip(first, second, strict=True)
    return tuple(range(min(a.start, b.start), max(a.stop, b.stop)) for a, b in pairs)
