"""Optimizers, one file a family; importing this package makes every one known."""

from playground.engine.optimizers.adam import Adam, AdamW, AmsGrad, Nadam, RAdam
from playground.engine.optimizers.adaptive import Adadelta, Adagrad, RmsProp
from playground.engine.optimizers.base import Optimizer
from playground.engine.optimizers.descent import GradientDescent, Momentum
from playground.engine.optimizers.quasi_newton import Lbfgs
from playground.engine.optimizers.sign import Lion, Rprop

__all__ = [
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "AmsGrad",
    "GradientDescent",
    "Lbfgs",
    "Lion",
    "Momentum",
    "Nadam",
    "Optimizer",
    "RAdam",
    "RmsProp",
    "Rprop",
]
