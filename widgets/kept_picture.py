"""A picture of what seldom changes, under what moves over it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap

from widgets.theme import current

OF_LINES = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)
"""What writes files of lines and text, in which a picture would be blurred."""


class KeptPicture:
    """Drawn anew only where it is to be of something else, or another size, theme or screen."""

    def __init__(self) -> None:
        self._picture = QPixmap()
        self._of: tuple[object, ...] | None = None

    def forget(self) -> None:
        """Draw it anew the next time."""
        self._of = None

    def paint(
        self,
        painter: QPainter,
        size: QSize,
        of: tuple[object, ...],
        draw: Callable[[QPainter], object],
    ) -> None:
        """Paint it from the upper left corner; `draw` draws it, with smooth edges, `of` is what it shows."""
        if painter.paintEngine().type() in OF_LINES:
            draw(painter)
            return
        ratio = painter.device().devicePixelRatioF()
        wanted = (*of, size, ratio, current())
        if wanted != self._of:
            self._of = wanted
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            with QPainter(self._picture) as inner:
                inner.setRenderHint(QPainter.RenderHint.Antialiasing)
                draw(inner)
        painter.drawPixmap(0, 0, self._picture)
