"""How a signal travels: random inputs forward through layers with new weights, a random gradient back.

Glorot & Bengio 2010; He et al. 2015.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Activation
from playground.engine.initializers import Initializer
from playground.labs.threads import one_thread
from playground.randomness import GeneratorSource, Source

Floats = NDArray[np.floating]

SAMPLES = 64
LARGEST = 1e150
"""The square of a larger number than this cannot be told."""


@dataclass(frozen=True, eq=False)
class DeepStack:
    """Layers of one width, one activation and no biases.

    Attributes:
        activation: of every neuron.
        weights: a matrix (width, width) a layer.
    """

    activation: Activation
    weights: Sequence[Floats]

    @classmethod
    def drawn(
        cls, activation: Activation, initializer: Initializer, depth: int, width: int, source: Source
    ) -> DeepStack:
        """Layers with new weights."""
        return cls(activation, [initializer.draw(source, (width, width)) for _ in range(depth)])

    def forward(self, inputs: Floats) -> tuple[list[Floats], list[Floats]]:
        """Net inputs and activations of every layer for inputs (width, n), each (width, n)."""
        net, out = [], [inputs]
        for weights in self.weights:
            net.append(_bounded(weights @ out[-1]))
            out.append(_bounded(self.activation(net[-1])))
        return net, out[1:]

    def back(self, net: Sequence[Floats], out: Sequence[Floats], gradient: Floats) -> list[Floats]:
        """The gradients of the net inputs of every layer, given that of the last activations."""
        found = []
        for weights, z, a in zip(reversed(self.weights), reversed(net), reversed(out), strict=True):
            slope = np.empty_like(z)
            self.activation.backward(z, a, gradient, slope, np.empty_like(z))
            found.append(slope)
            gradient = _bounded(weights.T @ slope)
        return found[::-1]


@dataclass(frozen=True, eq=False)
class SignalTravel:
    """What a signal becomes on its way.

    Attributes:
        net, activations, gradients: their variance in every layer, (depth,); NaN once they are too large.
        values: the activations of every layer, (depth, width · samples).
    """

    net: Floats
    activations: Floats
    gradients: Floats
    values: Floats

    @property
    def overflow(self) -> int | None:
        """The first layer, from 1, in which numbers are too large to be told; None where there is none."""
        lost = np.flatnonzero(~np.isfinite(self.net) | ~np.isfinite(self.activations))
        return int(lost[0]) + 1 if len(lost) else None

    @property
    def signal_ratio(self) -> float:
        """The variance of the net inputs of the last layer, as many times that of the first."""
        return _ratio(self.net[-1], self.net[0])

    @property
    def gradient_ratio(self) -> float:
        """The variance of the gradients of the first layer, as many times that of the last."""
        return _ratio(self.gradients[0], self.gradients[-1])

    @property
    def strays(self) -> float:
        """The worse of both ratios as a power of ten: 0 where all is kept, ±∞ where nothing can be told."""
        with np.errstate(divide="ignore"):
            powers = np.log10([self.signal_ratio, self.gradient_ratio])
        return float(powers[np.abs(powers).argmax()])


def passage(
    activation: Activation, initializer: Initializer, depth: int, width: int, spread: float, seed: int
) -> SignalTravel:
    """Normal inputs of this spread through new layers, and a normal gradient back."""
    source = GeneratorSource(np.random.default_rng(seed))
    with np.errstate(all="ignore"), one_thread():
        stack = DeepStack.drawn(activation, initializer, depth, width, source)
        net, out = stack.forward(spread * source.normal((width, SAMPLES)))
        gradients = stack.back(net, out, source.normal((width, SAMPLES)))
        values = np.stack([layer.ravel() for layer in out])
        return SignalTravel(_variances(net), values.var(axis=1), _variances(gradients), values)


def _variances(layers: Sequence[Floats]) -> Floats:
    return np.array([layer.var() for layer in layers])


def _bounded(values: Floats) -> Floats:
    """Values, and NaN in place of all of them once one is too large."""
    return values if np.abs(values).max() < LARGEST else np.full_like(values, np.nan)


def _ratio(end: float, begin: float) -> float:
    """How many times larger the end is; ∞ where it cannot be told any more, 0 where nothing is left."""
    if not (np.isfinite(end) and np.isfinite(begin)):
        return np.inf
    return float(end / begin) if begin > 0 else 0.0


BINS = 61
TAIL = 0.005
"""The share of the values of a layer that may lie beyond either end of what is seen."""


@dataclass(frozen=True, eq=False)
class LayerShares:
    """How the activations of every layer are spread over the same bins.

    Attributes:
        edges: of the bins, (bins + 1,).
        shares: of the values of a layer that are in each bin, (depth, bins); NaN where they are too large.
    """

    edges: Floats
    shares: Floats

    @classmethod
    def of(cls, values: Floats) -> LayerShares:
        """Those of values (depth, n), over what nearly all of them keep within."""
        known = values[np.isfinite(values).all(axis=1)]
        low, high = np.quantile(known, (TAIL, 1 - TAIL), axis=1) if len(known) else (np.zeros(1), np.zeros(1))
        edges = _edges(float(low.min()), float(high.max()))
        shares = np.full((len(values), BINS), np.nan)
        for row, layer in enumerate(values):
            if np.isfinite(layer).all():
                shares[row] = np.histogram(layer, edges)[0] / len(layer)
        return cls(edges, shares)


def _edges(low: float, high: float) -> Floats:
    """Bins between two ends, around 0 where there is no room between them."""
    if not high > low:
        low, high = low - 1, high + 1
    return np.linspace(low, high, BINS + 1)
