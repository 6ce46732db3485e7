"""All activations with all initializers: which pairs keep a signal through many layers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Activation
from playground.engine.initializers import Initializer, Pretrained
from playground.labs.activations.signal import passage

WIDTH = 64


@dataclass(frozen=True, eq=False)
class Pairs:
    """Powers of ten by which the worse of signal and gradient strays: 0 is kept, −6 a millionth.

    Attributes:
        activations, initializers: those of the rows and of the columns.
        powers: (rows, columns); NaN where it is not known yet.
    """

    activations: tuple[Activation, ...]
    initializers: tuple[Initializer, ...]
    powers: NDArray[np.float64]


def members(activation: Activation, initializer: Initializer) -> Pairs:
    """All that there are as they usually are, but for these, which are as they are set; nothing known yet."""
    activations = tuple(
        activation if isinstance(activation, kind) else kind.usual() for kind in Activation.ready()
    )
    initializers = tuple(
        initializer if isinstance(initializer, kind) else kind.usual()
        for kind in Initializer.ready()
        if kind is not Pretrained
    )
    return Pairs(activations, initializers, np.full((len(activations), len(initializers)), np.nan))


def tried(activation: Activation, initializer: Initializer, depth: int, seed: int) -> Iterator[Pairs]:
    """All pairs, a column known after the other."""
    pairs = members(activation, initializer)
    for column, drawn in enumerate(pairs.initializers):
        powers = pairs.powers.copy()
        powers[:, column] = [
            passage(each, drawn, depth, WIDTH, 1.0, seed).strays for each in pairs.activations
        ]
        pairs = Pairs(pairs.activations, pairs.initializers, powers)
        yield pairs
