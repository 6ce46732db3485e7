"""The function as it is built: the target, what follows it, and each neuron to be taken hold of."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF, QResizeEvent

from playground.labs.approximation import Approximation
from playground.labs.approximation.laboratory import SEEN_AT
from playground.labs.approximation.neurons import LEFT, RIGHT, Floats, parts
from playground.numbers.writing import figures
from widgets.figures.columns import Columns
from widgets.gesture import new_gesture
from widgets.pages.labs.leading import arrow_way
from widgets.pages.labs.painted_axes import PaintedAxes
from widgets.plots.legend import Legend
from widgets.plots.painted_figure import PaintedFigure
from widgets.theme import current

HANDLE, REACH = 5.5, 14.0
"""Pixels of a neuron's handle, and around it in which it is taken hold of."""
STRIDE = 0.1
"""How far an arrow key leads a neuron; with Shift five times as far."""
LEGEND = 18
LEAST, MOST = 1.5, 12.0
"""How far up and down is seen at least and at most."""


class BuiltPlot(PaintedFigure):
    """Drag a neuron, or lead it by arrow keys; with `drawing`, drag along to draw the target.

    Signals:
        chosen: the number of a neuron that is to be the chosen one.
        moved: the number of a neuron, its new place and height, and the gesture.
        drawn: the points from which and to which a pencil went, and the gesture.
        removed: the chosen neuron is to go.
    """

    chosen = Signal(int)
    moved = Signal(int, float, float, int)
    drawn = Signal(tuple, tuple, int)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Function and target"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleDescription(
            self.tr("Arrow keys lead the chosen neuron, Page up and down choose another.")
        )
        self.drawing = False
        self._legend = Legend(self.small_font(), self)
        self._legend.hide()  # it is painted with the plot
        self._lab = Approximation.usual()
        self._target: Floats = np.empty(0)
        self._parts: Floats = np.empty((0, 0))
        self._axes = self._axes_to(LEAST)
        self._held: int | None = None
        self._gesture = -1
        self._pencil: tuple[float, float] | None = None

    def minimumSizeHint(self) -> QSize:
        """Room for a small plot."""
        return QSize(240, 160)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_lab(self, lab: Approximation) -> None:
        """Show a function, its neurons and the target."""
        if lab.target != self._lab.target or not len(self._target):
            self._target = lab.wanted(SEEN_AT)
        self._lab, self._parts = lab, parts(lab.built[0], SEEN_AT)
        if self._held is None and self._pencil is None:
            self._fit()
        self.update()

    @property
    def function(self) -> Floats:
        """What is built, at the places that are seen."""
        return np.asarray(self._parts.sum(axis=0) + self._lab.built[1], np.float64)

    def columns(self) -> Columns:
        """Target, function, and what each neuron adds to it."""
        added = {f"neuron {number}": values for number, values in enumerate(self._parts, 1)}
        return {"x": SEEN_AT, "target": self._target, "function": self.function} | added

    def _fit(self) -> None:
        """See as far up and down as anything goes, within reason."""
        heights = [abs(neuron.height) for neuron in self._lab.built[0]]
        known = self._target[np.isfinite(self._target)]
        most = max([LEAST, *heights, float(np.abs(known).max(initial=0))]) * 1.1
        self._axes = self._axes_to(min(most, MOST))

    def _axes_to(self, reach: float) -> PaintedAxes:
        return PaintedAxes.within(self.width(), self.height(), (LEFT, RIGHT), (-reach, reach))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the axes as large as the widget."""
        super().resizeEvent(event)
        self._fit()

    # --- painting ---------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Draw the plot."""
        shown = current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        self._axes.paint(painter)
        painter.setClipRect(self._axes.area.adjusted(-8, -8, 8, 8))
        if self._lab.shown < len(self._parts):
            self._paint_curve(painter, self._parts[self._lab.shown], QPen(QColor(shown.lines[0]), 1.2))
        dashes = QPen(QColor(shown.muted), 2, Qt.PenStyle.DashLine)
        self._paint_curve(painter, self._target, dashes)
        self._paint_curve(painter, self.function, QPen(QColor(shown.accent), 2.4))
        for number in range(len(self._parts)):
            self._paint_neuron(painter, number)
        painter.setClipping(False)
        area = self._axes.area
        self._legend.show_names(
            [
                (self.tr("what the chosen neuron adds"), shown.lines[0]),
                (self.tr("target"), shown.muted),
                (self.tr("function"), shown.accent),
            ]
        )
        self._legend.paint(painter, QRectF(area.left(), 0, area.width(), LEGEND))

    def _paint_curve(self, painter: QPainter, values: Floats, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        known = np.flatnonzero(np.isfinite(values))
        for run in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
            points = [
                self._axes.pixel(x, y)
                for x, y in zip(SEEN_AT[run].tolist(), np.clip(values[run], -1e4, 1e4).tolist(), strict=True)
            ]
            painter.drawPolyline(QPolygonF(points))

    def _paint_neuron(self, painter: QPainter, number: int) -> None:
        """A stem as high as what the neuron adds, with a handle on top."""
        shown, neuron = current(), self._lab.built[0][number]
        colour = QColor(shown.positive if neuron.height >= 0 else shown.negative)
        top = self._handle(number)
        painter.setPen(QPen(colour, 1.4))
        painter.drawLine(QLineF(QPointF(top.x(), self._axes.pixel(0, 0).y()), top))
        is_chosen = number == self._lab.shown
        painter.setPen(QPen(QColor(shown.text if is_chosen else shown.panel), 2 if is_chosen else 1))
        painter.setBrush(colour)
        size = HANDLE + 1.5 * is_chosen
        painter.drawEllipse(top, size, size)

    def _handle(self, number: int) -> QPointF:
        neuron = self._lab.built[0][number]
        bound = self._axes.y[1]
        x, y = min(max(neuron.place, LEFT), RIGHT), min(max(neuron.height, -bound), bound)
        return self._axes.pixel(x, y)

    # --- by the mouse -----------------------------------------------------------------------------------

    def _at(self, point: QPointF) -> int | None:
        """The neuron that is near a point of the widget; the chosen one before others."""
        near = [
            (self._lab.shown != number, (self._handle(number) - point).manhattanLength(), number)
            for number in range(len(self._parts))
        ]
        within = [each for each in near if each[1] < REACH]
        return min(within)[2] if within else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a neuron, or begin to draw."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._gesture = new_gesture()
        if self.drawing:
            self._pencil = self._axes.point(event.position())
            self.drawn.emit(self._pencil, self._pencil, self._gesture)
        elif (number := self._at(event.position())) is not None:
            self._held = number
            self.chosen.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead what is held, draw on, or show what can be taken hold of."""
        point = self._axes.point(event.position())
        if self._pencil is not None:
            before, self._pencil = self._pencil, point
            self.drawn.emit(before, point, self._gesture)
        elif self._held is not None:
            reach = self._axes.y[1]
            x, y = min(max(point[0], LEFT), RIGHT), min(max(point[1], -reach), reach)
            self.moved.emit(self._held, x, y, self._gesture)
        else:
            self._show_pointed(event.position(), point)

    def _show_pointed(self, place: QPointF, point: tuple[float, float]) -> None:
        shapes = Qt.CursorShape
        over = self._at(place) is not None
        self.setCursor(
            shapes.CrossCursor if self.drawing else shapes.OpenHandCursor if over else shapes.ArrowCursor
        )
        x, y = (figures(value, 3) for value in point)
        self.setToolTip(self.tr("x {x}, y {y}").format(x=x, y=y))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = self._pencil = None
        self._fit()
        self.update()

    # --- by keys ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead the chosen neuron, choose the next one, or take it away."""
        key, number = Qt.Key(event.key()), self._lab.shown
        if (way := arrow_way(event)) is not None:
            neuron = self._lab.built[0][number]
            x, y = (at + STRIDE * to for at, to in zip((neuron.place, neuron.height), way, strict=True))
            self.moved.emit(number, round(x, 6), round(y, 6), new_gesture())
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.chosen.emit(self._beside(1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def _beside(self, by: int) -> int:
        """The neuron to the right or to the left of the chosen one."""
        order = sorted(range(len(self._parts)), key=lambda each: self._lab.built[0][each].place)
        return order[(order.index(self._lab.shown) + by) % len(order)]
