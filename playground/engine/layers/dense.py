"""Dense layers, in which every neuron sees every input: with weights of their own, or with an encoder's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.activations import Activation, Tanh
from playground.engine.arrays import Array, Operation, Shape, product
from playground.engine.initializers import XavierUniform
from playground.engine.layers.base import (
    MOST_UNITS,
    Edges,
    Frozen,
    InitialBias,
    InitialWeights,
    Layer,
    LayerProblem,
    Operations,
    Wires,
)
from playground.engine.layers.bend import Bend, BendRows
from playground.engine.loops import LoopRow, LoopRows, Place
from playground.engine.parameter import Parameter, affine, constant
from playground.engine.portable import AffineOp, PortableValue, Wording
from playground.engine.products import multiply_rows, sum_rows, weigh_rows
from playground.engine.sums import outer
from playground.text import say
from playground.value import AnyOf, Basic, Hidden, Logarithmic, Typical


def affine_loop(v: Array, at: Place, n: int) -> None:
    """The net input W x + b: weights with the bias last, values feature by feature."""
    weights, x, z, units, inputs = at[0], at[1], at[2], at[3], at[4]
    wide = inputs + 1
    weigh_rows(v, weights, wide, 1, x, weights + inputs, wide, z, units, inputs, n)


def back_loop(v: Array, at: Place, n: int) -> None:
    """The gradient of the inputs, Wᵗ δ."""
    weights, delta, upstream, units, inputs = at[0], at[1], at[2], at[3], at[4]
    weigh_rows(v, weights, 1, inputs + 1, delta, -1, 0, upstream, inputs, units, n)


def outer_loop(v: Array, at: Place, n: int) -> None:
    """The gradient of the weights, δ xᵗ, and of the biases, Σ δ."""
    delta, x, gradient, units, inputs = at[0], at[1], at[2], at[3], at[4]
    multiply_rows(v, delta, x, gradient, inputs + 1, units, inputs, n)
    sum_rows(v, delta, gradient + inputs, inputs + 1, units, n)


def tied_loop(v: Array, at: Place, n: int) -> None:
    """The net input Wᵗ x + b of a block that is turned around, whose own biases do not count."""
    weights, x, biases, z, units, columns = at[0], at[1], at[2], at[3], at[4], at[5]
    weigh_rows(v, weights, 1, columns + 1, x, biases, 1, z, columns, units, n)


def tied_outer_loop(v: Array, at: Place, n: int) -> None:
    """The gradient of the weights that are turned around, x δᵗ, and of the biases, Σ δ."""
    x, delta, gradient, biases, units, columns = at[0], at[1], at[2], at[3], at[4], at[5]
    multiply_rows(v, x, delta, gradient, columns + 1, units, columns, n)
    for u in range(units):
        v[gradient + u * (columns + 1) + columns] = 0
    sum_rows(v, delta, biases, 1, columns, n)


def tied_back_loop(v: Array, at: Place, n: int) -> None:
    """The gradient of the inputs, W δ."""
    weights, delta, upstream, units, columns = at[0], at[1], at[2], at[3], at[4]
    weigh_rows(v, weights, columns + 1, 1, delta, -1, 0, upstream, units, columns, n)


class Dense(Layer):
    kind: Literal["dense"] = "dense"
    title = "Dense"
    help = "Neurons that each weigh all inputs, add a bias and apply an activation."
    formula = "a = f(W x + b)"
    advice = "What most networks are made of.  Begin with one or two of 4 to 16 neurons."
    reference = "Rosenblatt 1958."
    icon = "squares-four"
    common = True
    can_be_output = True
    has_neurons = True
    adds_bias = True
    sized_by = "units"
    loops = (affine_loop, outer_loop, back_loop)

    units: Annotated[int, Logarithmic(1), Typical(1, 64), Basic()] = Field(
        4,
        ge=1,
        le=MOST_UNITS,
        title="Neurons",
        description="How many neurons the layer has; 2 to 16 draw well.",
    )
    activation: Annotated[AnyOf[Activation], Basic()] = Field(
        Tanh.usual(), title="Activation", description="The function applied to each neuron's net input."
    )
    initializer: InitialWeights = XavierUniform.usual()
    bias: InitialBias = 0.0
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return tuple(cls(units=units) for units in (1, 2, 3, 4))

    @property
    def output_range(self) -> tuple[float, float]:
        return self.activation.range

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        self._flat(inputs[0])
        return (self.units,)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        weights = affine("weights", (self.units, *inputs[0]), self.initializer, self.bias)
        return (weights, *self.activation.learned(self.units))

    def portable(self, wording: Wording) -> PortableValue:
        block = wording.blocks["weights"]
        return wording.bent(self.activation, AffineOp(block[:, :-1], block[:, -1]), *wording.inputs)

    def bind(self, wires: Wires) -> Operations:
        return weighed(self.activation, wires)

    def lower(self, wires: Wires) -> LoopRows:
        weights, x = wires.parameters["weights"], wires.inputs[0].values
        sizes = self.units, len(x)
        bend = BendRows.of(self.activation, wires)
        forward = [LoopRow(affine_loop, (weights, x, bend.z), sizes), *bend.forward]
        if (delta := bend.delta) is None:
            return LoopRows(forward, [], bend.z)
        backward = [*bend.backward, LoopRow(outer_loop, (delta, x, wires.gradients["weights"]), sizes)]
        if (upstream := wires.input_gradients[0]) is not None:
            backward.append(LoopRow(back_loop, (weights, delta, upstream.values), sizes))
        return LoopRows(forward, backward, bend.z)

    def edges(self, blocks: Mapping[str, Array]) -> Edges | None:
        block = blocks["weights"][np.newaxis]
        return Edges(block[..., :-1], block[..., -1])


def weighed(activation: Activation, wires: Wires) -> Operations:
    """What neurons of an activation make of their inputs, by a block `weights` with the biases last."""
    weights, x = wires.parameters["weights"], wires.inputs[0].full
    bend = Bend.of(activation, wires)
    forward: list[Operation] = [product(weights, x, bend.z), *bend.forward]
    if (delta := bend.delta) is None:
        return Operations(forward, [], bend.z)
    backward: list[Operation] = [*bend.backward, product(delta, x.T, wires.gradients["weights"])]
    if (upstream := wires.input_gradients[0]) is not None:
        backward.append(product(weights.T, delta, upstream.full))
    return Operations(forward, backward, bend.z, delta=delta, sums=partial(outer, "weights", delta, x))


class TiedDense(Layer):
    """Two layers see one block of parameters.

    It is learned from both sides, and saved, penalized and frozen with the layer that it belongs to.
    """

    kind: Literal["tied_dense"] = "tied_dense"
    title = "Tied dense"
    help = "An earlier dense layer turned around: its weights, transposed, and own biases."
    formula = "a = f(Wᵗ x + b),   W of the layer it is tied to"
    advice = (
        "For the decoder of an autoencoder, layer by layer in the order reversed.  Where both are linear, "
        "sharing makes the rows of W orthonormal, W Wᵗ = 1, and they span the principal components."
    )
    reference = "Vincent et al. 2010."
    icon = "flip-horizontal"
    can_be_output = True
    has_neurons = True
    adds_bias = True
    loops = (tied_loop, tied_outer_loop, tied_back_loop)

    of: Annotated[str, Hidden()] = Field(
        "", max_length=64, title="Weights of", description="The dense layer whose weights it transposes."
    )
    activation: Annotated[AnyOf[Activation], Basic()] = Field(
        Tanh.usual(), title="Activation", description="The function applied to each neuron's net input."
    )
    bias: InitialBias = 0.0
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls(of="dense"),)

    @property
    def output_range(self) -> tuple[float, float]:
        return self.activation.range

    @property
    def shares(self) -> Mapping[str, str]:
        return {"weights": self.of}

    def sharing(self, ids: Mapping[str, str]) -> Self:
        return self.with_(of=ids.get(self.of, self.of))

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        given, (units, columns) = self._flat(inputs[0]), inputs[1]
        if given != units:
            raise LayerProblem(
                say(
                    "layer.tied_size_differs",
                    "It turns around a layer of {units} neurons, and is given {given} values; "
                    "make them as many.",
                    units=units,
                    given=given,
                )
            )
        return (columns - 1,)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        _, (_, columns) = inputs
        return (constant("bias", columns - 1, self.bias), *self.activation.learned(columns - 1))

    def portable(self, wording: Wording) -> PortableValue:
        turned = AffineOp(wording.blocks["weights"][:, :-1].T, wording.blocks["bias"], tied_to=self.of)
        return wording.bent(self.activation, turned, *wording.inputs)

    def bind(self, wires: Wires) -> Operations:
        weights, bias = wires.parameters["weights"][:, :-1], wires.parameters["bias"].reshape(-1, 1)
        x = wires.inputs[0].values
        bend = Bend.of(self.activation, wires)
        z, gradient = bend.z, bend.delta
        forward: list[Operation] = [product(weights.T, x, z), partial(np.add, z, bias, z)]
        forward += bend.forward
        if gradient is None:
            return Operations(forward, [], z)
        # One row of zeros more than δ, for the column of biases in the block, which are not used here.
        full = np.zeros((len(gradient) + 1, gradient.shape[1]), gradient.dtype)
        delta = full[:-1]
        backward: list[Operation] = [
            *bend.backward,
            partial(np.copyto, delta, gradient),
            partial(np.add.reduce, delta, axis=1, out=wires.gradients["bias"]),
            product(x, full.T, wires.gradients["weights"]),
        ]
        if (upstream := wires.input_gradients[0]) is not None:
            backward.append(product(weights, delta, upstream.values))
        return Operations(forward, backward, z, delta=gradient)

    def lower(self, wires: Wires) -> LoopRows:
        weights, biases = wires.parameters["weights"], wires.parameters["bias"]
        x, sizes = wires.inputs[0].values, (len(weights), len(biases))
        bend = BendRows.of(self.activation, wires)
        forward = [LoopRow(tied_loop, (weights, x, biases, bend.z), sizes), *bend.forward]
        if (delta := bend.delta) is None:
            return LoopRows(forward, [], bend.z)
        found = wires.gradients["weights"], wires.gradients["bias"]
        backward = [*bend.backward, LoopRow(tied_outer_loop, (x, delta, *found), sizes)]
        if (upstream := wires.input_gradients[0]) is not None:
            backward.append(LoopRow(tied_back_loop, (weights, delta, upstream.values), sizes))
        return LoopRows(forward, backward, bend.z)

    def edges(self, blocks: Mapping[str, Array]) -> Edges | None:
        return Edges(blocks["weights"][np.newaxis, :, :-1].transpose(0, 2, 1), blocks["bias"][np.newaxis])
