"""The canvas that curves are drawn on: no boxes, faint level lines, round numbers at its axes."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QWidget

from widgets.plots.ticks import Limits, linear_ticks, log_ticks
from widgets.theme import Theme

PIXELS_A_ROW = 30
PIXELS_A_COLUMN = 50
RIGHT_MARGIN = 12
LANE_PIXELS = 30
BELOW = "≤ 0"
"""What stands at the lane below a logarithmic axis."""
MARGIN = 0.012
"""What is left free below and above, so that lines on the limits are whole."""


class Axes(pg.GraphicsView):
    """An x and a y axis, without interaction of their own.

    It has the few parts of a pyqtgraph plot that are seen here.  The rest of one, such as its forms and
    menus, takes longer to make than the whole of this.

    Signals:
        pointed: where the pointer is, in the scene.
        pressed: where the left button went down, in the scene.
        released: it went up.
    """

    pointed = Signal(QPointF)
    pressed = Signal(QPointF)
    released = Signal()

    def __init__(self, x_name: str, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._metrics = QFontMetricsF(font)
        self._shown: tuple[Limits, Limits, bool, str, bool] | None = None
        self.bottom, self.lane = 0.0, 0.0
        """The lower end of the y axis, and the height of the lane below for what has no place on it."""
        self.names: tuple[tuple[float, str], ...] = ()
        """Heights on a linear y axis that have a name, in place of numbers there and below."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing behind it is painted
        self._view = pg.ViewBox(enableMouse=False, enableMenu=False)
        self._view.disableAutoRange()
        self._axes = {side: self._make_axis(side, font) for side in ("left", "bottom")}
        self._lay_out()
        self._levels = pg.PlotCurveItem(connect="pairs")
        self._levels.setZValue(-100)
        self.addItem(self._levels, ignoreBounds=True)
        bottom = self._axes["bottom"]
        self.set_x_name(x_name)
        bottom.label.setFont(font)
        bottom.setHeight(round(2 * self._metrics.height() + 10))

    def set_x_name(self, name: str) -> None:
        """Say below its axis what x is."""
        self._axes["bottom"].setLabel(name)

    def _make_axis(self, side: str, font: QFont) -> pg.AxisItem:
        axis = pg.AxisItem(side)
        axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=7, autoExpandTextSpace=False)
        axis.setStyle(hideOverlappingLabels=False, tickAlpha=0)
        axis.enableAutoSIPrefix(False)  # it would lay its name out anew for every other range
        axis.setPen(None)
        axis.linkToView(self._view)
        return axis

    def _lay_out(self) -> None:
        whole = pg.GraphicsWidget()
        grid = QGraphicsGridLayout(whole)
        grid.setContentsMargins(0, 6, RIGHT_MARGIN, 0)
        grid.setSpacing(0)
        grid.addItem(self._axes["left"], 0, 0)
        grid.addItem(self._view, 0, 1)
        grid.addItem(self._axes["bottom"], 1, 1)
        grid.setColumnStretchFactor(1, 100)
        grid.setRowStretchFactor(0, 100)
        self.setCentralItem(whole)

    def addItem(self, item: QGraphicsItem, ignoreBounds: bool = False) -> None:
        """Draw something between the axes."""
        self._view.addItem(item, ignoreBounds)

    def removeItem(self, item: QGraphicsItem) -> None:
        """Draw it no longer."""
        self._view.removeItem(item)

    def getAxis(self, side: str) -> pg.AxisItem:
        """The "left" or the "bottom" axis."""
        return self._axes[side]

    def getViewBox(self) -> pg.ViewBox:
        """What is between the axes."""
        return self._view

    def show_limits(
        self, x: Limits, y: Limits, logarithmic: bool, unit: str = "", lane: bool = False
    ) -> None:
        """Put the ends of the axes here; nothing is laid out anew when they are there already.

        Args:
            x: the ends of the x axis.
            y: the ends of the y axis, powers of ten when it is logarithmic.
            logarithmic: whether the y axis is.
            unit: what follows the numbers at the y axis.
            lane: whether there is a lane for 0 and what is below it.
        """
        if (x, y, logarithmic, unit, lane) == self._shown:
            return
        self._shown = (x, y, logarithmic, unit, lane)
        margin = (y[1] - y[0]) * MARGIN
        room = (y[1] - y[0]) * LANE_PIXELS / max(self.height() - self._axes["bottom"].height(), LANE_PIXELS)
        self.bottom, self.lane = y[0], y[0] - 0.6 * room
        low = y[0] - (room if lane else margin)
        self._view.setRange(xRange=x, yRange=(low, y[1] + margin), padding=0, disableAutoRange=False)
        self._view.prepareForPaint()  # while it paints it would ask for being painted once more
        rows, columns = self.divisions()
        ticks = log_ticks(y, rows) if logarithmic else linear_ticks(y, rows)
        ticks = [(place, text + unit) for place, text in ticks]
        below = [(self.lane, BELOW)] if lane else []
        if self.names and not logarithmic:
            highest = max(height for height, _ in self.names)
            ticks = [tick for tick in ticks if tick[0] > highest] + list(self.names)
        widest = max(self._metrics.horizontalAdvance(text) for _, text in [*ticks, *below])
        self._axes["left"].setTicks([ticks + below])
        self._axes["left"].setWidth(round(widest) + 11)
        heights = [height for height, _ in ticks]
        self._levels.setData(np.tile(x, len(heights)), np.repeat(heights, 2))
        self._axes["bottom"].setTicks([linear_ticks(x, columns)])

    def divisions(self) -> tuple[int, int]:
        """Into how many rows and columns there is room to divide the axes."""
        return max(2, self.height() // PIXELS_A_ROW), max(2, self.width() // PIXELS_A_COLUMN)

    def lay_out_anew(self) -> None:
        """The next limits are shown even if they are the same, since the size changed."""
        self._shown = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell every move; the scene's own signal leaves out those that follow one another quickly."""
        self.pointed.emit(self.mapToScene(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell that the button went down."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.mapToScene(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell that the button went up."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.released.emit()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme: it lies on a panel."""
        self.setBackgroundBrush(QColor(theme.panel))
        for axis in self._axes.values():
            axis.setTextPen(theme.muted)
        self._levels.setPen(theme.border)

    def paint_into(self, painter: QPainter, area: QRectF) -> None:
        """Draw the axes and the curves elsewhere, as lines and text."""
        self.scene().render(painter, area, self.sceneRect())
