"""The activation of a layer with neurons, bound between its net input and its output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from playground.engine.activations import Activation, Linear
from playground.engine.arrays import Array, Operation
from playground.engine.layers.base import Wires
from playground.engine.loops import LoopRow


@dataclass(frozen=True)
class _Between:
    """The arrays on both sides of an activation that bends.

    Attributes:
        z, a: its net input and what it gives, (units, samples).
        onward: the gradient with respect to `a`, where that is not the net input's already; None without one.
        delta: the gradient with respect to `z`.
    """

    z: Array
    a: Array
    onward: Array | None
    delta: Array | None

    @classmethod
    def of(cls, wires: Wires) -> Self:
        """With a net input of its own before the layer's output."""
        a, gradient = wires.output.values, _gradient(wires)
        onward = None if wires.from_logits else gradient
        return cls(np.empty_like(a), a, onward, gradient if onward is None else np.empty_like(onward))


@dataclass(frozen=True)
class Bend:
    """The activation of a layer, bound: `z` is where its net input goes, `delta` the gradient there."""

    z: Array
    delta: Array | None
    forward: list[Operation]
    backward: list[Operation]

    @classmethod
    def of(cls, activation: Activation, wires: Wires) -> Self:
        """The activation between a net input of its own and the layer's output."""
        if isinstance(activation, Linear):
            return cls(wires.output.values, _gradient(wires), [], [])
        there = _Between.of(wires)
        bound = activation.bind(
            there.z, there.a, there.onward, there.delta, wires.parameters, wires.gradients
        )
        return cls(there.z, there.delta, *bound)


@dataclass(frozen=True)
class BendRows:
    """The same as rows of an operation table."""

    z: Array
    delta: Array | None
    forward: list[LoopRow]
    backward: list[LoopRow]

    @classmethod
    def of(cls, activation: Activation, wires: Wires) -> Self:
        """The activation between a net input of its own and the layer's output."""
        if isinstance(activation, Linear):
            return cls(wires.output.values, _gradient(wires), [], [])
        there = _Between.of(wires)
        rows = activation.lower(
            there.z, there.a, there.onward, there.delta, wires.parameters, wires.gradients
        )
        return cls(there.z, there.delta, *rows)


def _gradient(wires: Wires) -> Array | None:
    """The gradient with respect to the layer's output; None where nothing is learnt."""
    return None if wires.output_gradient is None else wires.output_gradient.values
