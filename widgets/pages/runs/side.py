"""The column at the left of the page, which scrolls where the window is low."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class SideColumn(QScrollArea):
    """Never narrower than what it holds; its panels lie on the ground of the page."""

    def __init__(self, column: QVBoxLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        content.setLayout(column)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for ground in (self.viewport(), content):
            ground.setAutoFillBackground(False)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def minimumSizeHint(self) -> QSize:
        """As wide as what it holds, and low."""
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        return QSize(self.widget().minimumSizeHint().width() + taken, 120)

    def _make_room(self, low: int, high: int) -> None:
        self.updateGeometry()
