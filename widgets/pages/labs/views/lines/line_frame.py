"""The chosen line with its settings, or what the rule did last, and the truth table of a gate."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.labs.lines import Lines
from playground.labs.lines.laboratory import ThresholdLine
from playground.labs.lines.perceptron import RuleLearning
from playground.numbers.writing import figures, whole
from widgets.forms import Form
from widgets.labels import label, show_or_hide
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.views.lines import told
from widgets.pages.labs.views.lines.edits import LinesEdits

LABEL_WIDTH = 72


class LineFrame(LabFrame):
    """By hand the sliders of the chosen line, else the last mistake in numbers."""

    def __init__(self, edits: LinesEdits) -> None:
        self._edits = edits
        self.form = Form(ThresholdLine, label_width=LABEL_WIDTH)
        self.form.edited.connect(
            lambda line, gesture, text: edits.set_line(edits.lab.shown, line, gesture, text)
        )
        self.words, self.table = label(wraps=True), label()
        self.table.setTextFormat(Qt.TextFormat.RichText)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        for part in (self.form, self.words, self.table):
            column.addWidget(part)
        column.addStretch(1)
        super().__init__(self.tr("Line"), content)

    def show_lab(self, lab: Lines, learning: RuleLearning | None, mistakes: int) -> None:
        """Show the chosen line, or so many mistakes of the rule."""
        self.form.setVisible(learning is None)
        if learning is not None:
            self.show_title(self.tr("Last mistake"))
            self.show_remark("")
            show_or_hide(self.words, told.of_mistake(learning, mistakes))
            self.table.hide()
            return
        line = lab.used[lab.shown]
        self.form.set_value(line)
        self.show_title(self.tr("Line"))
        words = self.tr("{number} of {count}")
        self.show_remark(words.format(number=whole(lab.shown + 1), count=whole(lab.lines)))
        w_x, w_y, b = (figures(number, 3) for number in line.weights.tolist())
        show_or_hide(self.words, f"w = ({w_x}, {w_y}),  b = {b}")
        show_or_hide(self.table, told.truth_table(lab))
