"""Layer norm: it keeps activations in a range where learning is easy, by what they are in each sample."""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import Annotated, Literal, Self, TypeAlias

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Places, Shape
from playground.engine.layers.base import Frozen, Layer, Operations, Wires
from playground.engine.layers.channels import by_channel
from playground.engine.layers.normalization import norm_gradient_loop
from playground.engine.loops import LoopRow, LoopRows, Place
from playground.engine.parameter import Parameter, constant
from playground.engine.portable import LayerNormOp, PortableValue, Wording
from playground.value import Logarithmic, Titles


def layer_norm_loop(v: Array, at: Place, n: int, p: Array) -> None:
    """Values x̂ of mean 0 and variance 1 in each sample, and γ x̂ + β; 1/σ of each is kept."""
    x, normal, y, gamma, beta, units = at[0], at[1], at[2], at[3], at[4], at[7]
    mean, scale = v[at[5] : at[5] + n], v[at[6] : at[6] + n]
    share, epsilon, one = v.dtype.type(1 / units), v.dtype.type(p[0]), v.dtype.type(1)
    for s in range(n):
        mean[s], scale[s] = 0, 0
    for u in range(units):
        given = v[x + u * n : x + (u + 1) * n]
        for s in range(n):
            mean[s] += share * given[s]
    for u in range(units):
        given, centered = v[x + u * n : x + (u + 1) * n], v[normal + u * n : normal + (u + 1) * n]
        for s in range(n):
            centered[s] = given[s] - mean[s]
            scale[s] += share * centered[s] * centered[s]
    for s in range(n):
        scale[s] = one / np.sqrt(scale[s] + epsilon)
    for u in range(units):
        centered, out = v[normal + u * n : normal + (u + 1) * n], v[y + u * n : y + (u + 1) * n]
        stretched, moved = v[gamma + u], v[beta + u]
        for s in range(n):
            centered[s] = centered[s] * scale[s]
            out[s] = stretched * centered[s] + moved


def layer_norm_back_loop(v: Array, at: Place, n: int) -> None:
    """The slope dx = (γg − mean(γg) − x̂ mean(γg x̂)) / σ."""
    gradient, normal, dx, gamma, units = at[0], at[1], at[2], at[3], at[7]
    mean, scale, product = v[at[4] : at[4] + n], v[at[5] : at[5] + n], v[at[6] : at[6] + n]
    share = v.dtype.type(1 / units)
    for s in range(n):
        mean[s], product[s] = 0, 0
    for u in range(units):
        g, normed = v[gradient + u * n : gradient + (u + 1) * n], v[normal + u * n : normal + (u + 1) * n]
        weight = share * v[gamma + u]
        for s in range(n):
            mean[s] += weight * g[s]
            product[s] += weight * g[s] * normed[s]
    for u in range(units):
        g, normed = v[gradient + u * n : gradient + (u + 1) * n], v[normal + u * n : normal + (u + 1) * n]
        out, weight = v[dx + u * n : dx + (u + 1) * n], v[gamma + u]
        for s in range(n):
            out[s] = (weight * g[s] - mean[s] - normed[s] * product[s]) * scale[s]


Over: TypeAlias = Literal["step", "sample"]


class LayerNorm(Layer):
    """Over the whole of a sequence it counts the steps that are there, all of them together."""

    kind: Literal["layer_norm"] = "layer_norm"
    title = "Layer norm"
    help = (
        "Brings the values of a sample, or of each step, to mean 0 and variance 1, then to a learned β and γ."
    )
    formula = "y = γ (x − μ) / √(σ² + ε) + β,   μ and σ² of the sample, of a sequence those of each step"
    advice = "Instead of batch norm where batches are small, behind 8 neurons or more."
    reference = "Ba et al. 2016."
    icon = "rows"
    loops = (layer_norm_loop, norm_gradient_loop, layer_norm_back_loop)
    loop_fields = ("epsilon",)

    epsilon: Annotated[float, Logarithmic(1e-8)] = Field(
        1e-5, gt=0, le=1, title="ε", description="Keeps the division finite; 1e-5 is usual."
    )
    over: Annotated[Over, Titles({"step": "Each step", "sample": "Whole sample"})] = Field(
        "step",
        title="Of sequences",
        description="Over the values of each step or node, as PyTorch and Keras do, or over all of a sample.",
    )
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(epsilon=0.01), cls(epsilon=0.1), cls(epsilon=0.1, over="sample")

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        units = inputs[0][-1] if self._by_step(inputs[0]) else prod(inputs[0])
        return constant("gamma", units, 1.0), constant("beta", units, 0.0)

    def _by_step(self, shape: Shape) -> bool:
        """Whether each step of a sequence, or node, is brought to mean 0 and variance 1 by itself."""
        return self.over == "step" and len(shape) == 2

    def compiles(self, inputs: tuple[Shape, ...]) -> bool:
        return not self._by_step(inputs[0])

    def sees(self, shape: Shape, places: Places) -> Places:
        return places if self._by_step(shape) else tuple(map(range, shape[:-1]))

    def portable(self, wording: Wording) -> PortableValue:
        (x,), blocks = wording.inputs, wording.blocks
        norm = LayerNormOp(blocks["gamma"], blocks["beta"], self.epsilon)
        if self._by_step(x.shape):
            return wording.do(norm, x)
        return wording.shaped(wording.do(norm, wording.flat(x), *wording.masked), x.shape)

    def bind(self, wires: Wires) -> Operations:
        if self._by_step(wires.shapes[0]):
            return by_channel(replace(wires, mask=None), self._bind)
        return self._bind(wires)

    def _bind(self, wires: Wires) -> Operations:
        of_samples = _OfSamples(wires, self.epsilon)
        backward = [] if wires.output_gradient is None else [of_samples.backward]
        return Operations([of_samples.forward], backward)

    def lower(self, wires: Wires) -> LoopRows:
        x, y, upstream, gradient = wires.flow
        gamma, beta, units = wires.parameters["gamma"], wires.parameters["beta"], (len(y),)
        normal, (mean, scale, product) = np.empty_like(y), (np.empty_like(y[0]) for _ in range(3))
        forward = [LoopRow(layer_norm_loop, (x, normal, y, gamma, beta, mean, scale), units, self)]
        if gradient is None:
            return LoopRows(forward, [])
        found = wires.gradients["gamma"], wires.gradients["beta"]
        backward = [LoopRow(norm_gradient_loop, (gradient, normal, *found), units * 2)]
        if upstream is not None:
            arrays = gradient, normal, upstream, gamma, mean, scale, product
            backward.append(LoopRow(layer_norm_back_loop, arrays, units))
        return LoopRows(forward, backward)


class _OfSamples:
    """The layer on the arrays of one batch, (units, samples)."""

    def __init__(self, wires: Wires, epsilon: float) -> None:
        self._wires, self._epsilon = wires, epsilon
        self._x, self._y = wires.inputs[0].values, wires.output.values
        self._gamma, self._beta = (wires.parameters[name].reshape(-1, 1) for name in ("gamma", "beta"))
        self._normal, self._work = np.empty_like(self._y), np.empty_like(self._y)
        self._scale, self._mean = np.empty_like(self._y[:1]), np.empty_like(self._y[:1])
        self._share = np.full_like(self._scale, 1 / len(self._x))
        self._there = None if wires.mask is None else np.ones_like(self._y)

    def forward(self) -> None:
        x, y, normal, work, scale = self._x, self._y, self._normal, self._work, self._scale
        self._look()
        if self._there is not None:
            x = np.multiply(x, self._there, out=work)
        np.add.reduce(x, axis=0, out=scale, keepdims=True)
        np.multiply(scale, self._share, out=scale)  # the mean, for now
        np.subtract(x, scale, out=normal)
        self._leave_out(normal)
        np.multiply(normal, normal, out=work)
        np.add.reduce(work, axis=0, out=scale, keepdims=True)
        np.multiply(scale, self._share, out=scale)
        np.add(scale, self._epsilon, out=scale)
        np.sqrt(scale, out=scale)
        np.reciprocal(scale, out=scale)
        np.multiply(normal, scale, out=normal)
        np.multiply(normal, self._gamma, out=y)
        np.add(y, self._beta, out=y)

    def _look(self) -> None:
        """Write which values are there, and 1 / how many of each sample."""
        mask, there, share = self._wires.mask, self._there, self._share
        if mask is None or there is None:
            return
        np.copyto(there.reshape(len(mask), -1, mask.shape[1]), mask[:, np.newaxis])
        np.add.reduce(there, axis=0, out=share, keepdims=True)
        np.maximum(share, 1, out=share)
        np.reciprocal(share, out=share)

    def _leave_out(self, values: Array) -> None:
        """Make those 0 that are not there."""
        if self._there is not None:
            np.multiply(values, self._there, out=values)

    def backward(self) -> None:
        """The slope dx = (γg − mean(γg) − x̂ mean(γg x̂)) / σ."""
        assert self._wires.output_gradient is not None
        gradient, gradients = self._wires.output_gradient.values, self._wires.gradients
        normal, work, mean = self._normal, self._work, self._mean
        np.add.reduce(gradient, axis=1, out=gradients["beta"])
        np.multiply(gradient, normal, out=work)
        np.add.reduce(work, axis=1, out=gradients["gamma"])
        if (upstream := self._wires.input_gradients[0]) is None:
            return
        dx = upstream.values
        np.multiply(work, self._gamma, out=work)
        np.add.reduce(work, axis=0, out=mean, keepdims=True)
        np.multiply(mean, self._share, out=mean)
        np.multiply(normal, mean, out=work)
        np.multiply(gradient, self._gamma, out=dx)
        self._leave_out(dx)
        np.add.reduce(dx, axis=0, out=mean, keepdims=True)
        np.multiply(mean, self._share, out=mean)
        np.subtract(dx, mean, out=dx)
        np.subtract(dx, work, out=dx)
        np.multiply(dx, self._scale, out=dx)
        self._leave_out(dx)
