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
from playground.engine.parameter import Parameter, constant
from playground.value import Logarithmic, Typical


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

    def bind(self, wires: Wires) -> Operations:
        grid = len(wires.output.values) > len(wires.parameters["gamma"])
        if wires.mask is not None:
            return by_channel(wires, partial(self._bind_in_part, wires.mask.reshape(-1, copy=False)))
        return by_channel(wires, self._bind) if grid else self._bind(wires)

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
