"""An augmentation in the list: a grip to move it by, its fields, and a button that removes it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from playground.data import Augmentation
from widgets import theme
from widgets.forms import Form
from widgets.forms.dice import PLACE
from widgets.icons import icon
from widgets.sentences import said
from widgets.tips import tip

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Grip(QToolButton):
    """The name of an augmentation, which can be dragged up and down, or moved by keys."""

    dragged = Signal(float)
    """How far down the pointer is, in this button."""
    dropped = Signal(float)
    cancelled = Signal()
    stepped = Signal(int)
    """One place up, −1, or down, 1."""

    def __init__(self, member: type[Augmentation], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: float | None = None
        self._dragging = False
        self.setText(said(member))
        self.setAutoRaise(True)
        self.setIconSize(QSize(14, 14))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "group")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(
            tip(said(member, "help"), self.tr("Drag it, or press Alt+↑ or Alt+↓, to change the order."))
        )
        self.setAccessibleName(said(member))
        self.setAccessibleDescription(said(member, "help"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().y()
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if self._pressed is None:
            return
        if abs(event.position().y() - self._pressed) >= QApplication.startDragDistance():
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragging:
            self.dragged.emit(event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop."""
        dragging = self._dragging
        self._stop()
        if dragging:
            self.dropped.emit(event.position().y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and an arrow, call a drag off with Esc."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._stop()
            self.cancelled.emit()
        elif alt and event.key() in STEPS:
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        else:
            event.ignore()

    def _stop(self) -> None:
        self._pressed, self._dragging = None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)


class AugmentationRow(QWidget):
    """One augmentation: it changes nothing itself, and asks by its grip, its form and its button."""

    def __init__(self, member: type[Augmentation], label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.member = member
        self.grip = Grip(member)
        self.form = Form(member, label_width=label_width)
        self.form.setProperty(PLACE, f"data.augmentations.{member.tag()}")
        self.remove = QToolButton()
        self.remove.setAutoRaise(True)
        self.remove.setIconSize(QSize(14, 14))
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = self.tr("Remove {name}").format(name=said(member))
        self.remove.setToolTip(words)
        self.remove.setAccessibleName(words)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.grip, 1)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.form)
        theme.themes.changed.connect(self._recolour)
        self._recolour()

    def put_away(self) -> None:
        """Go, without a word about what is half typed."""
        self.form.put_away()
        self.hide()
        self.deleteLater()

    def _recolour(self) -> None:
        self.grip.setIcon(icon("grip", theme.current().muted))
        self.remove.setIcon(icon("close", theme.current().muted))
