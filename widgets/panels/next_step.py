"""What a beginner may do next: a sentence, and a button that does it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from widgets.labels import label, show_text
from widgets.space_key import leave_space_key


class NextStepCard(QFrame):
    """Stands below the output, always at the same place.

    Signals:
        chosen: the button was clicked.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "goal")
        self.setAccessibleName(self.tr("What next?"))
        self.words = label(wraps=True)
        self.button = QPushButton()
        self.button.setProperty("role", "main")
        self.button.clicked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 9)
        column.setSpacing(6)
        column.addWidget(label(self.tr("What next?"), "heading"))
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        leave_space_key(self)

    def minimumSizeHint(self) -> QSize:
        """As high as the words need, folded at this width: what is below and above makes room for them."""
        hint = super().minimumSizeHint()
        return hint.expandedTo(QSize(0, self.heightForWidth(max(self.width(), hint.width()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_step(self, words: str, button: str) -> None:
        """Say this, and what the button does."""
        show_text(self.words, words)
        if button != self.button.text():
            self.button.setText(button)
            self.button.setToolTip(words)
