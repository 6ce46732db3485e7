"""An activation as a layer of its own, for after a normalization or a merge."""

from __future__ import annotations

from math import prod
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.engine.activations import Activation, ActivationWires, Relu
from playground.engine.arrays import Shape
from playground.engine.layers.base import Frozen, Layer, Operations, Wires
from playground.engine.loops import LoopRows
from playground.engine.parameter import Parameter
from playground.engine.portable import PortableValue, Wording
from playground.value import AnyOf, Basic


class ActivationLayer(Layer):
    kind: Literal["activation"] = "activation"
    title = "Activation"
    help = "Applies an activation to each value it is given."
    formula = "y = f(x)"
    advice = "Behind a normalization or an Add; a dense layer has an activation of its own."
    reference = "He et al. 2016."
    icon = "wave-sine"
    common = True

    activation: Annotated[AnyOf[Activation], Basic()] = Field(
        Relu.usual(), title="Activation", description="The function applied to each value."
    )
    frozen: Frozen = False

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        return self.activation.learned(prod(inputs[0]))

    def portable(self, wording: Wording) -> PortableValue:
        (x,) = wording.inputs
        y = wording.activated(self.activation, wording.flat(x))
        return wording.shaped(y, x.shape)

    def bind(self, wires: Wires) -> Operations:
        z, a, upstream, gradient = wires.flow
        out = np.empty_like(z) if upstream is None else upstream  # learned slopes need it even so
        around = ActivationWires(z, a, gradient, out, wires.parameters, wires.gradients)
        forward, backward = self.activation.bind(around)
        return Operations(forward, backward, z, delta=out if backward else None)

    def lower(self, wires: Wires) -> LoopRows:
        z, a, out, gradient = wires.flow
        if out is None and wires.gradients:
            out = np.empty_like(z)  # learned slopes need it even so
        around = ActivationWires(z, a, gradient, out, wires.parameters, wires.gradients)
        forward, backward = self.activation.lower(around)
        return LoopRows(forward, backward, z)
