"""A few training samples side by side: as they are, and as an epoch might learn from them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from playground.data import Data, Dataset, Samples, preview
from playground.data.augmentation import Augmentation, varied
from playground.engine.losses.base import one_hot
from playground.value import InvalidValue
from widgets.labels import label
from widgets.panels.augmentation.samples_picture import MOST_PICTURES, SamplesPicture
from widgets.panels.thumbnail import few_samples


class AugmentationPreview(QWidget):
    """Two pictures of the same samples; the button draws other random numbers for the second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._samples: Samples | None = None
        self._augmentations: tuple[Augmentation, ...] = ()
        self._draw = 0
        self.before, self.after = SamplesPicture(), SamplesPicture()
        self.before.setAccessibleName(self.tr("Training samples as they are"))
        self.after.setAccessibleName(self.tr("Training samples as an epoch may learn from them"))
        self.again = QPushButton(self.tr("Draw again"))
        self.again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.again.setToolTip(self.tr("Show what another epoch may learn from."))
        self.again.clicked.connect(self._draw_again)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        titles = {self.tr("As they are"): self.before, self.tr("Varied"): self.after}
        for column, (title, picture) in enumerate(titles.items()):
            grid.addWidget(label(title, "caption"), 0, column)
            grid.addWidget(picture, 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.again, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)

    def show_data(self, data: Data) -> None:
        """Show what becomes of some samples of these data."""
        self.setVisible(bool(data.augmentations))
        shown = (self._dataset, self._augmentations)
        if not data.augmentations or shown == (data.dataset, data.augmentations):
            return
        if data.dataset != self._dataset:
            self._dataset, self._samples = data.dataset, _few(data.dataset)
        self._augmentations = data.augmentations
        self._show()

    def _draw_again(self) -> None:
        self._draw += 1
        self._show()

    def _show(self) -> None:
        dataset, samples = self._dataset, self._samples
        if dataset is None or samples is None:
            self.before.clear()
            self.after.clear()
            return
        classes = dataset.task.classes
        targets = one_hot(samples.targets, classes) if classes else samples.targets
        chance = np.random.default_rng(self._draw)
        raw, targets = varied(self._augmentations, samples.raw, targets, chance)
        targets = targets.argmax(axis=1) if classes else targets
        self.before.show_samples(dataset, samples, samples.raw)
        self.after.show_samples(dataset, Samples(raw, targets, samples.task), samples.raw)


def _few(dataset: Dataset) -> Samples | None:
    """A few samples, fewer of pictures; None when they cannot be had."""
    try:
        samples = preview(dataset) if dataset.shape.is_graph else few_samples(dataset)
    except InvalidValue:
        return None
    if dataset.columns:
        return samples
    chosen = np.linspace(0, len(samples.raw) - 1, MOST_PICTURES).astype(int)
    return Samples(samples.raw[chosen], samples.targets[chosen], samples.task)
