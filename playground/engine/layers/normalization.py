"""Batch norm: it keeps activations in a range where learning is easy, by what they are over the batch."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import prod
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation, Shape, number
from playground.engine.layers.base import Frozen, Layer, Operations, Wires
from playground.engine.layers.channels import by_channel
from playground.engine.layers.normalization_in_part import NormalizedInPart
from playground.engine.loops import LoopRow, LoopRows, Place
from playground.engine.parameter import Parameter, constant
from playground.engine.portable import BatchNormOp, PortableValue, Wording
from playground.value import Logarithmic, Typical


def batch_norm_loop(v: Array, at: Place, n: int, p: Array) -> None:
    """Values x̂ of mean 0 and variance 1 over the batch, and γ x̂ + β; the running averages are moved."""
    x, normal, y, deviation, gamma, beta, mean, variance, units, channels = (
        at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9],
    )  # fmt: skip
    places, number = units // channels, v.dtype.type
    count = places * n
    kept, of_mean, of_squares = number(p[0]), number(1 - p[0]), number((1 - p[0]) / (count - 1))
    share, epsilon = number(1 / count), number(p[1])
    for c in range(channels):
        total = squares = number(0)
        for u in range(c, units, channels):
            given = v[x + u * n : x + (u + 1) * n]
            for s in range(n):
                total += given[s]
        middle = total * share
        for u in range(c, units, channels):
            given, centered = v[x + u * n : x + (u + 1) * n], v[normal + u * n : normal + (u + 1) * n]
            for s in range(n):
                centered[s] = given[s] - middle
                squares += centered[s] * centered[s]
        v[mean + c] = kept * v[mean + c] + of_mean * middle
        v[variance + c] = kept * v[variance + c] + of_squares * squares
        v[deviation + c] = np.sqrt(squares * share + epsilon)
        _stretch_loop(v, normal, y, c, units, channels, n, v[deviation + c], v[gamma + c], v[beta + c])


def _stretch_loop(
    v: Array, normal: int, y: int, c: int, units: int, channels: int, n: int,
    deviation: float, gamma: float, beta: float,
) -> None:  # fmt: skip
    """Divide a channel by its deviation, and write γ x̂ + β."""
    for u in range(c, units, channels):
        normed, out = v[normal + u * n : normal + (u + 1) * n], v[y + u * n : y + (u + 1) * n]
        for s in range(n):
            normed[s] = normed[s] / deviation
            out[s] = gamma * normed[s] + beta


def batch_norm_fixed_loop(v: Array, at: Place, n: int, p: Array) -> None:
    """The same by the running averages, which stay as they are."""
    x, normal, y, deviation, gamma, beta, mean, variance, units, channels = (
        at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9],
    )  # fmt: skip
    for c in range(channels):
        middle = v[mean + c]
        v[deviation + c] = np.sqrt(v[variance + c] + v.dtype.type(p[1]))
        for u in range(c, units, channels):
            given, centered = v[x + u * n : x + (u + 1) * n], v[normal + u * n : normal + (u + 1) * n]
            for s in range(n):
                centered[s] = given[s] - middle
        _stretch_loop(v, normal, y, c, units, channels, n, v[deviation + c], v[gamma + c], v[beta + c])


def norm_gradient_loop(v: Array, at: Place, n: int) -> None:
    """The gradients of γ, Σ g x̂, and of β, Σ g."""
    gradient, normal, of_gamma, of_beta, units, channels = at[0], at[1], at[2], at[3], at[4], at[5]
    for c in range(channels):
        products = total = v.dtype.type(0)
        for u in range(c, units, channels):
            g, normed = v[gradient + u * n : gradient + (u + 1) * n], v[normal + u * n : normal + (u + 1) * n]
            for s in range(n):
                products += g[s] * normed[s]
                total += g[s]
        v[of_gamma + c], v[of_beta + c] = products, total


def batch_norm_back_loop(v: Array, at: Place, n: int) -> None:
    """The slope γ/σ (g − mean(g) − x̂ mean(g x̂)), the means by the gradients of β and γ."""
    gradient, normal, dx, gamma, deviation = at[0], at[1], at[2], at[3], at[4]
    of_gamma, of_beta, units, channels = at[5], at[6], at[7], at[8]
    share = v.dtype.type(1 / (units // channels * n))
    for u in range(units):
        c = u % channels
        slope, product, mean = (
            v[gamma + c] / v[deviation + c],
            share * v[of_gamma + c],
            share * v[of_beta + c],
        )
        g, normed = v[gradient + u * n : gradient + (u + 1) * n], v[normal + u * n : normal + (u + 1) * n]
        out = v[dx + u * n : dx + (u + 1) * n]
        for s in range(n):
            out[s] = slope * (g[s] - mean - normed[s] * product)


def batch_norm_fixed_back_loop(v: Array, at: Place, n: int) -> None:
    """The slope γ/σ g where μ and σ do not depend on the samples."""
    gradient, dx, gamma, deviation, units, channels = at[0], at[1], at[2], at[3], at[4], at[5]
    for u in range(units):
        slope = v[gamma + u % channels] / v[deviation + u % channels]
        g, out = v[gradient + u * n : gradient + (u + 1) * n], v[dx + u * n : dx + (u + 1) * n]
        for s in range(n):
            out[s] = slope * g[s]


class BatchNorm(Layer):
    """At test time the running averages of mean and (unbiased) variance take the batch's place.

    So they do, unmoved, for a batch of one sample, which has no variance.  The bias of a linear layer before
    it is redundant, since β does its work.
    """

    kind: Literal["batch_norm"] = "batch_norm"
    title = "Batch norm"
    help = "Brings each neuron or channel to mean 0, variance 1 over the batch, then to a learned β and γ."
    formula = "y = γ (x − μ) / √(σ² + ε) + β,   μ and σ² of the batch"
    advice = "In deep networks, for larger learning rates.  It needs batches of 16 or more."
    reference = "Ioffe & Szegedy 2015."
    icon = "waves"
    common = True
    loops = (
        batch_norm_loop,
        batch_norm_fixed_loop,
        norm_gradient_loop,
        batch_norm_back_loop,
        batch_norm_fixed_back_loop,
    )
    loop_fields = ("momentum", "epsilon")

    momentum: Annotated[float, Typical(0, 0.999)] = Field(
        0.9, ge=0, lt=1, title="Momentum", description="Share of the running averages kept; 0.9 is usual."
    )
    epsilon: Annotated[float, Logarithmic(1e-8)] = Field(
        1e-5, gt=0, le=1, title="ε", description="Keeps the division finite; 1e-5 is usual."
    )
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls(epsilon=0.01), cls(epsilon=0.1))

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        channels = inputs[0][-1]
        return constant("gamma", channels, 1.0), constant("beta", channels, 0.0)

    def state(self, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        channels = inputs[0][-1]
        return {"running_mean": np.zeros(channels), "running_variance": np.ones(channels)}

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        rearranged = 4 * samples * prod(inputs[0]) if len(inputs[0]) > 1 else 0
        return super().workspace(inputs, samples) + rearranged

    def portable(self, wording: Wording) -> PortableValue:
        gamma, beta = wording.blocks["gamma"], wording.blocks["beta"]
        mean, variance = wording.state["running_mean"], wording.state["running_variance"]
        return wording.do(
            BatchNormOp(gamma, beta, mean, variance, self.epsilon), *wording.inputs, *wording.masked
        )

    def bind(self, wires: Wires) -> Operations:
        grid = len(wires.output.values) > len(wires.parameters["gamma"])
        if wires.mask is not None:
            return by_channel(wires, partial(self._bind_in_part, wires.mask.reshape(-1, copy=False)))
        return by_channel(wires, self._bind) if grid else self._bind(wires)

    def lower(self, wires: Wires) -> LoopRows:
        x, y, upstream, gradient = wires.flow
        gamma, beta = wires.parameters["gamma"], wires.parameters["beta"]
        sizes = len(y), len(gamma)
        measures = wires.training and y.size > len(gamma)
        normal, deviation = np.empty_like(y), np.empty_like(gamma)
        averages = wires.state["running_mean"], wires.state["running_variance"]
        arrays = x, normal, y, deviation, gamma, beta, *averages
        forward = [LoopRow(batch_norm_loop if measures else batch_norm_fixed_loop, arrays, sizes, self)]
        if gradient is None:
            return LoopRows(forward, [])
        found = wires.gradients["gamma"], wires.gradients["beta"]
        backward = [LoopRow(norm_gradient_loop, (gradient, normal, *found), sizes)]
        if upstream is not None and measures:
            told = gradient, normal, upstream, gamma, deviation, *found
            backward.append(LoopRow(batch_norm_back_loop, told, sizes))
        elif upstream is not None:
            backward.append(
                LoopRow(batch_norm_fixed_back_loop, (gradient, upstream, gamma, deviation), sizes)
            )
        return LoopRows(forward, backward)

    def _bind_in_part(self, there: Array, wires: Wires) -> Operations:
        return NormalizedInPart(wires, there, self.momentum, self.epsilon).bind()

    def _bind(self, wires: Wires) -> Operations:
        y, normal = wires.output.values, np.empty_like(wires.output.values)
        deviation = np.empty_like(normal, shape=len(normal))
        measures = wires.training and normal.shape[1] > 1
        gamma, beta = (wires.parameters[name].reshape(-1, 1) for name in ("gamma", "beta"))
        center = self._measure if measures else self._recall
        forward: list[Operation] = [
            *center(wires, normal, deviation),
            partial(np.divide, normal, deviation.reshape(-1, 1), normal),
            partial(np.multiply, normal, gamma, y),
            partial(np.add, y, beta, y),
        ]
        back = self._backward if measures else self._backward_fixed
        return Operations(forward, back(wires, normal, deviation))

    def _recall(self, wires: Wires, centered: Array, deviation: Array) -> list[Operation]:
        """Write x − μ and σ, as they were on average."""
        x, mean, variance = (
            wires.inputs[0].values,
            wires.state["running_mean"],
            wires.state["running_variance"],
        )
        return [
            partial(np.subtract, x, mean.reshape(-1, 1), centered),
            partial(np.add, variance, self.epsilon, deviation),
            partial(np.sqrt, deviation, deviation),
        ]

    def _measure(self, wires: Wires, centered: Array, deviation: Array) -> list[Operation]:
        """Write x − μ and σ of the batch, which also move the running averages."""
        x, samples = wires.inputs[0].values, centered.shape[1]
        mean, squares, shares = np.empty_like(deviation), deviation, np.full_like(x[0], 1 / samples)
        return [
            partial(np.dot, x, shares, mean),
            partial(np.subtract, x, mean.reshape(-1, 1), centered),
            partial(np.vecdot, centered, centered, squares),
            *self._move(wires.state["running_mean"], mean, 1),
            *self._move(wires.state["running_variance"], squares, samples - 1),
            partial(np.multiply, squares, number(1 / samples, x.dtype), squares),
            partial(np.add, squares, number(self.epsilon, x.dtype), squares),
            partial(np.sqrt, squares, deviation),
        ]

    def _move(self, running: Array, sums: Array, count: int) -> list[Operation]:
        """The running average: running ← momentum·running + (1 − momentum)·sums/count."""
        taken = np.empty_like(running)
        return [
            partial(np.multiply, running, number(self.momentum, running.dtype), running),
            partial(np.multiply, sums, number((1 - self.momentum) / count, running.dtype), taken),
            partial(np.add, running, taken, running),
        ]

    def _backward_fixed(self, wires: Wires, normal: Array, deviation: Array) -> list[Operation]:
        """The slope γ/σ g where μ and σ do not depend on the samples."""
        if wires.output_gradient is None:
            return []
        gradient, slope = wires.output_gradient.values, np.empty_like(deviation)
        operations: list[Operation] = [
            partial(np.add.reduce, gradient, 1, None, wires.gradients["beta"]),
            partial(np.vecdot, gradient, normal, wires.gradients["gamma"]),
        ]
        if (upstream := wires.input_gradients[0]) is None:
            return operations
        return [
            *operations,
            partial(np.divide, wires.parameters["gamma"], deviation, slope),
            partial(np.multiply, gradient, slope.reshape(-1, 1), upstream.values),
        ]

    def _backward(self, wires: Wires, normal: Array, deviation: Array) -> list[Operation]:
        """The slope γ/σ (g − mean(g) − x̂ mean(g x̂)); n times the means are the gradients of β and γ."""
        if wires.output_gradient is None:
            return []
        gradient, ones = wires.output_gradient.values, np.ones_like(normal[0])
        of_gamma, of_beta = wires.gradients["gamma"], wires.gradients["beta"]
        operations: list[Operation] = [
            partial(np.dot, gradient, ones, of_beta),
            partial(np.vecdot, gradient, normal, of_gamma),
        ]
        if (upstream := wires.input_gradients[0]) is None:
            return operations
        dx, factor = upstream.values, np.empty_like(deviation)
        return [
            *operations,
            partial(np.multiply, normal, of_gamma.reshape(-1, 1), dx),
            partial(np.add, dx, of_beta.reshape(-1, 1), dx),
            partial(np.multiply, dx, number(-1 / len(ones), dx.dtype), dx),
            partial(np.add, dx, gradient, dx),
            partial(np.divide, wires.parameters["gamma"], deviation, factor),
            partial(np.multiply, dx, factor.reshape(-1, 1), dx),
        ]
