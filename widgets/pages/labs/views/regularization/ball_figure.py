"""The plane of two weights: the loss, the ball of the penalty, and where they touch."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)

from playground.labs.regularization import Regularization
from playground.labs.regularization.laboratory import REACH, STRENGTHS
from playground.labs.regularization.outlines import Floats, ball, contour
from playground.numbers.writing import fixed
from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.gesture import new_gesture
from widgets.pages.labs.leading import LedByHand, arrow_way
from widgets.plots.figure import Figure
from widgets.theme import current

SEEN = 2.4
"""How far the plane is seen at least, to each side of 0."""
LEVELS = 14
STRIDE = 0.04
"""How far an arrow key leads the best weights; with Shift five times as far."""
HANDLE, DOT = 7.0, 5.5
GLOW, ROUND, MARGIN = 13, 6, 4


class BallFigure(LedByHand, Figure):
    """Drag the weights that the loss alone would choose, or lead them by arrow keys.

    Signals:
        moved: where they are to be, and the gesture that leads them there.
    """

    moved = Signal(float, float, int)

    def __init__(self) -> None:
        super().__init__(self.tr("Loss and penalty"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(
            self.tr("Arrow keys lead the weights that the loss alone would choose.")
        )
        self._lab = Regularization.usual()
        self._weights: Floats = np.zeros(2)
        self._way: Floats = np.zeros((0, 2))

    def minimumSizeHint(self) -> QSize:
        """Room for a small plane."""
        return QSize(200, 150)

    def show_lab(self, lab: Regularization, weights: Floats, way: Floats) -> None:
        """Show loss and penalty, the weights where they touch, and those of other strengths."""
        self._lab, self._weights, self._way = lab, weights, way
        self.update()

    def columns(self) -> Columns:
        """The weights by the strength of the penalty."""
        return {"λ": STRENGTHS[: len(self._way)], "w₁": self._way[:, 0], "w₂": self._way[:, 1]}

    # --- places -----------------------------------------------------------------------------------------

    @property
    def _scale(self) -> float:
        """Pixels for a weight of 1."""
        return min(self.width(), self.height()) / (2 * SEEN)

    def pixel(self, x: float, y: float) -> QPointF:
        """Where weights are drawn."""
        return QPointF(self.width() / 2 + x * self._scale, self.height() / 2 - y * self._scale)

    def _polygon(self, outline: Floats) -> QPolygonF:
        return QPolygonF([self.pixel(x, y) for x, y in outline.tolist()])

    # --- painting ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu in its corner."""
        super().resizeEvent(event)
        self.put_menu_in_corner(MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plane."""
        with QPainter(self) as painter:
            self.paint_figure(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw loss, ball, way and weights."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), ROUND, ROUND)
        painter.save()
        painter.setClipPath(shape)
        lay(painter, self.rect(), current().canvas)
        self._paint_loss(painter)
        self._paint_axes(painter)
        self._paint_touch(painter)
        self._paint_weights(painter)
        painter.restore()
        self.paint_focus(painter, thick=2)

    def _paint_loss(self, painter: QPainter) -> None:
        """Ellipses that glow more the deeper they lie."""
        fill, line = QColor(current().lines[1]), QColor(current().lines[1])
        fill.setAlpha(GLOW)
        line.setAlpha(3 * GLOW)
        painter.setPen(QPen(line, 1))
        painter.setBrush(fill)
        for step in range(LEVELS, 0, -1):
            painter.drawPolygon(self._polygon(contour(self._lab, (0.3 * step) ** 2 / 2)))

    def _paint_axes(self, painter: QPainter) -> None:
        theme, middle = current(), self.pixel(0, 0)
        painter.setPen(QPen(QColor(theme.outline), 1))
        painter.drawLine(QPointF(0, middle.y()), QPointF(self.width(), middle.y()))
        painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), self.height()))
        painter.setFont(self.small_font())
        painter.setPen(QColor(theme.muted))
        painter.drawText(QPointF(self.width() - 20, middle.y() - 5), "w₁")
        painter.drawText(QPointF(middle.x() + 6, 14), "w₂")

    def _paint_touch(self, painter: QPainter) -> None:
        """The ball and the ellipse that touch, and the way of the place over all strengths."""
        theme, lab = current(), self._lab
        fill = QColor(theme.lines[3])
        fill.setAlpha(60)
        painter.setPen(QPen(QColor(theme.lines[3]), 2))
        painter.setBrush(fill)
        painter.drawPolygon(self._polygon(ball(lab, lab.radius(self._weights))))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.lines[1]), 2))
        painter.drawPolygon(self._polygon(contour(lab, lab.loss(self._weights))))
        pen = QPen(QColor(theme.muted), 1.4, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPolyline(self._polygon(np.vstack([np.array([lab.best]), self._way])))

    def _paint_weights(self, painter: QPainter) -> None:
        theme, lab = current(), self._lab
        handle, place = self.pixel(*lab.best), self.pixel(*self._weights.tolist())
        painter.setPen(QPen(QColor("black"), 2))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(handle, HANDLE, HANDLE)
        painter.setPen(QPen(QColor(theme.panel), 1.5))
        painter.setBrush(QColor(theme.bad))
        painter.drawEllipse(place, DOT, DOT)
        self._paint_label(painter, handle, self.tr("loss alone: drag me"), above=True)
        weights = ", ".join(fixed(weight, 2) for weight in self._weights.tolist())
        self._paint_label(painter, place, f"w = ({weights})", above=False)

    def _paint_label(self, painter: QPainter, place: QPointF, text: str, *, above: bool) -> None:
        theme, font = current(), self.small_font()
        painter.setFont(font)
        box = QFontMetricsF(font).boundingRect(text).adjusted(-5, -2, 5, 2)
        left = place.x() + 12 if above else place.x() - 12 - box.width()
        top = place.y() - box.height() - 4 if above else place.y() + 6
        left = min(max(left, 2.0), self.width() - box.width() - 2)
        top = min(max(top, 2.0), self.height() - box.height() - 2)
        box.moveTo(left, top)
        ground = QColor(theme.panel)
        ground.setAlpha(215)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    # --- leading ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead them by the arrows."""
        if (way := arrow_way(event)) is None:
            super().keyPressEvent(event)
            return
        x, y = self._lab.best
        self._lead(x + STRIDE * way[0], y + STRIDE * way[1], new_gesture())

    def lead_to(self, pixel: QPointF, gesture: int) -> None:
        """Bring the best weights to a pixel, or as near as they can be."""
        middle = self.pixel(0, 0)
        x, y = (pixel.x() - middle.x()) / self._scale, (middle.y() - pixel.y()) / self._scale
        self._lead(x, y, gesture)

    def _lead(self, x: float, y: float, gesture: int) -> None:
        self.moved.emit(min(max(x, -REACH), REACH), min(max(y, -REACH), REACH), gesture)
