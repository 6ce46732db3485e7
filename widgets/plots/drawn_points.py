"""The samples of a snapshot as points of what is drawn: a plane, or a line with their targets above it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from playground.record import record
from playground.training.snapshot import Snapshot
from widgets.plots.output_meaning import class_names, data_colouring, drawn_task
from widgets.plots.points import Points
from widgets.theme import current

LANE = 0.13
"""From the lane of one class to that of the next, on an axis of probabilities."""

Lanes = tuple[tuple[float, str], ...]
"""Heights below the curves over a line at which the samples of each class lie, and its name."""


@record(eq=False)
class DrawnPoints:
    """Training and test samples; `lanes` where more than two classes lie over a line."""

    training: Points
    test: Points
    lanes: Lanes


def drawn_points(snapshot: Snapshot) -> DrawnPoints:
    """The samples of a snapshot, in the colours of the theme being shown."""
    data, task = snapshot.data, drawn_task(snapshot)
    names, colouring, theme = class_names(task), data_colouring(snapshot), current()
    lanes = class_lanes(names, snapshot.low) if len(names) > 2 and len(data.axes) == 1 else ()

    def points(coordinates: NDArray[np.generic], targets: NDArray[np.generic]) -> Points:
        places = coordinates.astype(np.float64)
        if places.shape[1] == 1:
            heights = np.where(targets == 1, 1.0, snapshot.low) if task.classes else targets
            if lanes:
                heights = np.array([height for height, _ in lanes])[targets.astype(int)]
            places = np.column_stack([places, heights])
        shapes = targets.astype(int).tolist() if len(names) > 2 else []
        return Points(places[:, :2], colouring.point_colours(targets, theme), shapes)

    training = points(data.train_places, data.train_targets)
    return DrawnPoints(training, points(data.test_places, data.test_targets), lanes)


def class_lanes(names: Sequence[str], low: float) -> Lanes:
    """The height of each class's samples, below outputs that are not lower than `low`, and its name."""
    base = min(low, 0.0)
    return tuple((base - LANE * (number + 1), name) for number, name in enumerate(names))
