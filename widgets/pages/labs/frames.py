"""Frames around what a laboratory shows: a head line with a name, a remark and links, then the content."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets.elided_label import ElidedLabel
from widgets.panels.scroll import ScrollingColumn


class LabFrame(QFrame):
    """A panel with a head line, in which the words give way to the links.

    Attributes:
        column: head line and content, for what comes below.
    """

    def __init__(self, title: str, content: QWidget, links: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._remark = words("", "muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(words(title, "heading"))
        head.addWidget(self._remark, 1)
        for link in links:
            link.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            head.addWidget(link)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 12, 8)
        self.column.setSpacing(4)
        self.column.addLayout(head)
        self.column.addWidget(content, 1)

    def show_remark(self, text: str) -> None:
        """Say this in the head line."""
        say_in(self._remark, text)


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


def words(text: str, role: str) -> ElidedLabel:
    """A line of words that gives way, and tells all of them in its tool tip."""
    result = ElidedLabel()
    result.setProperty("role", role)
    say_in(result, text)
    return result


def say_in(shown: ElidedLabel, text: str) -> None:
    """Say this in such a line."""
    if shown.text() != text:
        shown.setText(text)
        shown.setToolTip(text)
