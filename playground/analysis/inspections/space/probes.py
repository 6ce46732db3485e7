"""Linear probes: how well a linear classifier tells classes by what one layer gives.

Alain & Bengio 2016.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.analysis.inspections.space.crowd import Crowd, Passing, depths
from playground.engine.arrays import Array
from playground.engine.losses.base import one_hot
from playground.training.moment import GivenUp, Moment

PRICE = 1e-3
"""What the mean loss of a probe adds for the half of the sum of its squared weights."""

FITTED = 500
"""Training samples that a probe is fitted to at most."""

MOST_STEPS, FEWEST_STEPS = 200, 20
WORK = 2e9
"""Products of numbers that a fit takes at most, so that a wide layer has fewer steps."""

CLOSE = 1e-5
"""A smaller slope is none."""


@dataclass(frozen=True)
class LayerProbed:
    """How separable a layer makes the classes, or how linear what is to be told.

    Attributes:
        train, test: the share of samples that the probe tells right (0 to 1); of numbers R², 1 where all is
            told and 0 where nothing is.  NaN where there are none.
    """

    layer_id: str
    train: float
    test: float


class Probes:
    """Fits a probe to each layer at one moment after another, each from where the last one stood."""

    def __init__(self) -> None:
        self._passing = Passing()
        self._crowd: Crowd | None = None
        self._weights: dict[str, Array] = {}

    def see(self, moment: Moment, given_up: Callable[[], bool] = lambda: False) -> tuple[LayerProbed, ...]:
        """All layers, the inputs first.

        Raises:
            GivenUp: as soon as that is so.
        """
        network, crowd = self._passing.at(moment)
        if crowd is not self._crowd:
            self._crowd, self._weights = crowd, {}
        classes = moment.data.dataset.task.classes
        with np.errstate(all="ignore"):
            found = []
            for layer_id in depths(network.graph):
                if given_up():
                    raise GivenUp
                values = self._passing.through(moment, (layer_id,))[layer_id][: len(crowd.labels)]
                found.append(self._probed(layer_id, values, crowd, classes))
        return tuple(found)

    def _probed(self, layer_id: str, values: Array, crowd: Crowd, classes: int) -> LayerProbed:
        test, labels = crowd.tested, crowd.labels
        train = ~test & (np.cumsum(~test) <= FITTED)
        if not train.any():
            return LayerProbed(layer_id, float("nan"), float("nan"))
        values = standardized(values, train)
        if classes:
            weights = classifier(
                values[train], labels[train].astype(int), classes, self._weights.get(layer_id)
            )
            self._weights[layer_id] = weights
            right = (values @ weights[:-1] + weights[-1]).argmax(axis=1) == labels.astype(int)
            return LayerProbed(layer_id, _mean(right[train]), _mean(right[test]))
        told = values @ (weights := regression(values[train], labels[train].astype(float)))[:-1] + weights[-1]
        return LayerProbed(layer_id, _r2(told[train], labels[train]), _r2(told[test], labels[test]))


def standardized(values: Array, by: NDArray[np.bool_]) -> Array:
    """Values (n, units), each unit with mean 0 and deviation 1 over some of the samples."""
    deviation = values[by].std(axis=0)
    scaled: Array = (values - values[by].mean(axis=0)) / np.where(deviation > 1e-12, deviation, 1.0)
    return scaled


def classifier(values: Array, labels: NDArray[np.int_], classes: int, start: Array | None = None) -> Array:
    """The weights (units + 1, classes) of softmax regression, the last row the biases, by L-BFGS."""
    from scipy.optimize import minimize

    units, targets = values.shape[1], one_hot(labels, classes)

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(units + 1, classes)
        z = values @ weights[:-1] + weights[-1]
        z -= z.max(axis=1, keepdims=True)
        shares = np.exp(z)
        sums = shares.sum(axis=1, keepdims=True)
        shares /= sums
        of_data = float(np.mean(np.log(sums[:, 0]) - (z * targets).sum(axis=1)))
        slope = (shares - targets) / len(values)
        gradient = np.concatenate([values.T @ slope + PRICE * weights[:-1], slope.sum(axis=0, keepdims=True)])
        return of_data + PRICE / 2 * float(np.square(weights[:-1]).sum()), gradient.ravel()

    begin = np.zeros((units + 1) * classes) if start is None else start.ravel()
    steps = int(np.clip(WORK / (values.size * classes), FEWEST_STEPS, MOST_STEPS))
    options = {"maxiter": steps, "gtol": CLOSE}
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options=options).x
    weights: Array = found.reshape(units + 1, classes)
    return weights


def regression(values: Array, targets: Array) -> Array:
    """The weights (units + 1,) of ridge regression, the last one the bias; values have mean 0."""
    samples, units = values.shape
    middle = targets.mean()
    off = targets - middle
    if units <= samples:
        weights = np.linalg.solve(values.T @ values + PRICE * samples * np.eye(units), values.T @ off)
    else:
        kernel = values @ values.T + PRICE * samples * np.eye(samples)
        weights = values.T @ np.linalg.solve(kernel, off)
    return np.append(weights, middle)


def _mean(right: NDArray[np.bool_]) -> float:
    return float(right.mean()) if len(right) else float("nan")


def _r2(told: Array, truth: NDArray[np.generic]) -> float:
    values = truth.astype(float)
    varies = float(np.square(values - values.mean()).sum()) if len(values) else 0.0
    return 1 - float(np.square(told - values).sum()) / varies if varies else float("nan")
