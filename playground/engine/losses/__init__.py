"""Loss functions, one file a family; every module here is imported, and its members are known."""

from playground.engine.losses.base import Loss
from playground.engine.losses.cross_entropy import BinaryCrossEntropy, CrossEntropy
from playground.engine.losses.errors import AbsoluteError, Huber, SquaredError
from playground.engine.losses.margins import Hinge, Perceptron, ZeroOne
from playground.value import know_members

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

know_members(__name__, __path__)
