"""A pad to draw a picture on, by the pointer or by keys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.data.pictures.looks import Looks
from playground.data.pictures.strokes import PEN, PenStroke
from widgets.key_focus import KeyFocus
from widgets.plots.map_painter import paint_cross
from widgets.plots.pictures.ink import paint_strokes
from widgets.theme import current, themes
from widgets.tips import tip

Key = Qt.Key
SIDE = 112
STEP, FINE_STEP = 0.05, 0.01
ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
APART = 0.004
"""Points nearer to one another than this, in sides, are one."""

MOST_POINTS = 20_000
"""Of a picture; a pen that draws on and on must not slow the window down."""


class DrawingPad(KeyFocus):
    """Holds what is drawn as strokes.

    Signals:
        changed: something was drawn or taken back.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looks: Looks | None = None
        """How the pictures look to which this one is to belong; nothing can be drawn without."""
        self.strokes: tuple[PenStroke, ...] = ()
        self.colour = np.ones(1)
        self.pen = PEN
        self._draws = self._down = False
        self._cursor = (0.5, 0.5)
        self.setAccessibleName(self.tr("Drawing pad"))
        words = self.tr(
            "Arrow keys move the pen, Space puts it down and lifts it, "
            "Backspace takes the last stroke back, Delete clears all."
        )
        self.setAccessibleDescription(words)
        self.setToolTip(tip(self.tr("Draw with the mouse, or by keys."), words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    # --- what is drawn ----------------------------------------------------------------------------------

    def show_looks(self, looks: Looks | None) -> None:
        """Draw what belongs to these pictures; strokes in colours that they do not have are gone."""
        before, self.looks = self.looks, looks
        self._draws = self._down = False
        if looks is not None and (before is None or len(before.ground) != len(looks.ground)):
            self.strokes, self.colour = (), looks.ink
        elif looks is not None and not np.array_equal(before.ground, looks.ground):
            self.strokes = tuple(replace(each, colour=looks.ink) for each in self.strokes)
            self.colour = looks.ink
        self.setEnabled(looks is not None)
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Begin anew."""
        self._put(())

    def undo(self) -> None:
        """Take the last stroke back."""
        self._put(self.strokes[:-1])

    def _put(self, strokes: tuple[PenStroke, ...]) -> None:
        self._draws = self._down = False
        if len(strokes) != len(self.strokes):
            self.strokes = strokes
            self.changed.emit()
        self.update()

    def _begin(self, point: tuple[float, float]) -> None:
        stroke = PenStroke(np.array([point]), np.array(self.colour), self.pen)
        self.strokes = (*self.strokes, stroke)
        self.changed.emit()
        self.update()

    def _go_on(self, point: tuple[float, float]) -> None:
        last = self.strokes[-1]
        if np.abs(last.points[-1] - point).max() < APART or self._is_full():
            return
        self.strokes = (*self.strokes[:-1], replace(last, points=np.vstack([last.points, point])))
        self.changed.emit()
        self.update()

    def _is_full(self) -> bool:
        return sum(len(stroke.points) for stroke in self.strokes) >= MOST_POINTS

    # --- where it is ------------------------------------------------------------------------------------

    @property
    def sheet(self) -> QRectF:
        """Where the picture is, in the proportions of the set."""
        height, width = (1, 1) if self.looks is None else self.looks.shape[:2]
        size = QSize(width, height).scaled(self.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, *size.toTuple())

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(SIDE, SIDE)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def _share(self, at: QPointF) -> tuple[float, float]:
        """A place in shares of the sheet, within it."""
        sheet = self.sheet
        across, down = (at.x() - sheet.left()) / sheet.width(), (at.y() - sheet.top()) / sheet.height()
        return min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0)

    # --- the pointer ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the pen down."""
        if event.button() == Qt.MouseButton.LeftButton and self.looks is not None:
            self._draws, self._down = True, False
            self._begin(self._share(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on, in straight lines from one place to the next."""
        if self._draws:
            self._go_on(self._share(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the pen."""
        self._draws = False

    # --- keys -------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the keys to itself that draw, which do other things elsewhere in the window."""
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            return bool(self.strokes)
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        own = (Key.Key_Space, Key.Key_Backspace, Key.Key_Delete, *ARROWS)
        return plain and Key(event.key()) in own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the pen, put it down, lift it, and take back what was drawn."""
        if not self._takes(event) or self.looks is None:
            super().keyPressEvent(event)
            return
        self.focused_by_key = True
        match Key(event.key()):
            case Key.Key_Space:
                self._down = not self._down
                if self._down:
                    self._begin(self._cursor)
            case Key.Key_Delete:
                self.clear()
            case Key.Key_Backspace | Key.Key_Z:
                self.undo()
            case key:
                self._move(key, FINE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP)
        self.update()

    def _move(self, key: Key, step: float) -> None:
        across, down = ((here + step * way) for here, way in zip(self._cursor, ARROWS[key], strict=True))
        self._cursor = min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0)
        if self._down:
            self._go_on(self._cursor)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Lift the pen."""
        super().focusOutEvent(event)
        self._down = False

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet with the strokes, and the pen of who draws by keys."""
        shown, sheet = current(), self.sheet
        with QPainter(self) as painter:
            if self.looks is not None:
                painter.setClipRect(sheet)
                paint_strokes(painter, self.strokes, self.looks, sheet)
                painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            focused = self.focused_by_key and self.hasFocus()
            painter.setPen(QPen(QColor(shown.focus if focused else shown.border), 2 if focused else 1))
            painter.drawRect(sheet)
            if focused:
                across, down = self._cursor
                at = QPointF(sheet.left() + across * sheet.width(), sheet.top() + down * sheet.height())
                paint_cross(painter, at)


def pad_keys() -> dict[str, str]:
    """The keys of a pad, and what they do."""
    return {
        _tr("Arrow keys, on the drawing pad"): _tr("Move the pen, with Shift a little"),
        _tr("Space, on the drawing pad"): _tr("Put the pen down, or lift it"),
        _tr("Backspace, on the drawing pad"): _tr("Take the last stroke back"),
        _tr("Delete, on the drawing pad"): _tr("Begin anew"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("DrawingPad", text)
