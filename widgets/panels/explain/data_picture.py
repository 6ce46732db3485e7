"""The picture of a dataset or of an input on its page: samples, or values over the plane."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.data import Dataset, Feature
from playground.data.dataset import Samples
from widgets import theme
from widgets.panels.inputs import feature_image
from widgets.panels.thumbnail import few_samples, paint_samples
from widgets.sentences import said

SIDE = 190
FINENESS = 96
PADDING = 8


class DataPicture(QWidget):
    """A square that shows a few samples of a dataset, or an input over the plane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._samples: Samples | None = None
        self._feature: Feature | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Large enough to tell points apart."""
        return QSize(SIDE, SIDE)

    def show_data(self, dataset: Dataset, feature: Feature | None = None) -> None:
        """Show samples of a dataset, or what a feature makes of its plane."""
        if dataset != self._dataset:
            self._samples = few_samples(dataset)
        self._dataset, self._feature = dataset, feature
        self.setAccessibleName(said(dataset if feature is None else feature))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the values and the samples."""
        if self._dataset is None or self._samples is None:
            return
        shown = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(QColor(shown.border), 1))
            painter.setBrush(QColor(shown.canvas))
            painter.drawRoundedRect(frame, 6, 6)
            inside = frame.adjusted(PADDING, PADDING, -PADDING, -PADDING)
            if self._feature is not None:
                painter.drawImage(inside, feature_image(self._feature, self._dataset, FINENESS))
            else:
                paint_samples(painter, self._dataset, self._samples, inside, shown)
