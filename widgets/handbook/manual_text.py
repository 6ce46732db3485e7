"""A page of the manual as it is read: its title, and its text in the colours of the window."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from playground.manual import ManualPage
from widgets.labels import label, show_text

LINE_HEIGHT = 125
"""Of the text, in percent."""

INDENT = 18
"""Of lists, in pixels."""

NAME = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
"""What the window calls something: shown in bold, since Chinese has no slanting letters."""


class ManualText(QWidget):
    """Shows one page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = label(role="heading")
        self.text = QTextBrowser()
        self.text.document().setIndentWidth(INDENT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.text, 1)

    def show_page(self, page: ManualPage) -> None:
        """Show it from its beginning."""
        show_text(self.heading, page.title)
        self.text.setAccessibleName(page.title)
        self.text.setMarkdown(NAME.sub(r"**\1**", page.text))
        _space(self.text.document())
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


def _space(document: QTextDocument) -> None:
    """Give the lines of a text room."""
    spaced = QTextBlockFormat()
    spaced.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(spaced)
