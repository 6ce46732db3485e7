"""What dialogs that read data are made of: labels, frames, and the line that says how far it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from playground.numbers.writing import duration, percent

STEPS = 1000


def label(text: str, role: str) -> QLabel:
    """A label of plain text in a role of `widgets.theme`."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setProperty("role", role)
    return result


def say(shown: QLabel, words: str) -> None:
    """Show words, or no label at all when there are none."""
    shown.setText(words)
    shown.setVisible(bool(words))


def framed(content: QWidget) -> QFrame:
    """The same in a frame."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(6, 6, 6, 6)
    layout.addWidget(content)
    return frame


class ProgressLine(QWidget):
    """How far reading is, how long it still takes, and a button to stop it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.left = label("", "muted")
        self.stop = QPushButton(_tr("Stop"))
        self.stop.setToolTip(_tr("Stop reading; nothing is changed."))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.left)
        row.addWidget(self.stop)

    def show_share(self, share: float, left: float) -> None:
        """Show which share is done, and the seconds that are left; −1 when nobody knows."""
        self.bar.setValue(round(STEPS * share))
        time = _tr("{time} left").format(time=duration(left)) if left >= 1 else ""
        self.left.setText(" · ".join(filter(None, (percent(share), time))))


def _tr(text: str) -> str:
    return QCoreApplication.translate("DialogParts", text)
