"""What came of each batch size: a table, the losses over seconds, and seconds over sizes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from playground.labs.batch_noise.sweep import SizedRow, fastest
from playground.labs.trial import TrialCourse
from playground.numbers.writing import NONE, figures, percent, whole
from widgets import theme
from widgets.figures.columns import Columns
from widgets.pages.labs.entries import entry_colour
from widgets.plots.curves import Curve, CurvePlot
from widgets.theme import current
from widgets.tips import tip

MOMENTS = 200
"""Places of an axis of seconds."""
ROW = 24
NARROW, SPARED = 330, (1, 5)
"""Below this width some columns of the table are left out."""
NUMBERS = {
    "batch": "batch",
    "seconds an epoch": "seconds",
    "epochs to goal": "epochs_to",
    "seconds to goal": "seconds_to",
    "score": "score",
    "oscillation": "oscillation",
}
"""What a file has of each size, and where that is found."""


class SecondsPlot(CurvePlot):
    """The training loss of each size over the seconds that its steps took."""

    def __init__(self) -> None:
        super().__init__(self.tr("Loss over seconds"), self.tr("second"), logarithmic=True)

    def show_courses(self, names: Sequence[str], courses: Sequence[TrialCourse]) -> None:
        """Show how they learnt so far."""
        longest = max((float(np.nanmax(course.seconds)) for course in courses), default=0.0)
        self.x_limits = (0.0, longest or 1.0)
        x = np.linspace(0, longest or 1.0, MOMENTS)
        curves = []
        for place, (name, course) in enumerate(zip(names, courses, strict=True)):
            done = course.epochs + 1
            values = np.interp(x, course.seconds[:done], course.train[:done], right=np.nan)
            curves.append(Curve(name, values, entry_colour(place)))
        self.show_curves(x, curves)


class SizesPlot(CurvePlot):
    """How long an epoch takes, and the way to the goal, over the size of the batch."""

    def __init__(self) -> None:
        super().__init__(self.tr("Seconds by batch size"), "log₂ B", logarithmic=True)
        self._rows: Sequence[SizedRow] = ()

    def show_sizes(self, rows: Sequence[SizedRow]) -> None:
        """Show what came of each."""
        self._rows = rows
        x = np.log2(np.array([each.batch for each in rows], np.float64))
        self.x_limits = (0.0, float(x[-1]) if len(x) > 1 else 1.0)
        to_goal = np.array([np.nan if each.seconds_to is None else each.seconds_to for each in rows])
        curves = [
            Curve(self.tr("an epoch"), np.array([each.seconds for each in rows]), current().lines[1]),
            Curve(self.tr("to the goal"), to_goal, current().lines[0]),
        ]
        self.show_curves(x, curves if len(x) else ())

    def columns(self) -> Columns:
        """All that the table shows."""
        return {name: np.array([_number(each, of) for each in self._rows]) for name, of in NUMBERS.items()}


class SizesTable(QTableWidget):
    """A row for each size; the one that was first at the goal stands out."""

    def __init__(self) -> None:
        super().__init__(0, 6)
        self._rows: Sequence[SizedRow] = ()
        self.setAccessibleName(self.tr("Batch sizes"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setProperty("role", "plain")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._name_columns(classes=True)
        theme.themes.changed.connect(self._recolour)

    def _name_columns(self, classes: bool) -> None:
        titles = (
            ("B", self.tr("Samples a step.")),
            (self.tr("ms"), self.tr("Milliseconds that the steps of an epoch take.")),
            (self.tr("epochs"), self.tr("Epochs to the goal.")),
            (self.tr("s"), self.tr("Seconds to the goal.")),
            (
                self.tr("right") if classes else "R²",
                self.tr("Accuracy on the test set, or R², at the end."),
            ),
            (self.tr("jumps"), self.tr("How much the loss jumps from epoch to epoch, in the second half.")),
        )
        for column, (title, told) in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setToolTip(tip(told))
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, item)

    def show_sizes(self, rows: Sequence[SizedRow], classes: bool) -> None:
        """Show what came of each."""
        self._rows = rows
        self._name_columns(classes)
        self.setRowCount(len(rows))
        for place, each in enumerate(rows):
            for column, text in enumerate(_texts(each, classes)):
                if self.item(place, column) is None:
                    item = QTableWidgetItem()
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                    self.setItem(place, column, item)
                self.item(place, column).setText(text)
        self._recolour()

    def _recolour(self, *_: object) -> None:
        best = fastest(self._rows)
        for place in range(self.rowCount()):
            for column in range(self.columnCount()):
                colour = current().good if place == best else current().text
                self.item(place, column).setForeground(QColor(colour if column else entry_colour(place)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out some columns where there is little room."""
        super().resizeEvent(event)
        narrow, modes = self.width() < NARROW, QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(modes.ResizeToContents if narrow else modes.Stretch)
        for column in SPARED:
            self.setColumnHidden(column, narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space to the window, where it runs and pauses."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _number(row: SizedRow, name: str) -> float:
    """A number of a row; NaN where there is none."""
    value = getattr(row, name)
    return float("nan") if value is None else float(value)


def _texts(row: SizedRow, classes: bool) -> tuple[str, ...]:
    """What stands in a row."""

    def shown(number: float | None, count: int = 3) -> str:
        return figures(number, count) if number is not None and np.isfinite(number) else NONE

    score = NONE if not np.isfinite(row.score) else percent(row.score) if classes else figures(row.score, 3)
    there = NONE if row.epochs_to is None else whole(row.epochs_to)
    jumps = NONE if not np.isfinite(row.oscillation) else percent(row.oscillation)
    return whole(row.batch), shown(1000 * row.seconds), there, shown(row.seconds_to, 2), score, jumps
