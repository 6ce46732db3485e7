"""The loss as a function of all parameters of a network at rest, and its gradient.

It is the loss that curves show: by the true labels, with what layers add to it, chance left out as at test
time.  Batch norm goes by its running averages, which stay as they are wherever the weights are moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.losses.asked import total_loss
from playground.engine.network import Network
from playground.training.measures import CodedSamples, Sides
from playground.training.moment import Moment
from playground.training.whole_graph import WholeGraph, passes

State = Mapping[tuple[str, str], Array]
"""Running averages by layer id and name."""


class Losses(NamedTuple):
    """The loss on both sides of the split; NaN where there are no samples."""

    train: float
    test: float


@dataclass(frozen=True, eq=False)
class _Side:
    """Samples of one side: inputs (n, inputs), targets (n, outputs), and which of the side they are."""

    inputs: Array
    targets: Array
    gaps: bool
    whole: WholeGraph | None
    rows: NDArray[np.int64]

    @classmethod
    def of(cls, samples: CodedSamples, most: int) -> _Side:
        """At most so many, from all over the side; of a graph that is read as one all of them."""
        count = len(samples.inputs)
        kept = np.arange(count)
        if samples.whole is None and count > most:
            kept = np.linspace(0, count - 1, most).astype(np.int64)
        inputs, targets = samples.inputs[kept, :-1], samples.targets[kept]
        return cls(inputs, targets, samples.gaps, samples.whole, samples.split.rows[kept])


class Objective:
    """The loss of a network over its parameters; on one thread at a time.

    Attributes:
        network: its own copy of the network.
        start: (p,) the parameters that it was made with.
        samples: how many of the training and of the test samples it measures.
    """

    def __init__(
        self, moment: Moment, most: int, penalized: bool = False, precision: str | None = None
    ) -> None:
        """Of a network at one moment, by at most so many samples a side.

        When it is `penalized`, what the regularizer charges is part of the loss; `precision` is that of the
        experiment unless one is given.
        """
        experiment = moment.experiment
        if precision is not None and precision != experiment.precision:
            experiment = experiment.with_(precision=precision)
        self.network = Network(experiment.network, experiment.data.input_shape, experiment.precision)
        self.network.parameters[:] = moment.parameters
        self.start: Array = self.network.parameters.copy()
        self._regularizer = experiment.training.regularizer if penalized else None
        self._loss = experiment.training.loss.plain
        sides = Sides.of(moment.data, experiment)
        self._train, self._test = _Side.of(sides.train, most), _Side.of(sides.test, most)
        self.samples = (len(self._train.inputs), len(self._test.inputs))
        self._carry(moment.state)

    def _carry(self, state: Mapping[Any, Array]) -> None:
        for name, values in state.items():
            self.network.state[name][:] = values

    def losses(self, parameters: Array, state: State | None = None) -> Losses:
        """The loss at these parameters (p,), with other running averages where they are given."""
        self._carry(state or {})
        self.network.parameters[:] = parameters
        charged = self._penalty()
        return Losses(self._mean(self._train) + charged, self._mean(self._test) + charged)

    def gradient(self, parameters: Array) -> Array:
        """The gradient (p,) of the training loss there; 0 for what is frozen."""
        network, total, asked = self.network, np.zeros_like(self.start), 0.0
        network.parameters[:] = parameters
        for inputs, targets, links in self._pieces():
            plan = network.plan(len(inputs), self._loss, False, self._gaps, True, links)
            plan.input[:, :-1] = inputs
            plan.target[:] = targets
            plan.step()
            count = np.count_nonzero(~np.isnan(targets)) / targets.shape[1]
            total += network.gradients * count
            asked += count
        total /= asked
        if self._regularizer is not None:
            total += self._regularizer.slope(network.parameters, network.penalized)
        return total

    # --- the samples ------------------------------------------------------------------------------------

    def _mean(self, side: _Side) -> float:
        total = asked = term = 0.0
        count = len(side.inputs)
        if not count:
            return np.nan
        for rows, plan, z, a in passes(self.network, side.inputs, side.whole, side.rows):
            targets, size = side.targets[rows].T, rows.stop - rows.start
            term += plan.term() * size
            if side.gaps:
                more, of = total_loss(self._loss, z, a, targets)
            else:
                more, of = self._loss.value(z, a, targets) * size, size
            total, asked = total + more, asked + of
        return total / asked + term / count if asked else np.nan

    def _penalty(self) -> float:
        if self._regularizer is None:
            return 0.0
        return self._regularizer.penalty(self.network.parameters, self.network.penalized)

    @property
    def _gaps(self) -> bool:
        return self._train.gaps or self._train.whole is not None

    def _pieces(self) -> Iterator[tuple[Array, Array, Any]]:
        """Inputs, targets and links of the training samples, as many at once as fit into memory."""
        side = self._train
        if side.whole is not None:
            targets = np.full((len(side.whole.inputs), side.targets.shape[1]), np.nan, side.targets.dtype)
            targets[side.whole.of_samples[side.rows]] = side.targets
            yield side.whole.inputs, targets, side.whole.links
            return
        chunk = self.network.chunk
        for first in range(0, len(side.inputs), chunk):
            yield side.inputs[first : first + chunk], side.targets[first : first + chunk], None
