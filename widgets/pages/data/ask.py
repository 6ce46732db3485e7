"""Ask it: type a row, see at once what the network says; or let it predict a file of rows."""

from __future__ import annotations

from dataclasses import replace
from math import floor, log10
from typing import Literal

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from playground.data.prepared import PreparedData
from playground.data.sample import Column, Floats
from playground.data.spaces import middle
from playground.fields import FieldDescription
from playground.numbers.writing import setting
from playground.training.moment import Answers, Moment
from widgets.forms import Control, control_for
from widgets.labels import label, link_button, show_or_hide
from widgets.pages.data.answer_bars import NamedBars, answer_rows
from widgets.pages.data.ask_sequence import AskSequence
from widgets.pages.data.new_rows import NewRows
from widgets.pages.data.place_pad import PlacePad
from widgets.pages.data.samples import SampleRows
from widgets.pages.data.sheet import Meaning
from widgets.panels.fields import FieldRow
from widgets.panels.scroll import ScrollingColumn
from widgets.sentences import column_name, counted, input_names, sentence

LABELS = 96
MOST_ASKED = 30
"""Columns that have a control; the others are held as in the row that is chosen."""

FIGURES = 4
"""In which a middle is told."""


class AskPanel(QFrame):
    """A control a column, and what the network says of the row that they make.

    Signals:
        message: a sentence for the status bar.
        problem: why rows cannot be predicted.
    """

    message = Signal(str)
    problem = Signal(str)

    def __init__(self, samples: SampleRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._samples = samples
        self._data: PreparedData | None = None
        self.row: Floats = np.empty(0)
        """The values that are asked about."""
        self.controls: dict[str, Control] = {}
        self._rows: list[QWidget] = []
        self.pad = PlacePad()
        self.bars = NamedBars(self.tr("The network says"))
        self.warning = label(role="warning", wraps=True)
        self.held = label(role="muted", wraps=True)
        self.why_not = label(self.tr("The network cannot answer as it is."), "muted", wraps=True)
        self.new_rows = NewRows(samples, self)
        self.sequence = AskSequence(samples)
        self._lay_out()
        self.pad.asked.connect(self._ask_at)
        self.new_rows.message.connect(self.message)
        self.new_rows.problem.connect(self.problem)
        samples.sheet_changed.connect(self._see_sheet)
        samples.answered.connect(self._ask)
        self._see_sheet()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Ask it"), "heading"))
        head.addStretch(1)
        self.file = link_button(self.tr("file of rows…"), self.tr("Predict the rows of a file."))
        self.clipboard = link_button(
            self.tr("clipboard"), self.tr("Predict copied cells, and copy the predictions.")
        )
        self.file.clicked.connect(self.new_rows.of_file)
        self.clipboard.clicked.connect(self.new_rows.of_clipboard)
        head.addWidget(self.file)
        head.addWidget(self.clipboard)
        scroll = ScrollingColumn()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll)
        column = scroll.column
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.pad)
        column.addWidget(self.sequence)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(6)
        column.addLayout(self._fields)
        for widget in (self.held, self.warning, self.bars, self.why_not):
            column.addWidget(widget)
        column.addStretch(1)

    # --- what can be asked ------------------------------------------------------------------------------

    def _see_sheet(self) -> None:
        """Make controls for other columns, and begin in the middle of what was seen in training."""
        sheet = self._samples.sheet
        data = None if sheet is None or not sheet.data.columns else sheet.data
        if data is None:
            self._data = None
            self._show_controls()
            self._show_answers(None)
            return

        def begin(middles: Floats) -> None:
            if self._samples.sheet is not sheet:
                return
            same = self._data is not None and self._data.dataset.columns == data.dataset.columns
            self._data = data
            if not same or len(self.row) != len(middles):
                self.row = middles
            self._show_controls()
            self._ask()

        self._samples.in_background(lambda: _middles(data), begin)

    def _show_controls(self) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows, self.controls = [], {}
        columns = self._data.columns[:MOST_ASKED] if self._data is not None else ()
        for place, column in enumerate(columns):
            control = control_for(_field(column))
            control.set_value(self._shown(place))
            control.edited.connect(lambda value, *_, place=place: self._change(place, float(value)))
            self.controls[column.name] = control
            self._rows.append(FieldRow(control, LABELS))
            self._fields.addWidget(self._rows[-1])
        more = 0 if self._data is None else len(self._data.columns) - MOST_ASKED
        words = counted(
            "{count} more column is held as in the chosen row.",
            "{count} more columns are held as in the chosen row.",
            more,
        )
        show_or_hide(self.held, words if more > 0 else "")
        plane = len(columns) == 2 and all(column.coordinate for column in columns)
        self.pad.setVisible(plane)
        if plane and self._data is not None:
            self.pad.show_data(self._data)

    def take(self, sample: int) -> None:
        """Ask about a sample; what it lacks stays as it was."""
        sheet = self._samples.sheet
        self.sequence.take(sample)
        if sheet is None or sheet.data is not self._data or self._data is None:
            return
        raw = sheet.raw(sample)
        self.row = np.where(np.isnan(raw), self.row, raw)
        for place, control in enumerate(self.controls.values()):
            control.set_value(self._shown(place))
        self._ask()

    def _shown(self, place: int) -> float | int:
        assert self._data is not None
        value = float(self.row[place])
        return int(value) if self._data.columns[place].categories else value

    # --- asking -----------------------------------------------------------------------------------------

    def _change(self, place: int, value: float) -> None:
        self.row = self.row.copy()
        self.row[place] = value
        list(self.controls.values())[place].set_value(self._shown(place))
        self._ask()

    def _ask_at(self, across: float, up: float) -> None:
        for place, value in enumerate((across, up)):
            self._change(place, round(value, 3))

    def _ask(self) -> None:
        moment = self._samples.moment
        data = self._data
        if data is None or moment is None or moment.data is not data:
            self._show_answers(None)
            return
        row = self.row[np.newaxis]

        def done(answers: Answers) -> None:
            if self._data is data and np.array_equal(row[0], self.row):
                self._show_answers(answers)

        self._samples.in_background(lambda: _asked(moment, row), done)

    def _show_answers(self, answers: Answers | None) -> None:
        self.bars.show_rows(answer_rows(answers, self._names()))
        self.bars.setVisible(answers is not None)
        self.why_not.setVisible(self._data is not None and answers is None)
        for button in (self.file, self.clipboard):
            button.setVisible(answers is not None or self.sequence.answers)
        show_or_hide(self.warning, "\n".join(self._outside()))
        if self._data is not None and len(self.row) == 2:
            self.pad.show_place(*self.row.tolist())

    def _names(self) -> tuple[str, ...]:
        """What each answer is called."""
        sheet, moment = self._samples.sheet, self._samples.moment
        if sheet is None or moment is None:
            return ()
        if moment.experiment.data.targets == "inputs":
            return input_names(moment.experiment.data)
        targets = [column for column in sheet.columns if column.meaning is Meaning.TARGET]
        return (targets and targets[0].categories) or tuple(column.name for column in targets)

    def _outside(self) -> list[str]:
        """What lies beyond all that was seen in training."""
        if self._data is None:
            return []
        words = self.tr("{column}: {value} lies outside what it has seen ({low} to {high}).")
        return [
            words.format(
                column=column_name(column.name),
                value=setting(float(value)),
                low=setting(column.range[0]),
                high=setting(column.range[1]),
            )
            for column, value in zip(self._data.columns, self.row, strict=False)
            if not column.categories and not column.range[0] <= value <= column.range[1]
        ][:3]


def _middles(data: PreparedData) -> Floats:
    """The middle of each column, in as many figures as its range makes worth reading."""
    return np.array(
        [_rounded(middle(data, place), *column.range) for place, column in enumerate(data.columns)]
    )


def _rounded(value: float, low: float, high: float) -> float:
    return round(value, FIGURES - 1 - floor(log10(high - low)))


def _asked(moment: Moment, row: Floats) -> Answers:
    with np.errstate(all="ignore"):
        return moment.ask(row)


def _field(column: Column) -> FieldDescription:
    """How a column is asked for: a number with the range that was seen, or one of its categories."""
    name = column_name(column.name)
    field = FieldDescription(column.name, name, sentence(column.title), float, 0.0, unit=column.unit)
    if column.categories:
        choices = tuple(range(len(column.categories)))
        return replace(
            field, type=Literal, choices=choices, titles=dict(enumerate(column.categories)), unit=""
        )
    low, high = column.range
    return replace(field, type=float, slider=(low, high), unit=column.unit if len(column.unit) < 4 else "")
