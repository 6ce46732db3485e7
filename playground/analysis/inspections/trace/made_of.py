"""What a value of a layer that is not dense is made of: its window, its gates at a step, its neighbours.

The numbers are those of the layer's own mathematics, for one value of the sample that is traced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from playground.analysis.inspections.trace.naming import place_in
from playground.analysis.inspections.trace.told_terms import of_gradient, of_handed_back
from playground.analysis.inspections.trace.trace import Trace
from playground.analysis.receptive_field import clipped, fields
from playground.analysis.window_sums import window_sum
from playground.engine.arrays import Places
from playground.engine.graph import Node
from playground.engine.layers.sliding import Windowed
from playground.engine.layers.transposed import ConvTranspose
from playground.numbers.writing import figures
from playground.text import Text, say, say_counted

VALUE = re.compile(r"(z|a|da|delta)(\d+)")
GRADIENT = re.compile(r"d[A-Za-z]+\d+")
MOST_TERMS = 5


def made_of(trace: Trace, name: str, row: int, column: int = 0) -> list[Text]:
    """What is to be told of an entry, by its name in lines: where it is, and what it comes from."""
    found = VALUE.fullmatch(name)
    if found is None:
        return of_gradient(trace, name, row, column) if GRADIENT.fullmatch(name) else []
    node = trace.ran.network.graph.nodes[int(found[2]) - 1]
    place = place_in(node.shape, row)
    told = [] if place is None else [place]
    if found[1] == "da":
        told += of_handed_back(trace, name, row, column)
    if found[1] in ("z", "a") and not column:
        told += _of_window(trace, node, row) + _of_steps(trace, node, row)
        told += _of_neighbours(trace, node, row)
    return told


def seen_of_input(trace: Trace, name: str, row: int) -> Places:
    """Which part of a picture, or which steps, a value is made of; () where there is no such part."""
    found, graph = VALUE.fullmatch(name), trace.ran.network.graph
    if found is None or len(graph.input_shape) < 2:
        return ()
    position = int(found[2]) - 1
    shape = graph.nodes[position].shape
    if len(shape) < 2:
        return ()
    places = tuple(range(at, at + 1) for at in _unravelled(shape, row)[:-1])
    whole = fields(graph, position, places).get(-1, ())
    return clipped(whole, graph.input_shape)


def _unravelled(shape: Sequence[int], row: int) -> tuple[int, ...]:
    return tuple(int(at) for at in np.unravel_index(row, tuple(shape)))


def _given(trace: Trace, node: Node) -> np.ndarray:
    source = node.sources[0]
    values = trace.ran.input if source < 0 else trace.ran.a[trace.ran.network.graph.nodes[source].layer.id]
    return values[:, 0].reshape(node.shapes[0])


def _of_window(trace: Trace, node: Node, row: int) -> list[Text]:
    """The products of a filter with what its window sees, or what a pool chose from."""
    layer = node.layer
    if not isinstance(layer, Windowed | ConvTranspose):
        return []
    *place, channel = _unravelled(node.shape, row)
    weights = trace.ran.network.blocks(node, trace.before).get("weights")
    window = window_sum(layer, np.nan_to_num(_given(trace, node)), weights, tuple(place), channel)
    total = figures(window.total, 4)
    if window.kernel is None:
        count = int(window.real.sum())
        return [
            say_counted(
                "trace.pooled",
                "of {count} value in its window: {total}",
                "of {count} values in its window: {total}",
                count,
                total=total,
            )
        ]
    seen, kernel = window.patch.ravel(), window.kernel.ravel()
    largest = np.argsort(-np.abs(window.terms.ravel()), kind="stable")
    products = [f"{_bracketed(float(seen[at]))} · {_bracketed(float(kernel[at]))}" for at in largest]
    if isinstance(layer, ConvTranspose):
        return [
            say(
                "trace.laid_down",
                "the patterns that lie there, the largest first: {terms} + {bias} = {total}",
                terms=_summed(products),
                bias=_bracketed(window.bias),
                total=total,
            )
        ]
    return [
        say(
            "trace.window",
            "its window times the kernel, the largest first: {terms} + {bias} = {total}",
            terms=_summed(products),
            bias=_bracketed(window.bias),
            total=total,
        )
    ]


def _of_steps(trace: Trace, node: Node, row: int) -> list[Text]:
    """Gates and state of a recurrent layer at the step that gives a value."""
    seen = trace.ran.seen.get(node.layer.id, {})
    if len(node.shapes[0]) != 2 or "state" not in seen:
        return []
    time, units = seen["state"].shape
    step, unit = _unravelled(node.shape, row) if len(node.shape) == 2 else (time - 1, row)
    told = [
        f"{name} {figures(float(values[step, unit]), 3)}"
        for name, values in seen.items()
        if values.shape == (time, units) and unit < units
    ]
    if not told:
        return []
    return [say("trace.at_step", "at step {step}: {values}", step=step + 1, values=", ".join(told))]


def _of_neighbours(trace: Trace, node: Node, row: int) -> list[Text]:
    """What each neighbour brings to the node that is traced."""
    if node.layer.id not in trace.ran.neighbours:
        return []
    sources, brought = trace.ran.neighbours[node.layer.id]
    if row >= len(brought):
        return []
    told = [
        f"{_bracketed(float(each))} from {source + 1}"
        for source, each in zip(sources.tolist(), brought[row], strict=True)
    ]
    words = say(
        "trace.neighbours",
        "neighbours bring to this node: {terms} = {total}",
        terms=_summed(told),
        total=figures(float(brought[row].sum()), 4),
    )
    return [words]


def _bracketed(value: float) -> str:
    text = figures(value, 3)
    return f"({text})" if text.startswith("−") else text


def _summed(told: list[str]) -> str:
    if len(told) > MOST_TERMS + 1:
        told = [*told[:MOST_TERMS], f"… {len(told) - MOST_TERMS} more"]
    return " + ".join(told)
