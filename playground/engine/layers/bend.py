"""The activation of a layer with neurons, bound between its net input and its output."""

from __future__ import annotations

from typing import Self

import numpy as np

from playground.engine.activations import Activation, ActivationWires, Linear
from playground.engine.arrays import Array, Operation
from playground.engine.layers.base import Wires
from playground.engine.loops import LoopRow
from playground.record import record


@record
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
        there = _around(wires)
        return cls(there.z, there.out, *activation.bind(there))


@record
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
        there = _around(wires)
        return cls(there.z, there.out, *activation.lower(there))


def _around(wires: Wires) -> ActivationWires:
    """An activation with a net input of its own before the layer's output.

    Where the gradient is that of the net input already, none is handed to the activation.
    """
    a, gradient = wires.output.values, _gradient(wires)
    onward = None if wires.from_logits else gradient
    delta = gradient if onward is None else np.empty_like(onward)
    return ActivationWires(np.empty_like(a), a, onward, delta, wires.parameters, wires.gradients)


def _gradient(wires: Wires) -> Array | None:
    """The gradient with respect to the layer's output; None where nothing is learnt."""
    return None if wires.output_gradient is None else wires.output_gradient.values
