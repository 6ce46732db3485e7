"""Forward and reverse mode over a graph of operations, a step at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playground.labs.differentiation.graph import ExpressionGraph

Numbers = tuple[float | None, ...]
"""One a node; None where none is known yet."""


@dataclass(frozen=True)
class SweepStep:
    """How things stand after a step.

    Attributes:
        values: what the nodes are worth.
        slopes: tangents in forward mode, adjoints in reverse mode.
        node: the place of the node that was at work; −1 at the beginning.
        backward: whether it handed its adjoint on, rather than being worked out.
    """

    values: Numbers
    slopes: Numbers
    node: int = -1
    backward: bool = False


def forward(graph: ExpressionGraph, at: Mapping[str, float], by: str) -> tuple[SweepStep, ...]:
    """Dual numbers: each node's value and its slope by one variable, in one pass from the variables on."""
    values = [float(value) for value in graph.values(at)]
    tangents = tangents_of(graph, values, by)
    steps = [SweepStep(*_first(values, 0), node=-1)]
    for place in range(len(values)):
        known, none = _first(values, place + 1)
        steps.append(SweepStep(known, tuple(tangents[: place + 1]) + none[place + 1 :], place))
    return tuple(steps)


def tangents_of(graph: ExpressionGraph, values: Sequence[float], by: str) -> list[float]:
    """The slope of every node by one variable."""
    tangents: list[float] = []
    for node, slopes in zip(graph.nodes, graph.slopes(values), strict=True):
        if node.operation is None:
            tangents.append(float(node.variable == by))
        else:
            pairs = zip(slopes, node.arguments, strict=True)
            tangents.append(sum(_times(slope, tangents[place]) for slope, place in pairs))
    return tangents


def reverse(graph: ExpressionGraph, at: Mapping[str, float]) -> tuple[SweepStep, ...]:
    """Values in one pass on, then the slope of the whole by every node in one pass back."""
    values = [float(value) for value in graph.values(at)]
    steps = [SweepStep(*_first(values, place), node=place - 1) for place in range(len(values) + 1)]
    whole = tuple(values)
    adjoints: list[float | None] = [None] * len(values)
    adjoints[-1] = 1.0
    steps.append(SweepStep(whole, tuple(adjoints), len(values) - 1, backward=True))
    slopes = graph.slopes(values)
    for place in reversed(range(len(values))):
        node, own = graph.nodes[place], adjoints[place]
        if node.operation is None or own is None or not graph.active[place]:
            continue
        for slope, argument in zip(slopes[place], node.arguments, strict=True):
            if graph.active[argument]:
                adjoints[argument] = (adjoints[argument] or 0.0) + _times(slope, own)
        steps.append(SweepStep(whole, tuple(adjoints), place, backward=True))
    return tuple(steps)


def gradient(graph: ExpressionGraph, at: Mapping[str, float]) -> dict[str, float]:
    """The slope of the whole by every variable in it, in reverse mode."""
    last = reverse(graph, at)[-1]
    pairs = zip(graph.nodes, last.slopes, strict=True)
    return {node.variable: slope or 0.0 for node, slope in pairs if node.variable}


def _times(slope: float, other: float) -> float:
    """Their product; nothing times whatever is nothing, as of a branch that was not taken."""
    return slope * other if slope and other else 0.0


def _first(values: Sequence[Any], count: int) -> tuple[Numbers, Numbers]:
    """The first so many values, and a row of none."""
    none: Numbers = (None,) * len(values)
    return tuple(values[:count]) + none[count:], none
