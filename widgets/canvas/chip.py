"""A kind of layer to drag from, double-click or press Enter on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from playground.engine.layers import Layer
from widgets import icons
from widgets.sentences import said
from widgets.theme import current


class Chip(QToolButton):
    """One kind of layer.

    Signals:
        dragged: the pointer, held down, is at this point of the screen.
        dropped: it was released there; `cancelled` when Esc was pressed instead.
        chosen: it was double-clicked, or Enter was pressed.
        walked_to: the keyboard came to it.
    """

    dragged = Signal(QPointF)
    dropped = Signal()
    cancelled = Signal()
    chosen = Signal()
    walked_to = Signal(QWidget)

    def __init__(self, kind: type[Layer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._pressed: QPointF | None = None
        self._dragging = False
        self.setProperty("role", "chip")
        self.setText(said(kind))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(15, 15))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(self.tr("Add {0}").format(said(kind)))
        self.setToolTip(self.tr("{0}\nDrag it into the network, or double-click.").format(said(kind, "help")))
        self.recolour()

    def recolour(self) -> None:
        """Take the colours of the theme being shown."""
        self.setIcon(icons.icon(self.kind.icon, current().accent))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if self._pressed is None:
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragging:
            self.dragged.emit(event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop."""
        dragging = self._dragging
        self._stop()
        if dragging:
            self.dropped.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose this kind."""
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter, call a drag off with Esc, walk with the arrows."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.chosen.emit()
            case Qt.Key.Key_Escape if self._dragging:
                self._stop()
                self.cancelled.emit()
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.focusPreviousChild()
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.focusNextChild()
            case _:
                event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be in sight."""
        super().focusInEvent(event)
        self.walked_to.emit(self)

    def _stop(self) -> None:
        self._pressed, self._dragging = None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
