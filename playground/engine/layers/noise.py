"""Noise: values that are disturbed while the network trains."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.arrays import Operation, number
from playground.engine.layers.base import Layer, Operations, Wires
from playground.value import Logarithmic, Typical


class GaussianNoise(Layer):
    kind: Literal["gaussian_noise"] = "gaussian_noise"
    title = "Gaussian noise"
    help = "Adds normal noise to each value while training, so that nothing hangs on small detail."
    formula = "y = x + σ n,   n drawn from N(0, 1)"
    advice = "Against overfitting, right behind the inputs; or for a denoising autoencoder."
    reference = "Bishop 1995."
    icon = "waveform"

    sigma: Annotated[float, Logarithmic(0.001), Typical(0, 1)] = Field(
        0.1, ge=0, le=10, title="σ", description="Standard deviation of the noise; 0.05 to 0.5 is usual."
    )

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return tuple(cls(sigma=sigma) for sigma in (0.0, 0.1, 1.0))

    def bind(self, wires: Wires) -> Operations:
        x, y = wires.inputs[0].values, wires.output.values
        forward: list[Operation] = [partial(np.copyto, y, x)]
        if wires.training and wires.streams is not None:
            draw = wires.streams.noise.standard_normal
            forward = [
                partial(draw, out=y, dtype=y.dtype.type),
                partial(np.multiply, y, number(self.sigma, y.dtype), y),
                partial(np.add, y, x, y),
            ]
        upstream = wires.input_gradients[0] if wires.input_gradients else None
        if wires.output_gradient is None or upstream is None:
            return Operations(forward, [])
        return Operations(forward, [partial(np.copyto, upstream.values, wires.output_gradient.values)])
