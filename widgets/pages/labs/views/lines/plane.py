"""The plane that lines cut, on which they are moved and turned."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

from playground.labs.lines import Lines
from playground.labs.lines.perceptron import RuleLearning
from widgets.figures.columns import Columns
from widgets.gesture import new_gesture
from widgets.pages.labs.views.lines.picture import Held, LinesPicture
from widgets.plots.decision_map import ARROWS
from widgets.plots.painted_figure import PaintedFigure
from widgets.theme import Theme

STRIDE, TURN = 0.02, 5.0
"""How far an arrow key leads a line, as a share of what is seen, and degrees by which it is turned."""


class LinesPlane(PaintedFigure):
    """Drag a line by its middle or turn it by its arrow; keys do both with the chosen one.

    Signals:
        chosen: the number of a line that is to be the chosen one.
        moved: the number of a line, its new place, and the gesture.
        turned: the number of a line, the place that it is to point at, and the gesture.
    """

    chosen = Signal(int)
    moved = Signal(int, float, float, int)
    turned = Signal(int, float, float, int)

    def __init__(self) -> None:
        super().__init__(self.tr("Points and lines"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleDescription(
            self.tr(
                "Arrow keys lead the chosen line, with Shift they turn it; Page up and down choose another."
            )
        )
        self.picture = LinesPicture.within(100, 100, Lines.usual(), None, 0)
        self._held: Held | None = None
        self._gesture = -1

    def minimumSizeHint(self) -> QSize:
        """Room for a small plane."""
        return QSize(200, 160)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_lab(self, lab: Lines, learning: RuleLearning | None, mistakes: int) -> None:
        """Show the points with lines laid by hand, or with that of the rule after so many mistakes."""
        self.picture = LinesPicture.within(self.width(), self.height(), lab, learning, mistakes)
        self.update()

    def _anew(self) -> None:
        self.show_lab(self.picture.lab, self.picture.learning, self.picture.mistakes)

    def columns(self) -> Columns:
        """A row a point: where it is, what it is, and what is said of it."""
        points, signs = self.picture.lab.drawn
        said = self.picture.said(points)
        return {"x": points[:, 0], "y": points[:, 1], "class": (signs + 1) / 2, "output": said}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See as much as there is room for."""
        super().resizeEvent(event)
        self._anew()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._anew()

    def paint(self, painter: QPainter) -> None:
        """Draw the plane."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        self.picture.paint(painter)

    # --- by the mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a line."""
        held = self.picture.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and held is not None:
            self._held, self._gesture = held, new_gesture()
            self.chosen.emit(held[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead what is held, or show what can be taken hold of."""
        if self._held is None:
            over = self.picture.at(event.position()) is not None
            self.setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        place, turns = self._held
        asked = self.turned if turns else self.moved
        asked.emit(place, *self.picture.axes.point(event.position()), self._gesture)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    # --- by keys ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead or turn the chosen line, or choose the next one."""
        key, lab = Qt.Key(event.key()), self.picture.lab
        beside = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(key)
        if self.picture.learning is not None:
            super().keyPressEvent(event)
        elif beside is not None:
            self.chosen.emit((lab.shown + beside) % lab.lines)
        elif (way := ARROWS.get(key)) is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._turn_by(-TURN * (way[0] or -way[1]))
        else:
            self._move_by(*way)

    def _move_by(self, x: int, y: int) -> None:
        lab, axes = self.picture.lab, self.picture.axes
        line, far = lab.used[lab.shown], STRIDE * (axes.y[1] - axes.y[0])
        self.moved.emit(lab.shown, line.x + far * x, line.y + far * y, new_gesture())

    def _turn_by(self, degrees: float) -> None:
        lab = self.picture.lab
        line = lab.used[lab.shown]
        angle = np.radians(line.angle + degrees)
        place = line.x + float(np.cos(angle)), line.y + float(np.sin(angle))
        self.turned.emit(lab.shown, *place, new_gesture())
