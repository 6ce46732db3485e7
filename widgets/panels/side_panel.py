"""A panel at the side of a page, of about a given width."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from widgets.panels.scroll import ScrollingColumn


class SidePanel(QFrame):
    """A panel at a side that scrolls when it is low: as wide as it is told, or as its content needs."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._width = width
        scroll = ScrollingColumn()
        self.column = scroll.column
        self.column.setSpacing(7)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll)

    def show_width(self, width: int) -> None:
        """Be about so wide."""
        if width != self._width:
            self._width = width
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Wide enough, and of any height."""
        least = self.layout().minimumSize()
        return QSize(max(self._width, least.width()), least.height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()
