"""A small table of words and numbers beside the plots of a laboratory."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from widgets.labels import label, show_text
from widgets.pages.labs.frames import say_in, words
from widgets.panels.scroll import MARGIN, ScrollingColumn

ROOMY = 300
"""Pixels from which on there is room for the last column."""


class LabTable(ScrollingColumn):
    """A name, then numbers, then a remark, a row each; names and remarks give way where room is short."""

    def __init__(self, columns: int) -> None:
        """`columns` counts name and remark too."""
        super().__init__()
        self._columns = columns
        self.rows: list[tuple[QLabel, ...]] = []
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(columns - 1, 1)
        self.column.setContentsMargins(0, 0, MARGIN, 0)
        self.column.addWidget(holder)
        self.column.addStretch(1)
        self._head = self._row(["caption"] * columns)

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these, under these heads."""
        while len(self.rows) < len(rows):
            self.rows.append(self._row(["", *[""] * (self._columns - 2), "muted"]))
        for shown, texts in zip((self._head, *self.rows), (heads, *rows), strict=True):
            for each, text in zip(shown[1:-1], texts[1:-1], strict=True):
                show_text(each, text)
            say_in(shown[0], texts[0])
            say_in(shown[-1], texts[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the remarks out where there is no room for them."""
        super().resizeEvent(event)
        for row in (self._head, *self.rows):
            row[-1].setVisible(self.width() >= ROOMY)

    def _row(self, roles: Sequence[str]) -> tuple[QLabel, ...]:
        first, *texts, last = roles
        name, remark = words("", first), words("", last)
        remark.setVisible(self.width() >= ROOMY)
        place = self._grid.rowCount()
        row = (name, *(label("", role) for role in texts), remark)
        for column, shown in enumerate(row):
            is_number = 0 < column < self._columns - 1
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(shown, place, column)
            shown.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        return row
