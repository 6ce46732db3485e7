"""The samples whose way through the layers is seen, and the values that layers give for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.data.prepared import PreparedData
from playground.data.sample import Floats, first_values
from playground.engine.arrays import Array
from playground.engine.graph import INPUT, Graph
from playground.engine.network import Network
from playground.training.moment import Moment
from playground.training.whole_graph import WholeGraph

MOST = 1000
"""Samples of each side that are seen at most; more would hide each other."""

LARGEST = 1e100

LINES, POINTS = 17, 73
"""Lines of the grid each way, and points of each."""


@dataclass(frozen=True, eq=False)
class Crowd:
    """Samples of both sides, as the network takes them.

    Attributes:
        inputs: (n, inputs).
        labels: what the dataset says of them, (n,).
        tested: (n,) whether they are of the test side.
        grid: the points of the lines over the input plane, (lines · points, inputs); none without a plane.
        whole: the graph that they are nodes of, and `nodes` (n,) which.
    """

    inputs: Floats
    labels: NDArray[np.generic]
    tested: NDArray[np.bool_]
    grid: Floats
    whole: WholeGraph | None
    nodes: NDArray[np.int64]

    @classmethod
    def of(cls, data: PreparedData, reads_graph: bool) -> Crowd:
        """The first samples of training and test."""
        sides = data.train, data.test
        whole = WholeGraph.of(data, reads_graph)
        rows = np.concatenate([side.rows[:MOST] for side in sides])
        return cls(
            np.concatenate([side.inputs[:MOST] for side in sides]),
            np.concatenate([first_values(side.labels[:MOST]) for side in sides]),
            np.repeat([False, True], [len(side.inputs[:MOST]) for side in sides]),
            _grid(data) if whole is None else np.empty((0, 0)),
            whole,
            rows if whole is None else whole.of_samples[rows],
        )


def _grid(data: PreparedData) -> Floats:
    """Lines across and lines up over the plane of two columns; of one column the line that it is."""
    raw, ends = data.train.raw, [column.range for column in data.columns]
    if not data.dataset.shape.is_row or len(ends) > 2 or not len(raw):
        return np.empty((0, 0))
    if len(ends) == 1:
        return data.transform(np.linspace(*ends[0], POINTS)[:, np.newaxis].astype(raw.dtype))
    across, up = (np.linspace(*end, LINES) for end in ends)
    along, high = (np.linspace(*end, POINTS) for end in ends)
    level = np.stack(np.broadcast_arrays(along[np.newaxis, :], up[:, np.newaxis]), axis=-1)
    upright = np.stack(np.broadcast_arrays(across[:, np.newaxis], high[np.newaxis, :]), axis=-1)
    return data.transform(np.concatenate([level, upright]).reshape(-1, 2).astype(raw.dtype))


class Passing:
    """Takes a crowd through the network of one moment after another; for one thread at a time."""

    def __init__(self) -> None:
        self._known: tuple[object, ...] = ()
        self.network: Network | None = None
        self.crowd: Crowd | None = None

    def through(self, moment: Moment, wanted: tuple[str, ...]) -> dict[str, Array]:
        """What layers give for the samples and behind them the points of the grid, (n + m, units) by id."""
        network, crowd = self.at(moment)
        found: dict[str, list[Array]] = {layer_id: [] for layer_id in wanted}
        if crowd.whole is not None:
            _, plan = next(network.passes(crowd.whole.inputs, crowd.whole.links))
            values = {INPUT: crowd.whole.inputs.T, **plan.values}
            return {layer_id: _within_bounds(values[layer_id][:, crowd.nodes].T) for layer_id in wanted}
        inputs = np.concatenate([crowd.inputs, crowd.grid]) if len(crowd.grid) else crowd.inputs
        for rows, plan in network.passes(inputs):
            values = {INPUT: inputs[rows].T, **plan.values}
            for layer_id, pieces in found.items():
                pieces.append(_within_bounds(values[layer_id].T))
        return {layer_id: np.concatenate(pieces) for layer_id, pieces in found.items()}

    def at(self, moment: Moment) -> tuple[Network, Crowd]:
        """The network as it is at a moment, and the crowd."""
        known = (moment.experiment.network, moment.experiment.precision, moment.data)
        if self.network is None or self.crowd is None or known != self._known:
            self.network, self._known = moment.network, known
            self.crowd = Crowd.of(moment.data, moment.network.graph.reads_graph)
        self.network.parameters[:] = moment.parameters
        for name, values in moment.state.items():
            self.network.state[name][:] = values
        return self.network, self.crowd


def _within_bounds(values: Array) -> Array:
    """Values in float64 whose squares do not overflow; what is no number, as behind a sequence, is 0."""
    bounded: Array = np.clip(np.nan_to_num(values.astype(np.float64)), -LARGEST, LARGEST)
    return bounded


def depths(graph: Graph) -> tuple[str, ...]:
    """The layers that change values, by their ids, in order; the inputs before them."""
    return (INPUT, *(node.layer.id for node in graph.nodes if not node.layer.reshapes))
