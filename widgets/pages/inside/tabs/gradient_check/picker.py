"""Chooses a parameter of a layer: which array, and which place in it, counted from 1."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from widgets.labels import label
from widgets.pages.inside.tabs.gradient_check.naming import part_name

Index = tuple[int, ...]
MOST_AXES = 3


class NumberPicker(QWidget):
    """A box with the arrays of a layer, and a box for each of their axes.

    Signals:
        picked: the array, and the place in it counted from 0.
    """

    picked = Signal(str, tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shapes: Mapping[str, Index] = {}
        self.part = QComboBox()
        self.part.setAccessibleName(self.tr("Array"))
        self.part.setToolTip(self.tr("The array of the layer that the number is in"))
        self.axes = [QSpinBox() for _ in range(MOST_AXES)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(self.tr("Any number"), "muted"))
        row.addWidget(self.part)
        for place, box in enumerate(self.axes):
            box.setMinimum(1)
            box.setKeyboardTracking(False)
            box.setAccelerated(True)
            box.setAccessibleName(self.tr("Place along axis {axis}").format(axis=place + 1))
            box.valueChanged.connect(self._tell)
            row.addWidget(box)
        row.addStretch(1)
        self.hide()
        self.part.activated.connect(self._choose_part)

    def show_layer(self, shapes: Mapping[str, Index]) -> None:
        """Offer the arrays of a layer; a place that is still there stays."""
        if shapes == self._shapes:
            return
        chosen, self._shapes = self.part.currentData(), shapes
        self.part.clear()
        for part in shapes:
            self.part.addItem(part_name(part), part)
        self.part.setCurrentIndex(max(self.part.findData(chosen), 0 if shapes else -1))
        self.setVisible(bool(shapes))
        self._show_axes()

    def show_number(self, part: str, index: Index) -> None:
        """Show which number is chosen, without choosing it."""
        self.part.setCurrentIndex(self.part.findData(part))
        self._show_axes()
        for box, at in zip(self.axes, index, strict=False):
            with QSignalBlocker(box):
                box.setValue(at + 1)

    def _choose_part(self) -> None:
        self._show_axes()
        self._tell()

    def _show_axes(self) -> None:
        shape = self._shapes.get(self.part.currentData() or "", ())
        between = self.part.currentData() == "weights" and len(shape) == 2
        prefixes = (self.tr("to "), self.tr("from ")) if between else ()
        for place, box in enumerate(self.axes):
            box.setPrefix(prefixes[place] if place < len(prefixes) else "")
            box.setVisible(place < len(shape))
            if place < len(shape):
                with QSignalBlocker(box):
                    box.setMaximum(max(shape[place], 1))
                box.setToolTip(self.tr("From 1 to {count}").format(count=shape[place]))

    def _tell(self) -> None:
        shape = self._shapes.get(self.part.currentData() or "", ())
        self.picked.emit(self.part.currentData(), tuple(box.value() - 1 for box in self.axes[: len(shape)]))
