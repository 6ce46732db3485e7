"""The schedule that looks at the validation loss instead of the clock."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from pydantic import Field

from playground.engine.schedules.base import State, SteadySchedule
from playground.value import Logarithmic, Typical, Unit


class ReduceOnPlateau(SteadySchedule):
    """Its state is the lowest loss so far, the epochs since, and the number of reductions.

    Epochs below 0 are what is left of the cooldown.
    """

    kind: Literal["reduce_on_plateau"] = "reduce_on_plateau"
    title = "Reduce on plateau"
    help = "Multiplied by a factor after so many epochs without a better validation loss, then a cooldown."
    formula = "η ← η · factor,   when L ≥ best − least gain for patience epochs"
    advice = "When you do not know how long training will take; needs a validation share."

    factor: float = Field(
        0.5, gt=0, lt=1, title="Factor", description="Multiplier at each reduction; 0.1 to 0.5 is usual."
    )
    patience: Annotated[int, Logarithmic(1), Typical(1, 500), Unit("epochs")] = Field(
        10,
        ge=1,
        le=100_000,
        title="Patience",
        description="Cuts after so many epochs without gain, as Keras counts them (PyTorch waits one "
        "more); 5 to 20 is usual.",
    )
    cooldown: Annotated[int, Logarithmic(1), Typical(0, 100), Unit("epochs")] = Field(
        0,
        ge=0,
        le=100_000,
        title="Cooldown",
        description="Epochs after a cut that do not count against patience, as in PyTorch; 0 to 10 is usual.",
    )
    min_delta: Annotated[float, Logarithmic(1e-6), Typical(0, 1)] = Field(
        0.0001, ge=0, le=10, title="Least gain", description="What counts as better; 0 to 0.001 is usual."
    )
    lowest: Annotated[float, Logarithmic(1e-8), Typical(0, 1)] = Field(
        0.0, ge=0, le=100, title="Lowest rate", description="No reduction goes below; 0 or 0.000001 is usual."
    )

    def start(self) -> State:
        return (sys.float_info.max, 0.0, 0.0)  # not infinity: files hold finite numbers

    def after_epoch(self, state: State, loss: float, step: int, steps_per_epoch: int) -> State:
        best, waited, reductions = state
        better = loss < best - self.min_delta
        best = loss if better else best
        if waited < 0:
            return (best, waited + 1, reductions)
        if better:
            return (best, 0.0, reductions)
        if waited + 1 < self.patience:
            return (best, waited + 1, reductions)
        return (best, float(-self.cooldown), reductions + 1)

    def foreseen(self, state: State) -> int:
        return self.patience - int(state[1])

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        if not state:
            return initial
        return max(initial * float(self.factor ** state[2]), min(initial, self.lowest))
