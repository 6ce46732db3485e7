"""Initializers: how a layer's weights are drawn before training.

`fan_in` is the number of values that a neuron weighs, `fan_out` the number of neurons that one value
reaches.  In a dense layer they are the sides of its matrix; another layer says what they are.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.randomness import Source
from playground.value import Hidden, Kind


class Fans(NamedTuple):
    """How many values go into a neuron, and how many neurons a value goes into."""

    fan_in: int
    fan_out: int


class Initializer(Kind):
    """A distribution of initial weights."""

    def draw(self, source: Source, shape: tuple[int, int], fans: Fans | None = None) -> Array:
        """Initial weights of that shape, (neurons, inputs), in float64; its sides are the fans as a rule."""
        rows, columns = shape
        return self._draw(source, shape, fans or Fans(columns, rows))

    def biases(self, neurons: int, usual: float) -> Array:
        """Initial biases (neurons,), in float64: the layer's usual one, unless it brings its own."""
        return np.full(neurons, usual)

    @abstractmethod
    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        """The weights, given the fans."""


class XavierUniform(Initializer):
    kind: Literal["xavier_uniform"] = "xavier_uniform"
    title = "Xavier uniform"
    help = "Uniform, as wide as keeps the size of signals and of gradients alike."
    formula = "w ~ U(−a, a),   a = √(6 / (fan_in + fan_out))"
    advice = "With tanh and sigmoid: signals neither fade nor grow from layer to layer."
    reference = "Glorot & Bengio 2010."

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        return _uniform(source, shape, math.sqrt(6 / sum(fans)))


class XavierNormal(Initializer):
    kind: Literal["xavier_normal"] = "xavier_normal"
    title = "Xavier normal"
    help = "Normal, as wide as keeps the size of signals and of gradients alike."
    formula = "w ~ N(0, σ²),   σ = √(2 / (fan_in + fan_out))"
    advice = "With tanh and sigmoid, as Xavier uniform; the choice between them hardly matters."
    reference = "Glorot & Bengio 2010."

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        return source.normal(shape) * math.sqrt(2 / sum(fans))


class HeUniform(Initializer):
    kind: Literal["he_uniform"] = "he_uniform"
    title = "He uniform"
    help = "Uniform, as wide as keeps the size of signals through ReLU."
    formula = "w ~ U(−a, a),   a = √(6 / fan_in)"
    advice = "With ReLU and its relatives, which let only half of the signal through."
    reference = "He et al. 2015."

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        return _uniform(source, shape, math.sqrt(6 / fans.fan_in))


class HeNormal(Initializer):
    kind: Literal["he_normal"] = "he_normal"
    title = "He normal"
    help = "Normal, as wide as keeps the size of signals through ReLU."
    formula = "w ~ N(0, σ²),   σ = √(2 / fan_in)"
    advice = "With ReLU and its relatives; the usual choice for deep networks."
    reference = "He et al. 2015."

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        return source.normal(shape) * math.sqrt(2 / fans.fan_in)


class LeCunNormal(Initializer):
    kind: Literal["lecun_normal"] = "lecun_normal"
    title = "LeCun normal"
    help = "Normal, as wide as keeps the size of signals where neurons are linear."
    formula = "w ~ N(0, σ²),   σ = √(1 / fan_in)"
    advice = "With SELU, which needs it to keep its signals normalized."
    reference = "LeCun et al. 1998."

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        return source.normal(shape) * math.sqrt(1 / fans.fan_in)


class Orthogonal(Initializer):
    """With fewer neurons than inputs the rows are orthogonal, otherwise the columns."""

    kind: Literal["orthogonal"] = "orthogonal"
    title = "Orthogonal"
    help = "A random rotation: neurons begin at right angles, all of one length."
    formula = "WWᵗ = gain² · I   (or WᵗW, when there are more neurons than inputs)"
    advice = "In very deep or recurrent networks: no direction of the signal fades or grows."
    reference = "Saxe et al. 2014."

    gain: float = Field(
        1.0, gt=0, le=10, title="Gain", description="Length of a neuron's weights; 1, or 1.41 with ReLU."
    )

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        rows, columns = shape
        q, r = np.linalg.qr(source.normal((max(shape), min(shape))))
        q *= np.copysign(self.gain, np.diag(r))  # else not every rotation is as likely (Mezzadri 2007)
        return q if rows >= columns else q.T


class Uniform(Initializer):
    kind: Literal["uniform"] = "uniform"
    title = "Uniform"
    help = "Uniform between −limit and limit, whatever the size of the layer."
    formula = "w ~ U(−limit, limit)"
    advice = "To see what the scale of the first weights does; 0.5 is TF Playground's."

    limit: float = Field(
        0.5, gt=0, le=10, title="Limit", description="Largest size of a weight; 0.5 is usual."
    )

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        return _uniform(source, shape, self.limit)


class Normal(Initializer):
    kind: Literal["normal"] = "normal"
    title = "Normal"
    help = "Normal with standard deviation σ, whatever the size of the layer."
    formula = "w ~ N(0, σ²)"
    advice = "To see signals fade (σ too small) or saturate (σ too large) in a deep network."

    sigma: float = Field(0.1, gt=0, le=10, title="σ", description="Standard deviation; 0.01 to 1 is usual.")

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        return source.normal(shape) * self.sigma


class ConstantWeights(Initializer):
    kind: Literal["constant"] = "constant"
    title = "Constant"
    help = "All weights alike: every neuron of a layer stays the same as its neighbours."
    formula = "w = value"
    advice = "For a neuron by itself, or to see that equal neurons never become different."

    value: float = Field(
        0.1, ge=-10, le=10, title="Value", description="Every weight before training; 0.1 is usual."
    )

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        return np.full(shape, self.value)


class Pretrained(Initializer):
    """Holds a block (neurons, inputs + 1) with the biases in the last column, as text."""

    kind: Literal["pretrained"] = "pretrained"
    title = "Pre-trained"
    help = "Weights and biases learnt before, as by a Boltzmann machine; where there are none, Xavier normal."
    formula = "w = what was learnt"
    advice = "To begin with features that were learnt without targets, when few samples have a label."
    reference = "Hinton & Salakhutdinov 2006."

    inputs: Annotated[int, Hidden()] = Field(
        0, ge=0, le=1_000_000, title="Inputs", description="How many inputs were known."
    )
    block: Annotated[str, Hidden()] = Field(
        "",
        max_length=4_000_000,
        pattern=r"^[A-Za-z0-9+/=]*$",
        title="Learnt",
        description="Weights and biases, a row a neuron, as text.",
    )

    @classmethod
    def holding(cls, block: Array) -> Pretrained:
        """The initializer that gives a block (neurons, inputs + 1)."""
        text = b64encode(np.ascontiguousarray(block, "<f4").tobytes()).decode()
        return cls(inputs=block.shape[1] - 1, block=text)

    def biases(self, neurons: int, usual: float) -> Array:
        """Those that were learnt, as far as they go."""
        found, held = super().biases(neurons, usual), self._held[:neurons, -1]
        found[: len(held)] = held
        return found

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        """What was learnt, as far as it goes; the others are drawn."""
        found = source.normal(shape) * math.sqrt(2 / sum(fans))
        held = self._held[: shape[0], :-1][:, : shape[1]]
        found[: held.shape[0], : held.shape[1]] = held
        return found

    @property
    def _held(self) -> Array:
        return _unpacked(self.block, self.inputs + 1)


@lru_cache(maxsize=4)
def _unpacked(block: str, columns: int) -> Array:
    """The numbers of a text; none where it holds no whole rows of finite ones."""
    try:
        numbers = np.frombuffer(b64decode(block, validate=True), "<f4").astype(np.float64)
    except ValueError:
        numbers = np.empty(0)
    if numbers.size % columns or not np.isfinite(numbers).all():
        numbers = np.empty(0)
    return numbers.reshape(-1, columns)


class Zeros(Initializer):
    kind: Literal["zeros"] = "zeros"
    title = "Zeros"
    help = "All weights zero: every neuron of a layer stays the same, which is why nobody starts so."
    formula = "w = 0"
    advice = "To see why chance is needed: only a single layer learns from here."

    def _draw(self, source: Source, shape: tuple[int, int], fans: Fans) -> Array:
        return np.zeros(shape)


def _uniform(source: Source, shape: tuple[int, int], limit: float) -> Array:
    return (source.uniform(shape) - 0.5) * (2 * limit)
