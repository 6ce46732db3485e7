"""Frames around what a laboratory shows: a head line with a name, a remark and links, then the content."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets.elided_label import ElidedLabel


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
        self._title = words(title, "heading")
        head.addWidget(self._title)
        head.addWidget(self._remark, 1)
        for link in links:
            link.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            head.addWidget(link)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 12, 8)
        self.column.setSpacing(4)
        self.column.addLayout(head)
        self.column.addWidget(content, 1)

    def show_title(self, text: str) -> None:
        """Call it by another name."""
        say_in(self._title, text)

    def show_remark(self, text: str) -> None:
        """Say this in the head line."""
        say_in(self._remark, text)


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
