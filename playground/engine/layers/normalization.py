"""Layers that keep activations in a range where learning is easy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import prod
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation, Shape
from playground.engine.layers.base import Frozen, Layer, Operations, Wires
from playground.engine.parameter import Parameter, constant
from playground.value import Logarithmic, Typical


class BatchNorm(Layer):
    """Brings values to mean 0, variance 1 over the batch, then to a learned β and γ.  Ioffe & Szegedy 2015.

    At test time the running averages of mean and (unbiased) variance take the batch's place.  The bias of a
    linear layer before it is redundant, since β does its work.
    """

    kind: Literal["batch_norm"] = "batch_norm"
    title: ClassVar[str] = "Batch norm"
    formula: ClassVar[str] = "y = γ (x − μ) / √(σ² + ε) + β,   μ and σ² of the batch"
    advice: ClassVar[str] = "In deep networks, for larger learning rates.  It needs batches of 16 or more."
    common: ClassVar[bool] = True

    momentum: Annotated[float, Typical(0, 0.999)] = Field(
        0.9, ge=0, lt=1, title="Momentum", description="Share of the running averages kept; 0.9 is usual."
    )
    epsilon: Annotated[float, Logarithmic(1e-8)] = Field(
        1e-5, gt=0, le=1, title="ε", description="Keeps the division finite; 1e-5 is usual."
    )
    frozen: Frozen = False

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (self._flat(inputs[0]),)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        (units,) = inputs[0]
        return constant("gamma", units, 1.0), constant("beta", units, 0.0)

    def state(self, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        return {"running_mean": np.zeros(inputs[0]), "running_variance": np.ones(inputs[0])}

    def bind(self, wires: Wires) -> Operations:
        x, y = wires.inputs[0].values, wires.output.values
        units, dtype = len(x), x.dtype
        gamma, beta = (wires.parameters[name].reshape(-1, 1) for name in ("gamma", "beta"))
        mean, scale = np.zeros((units, 1), dtype), np.ones((units, 1), dtype)
        normal, work = np.empty_like(y), np.empty_like(y)
        running = (wires.state["running_mean"], wires.state["running_variance"])

        def normalize() -> None:
            np.subtract(x, mean, out=normal)
            np.multiply(normal, scale, out=normal)
            np.multiply(normal, gamma, out=y)
            np.add(y, beta, out=y)

        if not wires.training:
            recall = partial(self._use_running, running, mean, scale)
            return Operations((recall, normalize), ())

        forward: list[Operation] = [partial(self._measure, x, mean, scale, work, running), normalize]
        if wires.output_gradient is None:
            return Operations(forward, [])
        gradient = wires.output_gradient.values
        gamma_gradient = wires.gradients["gamma"].reshape(-1, 1)
        beta_gradient = wires.gradients["beta"].reshape(-1, 1)
        upstream = wires.input_gradients[0]
        factor = np.empty((units, 1), dtype)
        samples = x.shape[1]

        def backward() -> None:
            np.add.reduce(gradient, axis=1, out=beta_gradient, keepdims=True)
            np.multiply(gradient, normal, out=work)
            np.add.reduce(work, axis=1, out=gamma_gradient, keepdims=True)
            if upstream is None:
                return
            # dx = γ/σ (g − mean(g) − x̂ mean(g x̂)), with the two means just summed
            dx = upstream.values
            np.multiply(normal, gamma_gradient, out=dx)
            np.add(dx, beta_gradient, out=dx)
            np.multiply(dx, -1 / samples, out=dx)
            np.add(dx, gradient, out=dx)
            np.multiply(gamma, scale, out=factor)
            np.multiply(dx, factor, out=dx)

        return Operations(forward, [backward])

    def _use_running(self, running: tuple[Array, Array], mean: Array, scale: Array) -> None:
        np.copyto(mean[:, 0], running[0])
        np.add(running[1], self.epsilon, out=scale[:, 0])
        _invert_root(scale)

    def _measure(
        self, x: Array, mean: Array, scale: Array, work: Array, running: tuple[Array, Array]
    ) -> None:
        """Mean and 1/σ of the batch, which also move the running averages."""
        samples = x.shape[1]
        np.add.reduce(x, axis=1, out=mean, keepdims=True)
        np.multiply(mean, 1 / samples, out=mean)
        np.subtract(x, mean, out=work)
        np.multiply(work, work, out=work)
        np.add.reduce(work, axis=1, out=scale, keepdims=True)
        np.multiply(scale, 1 / max(samples - 1, 1), out=scale)  # unbiased, for the running average
        _move(running[0], mean[:, 0], self.momentum)
        _move(running[1], scale[:, 0], self.momentum)
        np.multiply(scale, max(samples - 1, 1) / samples, out=scale)
        np.add(scale, self.epsilon, out=scale)
        _invert_root(scale)


class LayerNorm(Layer):
    """Brings the values of a sample to mean 0 and variance 1, then to a learned β and γ.  Ba et al. 2016."""

    kind: Literal["layer_norm"] = "layer_norm"
    title: ClassVar[str] = "Layer norm"
    formula: ClassVar[str] = "y = γ (x − μ) / √(σ² + ε) + β,   μ and σ² of the sample"
    advice: ClassVar[str] = "Instead of batch norm where batches are small, behind 8 neurons or more."

    epsilon: Annotated[float, Logarithmic(1e-8)] = Field(
        1e-5, gt=0, le=1, title="ε", description="Keeps the division finite; 1e-5 is usual."
    )
    frozen: Frozen = False

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        units = prod(inputs[0])
        return constant("gamma", units, 1.0), constant("beta", units, 0.0)

    def bind(self, wires: Wires) -> Operations:
        x, y = wires.inputs[0].values, wires.output.values
        gamma, beta = (wires.parameters[name].reshape(-1, 1) for name in ("gamma", "beta"))
        normal, work, scale = np.empty_like(y), np.empty_like(y), np.empty_like(y[:1])
        share = 1 / len(x)

        def forward() -> None:
            np.add.reduce(x, axis=0, out=scale, keepdims=True)
            np.multiply(scale, share, out=scale)  # the mean, for now
            np.subtract(x, scale, out=normal)
            np.multiply(normal, normal, out=work)
            np.add.reduce(work, axis=0, out=scale, keepdims=True)
            np.multiply(scale, share, out=scale)
            np.add(scale, self.epsilon, out=scale)
            _invert_root(scale)
            np.multiply(normal, scale, out=normal)
            np.multiply(normal, gamma, out=y)
            np.add(y, beta, out=y)

        if wires.output_gradient is None:
            return Operations([forward], [])
        gradient, upstream = wires.output_gradient.values, wires.input_gradients[0]
        gamma_gradient, beta_gradient = wires.gradients["gamma"], wires.gradients["beta"]
        mean = np.empty_like(scale)

        def backward() -> None:
            np.add.reduce(gradient, axis=1, out=beta_gradient)
            np.multiply(gradient, normal, out=work)
            np.add.reduce(work, axis=1, out=gamma_gradient)
            if upstream is None:
                return
            # dx = (γg − mean(γg) − x̂ mean(γg x̂)) / σ
            dx = upstream.values
            np.multiply(work, gamma, out=work)
            np.add.reduce(work, axis=0, out=mean, keepdims=True)
            np.multiply(mean, share, out=mean)
            np.multiply(normal, mean, out=work)
            np.multiply(gradient, gamma, out=dx)
            np.add.reduce(dx, axis=0, out=mean, keepdims=True)
            np.multiply(mean, share, out=mean)
            np.subtract(dx, mean, out=dx)
            np.subtract(dx, work, out=dx)
            np.multiply(dx, scale, out=dx)

        return Operations([forward], [backward])


def _invert_root(scale: Array) -> None:
    np.sqrt(scale, out=scale)
    np.reciprocal(scale, out=scale)


def _move(running: Array, now: Array, momentum: float) -> None:
    """The running average: running ← momentum·running + (1 − momentum)·now."""
    running *= momentum
    running += (1 - momentum) * now
