"""Activation functions, one file a family; every module here is imported, and its members are known."""

from playground.engine.activations.base import Activation, ActivationWires, Properties, Saturation
from playground.engine.activations.rectifiers import Elu, LeakyRelu, PRelu, Relu, Selu
from playground.engine.activations.sigmoids import (
    HardSigmoid,
    HardTanh,
    Linear,
    Sigmoid,
    Softsign,
    Step,
    Tanh,
)
from playground.engine.activations.smooth import Gelu, Mish, Sine, Softplus, Swish
from playground.engine.activations.softmax import Softmax
from playground.value import know_members

__all__ = [
    "Activation",
    "ActivationWires",
    "Elu",
    "Gelu",
    "HardSigmoid",
    "HardTanh",
    "LeakyRelu",
    "Linear",
    "Mish",
    "PRelu",
    "Properties",
    "Relu",
    "Saturation",
    "Selu",
    "Sigmoid",
    "Sine",
    "Softmax",
    "Softplus",
    "Softsign",
    "Step",
    "Swish",
    "Tanh",
]

know_members(__name__, __path__)
