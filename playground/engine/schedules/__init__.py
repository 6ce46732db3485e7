"""Learning-rate schedules, one file a family; every module here is imported, and its members are known."""

from playground.engine.schedules.base import Constant, Schedule, State, TimedSchedule
from playground.engine.schedules.cosine import Cosine, CosineRestarts, LinearCosine, NoisyLinearCosine
from playground.engine.schedules.decay import Exponential, InverseTime, NaturalExponential, Polynomial
from playground.engine.schedules.plateau import ReduceOnPlateau
from playground.engine.schedules.ramps import OneCycle, Warmup
from playground.engine.schedules.stairs import PiecewiseConstant, StepDecay
from playground.value import know_members

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

know_members(__name__, __path__)
