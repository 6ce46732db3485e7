"""What many layers make of a straight line through their inputs, beside what one layer can make of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Activation, Linear
from playground.engine.initializers import Initializer
from playground.labs.activations.signal import DeepStack
from playground.labs.threads import one_thread
from playground.randomness import GeneratorSource

Floats = NDArray[np.floating]

PLACES = 161
REACH = 3.0
SEEN = 3
"""Neurons of the last layer that are seen."""


@dataclass(frozen=True, eq=False)
class AsOne:
    """Outputs along a line, as shares of the largest of them.

    Attributes:
        along: where on the line, (n,).
        outputs: of some neurons of the last layer, (neurons, n).
        one: what the nearest single linear layer gives in place of the first of them, (n,).
        left: which share of the variance of the first that leaves, 0 to 1.
        differs: by how much one product of all matrices differs from the layers at most, as a share of the
            largest output; None where they are not linear.
    """

    along: Floats
    outputs: Floats
    one: Floats
    left: float
    differs: float | None


def as_one(
    activation: Activation, initializer: Initializer, depth: int, width: int, seed: int
) -> AsOne | None:
    """A line past the middle through new layers; None where nothing arrives, or numbers are too large."""
    source = GeneratorSource(np.random.default_rng(seed))
    with np.errstate(all="ignore"), one_thread():
        stack = DeepStack.drawn(activation, initializer, depth, width, source)
        along = np.linspace(-REACH, REACH, PLACES)
        aside, direction = source.normal((2, width, 1))
        inputs = aside + direction * along
        outputs = stack.forward(inputs)[1][-1]
        largest = float(np.abs(outputs[:SEEN]).max())
        if not (np.isfinite(largest) and largest > 0):
            return None
        seen = outputs[:SEEN] / largest
        one, left = _straight(along, seen[0])
        differs = None
        if isinstance(activation, Linear):
            product = reduce(lambda below, above: above @ below, stack.weights)
            differs = float(np.abs(product @ inputs - outputs)[:SEEN].max() / largest)
    return AsOne(along, seen, one, left, differs)


def _straight(x: Floats, y: Floats) -> tuple[Floats, float]:
    """The straight line that is nearest in squares, and the share of the variance that it leaves."""
    from_middle = y - y.mean()
    line = y.mean() + x * (x @ from_middle) / (x @ x)
    spread = float(from_middle @ from_middle)
    return line, float(np.square(y - line).sum() / spread) if spread > 0 else 0.0
