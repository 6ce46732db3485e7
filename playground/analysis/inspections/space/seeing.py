"""What is seen of the space of a layer, or of samples on their way from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.analysis.inspections.space import TransformedSpace
from playground.analysis.inspections.space.crowd import POINTS, Crowd, Passing, depths
from playground.analysis.inspections.space.projection import Projection, on_components, on_units, rotation
from playground.engine.arrays import Array
from playground.experiment import Experiment
from playground.training.moment import Moment


@dataclass(frozen=True, eq=False)
class SpaceSeen:
    """Where the samples lie.

    Attributes:
        layers: the ids of all layers that change values, the inputs before them.
        depth: where among them this is, (0 the inputs); between two whole numbers on the way.
        places: (n, axes) within −1 and 1; `labels` (n,) what the dataset says of them; `tested` (n,).
        lines: the grid of the input plane, (lines, points, axes); none where there is no plane.
        units: how many values the layer has, or the one that it is on the way to.
        share: how much of the variance is seen.
        components: whether axes are principal components, and not units.
    """

    experiment: Experiment
    step: int
    layers: tuple[str, ...]
    depth: float
    places: Array
    labels: NDArray[np.generic]
    tested: NDArray[np.bool_]
    lines: Array
    units: int
    share: float
    components: bool


class SpaceEye:
    """Looks again and again, and keeps axes as they lie; for one thread at a time."""

    def __init__(self) -> None:
        self._passing = Passing()
        self._crowd: Crowd | None = None
        self._placed: dict[tuple[object, ...], Array] = {}

    def see(self, moment: Moment, settings: TransformedSpace) -> SpaceSeen:
        """What the settings ask for."""
        with np.errstate(all="ignore"):
            return self._see(moment, settings)

    def values(self, moment: Moment, depth: float) -> tuple[str, Array]:
        """The layer next to a depth, and what it gives for the samples (n, units)."""
        network, crowd = self._passing.at(moment)
        layers = depths(network.graph)
        layer_id = layers[round(place_of(depth, layers))]
        return layer_id, self._passing.through(moment, (layer_id,))[layer_id][: len(crowd.labels)]

    def _see(self, moment: Moment, settings: TransformedSpace) -> SpaceSeen:
        network, crowd = self._passing.at(moment)
        if crowd is not self._crowd:
            self._crowd, self._placed = crowd, {}
        layers = depths(network.graph)
        depth = place_of(settings.depth, layers)
        below, above = layers[int(depth)], layers[min(int(np.ceil(depth)), len(layers) - 1)]
        values = self._passing.through(moment, (below, above))
        first, from_first = self._placed_by(settings, below, values[below], None)
        second, from_second = self._placed_by(settings, above, values[above], first[: len(crowd.labels)])
        way = depth - int(depth)
        places = first + way * (second - first)
        shown = from_second if way > 0.5 else from_first
        count, axes = len(crowd.labels), places.shape[1]
        return SpaceSeen(
            moment.experiment,
            moment.step,
            layers,
            depth,
            places[:count],
            crowd.labels,
            crowd.tested,
            places[count:].reshape(len(crowd.grid) // POINTS, POINTS, axes),
            len(shown.middle),
            shown.share,
            by_components(settings, len(shown.middle)),
        )

    def _placed_by(
        self, settings: TransformedSpace, layer_id: str, values: Array, before: Array | None
    ) -> tuple[Array, Projection]:
        """All places of a layer, turned to where they were last, or to those of the layer before."""
        assert self._crowd is not None
        count, axes = len(self._crowd.labels), 3 if settings.three else 2
        if not by_components(settings, values.shape[1]):
            units = (settings.first - 1, settings.second - 1, settings.third - 1)
            units = units if settings.axes == "neurons" else (0, 1, 2)
            projection = on_units(values[:count], units[: min(axes, values.shape[1])]).padded(axes)
            return projection(values), projection
        projection = on_components(values[:count], axes)
        key = (layer_id, axes)
        onto = self._placed.get(key, before)
        if onto is not None:
            projection = projection.turned(rotation(projection(values[:count]), onto))
        places = projection(values)
        self._placed[key] = places[:count]
        return places, projection


def by_components(settings: TransformedSpace, units: int) -> bool:
    """Whether a layer of so many units is seen by its principal components; a few are seen as they are."""
    return settings.axes != "neurons" and units > (3 if settings.three else 2)


def place_of(depth: float, layers: tuple[str, ...]) -> float:
    """Where among layers a depth is; −1 is the last before the output."""
    if depth < 0:
        return float(max(len(layers) - 2, 0))
    return min(depth, len(layers) - 1.0)
