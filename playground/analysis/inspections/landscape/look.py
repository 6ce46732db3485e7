"""What is seen of the landscape of a run with some settings: all that its parts find, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from playground.analysis.inspections.landscape.absent import NoLandscape
from playground.analysis.inspections.landscape.curvature import Curvature, curvature
from playground.analysis.inspections.landscape.inspection import ChosenWeight, Landscape
from playground.analysis.inspections.landscape.lines import LineLosses, WeightsAt, line
from playground.analysis.inspections.landscape.objective import Objective
from playground.analysis.inspections.landscape.planes import (
    LossPlane,
    path_plane,
    random_plane,
    weights_plane,
)
from playground.analysis.inspections.landscape.survey import LossGrid, survey
from playground.analysis.piecemeal import WorkPiece
from playground.engine.arrays import Array
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.text import say
from playground.training.moment import Moment
from playground.training.parts import Parts
from playground.training.trajectory import TrajectoryPoint

LINE_POINTS = 61

MOST_WORK = 1e10
"""Values that a survey works out, on both sides, at most: some twenty seconds of one core."""

FEWEST = 64
"""Samples a side that are measured however long that takes."""


def surveyed(
    moment: Moment, trajectory: Sequence[TrajectoryPoint], settings: Landscape
) -> Iterator[WorkPiece[LossGrid]]:
    """The losses over the plane of the settings.

    Raises:
        NoLandscape: at the first piece, when there is none.
    """
    objective = Objective(moment, affordable(moment, settings), settings.penalized)
    yield from survey(objective, plane_of(objective.network, trajectory, settings), settings.points)


def curved(moment: Moment, settings: Landscape) -> Iterator[WorkPiece[Curvature]]:
    """How the loss curves at the moment."""
    objective = Objective(moment, affordable(moment, settings), settings.penalized, precision="float64")
    yield from curvature(objective, settings.directions)


def between(moment: Moment, begin: WeightsAt, settings: Landscape) -> Iterator[WorkPiece[LineLosses]]:
    """The losses on the line from some place to where the network is at the moment.

    Raises:
        NoLandscape: at the first piece, when that place is one of another network.
    """
    objective = Objective(moment, affordable(moment, settings), settings.penalized)
    end = WeightsAt(objective.start, moment.state)
    if begin.parameters.shape != objective.start.shape or _shapes(begin) != _shapes(end):
        raise NoLandscape(
            say("landscape.other_network", "There is no line from the weights of another network to these.")
        )
    yield from line(objective, begin, end, LINE_POINTS)


def affordable(moment: Moment, settings: Landscape) -> int:
    """How many samples a side are measured: fewer than were asked for where that would take minutes."""
    nodes = moment.network.graph.nodes
    values = sum(node.units + node.layer.workspace(node.shapes, 1) for node in nodes)
    most = MOST_WORK / (2 * values * settings.points**2)
    return min(settings.samples, max(FEWEST, int(most)))


def first_weights(experiment: Experiment) -> WeightsAt:
    """Where a run of an experiment begins."""
    network = Parts(experiment, experiment.randomness.streams()).initial_network()
    return WeightsAt(network.parameters, network.state)


def plane_of(network: Network, trajectory: Sequence[TrajectoryPoint], settings: Landscape) -> LossPlane:
    """The plane of the settings through where the network is.

    Raises:
        NoLandscape: when there is none.
    """
    if settings.plane == "path":
        plane = path_plane(network, _path(network, trajectory))
        missing = say("landscape.no_path", "There is no path yet: train for a few epochs.")
    elif settings.plane == "weights":
        ways = (_way(network, settings.across), _way(network, settings.up))
        plane = weights_plane(network, *ways, settings.reach)
        missing = say("landscape.no_weights", "Choose two different weights of this network.")
    else:
        plane = random_plane(network, settings.seed, settings.reach)
        missing = say("landscape.nothing_learnt", "No weight of this network can be learnt.")
    if plane is None:
        raise NoLandscape(missing)
    return plane


def _path(network: Network, trajectory: Sequence[TrajectoryPoint]) -> Array:
    size = network.parameters.size
    vectors = [point.parameters for point in trajectory if point.parameters.size == size]
    return np.stack([*vectors, network.parameters])


def _way(network: Network, chosen: ChosenWeight) -> Array:
    """1 where a chosen weight lies, 0 elsewhere."""
    way = np.zeros_like(network.parameters)
    network.weight(chosen.layer_id, chosen.unit, chosen.source, way)[...] = 1
    return way


def _shapes(place: WeightsAt) -> dict[tuple[str, str], tuple[int, ...]]:
    return {name: values.shape for name, values in place.state.items()}
