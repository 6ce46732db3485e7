"""Places the points of the examples `by_hand` and `kinks`, gives first weights, and writes both files.

Run by hand from the top folder when the numbers or the format of files change:
`python resources/examples/make_by_hand.py`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from playground.data.datasets.painted import Painted
from playground.engine.initializers import Pretrained
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, save

BY_HAND = (
    "Eight of nine points are right, and the ninth stays wrong however long this trains. "
    "Trace, where this opens, shows why in numbers to be worked out by hand: both ReLU neurons give 0 for "
    "that point, their slope there is 0, and no gradient reaches their weights. "
    "PReLU in place of ReLU has a slope below 0 too, and learns it within 50 epochs."
)
POINTS = [
    (2, 0, 1), (0, 2, 1), (2, 2, 1), (3, 1, 1), (-2, -2, 1), (-1, 0, 0), (0, -1, 0), (-1, -1, 0), (0, 0, 0),
    (3, 2, 1), (-1, -2, 0), (1, 3, 1),
]  # fmt: skip
"""x₁, x₂ and class; the last three are the test samples."""

KINKS = (
    "Some of these points stand exactly at the kink of a ReLU neuron, where the loss has no slope. "
    "Check gradients, where this opens, tells that from a mistake. "
    "Press Check, and compare Dense 1, some of whose errors stay large by whatever step, with Dense 2, whose "
    "tanh gives all of them the shape of a V."
)


def placed(points):
    """The dataset of some points."""
    found = Painted.empty()
    for x, y, number in points:
        found = found.with_points(np.array([[x, y]], float), number)
    return found


def lattice():
    """Points at whole numbers, those of a diamond in the middle of a class of their own."""
    numbers = range(-3, 4)
    return [(x, y, int(abs(x) + abs(y) <= 2)) for x in numbers for y in numbers]


def dense(name, units, activation, *rows):
    """A layer that begins with these weights, the bias last in each row."""
    return {
        "kind": "dense",
        "id": name,
        "units": units,
        "activation": {"kind": activation},
        **({"initializer": Pretrained.holding(np.array(rows, float)).model_dump()} if rows else {}),
    }


def by_hand():
    """Two neurons on twelve points."""
    layers = [
        dense("hidden", 2, "relu", (1, 0, 0), (0, 1, 0)),
        dense("output", 1, "sigmoid", (1, 1, -1)),
    ]
    training = {
        "loss": {"kind": "binary_cross_entropy"},
        "optimizer": {"kind": "gradient_descent", "learning_rate": 0.1},
        "batch_size": 3,
        "epochs": 200,
    }
    return made(POINTS, layers, training, BY_HAND, train_percent=75, split="in_order")


def kinks():
    """ReLU and tanh behind one another on a lattice."""
    rows = [(1, 1, -3), (1, -1, -3), (-1, 1, -3), (-1, -1, -3)]
    layers = [
        dense("hidden1", 4, "relu", *rows),
        dense("hidden2", 4, "tanh"),
        dense("output", 1, "sigmoid"),
    ]
    training = {
        "loss": {"kind": "binary_cross_entropy"},
        "optimizer": {"kind": "adam", "learning_rate": 0.01},
        "batch_size": 7,
        "epochs": 100,
    }
    return made(lattice(), layers, training, KINKS, train_percent=70)


def made(points, layers, training, notes, **data):
    """An experiment in double precision, as it is checked."""
    settings = Experiment().data.with_dataset(placed(points)).with_(**data)
    fields = {"data": settings.model_dump(), "network": {"layers": layers}, "training": training}
    return Experiment.build(fields | {"notes": notes, "precision": "float64"})


def main():
    """Write the files."""
    for make in (by_hand, kinks):
        save(Path(__file__).with_name(f"{make.__name__}.nnplay"), SavedExperiment(make()))


if __name__ == "__main__":
    main()
