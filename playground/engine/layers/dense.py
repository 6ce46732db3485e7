"""The dense layer: every neuron sees every input."""

from __future__ import annotations

from functools import partial
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.activations import Activation, Linear, Tanh
from playground.engine.arrays import Array, Operation
from playground.engine.initializers import Initializer, XavierUniform
from playground.engine.layers.base import Layer, Operations, Wires
from playground.engine.parameter import Parameter
from playground.randomness import Source
from playground.value import AnyOf, Logarithmic, Typical


class Dense(Layer):
    """Neurons that each weigh all inputs, add a bias and apply the activation: a = f(Wx + b)."""

    kind: Literal["dense"] = "dense"
    title: ClassVar[str] = "Dense"
    can_be_output: ClassVar[bool] = True
    has_neurons: ClassVar[bool] = True

    units: Annotated[int, Logarithmic(1), Typical(1, 64)] = Field(
        4, ge=1, le=4096, title="Neurons", description="How many neurons the layer has; 2 to 16 draw well."
    )
    activation: AnyOf[Activation] = Field(
        Tanh(), title="Activation", description="The function applied to each neuron's net input."
    )
    initializer: AnyOf[Initializer] = Field(
        XavierUniform(), title="Initial weights", description="How the weights are drawn before training."
    )
    bias: float = Field(
        0.0, ge=-10, le=10, title="Initial bias", description="Every bias before training; 0 is usual."
    )

    @property
    def output_range(self) -> tuple[float, float]:
        return self.activation.range

    def output_units(self, inputs: tuple[int, ...]) -> int:
        return self.units

    def parameters(self, inputs: tuple[int, ...]) -> tuple[Parameter, ...]:
        (fan_in,) = inputs

        def initialize(source: Source, block: Array) -> None:
            block[:, :-1] = self.initializer.draw(source, (self.units, fan_in))
            block[:, -1] = self.bias

        weights = Parameter(
            name="weights",
            shape=(self.units, fan_in + 1),
            initialize=initialize,
            parts={"weights": (slice(None), slice(None, -1)), "bias": (slice(None), -1)},
            penalized=("weights",),
        )
        return (weights, *self.activation.learned(self.units))

    def bind(self, wires: Wires) -> Operations:
        weights = wires.parameters["weights"]
        x, a = wires.inputs[0].full, wires.output.values
        linear = isinstance(self.activation, Linear)
        z = a if linear else np.empty_like(a)
        forward: list[Operation] = [partial(np.dot, weights, x, z)]

        gradient = None if wires.output_gradient is None else wires.output_gradient.values
        as_is = linear or wires.from_logits  # the gradient with respect to a is the one to z already
        delta = gradient if as_is or gradient is None else np.empty_like(gradient)
        activate: list[Operation] = []
        differentiate: list[Operation] = []
        if not linear:
            onward = None if as_is else gradient
            activate, differentiate = self.activation.bind(
                z, a, onward, delta, wires.parameters, wires.gradients
            )
        if delta is None:
            return Operations([*forward, *activate], [], z)

        backward: list[Operation] = [*differentiate, partial(np.dot, delta, x.T, wires.gradients["weights"])]
        if (upstream := wires.input_gradients[0]) is not None:
            backward.append(partial(np.dot, weights.T, delta, upstream.full))
        return Operations([*forward, *activate], backward, z)
