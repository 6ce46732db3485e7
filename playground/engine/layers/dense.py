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
from playground.text import say
from playground.value import AnyOf, Hidden, Logarithmic, Typical


def affine_loop(v: Array, at: Place, n: int) -> None:
    """The net input W x + b: weights with the bias last, values feature by feature; four inputs at once."""
    weights, x, z, units, inputs = at[0], at[1], at[2], at[3], at[4]
    fours = inputs - inputs % 4
    for u in range(units):
        w = v[weights + u * (inputs + 1) : weights + (u + 1) * (inputs + 1)]
        out = v[z + u * n : z + (u + 1) * n]
        bias = w[inputs]
        for s in range(n):
            out[s] = bias
        for i in range(0, fours, 4):
            _add_four_loop(v, x + i * n, n, w[i], w[i + 1], w[i + 2], w[i + 3], out)
        for i in range(fours, inputs):
            _add_one_loop(v, x + i * n, n, w[i], out)


def back_loop(v: Array, at: Place, n: int) -> None:
    """The gradient of the inputs, Wᵗ δ; four neurons at once."""
    weights, delta, upstream, units, inputs = at[0], at[1], at[2], at[3], at[4]
    width, fours = inputs + 1, units - units % 4
    w = v[weights : weights + units * width]
    for i in range(inputs):
        out = v[upstream + i * n : upstream + (i + 1) * n]
        for s in range(n):
            out[s] = 0
        for u in range(0, fours, 4):
            k = u * width + i
            _add_four_loop(v, delta + u * n, n, w[k], w[k + width], w[k + 2 * width], w[k + 3 * width], out)
        for u in range(fours, units):
            _add_one_loop(v, delta + u * n, n, w[u * width + i], out)


def _add_four_loop(v: Array, start: int, n: int, a: float, b: float, c: float, d: float, out: Array) -> None:
    """Add four rows of values that lie behind one another, each times a number."""
    first, second = v[start : start + n], v[start + n : start + 2 * n]
    third, fourth = v[start + 2 * n : start + 3 * n], v[start + 3 * n : start + 4 * n]
    for s in range(n):
        out[s] += a * first[s] + b * second[s] + c * third[s] + d * fourth[s]


def _add_one_loop(v: Array, start: int, n: int, a: float, out: Array) -> None:
    row = v[start : start + n]
    for s in range(n):
        out[s] += a * row[s]


def outer_loop(v: Array, at: Place, n: int) -> None:
    """The gradient of the weights, δ xᵗ, and of the biases, Σ δ; four inputs at once."""
    delta, x, gradient, units, inputs = at[0], at[1], at[2], at[3], at[4]
    fours = inputs - inputs % 4
    for u in range(units):
        g = v[gradient + u * (inputs + 1) : gradient + (u + 1) * (inputs + 1)]
        row = v[delta + u * n : delta + (u + 1) * n]
        total = v.dtype.type(0)
        for s in range(n):
            total += row[s]
        g[inputs] = total
        for i in range(0, fours, 4):
            _four_products_loop(v, x + i * n, n, row, g[i : i + 4])
        for i in range(fours, inputs):
            given = v[x + i * n : x + (i + 1) * n]
            total = v.dtype.type(0)
            for s in range(n):
                total += row[s] * given[s]
            g[i] = total


def _four_products_loop(v: Array, start: int, n: int, row: Array, out: Array) -> None:
    """The scalar products of a row with four that lie behind one another."""
    first, second = v[start : start + n], v[start + n : start + 2 * n]
    third, fourth = v[start + 2 * n : start + 3 * n], v[start + 3 * n : start + 4 * n]
    a = b = c = d = v.dtype.type(0)
    for s in range(n):
        a += row[s] * first[s]
        b += row[s] * second[s]
        c += row[s] * third[s]
        d += row[s] * fourth[s]
    out[0], out[1], out[2], out[3] = a, b, c, d


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

    units: Annotated[int, Logarithmic(1), Typical(1, 64)] = Field(
        4,
        ge=1,
        le=MOST_UNITS,
        title="Neurons",
        description="How many neurons the layer has; 2 to 16 draw well.",
    )
    activation: AnyOf[Activation] = Field(
        Tanh(), title="Activation", description="The function applied to each neuron's net input."
    )
    initializer: InitialWeights = XavierUniform()
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
    return Operations(forward, backward, bend.z, delta=delta)


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

    of: Annotated[str, Hidden()] = Field(
        "", max_length=64, title="Weights of", description="The dense layer whose weights it transposes."
    )
    activation: AnyOf[Activation] = Field(
        Tanh(), title="Activation", description="The function applied to each neuron's net input."
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

    def edges(self, blocks: Mapping[str, Array]) -> Edges | None:
        return Edges(blocks["weights"][np.newaxis, :, :-1].transpose(0, 2, 1), blocks["bias"][np.newaxis])
