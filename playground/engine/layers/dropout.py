"""Dropout: neurons that are missing at random while the network trains."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.engine.layers.base import Layer, Operations, Wires


class Dropout(Layer):
    """Silences values at random while training, so that none is relied on alone.  Srivastava et al. 2014.

    Inverted: what remains is scaled up by 1/(1 − p), so that nothing changes at test time.
    """

    kind: Literal["dropout"] = "dropout"
    title: ClassVar[str] = "Dropout"
    formula: ClassVar[str] = "y = m x / (1 − p),   m = 0 with probability p, else 1"
    advice: ClassVar[str] = "Against overfitting, behind layers of many neurons.  It needs more epochs."
    common: ClassVar[bool] = True

    probability: float = Field(
        0.2,
        ge=0,
        lt=1,
        title="Drop",
        description="Share of values silenced in training; 0.1 to 0.5 is usual.",
    )

    def bind(self, wires: Wires) -> Operations:
        x, y = wires.inputs[0].values, wires.output.values
        if not wires.training or wires.streams is None:
            return Operations([partial(np.copyto, y, x)], [])
        kept = np.empty_like(y)
        forward = [partial(self._draw, wires.streams.dropout, kept), partial(np.multiply, x, kept, out=y)]
        upstream = wires.input_gradients[0]
        if wires.output_gradient is None or upstream is None:
            return Operations(forward, [])
        gradient = wires.output_gradient.values
        return Operations(forward, [partial(np.multiply, gradient, kept, out=upstream.values)])

    def _draw(self, random: np.random.Generator, kept: Array) -> None:
        random.random(out=kept, dtype=kept.dtype)
        np.greater_equal(kept, self.probability, out=kept)
        np.multiply(kept, 1 / (1 - self.probability), out=kept)
