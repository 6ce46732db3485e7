"""The mean picture of each class: what its samples have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.data.sample import Floats
from playground.numbers.writing import whole
from widgets.labels import label, show_text
from widgets.pages.data.samples import SampleRows
from widgets.pages.data.sheet import Sheet
from widgets.plots.pictures.told import Told, WallContent
from widgets.plots.pictures.wall import PictureWall

SIDE = 56


@dataclass(frozen=True, eq=False)
class Means:
    """The mean training picture (classes, height, width, channels) of each class, and how many it is of."""

    pictures: Floats
    counts: tuple[int, ...]

    @classmethod
    def of(cls, sheet: Sheet) -> Means:
        """Those of the training samples; black where there are none of a class."""
        assert sheet.target is not None
        split, classes = sheet.data.train, len(sheet.target.categories)
        counts = np.bincount(split.labels.astype(np.int64), minlength=classes)
        pictures = np.full((classes, *split.raw.shape[1:]), sheet.looks.low)
        for number in np.flatnonzero(counts):
            pictures[number] = split.raw[split.labels == number].mean(axis=0)
        return cls(pictures, tuple(counts.tolist()))


class MeansPanel(QWidget):
    """A wall of them, worked out while it is seen; they can be copied as a picture."""

    def __init__(self, samples: SampleRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples = samples
        self._known: Sheet | None = None
        self.wall = PictureWall(self.tr("Mean of each class"), SIDE)
        self.remark = label(role="muted")
        foot = QHBoxLayout()
        foot.addWidget(self.remark, 1)
        foot.addWidget(self.wall.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.addWidget(self.wall, 1)
        column.addLayout(foot)
        samples.sheet_changed.connect(self._work_out)

    def showEvent(self, event: QShowEvent) -> None:
        """Work out what is not known yet."""
        super().showEvent(event)
        self._work_out()

    def _work_out(self) -> None:
        sheet = self._samples.sheet
        if not self.isVisible() or sheet is None or sheet is self._known:
            return
        self._known = sheet
        if sheet.target is None or not sheet.dataset.shape.is_picture:
            self.wall.show_content(None)
            show_text(self.remark, self.tr("There are no classes."))
            return

        def done(means: Means) -> None:
            if self._samples.sheet is sheet:
                self._show(sheet, means)

        self._samples.in_background(lambda: Means.of(sheet), done)

    def _show(self, sheet: Sheet, means: Means) -> None:
        assert sheet.target is not None
        names = sheet.target.categories

        def told(number: int) -> Told:
            words = self.tr("{name}: the mean of {count} training samples")
            return Told(
                names[number], False, words.format(name=names[number], count=whole(means.counts[number]))
            )

        ends = sheet.looks.low, sheet.looks.high
        content = WallContent(means, np.arange(len(names)), lambda number: means.pictures[number], told, ends)
        self.wall.show_content(content)
        show_text(self.remark, self.tr("Means of the training samples"))
