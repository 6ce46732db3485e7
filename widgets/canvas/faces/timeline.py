"""Where the steps of a sequence stand on an unrolled card: cells at both ends, thin columns between them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF

from playground.record import record

CELL, ARROW = 26.0, 20.0
"""The width of a cell, and of the arrow to the next."""
THIN, THIN_ROOM = 6.0, 150.0
"""How wide a thin column is at most, and all of them."""
MOST_CELLS, HEAD, TAIL = 10, 4, 3
"""So many steps all have a cell; of more these first and last ones."""


@record
class Timeline:
    """So many steps, from `left` on; y and height are those of the cells."""

    steps: int
    left: float
    top: float
    height: float

    @property
    def head(self) -> int:
        """How many of the first steps have a cell."""
        return self.steps if self.steps <= MOST_CELLS else HEAD

    @property
    def thin(self) -> range:
        """The steps that are thin columns."""
        return range(self.head, self.steps - TAIL if self.steps > MOST_CELLS else self.steps)

    @property
    def cells(self) -> Iterator[int]:
        """The steps that have a cell."""
        yield from range(self.head)
        yield from range(self.thin.stop, self.steps)

    @property
    def between(self) -> QRectF:
        """Where the thin columns are; empty without any."""
        width = min(THIN * len(self.thin), THIN_ROOM)
        return QRectF(self.left + self.head * (CELL + ARROW), self.top, width, self.height)

    @property
    def right(self) -> float:
        """Where the last cell ends."""
        return self.column(self.steps - 1).right()

    def column(self, step: int) -> QRectF:
        """The cell of a step, or its thin column."""
        if step < self.head:
            return QRectF(self.left + step * (CELL + ARROW), self.top, CELL, self.height)
        between, thin = self.between, self.thin
        if step in thin:
            width = between.width() / len(thin)
            return QRectF(between.left() + (step - thin.start) * width, self.top, width, self.height)
        behind = between.right() + ARROW + (step - thin.stop) * (CELL + ARROW)
        return QRectF(behind, self.top, CELL, self.height)


def width_of(steps: int) -> float:
    """How wide so many steps are."""
    return Timeline(steps, 0.0, 0.0, 0.0).right if steps else 0.0
