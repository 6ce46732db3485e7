"""Normalizations, as they are at rest."""

from __future__ import annotations

from playground.engine.arrays import Array
from playground.engine.portable.base import SameShape
from playground.record import record


@record(eq=False)
class BatchNormOp(SameShape):
    """y = γ (x − mean) / √(variance + ε) + β; each array is (channels,), along the last axis.

    With a second input, the mask (samples, places), x − mean is 0 at places that are not there.
    """

    gamma: Array
    beta: Array
    mean: Array
    variance: Array
    epsilon: float


@record(eq=False)
class LayerNormOp(SameShape):
    """y = γ (x − μ) / √(σ² + ε) + β, with μ and σ² of the last axis; σ² is divided by its length.

    With a second input, the mask (samples, places) of which each stands for as many values of the row, only
    those that are there count, and x − μ is 0 at the others.
    """

    gamma: Array
    beta: Array
    epsilon: float
