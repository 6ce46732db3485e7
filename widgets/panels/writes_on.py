"""What a network writes on from, and how freely: a line to type on, and the slider of the temperature."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from playground.data import Dataset, GivenText
from playground.data.given_text import LONGEST
from playground.data.typed_sequence import typed, written
from playground.training.snapshot import Snapshot
from playground.value import InvalidValue
from widgets.labels import label, show_or_hide
from widgets.panels.temperature import TemperatureRow
from widgets.sentences import sentence
from widgets.tips import tip

NAMES = 92
"""The width of the names at the left."""


class WritesOn(QWidget):
    """The line holds the text of the sample that is shown, until another is typed.

    Signals:
        space_chosen: the text that was typed is to be shown.
        temperature_chosen: the network is to write on as freely as this.
    """

    space_chosen = Signal(object)
    temperature_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.setAccessibleName(self.tr("Begins with"))
        self.line.setToolTip(
            tip(self.tr("Type a text, and the network writes on. What it can read at once counts."))
        )
        self.problem = label(role="error", wraps=True)
        self.problem.hide()
        self.temperature = TemperatureRow(NAMES)
        title = label(self.tr("Begins with"), "muted")
        title.setBuddy(self.line)
        title.setFixedWidth(NAMES)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(title)
        row.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.problem)
        column.addWidget(self.temperature)
        self.line.textEdited.connect(self._read)
        self.temperature.chosen.connect(self.temperature_chosen)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the text of its sample, unless that is what is being typed."""
        self._dataset = snapshot.experiment.data.dataset
        chosen, space = snapshot.data.chosen, snapshot.data.space
        if chosen is None or (isinstance(space, GivenText) and space.text):
            return
        show_or_hide(self.problem, "")
        self.line.setText(written(chosen.raw, self._dataset.shape))
        self.line.setCursorPosition(0)

    def _read(self, text: str) -> None:
        """Show what was typed, or say why it cannot be read."""
        if self._dataset is None:
            return
        try:
            typed(text, self._dataset)
        except InvalidValue as problem:
            show_or_hide(self.problem, sentence(problem.text))
            return
        show_or_hide(self.problem, "")
        self.space_chosen.emit(GivenText(text=text))
