"""Learning-rate schedules, one file a family; each is loaded when it is used, or all are asked for."""

from typing import TYPE_CHECKING

from playground.engine.schedules.base import Constant, Schedule, State, TimedSchedule
from playground.value import looked_up

if TYPE_CHECKING:
    from playground.engine.schedules.cosine import Cosine, CosineRestarts, LinearCosine, NoisyLinearCosine
    from playground.engine.schedules.decay import Exponential, InverseTime, NaturalExponential, Polynomial
    from playground.engine.schedules.plateau import ReduceOnPlateau
    from playground.engine.schedules.ramps import OneCycle, Warmup
    from playground.engine.schedules.stairs import PiecewiseConstant, StepDecay
else:
    __getattr__ = looked_up(__name__, __path__)

__all__ = [
    "Constant",
    "Cosine",
    "CosineRestarts",
    "Exponential",
    "InverseTime",
    "LinearCosine",
    "NaturalExponential",
    "NoisyLinearCosine",
    "OneCycle",
    "PiecewiseConstant",
    "Polynomial",
    "ReduceOnPlateau",
    "Schedule",
    "State",
    "StepDecay",
    "TimedSchedule",
    "Warmup",
]
