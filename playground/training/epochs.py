"""Epochs that were done in one go: where the network was after each, and how their rows are written."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.record import record


@record(eq=False)
class DoneEpochs:
    """What is known of each, though the machine and the network are as after the last.

    Attributes:
        path: (epochs, parameters), where the network was.
        steps: (epochs,) updates done.
        rates: (epochs,) the learning rate of the step that follows; NaN after the last.
        be_after: lets machine and network be as after one of them, and its measures be at hand.
        measure: lets the measures of several be at hand, each of them a column.
    """

    path: Array
    steps: NDArray[np.float64]
    rates: NDArray[np.float64]
    be_after: Callable[[int], None]
    measure: Callable[[list[int]], None]
