"""What dialogs that read data are made of: frames, tables, buttons, and how far the reading is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from playground.numbers.writing import duration, percent
from widgets.labels import label

STEPS = 1000


def framed(content: QWidget) -> QFrame:
    """The same in a frame."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(6, 6, 6, 6)
    layout.addWidget(content)
    return frame


def plain(table: QTableView, row: int) -> None:
    """Make a table, with rows so high, one that is only read: without lines, and Tab leads out of it."""
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setProperty("role", "plain")
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(row)


def choice(words: str) -> tuple[QDialogButtonBox, QPushButton]:
    """The buttons of a dialog, and that of them which accepts; Enter in a field is for that field."""
    standard = QDialogButtonBox.StandardButton
    buttons = QDialogButtonBox(standard.Cancel)
    accept = buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.button(standard.Cancel).setText(_tr("Cancel"))
    for button in (accept, buttons.button(standard.Cancel)):
        button.setAutoDefault(False)
    return buttons, accept


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
