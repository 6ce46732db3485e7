"""Loss functions, one file a family; importing this package makes every one known."""

from playground.engine.losses.base import Loss
from playground.engine.losses.cross_entropy import BinaryCrossEntropy, CrossEntropy
from playground.engine.losses.errors import AbsoluteError, Huber, SquaredError
from playground.engine.losses.margins import Hinge, Perceptron, ZeroOne

__all__ = [
    "AbsoluteError",
    "BinaryCrossEntropy",
    "CrossEntropy",
    "Hinge",
    "Huber",
    "Loss",
    "Perceptron",
    "SquaredError",
    "ZeroOne",
]
