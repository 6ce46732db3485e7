"""Units that do not bend: those that are dead, those that are always on, and values that are saturated."""

from __future__ import annotations

from math import nan
from typing import NamedTuple

import numpy as np

from playground.engine.activations import Activation, Relu, Sigmoid, Softmax, Tanh
from playground.engine.activations.base import Saturation
from playground.engine.arrays import Array, Shape

FLAT = 0.05
"""A slope below this share of the steepest is flat: tanh beyond ± 0.975, sigmoid outside 0.013 to 0.987."""


class UnitShares(NamedTuple):
    """Shares of a layer, 0 to 1; NaN where its activation has no such units.

    `dead` units have a slope of exactly 0 for every sample, `always_on` ones never have: both are linear
    there.  `saturated` is the share of all values that lie where the activation is flat on both ends.
    """

    dead: float = nan
    always_on: float = nan
    saturated: float = nan


BY_VALUE = (Relu, Sigmoid, Tanh)
"""Activations whose slope follows from what they give, where a layer does not keep its net inputs."""


def unit_shares(activation: Activation | None, z: Array | None, a: Array, shape: Shape) -> UnitShares:
    """Those of a layer by its net inputs and its values (units, samples), which have that shape.

    Values of a picture or a sequence belong to one unit for each channel.
    """
    if activation is None or isinstance(activation, Softmax) or activation.learned(1):
        return UnitShares()
    if z is None and not isinstance(activation, BY_VALUE):
        return UnitShares()
    properties = activation.properties
    both = properties.saturation is Saturation.BOTH
    if not (properties.can_die or both):
        return UnitShares()
    slope = np.empty_like(a)
    activation.derivative(a if z is None else z, a, slope, np.empty_like(a))
    np.abs(slope, out=slope)
    saturated = float(np.mean(slope < FLAT * properties.steepest)) if both else nan
    if not properties.can_die:
        return UnitShares(saturated=saturated)
    on = (slope > 0).reshape(-1, shape[-1], a.shape[1])
    dead = ~on.any(axis=(0, 2))
    always = on.all(axis=(0, 2))
    return UnitShares(float(dead.mean()), float(always.mean()), saturated)
