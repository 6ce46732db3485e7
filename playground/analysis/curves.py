"""The curves by which activations, losses, schedules and the like are explained: each as it is set now.

Everything here is computed by the very classes that train the network, so that a picture cannot differ from
what it explains.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from playground.engine.activations import Activation
from playground.engine.arrays import Array
from playground.engine.initializers import Initializer
from playground.engine.losses import Loss
from playground.engine.optimizers import Optimizer
from playground.engine.regularizers import Regularizer
from playground.engine.schedules import Schedule
from playground.randomness import Pcg64
from playground.record import record

POINTS = 201
"""Places at which a curve is computed: as many as a small plot can show."""

NET_INPUTS = (-4.0, 4.0)
LOSS_RANGES = {"error": (-2.0, 2.0), "probability": (0.02, 0.98), "margin": (-3.0, 3.0)}
WEIGHTS = (-2.0, 2.0)

BOWL = np.array([1.0, 8.0])
"""The curvatures of the bowl that optimizers go down: ½(x² + 8y²)."""
BOWL_START = np.array([-1.0, 0.5])
FAR_AWAY = 1e3
"""An optimizer that gets so far from the bowl will not come back."""

MOST_WEIGHTS = 200_000
"""Layers with more weights take too long to draw while somebody waits."""
SAMPLE = 20_000
MOST_DRAWS = 500


@record(eq=False)
class ValueAndSlope:
    """A function of one number and its slope, all (n,); x rises."""

    x: Array
    value: Array
    slope: Array


def activation_curve(activation: Activation) -> ValueAndSlope:
    """f(z) and f′(z) of a neuron beside another whose net input is 0, which only softmax minds.

    Beside every kink there is a place as near to it as can be, on the left and on the right.
    """
    kinks = np.array(activation.properties.kinks)
    beside = [*np.nextafter(kinks, -np.inf), *kinks, *np.nextafter(kinks, np.inf)]
    x = np.union1d(np.linspace(*NET_INPUTS, POINTS), beside)
    z = np.vstack([x, np.zeros_like(x)])
    return ValueAndSlope(x, activation(z)[0], activation.slope(z)[0])


LossAxis = Literal["error", "probability", "margin"]


def loss_axis(loss: Loss) -> LossAxis:
    """What a loss is best drawn over.

    The error a − t for a loss of numbers, the probability of the right class for an output that gives one,
    and otherwise the margin t·z: by how much the output is right.
    """
    if loss.for_numbers:
        return "error"
    gives_shares = bool(loss.activations) and loss.activations[0]().range == (0, 1)
    return "probability" if gives_shares else "margin"


def loss_curve(loss: Loss) -> ValueAndSlope:
    """The loss of one sample over its `loss_axis`, and its slope over the output (or its net input)."""
    axis = loss_axis(loss)
    x = np.linspace(*LOSS_RANGES[axis], POINTS)
    shares = axis == "probability"
    if axis == "error":
        t: Array = np.zeros((1, POINTS))
        right = 0
    else:
        t = loss.code(np.ones(POINTS, np.int64), 2, 0.0 if shares else -1.0).T
        right = int(t[:, 0].argmax())
    z = np.zeros_like(t)
    z[right] = np.log(x / (1 - x)) if shares else x
    a = loss.activations[0]()(z) if loss.activations else z
    gradient = np.empty_like(z)
    loss.gradient(z, a, t, gradient, np.empty_like(z))
    samples = (slice(place, place + 1) for place in range(POINTS))
    value = np.array([loss.value(z[:, one], a[:, one], t[:, one]) for one in samples])
    return ValueAndSlope(x, value, gradient[right] * POINTS)


def penalty_curve(regularizer: Regularizer) -> ValueAndSlope:
    """The penalty of a single weight and its slope, 0 at the tip of a kink."""
    x = np.linspace(*WEIGHTS, POINTS)
    step = 1e-6

    def penalty(weights: Array) -> Array:
        return np.array([regularizer.penalty(weight, np.ones(1)) for weight in weights.reshape(-1, 1)])

    return ValueAndSlope(x, penalty(x), (penalty(x + step) - penalty(x - step)) / (2 * step))


def schedule_curve(
    schedule: Schedule, initial: float, epochs: int, steps_per_epoch: int
) -> tuple[Array, Array]:
    """Epochs (n,) from the first step to the last one planned, and the learning rates (n,) there.

    A schedule that watches the validation loss is shown as if nothing happened.
    """
    planned = epochs * steps_per_epoch
    steps = np.linspace(0, planned - 1, min(POINTS, planned)).round().astype(int)
    state = schedule.start()
    rates = [schedule.rate(initial, step, steps_per_epoch, state) for step in steps.tolist()]
    return steps / steps_per_epoch, np.array(rates)


def initializer_sample(initializer: Initializer, fan_in: int, fan_out: int) -> Array | None:
    """Weights (n,) of many layers of this size, always the same; None when one layer alone has too many."""
    size = fan_in * fan_out
    if size > MOST_WEIGHTS:
        return None
    source = Pcg64(seed=0).streams().init
    draws = min(-(-SAMPLE // size), MOST_DRAWS)
    return np.concatenate([initializer.draw(source, (fan_out, fan_in)).ravel() for _ in range(draws)])


def optimizer_path(optimizer: Optimizer, steps: int = 100) -> Array:
    """Places (n, 2) on the way down the bowl from `BOWL_START`: the start and one a step.

    The way ends early when it leads out of the bowl.
    """
    w, work = BOWL_START.copy(), np.empty(2)
    state = tuple(np.zeros(2) for _ in optimizer.slots)
    rate = optimizer.learning_rate
    places = [w.copy()]
    with np.errstate(all="ignore"):
        for step in range(1, steps + 1):
            w *= 1 - rate * optimizer.decoupled_decay
            optimizer.update(w, BOWL * w, state, rate, step, work)
            if not np.abs(w).max() < FAR_AWAY:
                break
            places.append(w.copy())
    return np.array(places)
