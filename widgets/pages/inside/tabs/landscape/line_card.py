"""The loss on the straight line from another place to where the network is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from playground.analysis.inspections.landscape.lines import LineLosses
from playground.numbers.writing import figures
from playground.training.trajectory import TrajectoryPoint
from widgets.labels import label, show_or_hide, show_text
from widgets.plots.curves import Curve
from widgets.plots.function_plot import FunctionPlot, Functions
from widgets.spoken import SpokenSlider
from widgets.theme import Theme, current, themes

FIRST, EARLIER = "first", "earlier"
PLOT_HEIGHT = 190


class LineCard(QWidget):
    """Where the line begins, and the losses along it.

    Signals:
        changed: the line begins elsewhere now.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.begin = QComboBox()
        self.begin.setAccessibleName(self.tr("The line begins at"))
        self.begin.setToolTip(self.tr("Where the line begins; it ends where the network is."))
        self.moment, self.epoch = SpokenSlider(), label()
        self.moment.words = self.epoch.text
        self.moment.setAccessibleName(self.tr("Epoch at which the line begins"))
        self.plot = FunctionPlot()
        self.plot.setMinimumHeight(PLOT_HEIGHT)
        self.remark = label(role="muted", wraps=True)
        self.remark.hide()
        self.plot.hide()
        self._trail: Sequence[TrajectoryPoint] = ()
        self._shown: LineLosses | None = None
        row = QHBoxLayout()
        row.addWidget(self.moment, 1)
        row.addWidget(self.epoch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.begin)
        column.addLayout(row)
        column.addWidget(self.plot)
        column.addWidget(self.remark)
        self.begin.activated.connect(self._choose)
        self.moment.valueChanged.connect(self._choose)
        themes.changed.connect(self._recolour)
        self.show_runs({})

    # --- where it begins ------------------------------------------------------------------------------

    def show_runs(self, names: Mapping[int, str]) -> None:
        """Offer the runs beside the one in front, by their numbers."""
        offers: list[tuple[str, str | int]] = [
            (self.tr("From the first weights"), FIRST),
            (self.tr("From an earlier epoch"), EARLIER),
            *((self.tr("From {run}").format(run=name), number) for number, name in names.items()),
        ]
        known = [
            (self.begin.itemText(place), self.begin.itemData(place)) for place in range(self.begin.count())
        ]
        if known == offers:
            return
        chosen = self.begin.currentData()
        with QSignalBlocker(self.begin):
            self.begin.clear()
            for text, data in offers:
                self.begin.addItem(text, data)
            self.begin.setCurrentIndex(max(self.begin.findData(chosen), 0))
        self._show_moment()

    def show_trajectory(self, trajectory: Sequence[TrajectoryPoint]) -> None:
        """Offer these earlier moments."""
        self._trail = trajectory
        with QSignalBlocker(self.moment):
            self.moment.setRange(0, max(len(trajectory) - 1, 0))
        self._show_moment()

    @property
    def start(self) -> str | int:
        """`FIRST`, `EARLIER`, or the number of a run."""
        chosen: str | int = self.begin.currentData()
        return chosen

    @property
    def point(self) -> TrajectoryPoint | None:
        """The earlier moment; None where none is known."""
        place = self.moment.value()
        return self._trail[place] if place < len(self._trail) else None

    def _choose(self) -> None:
        self._show_moment()
        self.changed.emit()

    def _show_moment(self) -> None:
        earlier = self.start == EARLIER
        self.moment.setVisible(earlier)
        self.epoch.setVisible(earlier)
        if self.point is not None:
            show_text(self.epoch, self.tr("epoch {epoch}").format(epoch=figures(self.point.epoch, 4)))

    # --- what is found --------------------------------------------------------------------------------

    def show_nothing(self, why: str) -> None:
        """Say why there is no line."""
        self._shown = None
        self.plot.hide()
        show_or_hide(self.remark, why)

    def show_losses(self, found: LineLosses) -> None:
        """Show the losses along the line."""
        self._shown = found
        self.remark.hide()
        self.plot.show()
        theme = current()
        curves = [
            Curve(self.tr("training"), found.train, theme.training),
            Curve(self.tr("test"), found.test, theme.test),
        ]
        functions = Functions(self.tr("0 there, 1 here"), found.share, curves, from_zero=True)
        self.plot.show_functions(self.tr("Loss along a line"), functions)
        self.plot.show_place(1.0)

    def _recolour(self, theme: Theme) -> None:
        if self._shown is not None:
            self.show_losses(self._shown)
