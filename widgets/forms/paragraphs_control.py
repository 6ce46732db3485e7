"""The control of a text of several lines: what is typed or pasted counts when the focus leaves."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from playground.fields import FieldDescription
from widgets.forms.control import Control
from widgets.gesture import new_gesture

LINES = 6


class TextPage(QPlainTextEdit):
    """A few lines of a plain text; Ctrl+Enter is as if the focus left, and Escape takes back."""

    finished = Signal()
    reverted = Signal()

    def __init__(self, parent: QWidget | None = None, lines: int = LINES) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def sizeHint(self) -> QSize:
        """So many lines."""
        return QSize(120, self._lines * self.fontMetrics().lineSpacing() + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take it, or take it back; an unchanged text leaves Escape to the window."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape and self.document().isModified():
            self.reverted.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed; a menu over it does not."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finished.emit()


class ParagraphsControl(Control):
    """A field of text of several lines."""

    def __init__(self, field: FieldDescription, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.page = TextPage()
        self.page.finished.connect(self._entered)
        self.page.reverted.connect(self._settle)
        self.page.textChanged.connect(lambda: self.refuse(""))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._use(self.page)

    def _show(self, value: str) -> None:
        if value != self.page.toPlainText():
            self.page.setPlainText(value)
        self.page.document().setModified(False)

    def _entered(self) -> None:
        if not self.page.document().isModified():
            return
        text = self.page.toPlainText()
        if text == self._value:
            self.page.document().setModified(False)
        else:
            self._edit(text, new_gesture())
