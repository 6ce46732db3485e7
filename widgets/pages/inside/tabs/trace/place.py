"""Where a sample is: on the map of the plane, where a click picks another; of others a small drawing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.analysis.inspections.trace.samples import PlaneSeen
from playground.data.prepared import PreparedData, Split
from playground.engine.arrays import Places
from playground.numbers.writing import setting
from widgets.colouring import ByClass, Colouring
from widgets.kept_picture import KeptPicture
from widgets.pictures import picture_image
from widgets.plots.points import Points, paint_points
from widgets.sentences import column_name
from widgets.sequence_picture import paint_sequence
from widgets.theme import current, themes

MOST_POINTS = 1200
NEAR = 24.0
"""A click so many pixels from a sample still picks it."""
ROW = 19


class SamplePlace(QWidget):
    """Shows one sample of a side.

    Signals:
        picked: another sample, by its number.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: PreparedData | None = None
        self._split: Split | None = None
        self._plane: PlaneSeen | None = None
        self._colouring: Colouring | None = None
        self.sample = 0
        self._field: Places = ()
        self._kept = KeptPicture()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(140, 120)
        self.setAccessibleName(self.tr("Where the sample is"))
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(280, 280)

    def show_sample(
        self, data: PreparedData, split: Split, plane: PlaneSeen | None, colouring: Colouring, sample: int
    ) -> None:
        """Show a sample of a side, −1 for none in particular."""
        self._data, self._split, self._plane, self._colouring = data, split, plane, colouring
        self.sample = min(sample, len(split.raw) - 1)
        self.setCursor(Qt.CursorShape.ArrowCursor if plane is None else Qt.CursorShape.PointingHandCursor)
        self.update()

    def show_field(self, field: Places) -> None:
        """Mark the part of a picture that a value is made of; () for none."""
        if field != self._field:
            self._field = field
            self.update()

    # --- the plane --------------------------------------------------------------------------------------

    @property
    def square(self) -> QRectF:
        """Where the map is."""
        side = min(self.width(), self.height()) - 2
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def pixels(self, places: NDArray[np.floating]) -> NDArray[np.floating]:
        """Where samples (n, 2) are on the map."""
        assert self._plane is not None
        low = np.array([self._plane.across[0], self._plane.up[0]])
        size = np.array([self._plane.across[1], self._plane.up[1]]) - low
        square = self.square
        share = (places - low) / size
        found: NDArray[np.floating] = np.array([square.left(), square.bottom()]) + share * [
            square.width(),
            -square.height(),
        ]
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the sample that is nearest."""
        if self._plane is None or self._split is None or not len(self._split.raw):
            return
        click = np.array([event.position().x(), event.position().y()])
        apart = np.hypot(*(self.pixels(self._split.raw) - click).T)
        if apart.min() < NEAR:
            self.picked.emit(int(apart.argmin()))

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map, or the sample itself."""
        data, split = self._data, self._split
        if data is None or split is None or not len(split.raw):
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._plane is not None and self._colouring is not None:
                self._paint_map(painter, self._plane, self._colouring, split)
            elif self.sample >= 0:
                self._paint_sample(painter, data, split)

    def _paint_map(self, painter: QPainter, plane: PlaneSeen, colouring: Colouring, split: Split) -> None:
        """The map with the points, kept as a picture, and the ring around the sample."""
        self._kept.paint(
            painter,
            self.size(),
            (plane, colouring, split),
            lambda inner: self._draw_map(inner, plane, colouring, split),
        )
        if self.sample >= 0:
            ((x, y),) = self.pixels(split.raw[self.sample : self.sample + 1]).tolist()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for pen in (QPen(QColor(0, 0, 0, 180), 4.5), QPen(QColor(255, 255, 255), 2.2)):
                painter.setPen(pen)
                painter.drawEllipse(QPointF(x, y), 8, 8)

    def _draw_map(self, painter: QPainter, plane: PlaneSeen, colouring: Colouring, split: Split) -> None:
        outputs = np.nan_to_num(plane.outputs)
        painter.setClipRect(self.square)
        if len(outputs) == (len(colouring.names) if isinstance(colouring, ByClass) else 1):
            pixels = colouring.pixels(outputs[:, ::-1], current(), False, parts=3)
            height, width = pixels.shape
            image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
            painter.drawImage(self.square, image)
        else:  # inputs that are given back are not coloured as classes are
            painter.fillRect(self.square, QColor(current().canvas))
        shown = slice(None, None, -(-len(split.raw) // MOST_POINTS))
        labels = split.labels[shown]
        shapes = labels.astype(int).tolist() if isinstance(colouring, ByClass) else []
        points = Points(split.raw[shown], colouring.point_colours(labels, current()), shapes)
        paint_points(painter, points, self.pixels, True)

    def _paint_sample(self, painter: QPainter, data: PreparedData, split: Split) -> None:
        raw, shape = split.raw[self.sample], data.dataset.shape
        if shape.is_picture:
            image = picture_image(raw)
            size = image.size().scaled(self.square.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
            painter.drawImage(target, image)
            self._paint_field(painter, target, raw.shape)
        elif shape.is_sequence:
            area = QRectF(self.rect()).adjusted(4, 4, -4, -4)
            paint_sequence(painter, data.dataset, raw, split.labels[self.sample], area, current())
        elif raw.ndim == 1:
            self._paint_row(painter, data, raw)

    def _paint_field(self, painter: QPainter, target: QRectF, shape: tuple[int, ...]) -> None:
        if len(self._field) != 2:
            return
        down, across = self._field
        height, width = target.height() / shape[0], target.width() / shape[1]
        corner = target.topLeft() + QPointF(across.start * width, down.start * height)
        rect = QRectF(corner.x(), corner.y(), len(across) * width, len(down) * height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(current().accent), 2.5))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _paint_row(self, painter: QPainter, data: PreparedData, raw: NDArray[np.floating]) -> None:
        """The columns of a row, as many as there is room for."""
        theme, columns = current(), data.columns
        most = max(int(self.height() // ROW), 1)
        rows = list(zip(columns, raw.tolist(), strict=False))
        for place, (column, value) in enumerate(rows[:most]):
            line = QRectF(2, place * ROW, self.width() - 4, ROW)
            painter.setPen(QColor(theme.muted))
            name = column_name(column.name)
            if place == most - 1 and len(rows) > most:
                name, text = self.tr("… of {count} columns").format(count=len(rows)), ""
            elif column.categories and np.isfinite(value):
                text = column.categories[int(value)]
            else:
                text = setting(value)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(QColor(theme.text))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
