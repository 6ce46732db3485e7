"""Sparsity: a price on activity, so that few neurons speak at a time."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation
from playground.engine.layers.base import Layer, Operations, Wires
from playground.engine.portable import PortableValue, Wording
from playground.value import Logarithmic, Titles, Typical

NEAR = 0.001
"""Nearer to 0 or 1 than this, a mean activity counts by the tangent there, which stays finite."""


class Sparsity(Layer):
    """Hands its values on as they are, and charges for them; of sequences, for the steps that are there."""

    kind: Literal["sparsity"] = "sparsity"
    title = "Sparsity"
    help = "Charges for the activity of the layer before it, so that few of its neurons speak at a time."
    formula = "L + λ mean Σ |a|,   or   L + λ Σ KL(ρ ‖ mean a)"
    advice = (
        "In an autoencoder with a wide code: each neuron then stands for one thing.  "
        "L1 suits any activation; KL suits sigmoid, whose values are shares."
    )
    reference = "Ng 2011."
    icon = "funnel"

    by: Annotated[Literal["l1", "kl"], Titles({"l1": "L1", "kl": "KL to ρ"})] = Field(
        "l1", title="By", description="The size of each value, or how far each neuron's mean is from ρ."
    )
    strength: Annotated[float, Logarithmic(0.00001), Typical(0, 1)] = Field(
        0.001, ge=0, le=100, title="λ", description="What it counts beside the loss of the data."
    )
    rho: float = Field(
        0.05, ge=0.01, le=0.99, title="ρ", description="For KL: the share of samples a neuron is active for."
    )

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(strength=0.1), cls(by="kl", strength=0.1), cls(by="kl", strength=1.0, rho=0.5)

    def uncharged(self) -> Self:
        return self.with_(strength=0)

    def portable(self, wording: Wording) -> PortableValue:
        return wording.inputs[0]

    def bind(self, wires: Wires) -> Operations:
        x, y = wires.inputs[0].values, wires.output.values
        forward: list[Operation] = [partial(np.copyto, y, x)]
        term = partial(self._term, x, wires.mask)
        upstream = wires.input_gradients[0] if wires.input_gradients else None
        if wires.output_gradient is None or upstream is None:
            return Operations(forward, [], term=term)
        gradient = wires.output_gradient.values

        def back() -> None:
            np.copyto(upstream.values, self._slope(x, wires.mask))
            np.add(upstream.values, gradient, out=upstream.values)

        return Operations(forward, [back], term=term)

    def activity(self, values: Array) -> Array:
        """What it charges for of each value (units, samples), on average over the samples."""
        found: Array = (np.abs(values) if self.by == "l1" else values).mean(axis=1)
        return found

    def _term(self, values: Array, mask: Array | None) -> float:
        if self.by == "l1":
            counted = values if mask is None else values * _of_values(mask, values)
            return float(np.abs(counted).sum() * self.strength / values.shape[1])
        means, _ = _means(values, mask, np.dtype(np.float64))
        near = np.clip(means, NEAR, 1 - NEAR)
        rho = self.rho
        each = rho * np.log(rho / near) + (1 - rho) * np.log((1 - rho) / (1 - near))
        beyond = self._slope_of_means(near) * (means - near)
        charged = each + beyond
        if mask is not None:
            charged *= _of_values(mask, values).any(axis=1, keepdims=True)
        return float(charged.sum() * self.strength)

    def _slope(self, values: Array, mask: Array | None) -> Array:
        """The gradient of the term; the same for all samples where it goes by means."""
        if self.by == "l1":
            slope: Array = np.sign(values) * (self.strength / values.shape[1])
        else:
            means, counts = _means(values, mask, values.dtype)
            slope = self._slope_of_means(np.clip(means, NEAR, 1 - NEAR)) * (self.strength / counts)
        return slope if mask is None else slope * _of_values(mask, values)

    def _slope_of_means(self, means: Array) -> Array:
        slope: Array = (1 - self.rho) / (1 - means) - self.rho / means
        return slope


def _means(values: Array, mask: Array | None, dtype: np.dtype[Any]) -> tuple[Array, Array | int]:
    """The mean of each value over the samples that have it, (units, 1), and how many these are."""
    if mask is None:
        return values.mean(axis=1, keepdims=True, dtype=dtype), values.shape[1]
    there = _of_values(mask, values)
    counts = np.maximum(there.sum(axis=1, keepdims=True), 1)
    return (values * there).sum(axis=1, keepdims=True, dtype=dtype) / counts, counts


def _of_values(mask: Array, values: Array) -> Array:
    """The mask (steps, samples) for each of the values (steps · columns, samples)."""
    return np.repeat(mask, len(values) // len(mask), axis=0)
