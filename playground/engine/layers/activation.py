"""An activation as a layer of its own, for after a normalization or a merge."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from playground.engine.activations import Activation, Relu
from playground.engine.layers.base import Layer, Operations, Wires
from playground.value import AnyOf


class ActivationLayer(Layer):
    """Applies an activation to each value it is given."""

    kind: Literal["activation"] = "activation"
    title: ClassVar[str] = "Activation"

    activation: AnyOf[Activation] = Field(
        Relu(), title="Activation", description="The function applied to each value."
    )

    def bind(self, wires: Wires) -> Operations:
        upstream = wires.input_gradients[0] if wires.input_gradients else None
        z = wires.inputs[0].values
        forward, backward = self.activation.bind(
            z,
            wires.output.values,
            None if wires.output_gradient is None else wires.output_gradient.values,
            None if upstream is None else upstream.values,
        )
        return Operations(forward, backward, z)
