"""A column of widgets that scrolls when the window is low."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

MARGIN = 12
"""Space between the edge of a panel and what it holds."""


class ScrollingColumn(QScrollArea):
    """Scrolls downwards only, so it is never narrower than what it holds.

    The bar appears within the right margin, so that nothing shifts.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        content.setObjectName("content")
        self.column = QVBoxLayout(content)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """As wide as what it holds; as low as Qt has it."""
        needed = self.widget().minimumSizeHint().width() + self._taken()
        return QSize(needed, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for other room when what it holds does."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _taken(self) -> int:
        """How much of the right margin is the bar's."""
        bar = self.verticalScrollBar()
        return bar.sizeHint().width() if bar.maximum() > 0 else 0

    def _make_room(self) -> None:
        taken = self._taken()
        self.column.setContentsMargins(MARGIN, MARGIN - 2, max(0, MARGIN - taken), MARGIN)
