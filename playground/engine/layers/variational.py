"""The code of a variational autoencoder: drawn from a distribution, and held near the normal one."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation, Shape, number
from playground.engine.layers.base import Layer, LayerProblem, Operations, Wires
from playground.engine.portable import PortableValue, SliceOp, Wording
from playground.text import say
from playground.value import Logarithmic, Typical


class Variational(Layer):
    """Its input is k means μ and then k logarithms of variances, ln σ²; its output is k values.

    For chance to leave the gradient as it is, the noise is drawn apart and then moved and stretched (the
    reparametrization): z is smooth in μ and σ.
    """

    kind: Literal["variational"] = "variational"
    title = "Variational"
    help = "Draws each value from N(μ, σ²), with μ and ln σ² from the layer before; at test time it is μ."
    formula = "z = μ + σ ε,   ε from N(0, 1),   L + β mean Σ ½ (μ² + σ² − 1 − ln σ²)"
    advice = (
        "As the code of an autoencoder that is to make new samples, behind a linear layer of twice as many "
        "neurons.  The KL term, which it adds to the loss, leaves no gaps between the codes."
    )
    reference = "Kingma & Welling 2014; β: Higgins et al. 2017."
    icon = "chart-scatter"

    beta: Annotated[float, Logarithmic(0.0001), Typical(0, 4)] = Field(
        0.01,
        ge=0,
        le=100,
        title="β",
        description="What the KL term counts. The squared error is a mean over the outputs, so 1 is much.",
    )

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return tuple(cls(beta=beta) for beta in (0.0, 0.01, 1.0))

    def uncharged(self) -> Self:
        return self.with_(beta=0)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        given = self._flat(inputs[0])
        if given % 2:
            raise LayerProblem(
                say(
                    "layer.variational_odd",
                    "{layer} reads a mean and a variance of each value, and is given {given}; "
                    "give the layer before it an even number of neurons.",
                    layer=self.named(),
                    given=given,
                )
            )
        return (given // 2,)

    def portable(self, wording: Wording) -> PortableValue:
        (x,) = wording.inputs
        return wording.do(SliceOp(0, x.shape[0] // 2), x)

    def bind(self, wires: Wires) -> Operations:
        x, z = wires.inputs[0].values, wires.output.values
        means, logarithms = x[: len(z)], x[len(z) :]
        deviations, noise = np.empty_like(z), np.zeros_like(z)
        forward: list[Operation] = [
            partial(np.multiply, logarithms, number(0.5, z.dtype), deviations),
            partial(np.exp, deviations, deviations),
        ]
        if wires.training and wires.streams is not None:
            draw = wires.streams.noise.standard_normal
            forward += [
                partial(draw, out=noise, dtype=noise.dtype.type),
                partial(np.multiply, deviations, noise, z),
                partial(np.add, z, means, z),
            ]
        else:
            forward.append(partial(np.copyto, z, means))
        term = partial(_divergence, self.beta, means, logarithms)
        seen = {"mean": means, "deviation": deviations}
        upstream = wires.input_gradients[0] if wires.input_gradients else None
        if wires.output_gradient is None or upstream is None:
            return Operations(forward, [], seen=seen, term=term)
        gradient, share = wires.output_gradient.values, self.beta / x.shape[1]
        work = np.empty_like(z)

        def back() -> None:
            to_means, to_logarithms = upstream.values[: len(z)], upstream.values[len(z) :]
            np.multiply(means, share, out=to_means)
            to_means += gradient
            np.square(deviations, out=to_logarithms)
            to_logarithms -= 1
            to_logarithms *= share
            np.multiply(gradient, noise, out=work)
            np.multiply(work, deviations, out=work)
            to_logarithms += work
            to_logarithms *= 0.5

        return Operations(forward, [back], seen=seen, term=term)


def _divergence(beta: float, means: Array, logarithms: Array) -> float:
    """β times KL(N(μ, σ²) ‖ N(0, 1)), summed over the values and then the mean over the samples."""
    each = np.square(means) + np.exp(logarithms) - 1 - logarithms
    return float(each.sum() * 0.5 * beta / means.shape[1])
