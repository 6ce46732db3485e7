"""What an optimizer is: a rule by which the gradient moves the parameters.

It works on the flat vectors w (parameters) and g (gradient) whatever the layers are.  What it remembers
between steps is plain arrays like w, named in `slots` and starting at zero.
"""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from collections.abc import Mapping
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.value import Basic, Kind, Logarithmic, Typical

LearningRate = Annotated[float, Logarithmic(1e-5), Typical(1e-5, 10), Basic()]
Share = Annotated[float, Typical(0, 0.9999)]
Small = Annotated[float, Logarithmic(1e-10)]
Decay = Annotated[float, Logarithmic(1e-5), Typical(1e-5, 1)]

State = tuple[Array, ...]


class Optimizer(Kind):
    """A rule for one update of the parameters."""

    homes = ("playground.engine.optimizers",)

    full_batch: ClassVar[bool] = False
    """Whether it needs the gradient over all samples, and so always takes them as one batch."""

    one_by_one: ClassVar[bool] = True
    """Whether each parameter moves by its own numbers alone, so that they may be updated in pieces."""

    learning_rate: LearningRate = Field(
        0.03,
        ge=0,
        le=100,
        title="Learning rate",
        description="Size of a step along the gradient; 0.001 to 0.3 is usual.",
    )

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of the arrays (like the parameters) it remembers; they begin as zeros."""
        return ()

    @property
    def decoupled_decay(self) -> float:
        """Share of each weight, times the learning rate, that is taken off before every update."""
        return 0.0

    @abstractmethod
    def update(self, w: Array, g: Array, state: State, rate: float, step: int, work: Array) -> None:
        """Change w and the state in place.

        `rate` is the scheduled learning rate, `step` counts from 1, `work` is room like w.
        """

    letters: ClassVar[Mapping[str, str]] = {}
    """What its `lines` call the arrays that it remembers, by slot; those not named go by their own name."""

    def lines(self, step: int) -> tuple[Equation, ...]:
        """The same update written out, from the parameters w and the gradient g to `w_after`.

        What is remembered is there before it under its letter, as `m_before`; of the numbers there are those
        of `numbers`.  Where nothing is told, the change `d` is what the update makes it.
        """
        return (Equation("d"), Equation("w_after", "w - d"))

    def numbers(self, rate: float, step: int) -> Mapping[str, float]:
        """What its lines call its settings, and the learning rate η."""
        return {"eta": rate}


def move_average(average: Array, value: Array, decay: float, work: Array) -> None:
    """The average moves: average ← decay · average + (1 − decay) · value."""
    np.subtract(value, average, out=work)
    np.multiply(work, 1 - decay, out=work)
    np.add(average, work, out=average)


def move_average_square(average: Array, value: Array, decay: float, work: Array) -> None:
    """The average moves: average ← decay · average + (1 − decay) · value²."""
    np.multiply(value, value, out=work)
    np.subtract(work, average, out=work)
    np.multiply(work, 1 - decay, out=work)
    np.add(average, work, out=average)


def descend(w: Array, direction: Array, rate: float, work: Array) -> None:
    """Go a step: w ← w − rate · direction.  `work` may be the direction itself."""
    np.multiply(direction, rate, out=work)
    np.subtract(w, work, out=w)
