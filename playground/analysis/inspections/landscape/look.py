"""What is seen of the landscape of a run with some settings: all that its parts find, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

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
from playground.text import Text, say
from playground.training.moment import Moment
from playground.training.parts import Parts
from playground.training.trajectory import TrajectoryPoint

LINE_POINTS = 61


class NoPlane(Exception):
    """Why there is no plane: a sentence that says what is missing."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


def surveyed(
    moment: Moment, trajectory: Sequence[TrajectoryPoint], settings: Landscape
) -> Iterator[WorkPiece[LossGrid]]:
    """The losses over the plane of the settings.

    Raises:
        NoPlane: at the first piece, when there is none.
    """
    objective = Objective(moment, settings.samples, settings.penalized)
    yield from survey(objective, plane_of(objective.network, trajectory, settings), settings.points)


def curved(moment: Moment, settings: Landscape) -> Iterator[WorkPiece[Curvature]]:
    """How the loss curves at the moment."""
    objective = Objective(moment, settings.samples, settings.penalized, precision="float64")
    yield from curvature(objective, settings.directions)


def between(moment: Moment, begin: WeightsAt, settings: Landscape) -> Iterator[WorkPiece[LineLosses]]:
    """The losses on the line from some place to where the network is at the moment.

    Raises:
        NoPlane: at the first piece, when that place is one of another network.
    """
    objective = Objective(moment, settings.samples, settings.penalized)
    end = WeightsAt(objective.start, moment.state)
    if begin.parameters.shape != objective.start.shape or _shapes(begin) != _shapes(end):
        raise NoPlane(
            say("landscape.other_network", "There is no line from the weights of another network to these.")
        )
    yield from line(objective, begin, end, LINE_POINTS)


def first_weights(experiment: Experiment) -> WeightsAt:
    """Where a run of an experiment begins."""
    network = Parts(experiment, experiment.randomness.streams()).initial_network()
    return WeightsAt(network.parameters, network.state)


def plane_of(network: Network, trajectory: Sequence[TrajectoryPoint], settings: Landscape) -> LossPlane:
    """The plane of the settings through where the network is.

    Raises:
        NoPlane: when there is none.
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
        raise NoPlane(missing)
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
