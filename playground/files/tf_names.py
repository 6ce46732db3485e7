"""What TensorFlow Playground calls in its links what there is here too."""

from __future__ import annotations

from playground.data import Dataset, Feature
from playground.data.datasets.recipes import Circle, Gauss, MultiGauss, Plane, Spiral, Xor
from playground.data.features import XY, SinX, SinY, X, XSquared, Y, YSquared
from playground.engine.activations import Activation, Linear, Relu, Sigmoid, Tanh
from playground.engine.regularizers import L1, L2, NoRegularizer, Regularizer
from playground.files.problem import FileProblem

ACTIVATIONS: dict[str, type[Activation]] = {
    "relu": Relu,
    "tanh": Tanh,
    "sigmoid": Sigmoid,
    "linear": Linear,
}
PROBLEMS = {"classification": False, "regression": True}
"""Whether a problem is one of regression."""
REGULARIZERS: dict[str, type[Regularizer]] = {"none": NoRegularizer, "L1": L1, "L2": L2}
DATASETS: dict[str, type[Dataset]] = {"circle": Circle, "xor": Xor, "gauss": Gauss, "spiral": Spiral}
REGRESSION_DATASETS: dict[str, type[Dataset]] = {"reg-plane": Plane, "reg-gauss": MultiGauss}
FEATURES: dict[str, type[Feature]] = {
    "x": X,
    "y": Y,
    "xTimesY": XY,
    "xSquared": XSquared,
    "ySquared": YSquared,
    "sinX": SinX,
    "sinY": SinY,
}


class LinkProblem(FileProblem):
    """Why a link cannot be read or written: a sentence for the person, naming the key."""
