"""The activation of a layer with neurons, bound between its net input and its output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from playground.engine.activations import Activation, Linear
from playground.engine.arrays import Array, Operation
from playground.engine.layers.base import Wires
from playground.engine.loops import LoopRow, loop_of


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
        a = wires.output.values
        gradient = None if wires.output_gradient is None else wires.output_gradient.values
        if isinstance(activation, Linear):
            return cls(a, gradient, [], [])
        z = np.empty_like(a)
        onward = None if wires.from_logits else gradient
        delta = gradient if onward is None else np.empty_like(onward)
        return cls(z, delta, *activation.bind(z, a, onward, delta, wires.parameters, wires.gradients))


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
        a = wires.output.values
        gradient = None if wires.output_gradient is None else wires.output_gradient.values
        if isinstance(activation, Linear):
            return cls(a, gradient, [], [])
        z = np.empty(a.shape, a.dtype)
        onward = None if wires.from_logits else gradient
        delta = gradient if onward is None else np.empty(a.shape, a.dtype)
        return cls(z, delta, *bend_rows(activation, z, a, onward, delta))


def bend_rows(
    activation: Activation, z: Array, a: Array, gradient: Array | None, out: Array | None
) -> tuple[list[LoopRow], list[LoopRow]]:
    """Forward (z to a) and backward (gradient to out; none when not asked for)."""
    single = loop_of(type(activation), "forward_single") if z.dtype == np.float32 else None
    forward = single or loop_of(type(activation), "forward")
    backward = loop_of(type(activation), "derivative") or loop_of(type(activation), "backward")
    assert forward is not None
    assert backward is not None
    bent = [LoopRow(forward, (z, a), (z.size,), activation)]
    if gradient is None or out is None:
        return bent, []
    return bent, [LoopRow(backward, (z, a, gradient, out), (z.size,), activation)]
