"""What of the runs lies over one another in the plot: losses, scores, gradients, weights apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

History = Mapping[str, NDArray[np.float64]]

GRADIENTS = "gradient_norm."


class Quantity(Enum):
    """One of the tabs above the plot."""

    LOSS = "loss"
    SCORE = "score"
    GRADIENT = "gradient"
    APART = "apart"

    @property
    def x_column(self) -> str:
        """What it is drawn over."""
        return "step" if self is Quantity.APART else "epoch"


@dataclass(frozen=True, eq=False)
class Drawn:
    """One curve of a run: which side of the samples it is of, and whether it is drawn bold."""

    side: str
    values: NDArray[np.float64]
    bold: bool = True


def drawn(history: History, quantity: Quantity) -> list[Drawn]:
    """The curves of a run, the bold one first."""
    if quantity is Quantity.APART:
        return [Drawn(_tr("weights apart"), history["apart"])] if "apart" in history else []
    if quantity is Quantity.GRADIENT:
        norms = [values for name, values in history.items() if name.startswith(GRADIENTS)]
        return [Drawn(_tr("gradient"), np.sqrt(np.square(norms).sum(axis=0)))] if norms else []
    name = "loss" if quantity is Quantity.LOSS else score_column(history)
    sides = ((f"test_{name}", _tr("test"), True), (f"train_{name}", _tr("training"), False))
    return [Drawn(side, history[column], bold) for column, side, bold in sides if column in history]


def score_column(history: History) -> str:
    """What tells how well a run does: accuracy for classes, R² for numbers."""
    return "r2" if "test_r2" in history else "accuracy"


def _tr(text: str) -> str:
    return QCoreApplication.translate("LossesPlot", text)
