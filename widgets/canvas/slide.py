"""Cards on their way: after an edit they slide from where they were to where they belong."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation, Signal

from widgets.motion import motion


class Slide(QObject):
    """How far each card still is from its place; `moved` while that changes."""

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._offsets: Mapping[str, QPointF] = {}
        self._left = 0.0
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._advance)
        motion.changed.connect(self._arrive)

    def start(self, offsets: Mapping[str, QPointF], milliseconds: int) -> None:
        """Begin at these offsets; without time, or with none worth seeing, be there at once."""
        self._animation.stop()
        self._offsets, self._left = offsets, 0.0
        milliseconds = motion.time(milliseconds)
        if milliseconds and any(offset.manhattanLength() > 1 for offset in offsets.values()):
            self._left = 1.0
            self._animation.setDuration(milliseconds)
            self._animation.start()

    def stop(self) -> None:
        """Be there at once."""
        self.start({}, 0)

    def offsets(self) -> dict[str, QPointF]:
        """How far each card is from its place now; none when all are there."""
        return {card: offset * self._left for card, offset in self._offsets.items()} if self._left else {}

    def _arrive(self) -> None:
        """Go no further step by step, where motion is reduced meanwhile."""
        if motion.reduced and self._left:
            self.stop()
            self.moved.emit()

    def _advance(self, left: float) -> None:
        self._left = left
        self.moved.emit()
