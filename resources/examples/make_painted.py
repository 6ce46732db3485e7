"""Paints the points of the example `painted`, stroke by stroke, and writes its file.

Run by hand from the top folder when the drawing or the format of files changes:
`python resources/examples/make_painted.py`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from playground.data.datasets.painted import Painted
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, save
from widgets.plots.painting.brush import PointBrush, Trail

NOTES = (
    "A face of points painted by hand, and the network draws the border that they ask for. "
    "Paint more points while it trains, and the border follows."
)
MOUTH = [(3 * np.cos(angle), 3.2 * np.sin(angle) - 0.2) for angle in np.linspace(1.12, 1.88, 20) * np.pi]
FACE = [(4.9 * np.cos(angle), 4.9 * np.sin(angle)) for angle in np.linspace(0, 2, 60) * np.pi]
STROKES = (
    (1, PointBrush(0.7, 20, 0.9), [(-1.8, 2.0)] * 2),
    (1, PointBrush(0.7, 20, 0.9), [(1.8, 2.0)] * 2),
    (1, PointBrush(0.5, 4, 0.8), MOUTH),
    (0, PointBrush(0.7, 4, 0.8), FACE),
    (0, PointBrush(0.6, 5, 0.9), [(-2.6, 0.1), (2.6, 0.1)]),
    (0, PointBrush(0.5, 5, 0.9), [(0, 3.6), (0, -1.6)]),
)
"""Class, brush and way of each stroke."""

SETTINGS = {
    "network": {
        "layers": [
            {"kind": "dense", "id": "dense1", "units": 12},
            {"kind": "dense", "id": "dense2", "units": 6},
            {"kind": "dense", "id": "output", "units": 1, "activation": {"kind": "sigmoid"}},
        ]
    },
    "training": {"optimizer": {"kind": "adam", "learning_rate": 0.01}, "epochs": 300},
    "notes": NOTES,
}


def painted():
    """The points."""
    chance, points = np.random.default_rng(1), Painted.empty()
    for class_number, brush, way in STROKES:
        trail = Trail(brush, chance)
        for place in way:
            points = points.with_points(trail.to(place), class_number)
    return points


def main():
    """Write the file."""
    data = Experiment().data.with_dataset(painted()).with_(train_percent=70)
    experiment = Experiment.build({"data": data.model_dump(), **SETTINGS})
    save(Path(__file__).with_name("painted.nnplay"), SavedExperiment(experiment))


if __name__ == "__main__":
    main()
