"""Where trials cross the upright axes of parallel coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from widgets.plots.trials.axis import TrialAxis
from widgets.plots.trials.trial_columns import Floats, Rows, TrialColumns

Range = tuple[float, float]
"""Two shares of an axis, of which the first is the lower."""
Brushes = Mapping[int, Range]
"""What is chosen, by the place of its axis."""

NEAR_AXIS = 12.0
"""Pixels beside an axis that belong to it."""
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class ParallelAxes:
    """An axis for each setting and the first goal last.

    Attributes:
        axes: from the left.
        rows: of the trials that are done.
        shares: (rows, axes) where each of them crosses each axis.
    """

    axes: tuple[TrialAxis, ...]
    rows: Rows
    shares: Floats

    @classmethod
    def of(cls, trials: TrialColumns) -> ParallelAxes:
        """Those of a search."""
        done, axes, values = trials.done, [], []
        for each in trials.settings:
            values.append(each.values[done])
            axes.append(TrialAxis.over(each.title, values[-1], each.logarithmic, each.names))
        for goal in trials.goals[:1]:
            values.append(goal.values[done])
            axes.append(TrialAxis.over(goal.title, values[-1], goal.logarithmic))
        shares = [axis.shares(each) for axis, each in zip(axes, values, strict=True)]
        return cls(tuple(axes), done, np.column_stack(shares) if shares else np.empty((len(done), 0)))

    def within(self, brushes: Brushes) -> NDArray[np.bool_]:
        """(rows,) which cross each axis where it is chosen."""
        result = np.ones(len(self.rows), bool)
        for axis, (low, high) in brushes.items():
            shares = self.shares[:, axis]
            result &= (shares >= low - ROUNDING) & (shares <= high + ROUNDING)
        return result

    def lefts(self, area: QRectF) -> Floats:
        """(axes,) the pixels at which axes stand."""
        return np.linspace(area.left(), area.right(), max(len(self.axes), 2))[: len(self.axes)]

    def places(self, area: QRectF, which: NDArray[np.generic] | slice) -> Floats:
        """Pixels (which, axes, 2) of some of the rows."""
        y = area.bottom() - self.shares[which] * area.height()
        return np.stack(np.broadcast_arrays(self.lefts(area), y), axis=-1)

    def axis_at(self, area: QRectF, place: QPointF) -> int | None:
        """The axis that is at a place."""
        far = np.abs(self.lefts(area) - place.x())
        return int(np.argmin(far)) if len(far) and far.min() <= NEAR_AXIS else None

    def line_at(self, area: QRectF, place: QPointF, reach: float, of: NDArray[np.bool_]) -> int | None:
        """The row whose line passes nearest above or below a place, of some."""
        lefts, shares = self.lefts(area), self.shares
        if len(lefts) < 2 or not len(shares) or not lefts[0] - 1 <= place.x() <= lefts[-1] + 1:
            return None
        before = int(np.clip(np.searchsorted(lefts, place.x()) - 1, 0, len(lefts) - 2))
        part = (place.x() - lefts[before]) / (lefts[before + 1] - lefts[before])
        there = shares[:, before] * (1 - part) + shares[:, before + 1] * part
        far = np.abs(area.bottom() - there * area.height() - place.y())
        far = np.where(np.isfinite(far) & of, far, np.inf)
        row = int(np.argmin(far))
        return int(self.rows[row]) if far[row] <= reach else None
