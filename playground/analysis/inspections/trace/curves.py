"""From net input to loss: the curves of an activation and of the loss, with the sample's point on each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.analysis.inspections.trace.trace import Trace
from playground.engine.activations import Activation, Linear
from playground.engine.arrays import Array
from playground.engine.layers.activation import ActivationLayer
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy, Loss

POINTS = 121
REACH = 4.0
SHARES = (0.02, 1.0)


@dataclass(frozen=True, eq=False)
class CurveWithPoint:
    """y over x, both (n,), and where on it the sample is.

    Attributes:
        number: the layer that it is of, counted from 1; 0 for the loss.
        over: what stands on the axis: `z`, `a`, or `p` for the probability of what is true.
    """

    x: Array
    y: Array
    point: tuple[float, float]
    over: str
    number: int
    unit: int


def activation_with_point(trace: Trace, number: int, unit: int) -> CurveWithPoint | None:
    """What the activation of a unit makes of its net input, the other units as they are; None without any."""
    node = trace.ran.network.graph.nodes[number - 1]
    activation = getattr(node.layer, "activation", None)
    z, a = trace.values.get(f"z{number}"), trace.values.get(f"a{number}")
    if isinstance(node.layer, ActivationLayer):
        z = trace.of("z", node.layer.id)
    if not isinstance(activation, Activation) or z is None or a is None or activation.learned(1):
        return None
    unit = min(unit, len(z) - 1)
    here = float(z[unit, 0])
    if not np.isfinite(here):
        return None
    reach = max(REACH, abs(here) * 1.25)
    x = np.linspace(-reach, reach, POINTS)
    others = np.repeat(np.asarray(z[:, :1], np.float64), POINTS, axis=1)
    others[unit] = x
    y = x.copy() if isinstance(activation, Linear) else activation(others)[unit]
    return CurveWithPoint(x, y, (here, float(a[unit, 0])), "z", number, unit)


def loss_with_point(trace: Trace, loss: Loss, unit: int) -> CurveWithPoint | None:
    """The loss of the sample over one of its outputs, or over the probability of what is true."""
    output = trace.ran.network.graph.nodes[-1].layer.id
    a, t = trace.ran.a[output][:, 0].astype(np.float64), trace.ran.target[:, 0].astype(np.float64)
    value = float(trace.values["L"].ravel()[0])
    if not (np.isfinite(value) and np.isfinite(a).all()):
        return None
    if isinstance(loss, BinaryCrossEntropy | CrossEntropy):
        share = float(a[0] if t[0] >= 0.5 else 1 - a[0]) if len(a) == 1 else float(a[t.argmax()])
        x = np.linspace(*SHARES, POINTS)
        if share < SHARES[0]:
            x = np.union1d(x, np.geomspace(max(share, 1e-12) / 2, SHARES[0], POINTS))
        return CurveWithPoint(x, -np.log(x), (share, -float(np.log(max(share, 1e-300)))), "p", 0, unit)
    unit = min(unit, len(a) - 1)
    middle = t[unit] if np.isfinite(t[unit]) else a[unit]
    reach = max(2.0, 1.3 * abs(a[unit] - middle))
    x = np.linspace(middle - reach, middle + reach, POINTS)
    others, truth = np.repeat(a[:, np.newaxis], POINTS, axis=1), np.repeat(t[:, np.newaxis], POINTS, axis=1)
    others[unit] = x
    known = np.where(np.isnan(truth), others, truth)
    factor = len(t) / max(int(np.isfinite(t).sum()), 1)
    return CurveWithPoint(x, loss.each(others, others, known) * factor, (float(a[unit]), value), "a", 0, unit)
