"""The check boxes below the output: what is to be seen on the map besides it."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from playground.files.display import Display

GAP = 14
"""Pixels between two check boxes."""
LINE_GAP = 4


class OutputBoxes(QWidget):
    """Three check boxes in one row, or in two where they do not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.test_points = QCheckBox(self.tr("Test points"))
        self.discretize = QCheckBox(self.tr("Discretize"))
        self.neuron_lines = QCheckBox(self.tr("Neuron lines"))
        self.test_points.setChecked(True)
        self._first = QHBoxLayout()
        self._first.setSpacing(GAP)
        self._first.addWidget(self.test_points)
        self._first.addWidget(self.discretize)
        self._first.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the panel may be narrower
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._first)
        self._rows.addWidget(self.neuron_lines)
        self._rows.addStretch(1)
        self._add_tool_tips()

    def _add_tool_tips(self) -> None:
        self.test_points.setToolTip(self.tr("Show the samples that are not learnt from, as rings."))
        self.discretize.setToolTip(self.tr("Show which side of the border a place is on, not how far."))
        self.neuron_lines.setToolTip(
            self.tr("Show where each neuron of the first layer turns from negative to positive.")
        )

    def suit(self, room: int) -> None:
        """Stand in one row if there is so much room for it."""
        fits = self._first.sizeHint().width() + GAP + self.neuron_lines.sizeHint().width() <= room
        one_row, two_rows = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._rows.setDirection(one_row if fits else two_rows)
        self._rows.setSpacing(GAP if fits else LINE_GAP)

    def show_fewer(self, on: bool) -> None:
        """Leave out what beginners need not know, unless it is ticked; or show all again."""
        for box in (self.discretize, self.neuron_lines):
            box.setVisible(not on or box.isChecked())

    def show_display(self, display: Display) -> None:
        """Tick what a link of TensorFlow Playground says that is to be seen."""
        self.test_points.setChecked(display.show_test)
        self.discretize.setChecked(display.discretize)

    def allow_of_plane(self, on_plane: bool) -> None:
        """Let be ticked what has a meaning on a plane alone, or not."""
        for box in (self.discretize, self.neuron_lines):
            box.setEnabled(on_plane)
