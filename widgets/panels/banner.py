"""The banner above the canvas: something a person must know before going on, such as a divergence."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from widgets import theme
from widgets.icons import icon
from widgets.panels.labels import label

TINT = 0.16
"""How much of the warning colour is in the ground."""


class Banner(QFrame):
    """A strip with a sentence and a button that closes it; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.sign = QLabel()
        self.text = label(wraps=True)
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.setToolTip(self.tr("Close this message."))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 6, 5)
        layout.setSpacing(10)
        layout.addWidget(self.sign)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        theme.themes.changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_message(self, text: str) -> None:
        """Say this, or nothing when it is empty."""
        self.text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def clear(self) -> None:
        """Say nothing more."""
        self.show_message("")

    def _dress(self) -> None:
        shown = theme.current()
        ground = _mix(QColor(shown.panel), QColor(shown.bad)).name()
        self.setStyleSheet(
            f"QFrame#banner {{ background: {ground}; border: 1px solid {shown.bad}; border-radius: 8px; }}"
        )
        self.sign.setPixmap(icon("warning", shown.bad).pixmap(18, 18))
        self.close_button.setIcon(icon("close"))


def _mix(ground: QColor, colour: QColor) -> QColor:
    channels = zip(ground.getRgb()[:3], colour.getRgb()[:3], strict=True)
    return QColor(*(round(below + TINT * (above - below)) for below, above in channels))
