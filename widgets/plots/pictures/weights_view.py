"""The weights of the selected layer as pictures, where its neurons look at a picture directly; live."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.analysis.ranges import symmetric_level
from playground.analysis.weight_pictures import Pictures, picture_before, weight_pictures
from playground.numbers.writing import figures, whole
from playground.training.snapshot import Snapshot
from widgets.elided_label import ElidedLabel
from widgets.plots.pictures.told import Told, WallContent
from widgets.plots.pictures.wall import PictureWall
from widgets.tips import tip

SIDE, ROWS = 48, 2


class WeightsView(QWidget):
    """A wall with a picture a neuron: blue where a bright pixel excites it, orange where it inhibits it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer_id = ""
        self._latest: Snapshot | None = None
        self.wall = PictureWall(self.tr("Weights"), SIDE, ROWS)
        heading = QLabel(self.tr("Weights"))
        heading.setProperty("role", "heading")
        self.range = ElidedLabel()
        self.range.setProperty("role", "muted")
        head = QHBoxLayout()
        head.addWidget(heading)
        head.addWidget(self.range, 1)
        head.addWidget(self.wall.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.wall)
        self.hide()

    def show_layers(self, ids: Sequence[str]) -> None:
        """Show the weights of a layer that is selected alone."""
        self._layer_id = ids[0] if len(ids) == 1 else ""
        self._show()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show them as they are now."""
        self._latest = snapshot
        self._show()

    def _show(self) -> None:
        snapshot = self._latest
        layer = None if snapshot is None else snapshot.layers.get(self._layer_id)
        shape = None if layer is None else picture_before(snapshot.experiment.graph, self._layer_id)
        pictures = None if layer is None else weight_pictures(layer.weights, shape)
        pictures = None if pictures is None else np.nan_to_num(pictures)
        self.setVisible(pictures is not None)
        if pictures is None or not self.wall.isVisible() or self._is_drawn(pictures):
            return
        level = symmetric_level(pictures)
        samples = np.arange(len(pictures))

        def told(unit: int) -> Told:
            return Told(whole(unit + 1), False, self._words(pictures[unit], unit))

        aspect = pictures.shape[2] / pictures.shape[1]
        content = WallContent(
            pictures, samples, lambda unit: pictures[unit], told, (-level, level), aspect=aspect, signed=True
        )
        self.wall.show_content(content, self.wall.current)
        self._show_range(level, shape[2])

    def _is_drawn(self, pictures: Pictures) -> bool:
        """Whether these very numbers are on the wall, so that a pause costs nothing."""
        content = self.wall.content
        return content is not None and np.array_equal(content.source, pictures)

    def _show_range(self, level: float, channels: int) -> None:
        words = self.tr("−{0} to {0}").format(figures(level, 2))
        self.range.setText(words)
        more = self.tr("Red, green and blue stand side by side.") if channels == 3 else ""
        explained = self.tr("Blue weights excite a neuron where a pixel is bright, orange ones inhibit it.")
        self.setToolTip(tip(explained, more))

    def _words(self, picture: Pictures, unit: int) -> str:
        words = self.tr("neuron {number}: weights {low} to {high}")
        low, high = (figures(float(each), 3) for each in (picture.min(), picture.max()))
        return words.format(number=whole(unit + 1), low=low, high=high)
