"""A loss over one output, and its slope; and what a neuron with a sigmoid makes of that slope."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Activation, Linear, Sigmoid
from playground.engine.losses import Loss

Floats = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class OverOutput:
    """The loss of one sample and its slope, (n,)."""

    value: Floats
    slope: Floats


def over_output(loss: Loss, target: float, z: Floats) -> OverOutput:
    """A loss over net inputs (n,) of the output neuron, which are the outputs where it is for numbers.

    A loss of classes is told by the sign of the target which of two is right.
    """
    if loss.for_numbers:
        return _slope_in_z(loss, Linear(), z.reshape(1, -1), np.full((1, len(z)), target))
    activation = loss.activations[0]() if loss.activations else Linear()
    low = 0.0 if activation.range[0] >= 0 else -1.0
    coded = loss.code(np.full(len(z), int(target >= 0)), 2, low).T
    inputs = np.zeros_like(coded)
    inputs[-1] = z
    return _slope_in_z(loss, activation, inputs, coded)


def _slope_in_z(loss: Loss, activation: Activation, z: Floats, t: Floats) -> OverOutput:
    a, slope = activation(z), np.empty_like(z)
    loss.gradient(z, a, t, slope, np.empty_like(z))
    if not loss.from_logits:
        activation.backward(z, a, slope.copy(), slope, np.empty_like(z))
    return OverOutput(loss.each(z, a, t), slope[-1] * z.shape[1])


# --- behind a sigmoid ---------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class SigmoidCourse:
    """How one neuron with a sigmoid learns that the right answer is 1.

    Attributes:
        loss: that it learns by.
        slopes: of the loss in its net input, over those that are seen, (n,).
        errors: 1 − output after so many steps of plain descent, (steps + 1,).
    """

    loss: Loss
    slopes: Floats
    errors: Floats

    def steps_to(self, error: float) -> int | None:
        """After how many steps the error is no more than this; None where it never is."""
        reached = np.flatnonzero(self.errors <= error)
        return int(reached[0]) if len(reached) else None


def behind_sigmoid(chosen: Loss) -> tuple[Loss, ...]:
    """The losses that a single sigmoid can learn by, as they usually are but for the one that is chosen."""
    losses = (chosen if isinstance(chosen, kind) else kind.usual() for kind in Loss.ready())
    return tuple(
        loss
        for loss in losses
        if loss.trainable and loss.suits(2) and loss.outputs(2) == 1 and loss.accepts(Sigmoid())
    )


def course(loss: Loss, seen: Floats, start: float, rate: float, steps: int) -> SigmoidCourse:
    """The slopes over net inputs (n,), and so many steps from a start."""
    z = np.empty(steps + 1)
    z[0] = start
    for step in range(steps):
        z[step + 1] = z[step] - rate * _slopes(loss, z[step : step + 1])[0]
    return SigmoidCourse(loss, _slopes(loss, seen), Sigmoid()(-z))


def _slopes(loss: Loss, z: Floats) -> Floats:
    coded = loss.code(np.ones(len(z), np.int64), 2, 0.0).T
    return _slope_in_z(loss, Sigmoid(), z.reshape(1, -1), coded).slope
