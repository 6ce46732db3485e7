"""Optimizers, one file a family; each is loaded when it is used, or all are asked for."""

from typing import TYPE_CHECKING

from playground.engine.optimizers.base import Optimizer
from playground.value import looked_up

if TYPE_CHECKING:
    from playground.engine.optimizers.adam import Adam, AdamW, AmsGrad, Nadam, RAdam
    from playground.engine.optimizers.adaptive import Adadelta, Adagrad, RmsProp
    from playground.engine.optimizers.descent import GradientDescent, Momentum
    from playground.engine.optimizers.quasi_newton import Lbfgs
    from playground.engine.optimizers.sign import Lion, Rprop
else:
    __getattr__ = looked_up(__name__, __path__)

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
