"""A part of a panel that is folded away, and not made, until its heading is clicked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from widgets import theme
from widgets.icons import icon
from widgets.space_key import leave_space_key


class Section(QWidget):
    """A heading that shows and hides what is below it."""

    unfolded = Signal()

    def __init__(
        self,
        title: str,
        make: Callable[[], QWidget],
        tip: str,
        role: str = "section",
        parent: QWidget | None = None,
    ) -> None:
        """A heading of a section, or of a group within one, and what makes the content when it is needed."""
        super().__init__(parent)
        self._make = make
        self._content: QWidget | None = None
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
        theme.themes.changed.connect(self._show_arrow)
        self._show_arrow()

    @property
    def content(self) -> QWidget:
        """What is below the heading, made when it is first asked for."""
        if self._content is None:
            self._content = self._make()
            self._content.hide()
            self.layout().addWidget(self._content)
            leave_space_key(self._content)
        return self._content

    @property
    def is_made(self) -> bool:
        """Whether there is anything below the heading yet."""
        return self._content is not None

    @property
    def folded(self) -> bool:
        """Whether only the heading is seen."""
        return self._content is None or self._content.isHidden()

    def toggle(self) -> None:
        """Unfold what is folded, and the other way round."""
        if self.folded:
            self.unfold()
        else:
            self.fold()

    def unfold(self) -> None:
        """Show what is below."""
        if self.folded:
            self.content.show()
            self._show_arrow()
            self.unfolded.emit()

    def fold(self) -> None:
        """Hide what is below."""
        if not self.folded:
            self.content.hide()
            self._show_arrow()

    def _show_arrow(self) -> None:
        folded = self.folded
        self.header.setIcon(icon("right" if folded else "down", theme.current().muted))
        self.header.setAccessibleDescription(self.tr("Folded") if folded else self.tr("Unfolded"))
