"""A part of a panel that is folded away until its heading is clicked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from widgets import theme
from widgets.icons import icon


class Section(QWidget):
    """A heading that shows and hides what is below it."""

    unfolded = Signal()

    def __init__(
        self, title: str, content: QWidget, tip: str, role: str = "section", parent: QWidget | None = None
    ) -> None:
        """A heading of a section, or of a group within one."""
        super().__init__(parent)
        self.content = content
        self.content.hide()
        self.header = QToolButton()
        self.header.setText(title)
        self.header.setToolTip(tip)
        self.header.setAutoRaise(True)
        self.header.setIconSize(QSize(12, 12))
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.setProperty("role", role)
        self.header.clicked.connect(self.toggle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.header)
        layout.addWidget(content)
        theme.themes.changed.connect(self._show_arrow)
        self._show_arrow()

    def toggle(self) -> None:
        """Unfold what is folded, and the other way round."""
        if self.content.isHidden():
            self.unfold()
        else:
            self.fold()

    def unfold(self) -> None:
        """Show what is below."""
        if self.content.isHidden():
            self.content.show()
            self._show_arrow()
            self.unfolded.emit()

    def fold(self) -> None:
        """Hide what is below."""
        if not self.content.isHidden():
            self.content.hide()
            self._show_arrow()

    def _show_arrow(self) -> None:
        folded = self.content.isHidden()
        self.header.setIcon(icon("right" if folded else "down", theme.current().muted))
        self.header.setAccessibleDescription(self.tr("Folded") if folded else self.tr("Unfolded"))
