"""Rows of small pictures, each row with its name: pictures beside what is made of them, or a chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.figures.columns import Columns
from widgets.pictures import signed_image
from widgets.plots.painted_figure import PaintedFigure
from widgets.theme import current

NAME_WIDTH, GAP = 62, 6
LEAST, MOST = 22, 72
"""Pixels along a side of a picture."""


class TileRow(NamedTuple):
    """A name, and pictures (height, width) of 0 to 1."""

    name: str
    pictures: Sequence[NDArray[np.floating]]


class TileRows(PaintedFigure):
    """As many pictures of each row as there is room for, the first ones."""

    def __init__(self, title: str, count: int, parent: QWidget | None = None) -> None:
        """`count` is how many pictures a row has at most, so that all rows have one size."""
        super().__init__(title, parent)
        self.count = count
        self.rows: Sequence[TileRow] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_rows(self, rows: Sequence[TileRow]) -> None:
        """Show these."""
        self.rows = rows
        self.setAccessibleDescription(", ".join(row.name for row in rows))
        self.update()

    def columns(self) -> Columns:
        """Row, number of the picture, place of the pixel, and its value."""
        names, cells = [], []
        for row in self.rows:
            for number, picture in enumerate(row.pictures, 1):
                down, right = np.indices(picture.shape).reshape(2, -1) + 1
                names += [row.name] * picture.size
                cells.append(np.stack([np.full(picture.size, number), down, right, picture.ravel()]))
        table = np.concatenate(cells, axis=1) if cells else np.empty((4, 0))
        heads = ("picture", "y", "x", "value")
        return {"row": np.array(names)} | dict(zip(heads, table, strict=True))

    def sizeHint(self) -> QSize:
        """All of them, small; they take what room there is."""
        return QSize(NAME_WIDTH + self.count * (LEAST + GAP), 2 * (LEAST + GAP))

    def minimumSizeHint(self) -> QSize:
        """A few small ones."""
        return QSize(NAME_WIDTH + 4 * (LEAST + GAP), 2 * (LEAST + GAP))

    @property
    def tile(self) -> int:
        """Pixels along a side of each picture."""
        across = (self.width() - NAME_WIDTH) // self.count - GAP
        down = self.height() // max(1, len(self.rows)) - GAP
        return max(LEAST, min(across, down, MOST))

    def paint(self, painter: QPainter) -> None:
        """Draw them."""
        painter.setFont(self.small_font())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        shown, side = current(), self.tile
        for place, row in enumerate(self.rows):
            top = place * (side + GAP)
            painter.setPen(QColor(shown.muted))
            words = QRectF(0, top, NAME_WIDTH - 6, side)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, row.name)
            for number, picture in enumerate(row.pictures):
                left = NAME_WIDTH + number * (side + GAP)
                if left + side > self.width():
                    break
                area = QSize(picture.shape[1], picture.shape[0]).scaled(
                    side, side, Qt.AspectRatioMode.KeepAspectRatio
                )
                painter.drawImage(
                    QRectF(left, top, *area.toTuple()), signed_image(picture, (-1.0, 1.0), shown)
                )
