"""The tab Histograms: how the numbers of a layer are spread, layers over the epochs, and answers by class."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from playground.analysis.calibration import SideJudged, judge
from playground.analysis.inspection import Inspection
from playground.analysis.inspections.histograms import Histograms
from playground.numbers.writing import whole
from playground.training.snapshot import Snapshot, State
from widgets import theme
from widgets.asking import Asking, GivenUpYet, Known
from widgets.forms.control import Combo
from widgets.labels import label, show_or_hide
from widgets.pages.inside.tab import InsideTab
from widgets.pages.inside.tabs.histograms.head import HistogramsHead
from widgets.plots.figure import Figure
from widgets.plots.output_meaning import class_names
from widgets.plots.spread.judged import JudgedPlot
from widgets.plots.spread.plot import SpreadPlot
from widgets.plots.spread.vitals_plot import VitalsPlot
from widgets.sentences import layer_name, shown_field
from widgets.workspace import Workspace

Judged = tuple[tuple[str, ...], dict[str, SideJudged]]


class HistogramsTab(InsideTab):
    """Ridges at the left; at the right layers over the epochs above, and how classes are judged below.

    Numbers are counted only while the tab is seen.
    """

    value: Histograms

    def __init__(self, value: Inspection, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(value, workspace, parent)
        self.head = self.boxes = HistogramsHead()
        self.spread, self.vitals, self.judged = SpreadPlot(), VitalsPlot(), JudgedPlot()
        self.sign = self._sign_box()
        self.none = label(role="muted")
        self.none.hide()
        self._snapshot: Snapshot | None = None
        self._asking = Asking(workspace.link, _judging, self._show_judged, self)
        self._lay_out()
        self.boxes.layer_chosen.connect(lambda layer: self.set_value(self.value.with_(layer=layer)))
        self.boxes.quantity_chosen.connect(
            lambda quantity: self.set_value(self.value.with_(quantity=quantity))
        )
        self.value_changed.connect(lambda _: self._show())
        self.vitals.show_sign(value.vital)

    def _sign_box(self) -> Combo:
        field, box = shown_field(Histograms, "vital"), Combo()
        box.setAccessibleName(field.title)
        box.setToolTip(field.help)
        for choice, title in field.titles.items():
            box.addItem(title, choice)
        box.setCurrentIndex(box.findData(self.value.vital))
        box.activated.connect(lambda _: self.set_value(self.value.with_(vital=box.currentData())))
        return box

    def _lay_out(self) -> None:
        right, whole_row = QSplitter(Qt.Orientation.Vertical), QSplitter(Qt.Orientation.Horizontal)
        right.addWidget(_panel(self.vitals, self.sign, self.none))
        right.addWidget(_panel(self.judged))
        whole_row.addWidget(_panel(self.spread))
        whole_row.addWidget(right)
        for splitter, sizes in ((right, [100, 100]), (whole_row, [115, 100])):
            splitter.setHandleWidth(8)
            splitter.setChildrenCollapsible(False)
            splitter.setSizes(sizes)
            for place, size in enumerate(sizes):
                splitter.setStretchFactor(place, size)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(whole_row)

    # --- following --------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how the layers of a snapshot are."""
        self._snapshot = snapshot
        self._asking.see(snapshot)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Have numbers counted as long as this is seen."""
        super().showEvent(event)
        self.workspace.link.looking.at_distributions(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self.workspace.link.looking.at_distributions(False)

    def _show(self) -> None:
        shown = self._snapshot
        if shown is None:
            return
        network = shown.experiment.network
        layers = [(layer.id, layer_name(network, place)) for place, layer in enumerate(network.layers)]
        self.boxes.offer(layers)
        known = dict(layers)
        layer = self.value.layer if self.value.layer in known else next(iter(known), "")
        self.boxes.show_value(layer, self.value.quantity)
        self._show_spread(shown, layer, known.get(layer, ""))
        self.sign.setCurrentIndex(self.sign.findData(self.value.vital))
        self.vitals.show_sign(self.value.vital)
        self.vitals.show_snapshot(shown)
        there = bool(self.vitals.curves(shown, theme.current()))
        show_or_hide(self.none, "" if there else self.tr("No layer here has that."))

    def _show_spread(self, shown: Snapshot, layer: str, name: str) -> None:
        found, quantity = shown.distributions, self.value.quantity
        spread = found.layers.get(layer, {}).get(quantity, ()) if found is not None else ()
        title = f"{name} · {self.boxes.quantities.currentText()}"
        note = ""
        if found is not None and found.since >= 1:
            note = self.tr("known from epoch {epoch} on").format(epoch=whole(int(found.since)))
        nothing = self.tr("{layer} has none of these numbers.").format(layer=name)
        if quantity == "gradients" and not shown.step:
            nothing = self.tr("There is no gradient before the first step.")
        elif quantity == "net_inputs":
            nothing = self.tr("{layer} does not keep its net inputs.").format(layer=name)
        running = shown.state is State.RUNNING
        self.spread.show_spread(title, note, spread, "" if found is None else nothing, running)

    def _show_judged(self, found: Judged | None) -> None:
        if found is not None:
            self.judged.show_sides(*found)

    # --- what a tab does --------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """The histogram is what matters most."""
        self.spread.setFocus()

    def end(self) -> None:
        """Judge no more."""
        self._asking.end()


def _panel(plot: Figure, *above: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "panel")
    column = QVBoxLayout(frame)
    column.setContentsMargins(8, 6, 6, 6)
    column.setSpacing(2)
    if above:
        row = QHBoxLayout()
        row.setSpacing(10)
        for widget in above:
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
    ignored = QSizePolicy.Policy.Ignored
    plot.setSizePolicy(ignored, ignored)
    plot.setMinimumSize(240, 150)
    column.addWidget(plot, 1)
    return frame


def _judging(known: Known, _given_up: GivenUpYet) -> Callable[[], Judged]:
    def work() -> Judged:
        if known.moment is None:
            return (), {}
        return class_names(known.experiment.task), judge(known.moment)

    return work
