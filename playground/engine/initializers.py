"""Initializers: how a layer's weights are drawn before training.

`fan_in` and `fan_out` are the numbers of inputs and outputs of one neuron's layer.
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.randomness import Source
from playground.value import Kind


class Initializer(Kind):
    """A distribution of initial weights."""

    def draw(self, source: Source, shape: tuple[int, int]) -> Array:
        """Initial weights of shape (fan_out, fan_in), in float64."""
        raise NotImplementedError


class XavierUniform(Initializer):
    """Uniform within ±√(6/(fan_in + fan_out)); suits tanh and sigmoid.  Glorot & Bengio 2010."""

    kind: Literal["xavier_uniform"] = "xavier_uniform"
    title: ClassVar[str] = "Xavier uniform"

    def draw(self, source: Source, shape: tuple[int, int]) -> Array:
        return _uniform(source, shape, math.sqrt(6 / sum(shape)))


class XavierNormal(Initializer):
    """Normal with σ = √(2/(fan_in + fan_out)); suits tanh and sigmoid.  Glorot & Bengio 2010."""

    kind: Literal["xavier_normal"] = "xavier_normal"
    title: ClassVar[str] = "Xavier normal"

    def draw(self, source: Source, shape: tuple[int, int]) -> Array:
        return source.normal(shape) * math.sqrt(2 / sum(shape))


class HeUniform(Initializer):
    """Uniform within ±√(6/fan_in); suits ReLU.  He et al. 2015."""

    kind: Literal["he_uniform"] = "he_uniform"
    title: ClassVar[str] = "He uniform"

    def draw(self, source: Source, shape: tuple[int, int]) -> Array:
        return _uniform(source, shape, math.sqrt(6 / shape[1]))


class HeNormal(Initializer):
    """Normal with σ = √(2/fan_in); suits ReLU.  He et al. 2015."""

    kind: Literal["he_normal"] = "he_normal"
    title: ClassVar[str] = "He normal"

    def draw(self, source: Source, shape: tuple[int, int]) -> Array:
        return source.normal(shape) * math.sqrt(2 / shape[1])


class Uniform(Initializer):
    """Uniform between −limit and limit, whatever the size of the layer."""

    kind: Literal["uniform"] = "uniform"
    title: ClassVar[str] = "Uniform"

    limit: float = Field(
        0.5, gt=0, le=10, title="Limit", description="Largest size of a weight; 0.5 is usual."
    )

    def draw(self, source: Source, shape: tuple[int, int]) -> Array:
        return _uniform(source, shape, self.limit)


class Normal(Initializer):
    """Normal with standard deviation σ, whatever the size of the layer."""

    kind: Literal["normal"] = "normal"
    title: ClassVar[str] = "Normal"

    sigma: float = Field(0.1, gt=0, le=10, title="σ", description="Standard deviation; 0.01 to 1 is usual.")

    def draw(self, source: Source, shape: tuple[int, int]) -> Array:
        return source.normal(shape) * self.sigma


class Zeros(Initializer):
    """All weights zero: every neuron of a layer stays the same, which is why nobody starts so."""

    kind: Literal["zeros"] = "zeros"
    title: ClassVar[str] = "Zeros"

    def draw(self, source: Source, shape: tuple[int, int]) -> Array:
        return np.zeros(shape)


def _uniform(source: Source, shape: tuple[int, int], limit: float) -> Array:
    return (source.uniform(shape) - 0.5) * (2 * limit)
