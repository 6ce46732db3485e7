"""Noise: values that are disturbed while the network trains."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation, number
from playground.engine.layers.base import Layer, Operations, Wires
from playground.engine.loops import LoopRow, LoopRows, Place, handed_on
from playground.engine.portable import NoiseOp, PortableValue, Wording
from playground.value import Logarithmic, Typical


def noise_loop(v: Array, at: Place, p: Array) -> None:
    """Values with σ times a normal number added to each."""
    size, sigma = at[3], v.dtype.type(p[0])
    x, drawn, y = v[at[0] : at[0] + size], v[at[1] : at[1] + size], v[at[2] : at[2] + size]
    for i in range(size):
        y[i] = x[i] + sigma * drawn[i]


class GaussianNoise(Layer):
    kind: Literal["gaussian_noise"] = "gaussian_noise"
    title = "Gaussian noise"
    help = "Adds normal noise to each value while training, so that nothing hangs on small detail."
    formula = "y = x + σ n,   n drawn from N(0, 1)"
    advice = "Against overfitting, right behind the inputs; or for a denoising autoencoder."
    reference = "Bishop 1995."
    icon = "waveform"
    loops = (noise_loop,)
    loop_fields = ("sigma",)

    sigma: Annotated[float, Logarithmic(0.001), Typical(0, 1)] = Field(
        0.1, ge=0, le=10, title="σ", description="Standard deviation of the noise; 0.05 to 0.5 is usual."
    )

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return tuple(cls(sigma=sigma) for sigma in (0.0, 0.1, 1.0))

    def portable(self, wording: Wording) -> PortableValue:
        return wording.do(NoiseOp(self.sigma), *wording.inputs)

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

    def lower(self, wires: Wires) -> LoopRows:
        x, y, upstream, gradient = wires.flow
        plain = handed_on(x, y, gradient, upstream)
        if not wires.training or wires.streams is None:
            return plain
        drawn = np.empty_like(y)
        forward = [LoopRow(noise_loop, (x, drawn, y), (y.size,), self)]
        return LoopRows(forward, plain.backward, normals=[drawn])
