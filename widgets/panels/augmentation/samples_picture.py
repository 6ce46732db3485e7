"""A square that shows samples as what they are: points of a map, or pictures."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.data import Dataset, Samples
from playground.data.sample import Floats, first_values
from playground.data.spaces import Components
from widgets import theme
from widgets.panels.thumbnail import sample_colours
from widgets.pictures import picture_image
from widgets.sequence_picture import paint_sequences
from widgets.theme import Theme

SIDE = 86
PADDING = 4
DOT = 3
ACROSS = 2
MOST_PICTURES = 4
ROOM = 0.15
"""How far a map of measured values reaches beyond the samples as they are, as a share of their range."""


class SamplesPicture(QWidget):
    """Draws samples on the map of others, so that two of them can be compared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self.samples: Samples | None = None
        self._places = np.empty((0, 2))
        self._ends = 0.0, 1.0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Two of them fit into a panel."""
        return QSize(SIDE, SIDE)

    def heightForWidth(self, width: int) -> int:
        """As high as wide."""
        return width

    def show_samples(self, dataset: Dataset, samples: Samples, among: Floats) -> None:
        """Show samples of a dataset, where they lie among others."""
        self._dataset, self.samples = dataset, samples
        if dataset.columns and len(among):
            self._places = _on_map(dataset, samples, among)
        elif len(among):
            self._ends = float(among.min()), float(among.max())
        self.update()

    def clear(self) -> None:
        """Show none."""
        self.samples = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and the samples."""
        shown = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(QColor(shown.border), 1))
            painter.setBrush(QColor(shown.canvas))
            painter.drawRoundedRect(frame, 6, 6)
            if self._dataset is None or self.samples is None or not len(self.samples.raw):
                return
            inside = frame.adjusted(PADDING, PADDING, -PADDING, -PADDING)
            painter.setClipRect(frame.adjusted(1, 1, -1, -1))
            if self._dataset.shape.is_sequence:
                paint_sequences(painter, self._dataset, self.samples, inside, shown, MOST_PICTURES)
            elif self._dataset.columns:
                self._paint_points(painter, self.samples, inside, shown)
            else:
                self._paint_pictures(painter, self.samples, inside)

    def _paint_points(self, painter: QPainter, samples: Samples, inside: QRectF, shown: Theme) -> None:
        x = (inside.left() + self._places[:, 0] * inside.width()).tolist()
        y = (inside.bottom() - self._places[:, 1] * inside.height()).tolist()
        for colour, chosen in sample_colours(samples, shown):
            painter.setPen(QPen(QColor(colour), DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints([QPointF(x[index], y[index]) for index in chosen])

    def _paint_pictures(self, painter: QPainter, samples: Samples, inside: QRectF) -> None:
        side = inside.width() / ACROSS
        low, high = self._ends
        ends = (low, high if high > low else low + 1)
        for index, raw in enumerate(samples.raw[:MOST_PICTURES]):
            row, column = divmod(index, ACROSS)
            place = QRectF(inside.left() + column * side, inside.top() + row * side, side, side)
            painter.drawImage(place.adjusted(1, 1, -1, -1), picture_image(raw, ends))


def _on_map(dataset: Dataset, samples: Samples, among: Floats) -> Floats:
    """Where samples lie on a map from 0 to 1, (n, 2): by coordinates, or where the others spread most."""
    columns = dataset.columns
    if len(columns) == 1:
        values = first_values(samples.targets)
        across = columns[0].range if columns[0].coordinate else _around(among[:, 0])
        level = 1.2 * float(np.abs(values).max() or 1)
        found, ranges = np.column_stack([samples.raw[:, 0], values]), [across, (-level, level)]
    elif all(column.coordinate for column in columns):
        found, ranges = samples.raw, [column.range for column in columns[:2]]
    else:
        plane = Components.of(among)
        found, ranges = plane.project(samples.raw), [_around(values) for values in plane.project(among).T]
    low, high = np.transpose(ranges)
    return (found - low) / (high - low)


def _around(values: Floats) -> tuple[float, float]:
    room = ROOM * (np.ptp(values) or 1)
    return float(values.min() - room), float(values.max() + room)
