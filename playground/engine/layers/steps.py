"""Layers that treat each step of a sequence by itself, all with the same weights."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.activations import Activation, Tanh
from playground.engine.arrays import Array, Operation, Shape, product
from playground.engine.initializers import Initializer, Normal, XavierUniform
from playground.engine.layers.base import Frozen, InitialBias, InitialWeights, Layer, Operations, Wires
from playground.engine.layers.channels import by_channel
from playground.engine.layers.dense import weighed
from playground.engine.layers.sliding import in_time
from playground.engine.parameter import Parameter, affine
from playground.engine.portable import AddConstantOp, AffineOp, PortableValue, Wording
from playground.engine.sums import GradientSum
from playground.randomness import Source
from playground.value import AnyOf, Basic, Logarithmic, Typical


class DenseAtEachStep(Layer):
    """What Keras does with Dense, and PyTorch with Linear, on a sequence."""

    kind: Literal["dense_at_each_step"] = "dense_at_each_step"
    title = "Dense by step"
    help = "Neurons that weigh the values of one step, with the same weights at every step."
    formula = "a(t) = f(W x(t) + b)"
    advice = "For an answer at each step, behind a recurrent layer that gives all its states."
    reference = "Rumelhart et al. 1986."
    icon = "squares-four"
    can_be_output = True
    has_neurons = True
    axes = ("time", "columns")
    sized_by = "units"

    units: Annotated[int, Logarithmic(1), Typical(1, 64), Basic()] = Field(
        4, ge=1, le=512, title="Neurons", description="How many values each step becomes."
    )
    activation: Annotated[AnyOf[Activation], Basic()] = Field(
        Tanh.usual(), title="Activation", description="The function applied to each neuron's net input."
    )
    initializer: InitialWeights = XavierUniform.usual()
    bias: InitialBias = 0.0
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(units=1), cls(units=3)

    @property
    def output_range(self) -> tuple[float, float]:
        return self.activation.range

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (in_time(self, inputs[0])[0], self.units)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        weights = affine("weights", (self.units, inputs[0][1]), self.initializer, self.bias)
        return (weights, *self.activation.learned(self.units))

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        time, columns = inputs[0]
        return samples * time * (2 * columns + 5 * self.units)

    def portable(self, wording: Wording) -> PortableValue:
        block = wording.blocks["weights"]
        return wording.bent(self.activation, AffineOp(block[:, :-1], block[:, -1]), *wording.inputs)

    def bind(self, wires: Wires) -> Operations:
        return by_channel(wires, partial(weighed, self.activation))


class Embedding(Layer):
    """Where each step is one of some symbols, 1 at its place and 0 elsewhere, the product is its column."""

    kind: Literal["embedding"] = "embedding"
    title = "Embedding"
    help = "A table with a few learnt numbers for each symbol: those of alike symbols become alike."
    formula = "y(t) = W x(t),   of a symbol the column of W that is its own"
    advice = "For text, before a recurrent layer or attention: 8 to 16 numbers for a few dozen characters."
    reference = "Bengio et al. 2003."
    icon = "text-aa"
    has_neurons = True
    axes = ("time", "columns")
    sized_by = "units"

    units: Annotated[int, Logarithmic(1), Typical(1, 64), Basic()] = Field(
        8, ge=1, le=512, title="Numbers", description="How many each symbol becomes; 8 to 32 as a rule."
    )
    initializer: AnyOf[Initializer] = Field(
        Normal(sigma=1.0), title="Initial numbers", description="How the table is drawn before training."
    )
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls(units=3),)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (in_time(self, inputs[0])[0], self.units)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        shape = (self.units, inputs[0][1])

        def draw(source: Source, block: Array) -> None:
            block[:] = self.initializer.draw(source, shape)

        return (Parameter("weights", shape, draw, {"weights": (slice(None),)}, ("weights",)),)

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        time, columns = inputs[0]
        return samples * time * 2 * (columns + self.units)

    def portable(self, wording: Wording) -> PortableValue:
        return wording.do(AffineOp(wording.blocks["weights"]), *wording.inputs)

    def bind(self, wires: Wires) -> Operations:
        return by_channel(wires, _looked_up)


def _looked_up(wires: Wires) -> Operations:
    weights, x = wires.parameters["weights"], wires.inputs[0].values
    forward: list[Operation] = [product(weights, x, wires.output.values)]
    if wires.output_gradient is None:
        return Operations(forward, [])
    delta = wires.output_gradient.values
    backward: list[Operation] = [product(delta, x.T, wires.gradients["weights"])]
    if (upstream := wires.input_gradients[0]) is not None:
        backward.append(product(weights.T, delta, upstream.values))
    return Operations(
        forward, backward, sums=lambda: (GradientSum("weights", delta, x, units=np.arange(len(x))),)
    )


class PositionalEncoding(Layer):
    kind: Literal["positional_encoding"] = "positional_encoding"
    title = "Positional encoding"
    help = "Adds waves of many lengths to a sequence, by which each step can be told from the others."
    formula = "y(t, 2k) = x + sin(t / 10000^(2k/d)),   y(t, 2k + 1) = x + cos(t / 10000^(2k/d))"
    advice = "Before attention, which by itself does not know the order of the steps."
    reference = "Vaswani et al. 2017."
    icon = "list-numbers"
    axes = ("time", "columns")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return in_time(self, inputs[0])

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        return 0

    def portable(self, wording: Wording) -> PortableValue:
        (x,) = wording.inputs
        return wording.do(AddConstantOp(encoding(*x.shape)), x)

    def bind(self, wires: Wires) -> Operations:
        x, y = wires.inputs[0].values, wires.output.values
        waves = encoding(*wires.shapes[0]).reshape(-1, 1).astype(x.dtype)
        forward: list[Operation] = [partial(np.add, x, waves, y)]
        if wires.output_gradient is None or (upstream := wires.input_gradients[0]) is None:
            return Operations(forward, [])
        return Operations(forward, [partial(np.copyto, upstream.values, wires.output_gradient.values)])


def encoding(time: int, columns: int) -> Array:
    """What is added to each value of a sequence, (time, columns)."""
    pairs = np.arange(columns) // 2 * 2
    angles = np.arange(time)[:, np.newaxis] / 10000 ** (pairs / columns)
    waves: Array = np.where(np.arange(columns) % 2 == 0, np.sin(angles), np.cos(angles))
    return waves
