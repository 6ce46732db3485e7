"""What is to be expected in infinitely wide layers, where net inputs are normal.

Poole et al. 2016; Schoenholz et al. 2017.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Activation

Floats = NDArray[np.floating]

PLACES = 400
REACH = 8.0
"""Standard deviations to either side over which means of a normal number are taken."""


class Expected(NamedTuple):
    """Variances of every layer, (depth,)."""

    net: Floats
    gradients: Floats


def expected(activation: Activation, gain: float, first: float, depth: int) -> Expected:
    """What an activation makes of net inputs of a first variance; `gain` is n · Var(w) of every layer.

    The variance of the gradients begins at the last layer with what its slope leaves of 1.
    """
    net, slopes, variance = [], [], first
    with np.errstate(all="ignore"):
        for _ in range(depth):
            value, slope = squares(activation, variance)
            net.append(variance)
            slopes.append(slope)
            variance = gain * value
        back = np.cumprod([slopes[-1], *(gain * slope for slope in slopes[-2::-1])])
    return Expected(np.array(net), back[::-1])


def squares(activation: Activation, variance: float) -> tuple[float, float]:
    """The means of f(z)² and of f′(z)² for a normal z of this variance."""
    z = np.linspace(-REACH, REACH, PLACES)  # an even number, so that 0 is none of them
    weights = np.exp(-z * z / 2)
    weights /= weights.sum()
    places = (np.sqrt(variance) * z).reshape(1, -1)
    value, slope = activation(places)[0], activation.slope(places)[0]
    return float(weights @ (value * value)), float(weights @ (slope * slope))
