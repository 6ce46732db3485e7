"""What matters: how much worse the network does when a column is shuffled."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from playground.analysis.importance import Importance, importances
from playground.numbers.writing import figures, percent
from playground.training.moment import Moment
from widgets.labels import label, show_text
from widgets.pages.data.answer_bars import NamedBars
from widgets.pages.data.samples import SampleRows
from widgets.panels.scroll import ScrollingColumn
from widgets.sentences import column_name
from widgets.theme import current

MOST_SHOWN = 40
"""Columns that are shown, those that matter most."""


class MattersPanel(ScrollingColumn):
    """A bar for each column, the one that matters most on top; worked out while it is seen."""

    def __init__(self, samples: SampleRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples = samples
        self._known: Moment | None = None
        self.bars = NamedBars(self.tr("What matters"))
        self.unit = label(role="muted", wraps=True)
        self.column.setSpacing(6)
        self.column.addWidget(self.bars)
        self.column.addWidget(self.unit)
        self.column.addStretch(1)
        samples.sheet_changed.connect(self._work_out)
        samples.answered.connect(self._work_out)

    def showEvent(self, event: QShowEvent) -> None:
        """Work out what is not known yet."""
        super().showEvent(event)
        self._work_out()

    def _work_out(self) -> None:
        moment = self._samples.moment
        if not self.isVisible() or moment is self._known:
            return
        self._known = moment
        if moment is None or not moment.data.columns or moment.experiment.data.targets == "inputs":
            self.bars.show_rows([])
            show_text(self.unit, self.tr("This is told of rows of columns, once a network can learn them."))
            return

        def done(found: tuple[Importance, ...]) -> None:
            if self._samples.moment is moment:
                self._show(found, bool(moment.data.task.classes))

        self._samples.in_background(lambda: importances(moment), done)

    def _show(self, found: tuple[Importance, ...], of_classes: bool) -> None:
        most = max((each.lost for each in found), default=0.0) or 1.0
        self.bars.show_rows(
            [
                (
                    column_name(each.column),
                    percent(max(each.lost, 0.0), 1) if of_classes else figures(max(each.lost, 0.0), 3),
                    max(each.lost / most, 0.0) if most > 0 else 0.0,
                    current().training,
                )
                for each in found[:MOST_SHOWN]
            ]
        )
        words = (
            self.tr("Points of accuracy that are lost when the column is shuffled.")
            if of_classes
            else self.tr("How much farther off the answers are when the column is shuffled.")
        )
        show_text(self.unit, words)
