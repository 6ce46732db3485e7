"""What pools hand back to a value: the slope of each window that chose it, or its share of that."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from playground.analysis.inspections.trace.naming import added, equal, place_in
from playground.analysis.inspections.trace.summed import readers_of
from playground.analysis.inspections.trace.trace import Trace
from playground.analysis.window_sums import window_sum
from playground.engine.edits import label
from playground.engine.graph import Node
from playground.engine.layers.pooling import AveragePool, MaxPool
from playground.engine.layers.sliding import Side
from playground.numbers.writing import figures
from playground.text import Text, say


def of_pools(trace: Trace, position: int, row: int, column: int) -> list[Text]:
    """What each pool that reads a layer hands back to one of its values."""
    return [
        told
        for node in readers_of(trace.ran.network.graph, position)
        if (told := _of_pool(trace, node, row, column)) is not None
    ]


def _of_pool(trace: Trace, node: Node, row: int, column: int) -> Text | None:
    gradient = trace.ran.a_gradients.get(node.layer.id)
    if not isinstance(node.layer, MaxPool | AveragePool) or gradient is None:
        return None
    name = label(trace.ran.network.architecture, trace.number(node.layer.id) - 1)
    slopes = gradient[:, column].reshape(node.shape)
    shares = list(_shares(trace, node, row, column))
    if not shares:
        return say(
            "trace.pool_hands_nothing", "{layer} chose other values and hands nothing back", layer=name
        )
    terms = [_term(node, at, float(slopes[at]), share) for at, share in shares]
    total = sum(float(slopes[at]) * share for at, share in shares)
    return say(
        "trace.pool_hands_back",
        "{layer} hands back what reached the values made of it: {terms}",
        layer=name,
        terms=terms[0] if len(terms) == 1 and shares[0][1] == 1 else equal(added(terms), total),
    )


def _term(node: Node, at: tuple[int, ...], slope: float, share: float) -> Text:
    of = place_in(node.shape, int(np.ravel_multi_index(at, node.shape)))
    amount = figures(slope, 4) if share == 1 else f"{figures(share, 3)} · {_bracketed(slope)}"
    return say("trace.term_at", "{product} ({place})", product=amount, place=of or "")


def _bracketed(value: float) -> str:
    text = figures(value, 4)
    return f"({text})" if text.startswith("−") else text


def _shares(trace: Trace, node: Node, row: int, column: int) -> Iterator[tuple[tuple[int, ...], float]]:
    """The values of a pool that a value has a share in, and that share."""
    layer, shape = node.layer, node.shapes[0]
    assert isinstance(layer, MaxPool | AveragePool)
    *place, channel = (int(at) for at in np.unravel_index(row, shape))
    windows = layer.windows(shape)
    sides = (windows.down, windows.across)[-len(place) :]
    given = _given(trace, node)[:, column].reshape(shape)
    for at in product(*(_over(side, x) for side, x in zip(sides, place, strict=True))):
        window = window_sum(layer, given, None, at, channel)
        if isinstance(layer, AveragePool):
            yield (*at, channel), 1 / max(int(window.real.sum()), 1)
            continue
        seen = np.where(window.real, window.patch[..., 0], -np.inf)
        first, second = np.unravel_index(int(seen.argmax()), seen.shape)
        if [int(window.rows[first]), int(window.columns[second])][-len(place) :] == place:
            yield (*at, channel), 1.0


def _over(side: Side, x: int) -> range:
    """The windows along one side that see a place."""
    at = x + side.before
    first = max(-((side.size - 1 - at) // side.stride), 0)
    return range(first, min(at // side.stride, side.count - 1) + 1)


def _given(trace: Trace, node: Node) -> np.ndarray:
    source = node.sources[0]
    if source < 0:
        return trace.ran.input
    return trace.ran.a[trace.ran.network.graph.nodes[source].layer.id]
