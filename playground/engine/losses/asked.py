"""Targets that are not asked for: NaN, as behind the end of a sequence; the mean is over those that are.

A target that is not asked for is taken to be what the network said, so that neither its loss nor its gradient
is anything, and the mean over all is stretched to one over those that count.
"""

from __future__ import annotations

import numpy as np

from playground.engine.arrays import Array, Operation
from playground.engine.losses.base import Loss


def some_missing(t: Array) -> bool:
    """Whether any target is not asked for."""
    return bool(np.isnan(t).any())


def loss_of_each(loss: Loss, z: Array, a: Array, t: Array) -> Array:
    """The loss of each sample, (samples,), over its own targets (outputs, samples) that are asked for.

    NaN where none is.
    """
    asked = ~np.isnan(t)
    count = asked.sum(axis=0)
    each = loss.each(z, a, np.where(asked, t, a))
    of_asked: Array = np.divide(each * len(t), count, out=np.full_like(each, np.nan), where=count > 0)
    return of_asked


def total_loss(loss: Loss, z: Array, a: Array, t: Array) -> tuple[float, float]:
    """The sum of the losses over targets asked for, in samples that have all of them, and how many such."""
    asked = ~np.isnan(t)
    filled = np.where(asked, t, a)
    return loss.value(z, a, filled) * t.shape[1], np.count_nonzero(asked) / len(t)


def only_asked(gradient_of_loss: Operation, t: Array, a: Array, gradient: Array) -> Operation:
    """Write the gradient of the mean over the targets that are asked for; 0 where none is."""

    def write() -> None:
        missing = np.isnan(t)
        np.copyto(t, a, where=missing)
        gradient_of_loss()
        asked = t.size - int(np.count_nonzero(missing))
        np.multiply(gradient, t.size / max(asked, 1), out=gradient)

    return write
