"""Optimizers, one file a family; every module here is imported, and its members are known."""

from playground.engine.optimizers.adam import Adam, AdamW, AmsGrad, Nadam, RAdam
from playground.engine.optimizers.adaptive import Adadelta, Adagrad, RmsProp
from playground.engine.optimizers.base import Optimizer
from playground.engine.optimizers.descent import GradientDescent, Momentum
from playground.engine.optimizers.quasi_newton import Lbfgs
from playground.engine.optimizers.sign import Lion, Rprop
from playground.value import know_members

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

know_members(__name__, __path__)
