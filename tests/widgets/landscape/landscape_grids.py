"""Landscapes of which everything is known, for the tests of their pictures."""

import numpy as np

from playground.analysis.inspections.landscape.planes import LossPlane
from playground.analysis.inspections.landscape.survey import LossGrid

PLANE = LossPlane(np.zeros(2), np.array([1.0, 0.0]), np.array([0.0, 1.0]), -2.0, 2.0, -1.0, 1.0)


def bowl(points=21, plane=PLANE, **changes):
    """0.01 + x² + y² in training, and half as much again on the test samples."""
    x, y = np.linspace(plane.left, plane.right, points), np.linspace(plane.low, plane.high, points)
    train = 0.01 + x**2 + y[:, np.newaxis] ** 2
    given = {"x": x, "y": y, "train": train, "test": 1.5 * train, "samples": (7, 3)}
    return LossGrid(plane, **(given | changes))
