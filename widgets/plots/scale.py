"""How a y axis holds values: it grows by steps or by factors; what has no place on it has a lane below."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.record import record
from widgets.colouring import Floats
from widgets.plots.ticks import Limits, linear_limits, log_limits

DECADES = 12
"""A logarithmic axis shows at most so many powers of ten."""
HUGE = 1e300
"""No axis goes further: the length of one that did would overflow."""


@record
class AxisScale:
    """From values to heights; those on a logarithmic axis are powers of ten.

    Attributes:
        logarithmic: whether it grows by factors.
        from_zero: whether it begins at 0 when it grows by steps.
        reaches: what it goes up to at least, then.
        bottom: the height of its lower end.
        lane: the height at which stands what a logarithmic axis has no place for.
    """

    logarithmic: bool = False
    from_zero: bool = True
    reaches: float = -HUGE
    bottom: float = 0.0
    lane: float = 0.0

    def heights(self, values: Floats) -> Floats:
        """The heights of values, NaN where there is none."""
        if not self.logarithmic:
            return np.where(np.isfinite(values), values, np.nan)
        there = np.isfinite(values) & (values > 0)
        return np.log10(values, where=there, out=np.full(len(values), np.nan))

    def drawn_heights(self, values: Floats) -> Floats:
        """The same, what lies too low for a logarithmic axis on its lower end."""
        heights = self.heights(values)
        return np.maximum(heights, self.bottom) if self.logarithmic else heights

    def without_height(self, values: Floats) -> NDArray[np.bool_]:
        """Which values are numbers that a logarithmic axis has no place for: 0 and those below."""
        return values <= 0 if self.logarithmic else np.zeros(len(values), bool)

    def places(self, values: Floats) -> Floats:
        """The heights of values, those of the lane for what has no place on the axis."""
        return np.where(self.without_height(values), self.lane, self.drawn_heights(values))

    def limits(self, values: Floats, rows: int) -> Limits:
        """Round ends for an axis that holds these values, and has room for so many rows."""
        heights = self.heights(values)
        heights = np.clip(heights[np.isfinite(heights)], -HUGE, HUGE)
        low, high = (float(heights.min()), float(heights.max())) if len(heights) else (0.0, 0.0)
        if self.logarithmic:
            return log_limits(max(low, high - DECADES), high)
        return linear_limits(min(low, 0.0) if self.from_zero else low, max(high, self.reaches), rows)
