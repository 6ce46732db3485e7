"""The panel of plots below the canvas: tabs that each show or hide one, side by side."""

from __future__ import annotations

import operator
from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from playground.experiment import Experiment
from playground.training.snapshot import Snapshot, State
from widgets.icons import icon
from widgets.labels import link_button
from widgets.plots.accuracy_plot import AccuracyPlot
from widgets.plots.confusion_plot import ConfusionPlot
from widgets.plots.embedding_plot import EmbeddingPlot
from widgets.plots.figure import Figure
from widgets.plots.gradient_plot import GradientPlot
from widgets.plots.history_plot import HistoryPlot
from widgets.plots.latent.plot import LatentPlot
from widgets.plots.loss_plot import LossPlot
from widgets.plots.over_time.gradient import GradientOverTimePlot
from widgets.plots.over_time.plot import OverTimePlot
from widgets.plots.rate_plot import RatePlot
from widgets.plots.shared_weights.plot import SharedWeightsPlot
from widgets.plots.tab_strip import TabStrip
from widgets.plots.toggle_tab import HEIGHT, ToggleTab
from widgets.theme import current, themes
from widgets.training_link import TrainingLink

Plot = (
    HistoryPlot
    | ConfusionPlot
    | LatentPlot
    | SharedWeightsPlot
    | OverTimePlot
    | GradientOverTimePlot
    | EmbeddingPlot
)
PLOTS: dict[str, type[Plot]] = {
    "loss": LossPlot,
    "accuracy": AccuracyPlot,
    "confusion": ConfusionPlot,
    "gradients": GradientPlot,
    "learning_rate": RatePlot,
    "latent": LatentPlot,
    "shared_weights": SharedWeightsPlot,
    "over_time": OverTimePlot,
    "gradient_over_time": GradientOverTimePlot,
    "embedding": EmbeddingPlot,
}
DEFAULT = ("loss", "gradients")
BASIC = ("loss",)
"""What beginners are shown, and what else an experiment alone has."""
FRAMES_A_PLOT = 3
"""Every so many frames a plot is drawn, the next one of them."""
MOST = 3
"""More plots than this beside each other are too narrow to read."""
NARROWEST = 116
"""Pixels of a plot where two are to fit below the canvas of a small window, beside a lesson and the data."""


class PlotsPanel(QFrame):
    """At least one plot and at most three, side by side; folded, there are the tabs alone.

    A plot that only some experiments have is offered as long as there is one of them, and is shown at once.

    Signals:
        code_asked: the codes of an autoencoder that are to be decoded, or None for none.
        details_asked: whether a plot is shown of what is taken for what.
    """

    folded_changed = Signal(bool)
    code_asked = Signal(object)
    details_asked = Signal(bool)
    FOLDED_HEIGHT = HEIGHT + 3
    """That of the tabs, the line below them and the frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Plots"))
        self.plots: dict[str, Plot] = {}
        """Those that have been shown; a plot is made when it is shown for the first time."""
        self.tabs = {name: ToggleTab(kind.name()) for name, kind in PLOTS.items()}
        self._shown: list[str] = []
        self._link: TrainingLink | None = None
        self._selected: tuple[str, ...] = ()
        self._snapshot: Snapshot | None = None
        self._offered_to: tuple[object, ...] = ()
        self._turn, self._waited = 0, False
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(12)
        for name, tab in self.tabs.items():
            tab.setToolTip(self.tr("Show or hide this plot beside the others."))
            tab.toggled.connect(lambda on, name=name: self._toggle(name, on))
        self._fewer = False
        self._before: list[str] = []
        self._suited: set[str] = set()
        self.all = link_button(self.tr("Show all"), self.tr("Show the tabs of all plots."))
        self.all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.all.clicked.connect(self._offer_all)
        self.all.hide()
        self._folded = False
        self._content = QWidget()
        self._fold_button = QToolButton()
        self._fold_button.setAutoRaise(True)
        self._fold_button.setIconSize(QSize(12, 12))
        self._fold_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fold_button.clicked.connect(lambda: self.set_folded(not self._folded))
        themes.changed.connect(self._show_fold)
        self._lay_out()
        self._show_fold()
        self._offer(Experiment())
        self.restore(DEFAULT)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 0, 12, 0)
        self.strip = TabStrip(list(self.tabs.values()))
        bar.addWidget(self.strip, 1)
        bar.addWidget(self.all)
        bar.addWidget(self._fold_button)
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(12, 4, 6, 6)
        inside.addWidget(self._splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addSpacing(1)  # the line that `paintEvent` draws
        column.addWidget(self._content, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the panel, and the line below the tabs."""
        super().paintEvent(event)
        inside = self.contentsRect()
        line = QRect(inside.left(), inside.top() + HEIGHT, inside.width(), 1)
        with QPainter(self) as painter:
            painter.fillRect(line, QColor(current().border))

    def show_snapshot(self, snapshot: Snapshot, busy: bool = False) -> None:
        """Show what is recorded up to this moment.

        While training runs the plots take turns: a curve over many epochs changes little from one frame to
        the next, and drawing it costs more than anything else in the window.  In a frame that is `busy` with
        something else the one whose turn it is waits for the next, so that no frame takes long.
        """
        self._snapshot = snapshot
        self._offer(snapshot.experiment)
        due = self._due(busy)
        for name, plot in self.plots.items():
            if snapshot.state is not State.RUNNING or name == due or name not in self._shown:
                plot.show_snapshot(snapshot)

    def _due(self, busy: bool) -> str:
        """The plot to be drawn in this frame; "" for none."""
        following = (self._turn + 1) % (FRAMES_A_PLOT * len(self._shown))
        self._waited = busy and following % FRAMES_A_PLOT == 0 and not self._waited
        if self._waited:
            return ""
        self._turn = following
        return "" if following % FRAMES_A_PLOT else self._shown[following // FRAMES_A_PLOT]

    def _offer(self, experiment: Experiment) -> None:
        """Show the first that this experiment has and the one before had not, and leave what it has not."""
        parts = (experiment.network, experiment.data)
        if len(self._offered_to) == 2 and all(map(operator.is_, parts, self._offered_to)):
            return
        begun, self._offered_to = bool(self._offered_to), parts
        suitable = [name for name in self.tabs if PLOTS[name].suits(experiment)]
        fresh = [name for name in suitable if begun and name not in self._suited]
        self._suited = set(suitable)
        before, shown = list(self._shown), [name for name in self._shown if name in suitable]
        shown = [*shown[:1], fresh[0]] if fresh else shown
        if shown != before:
            self._show(shown[-MOST:] or list(BASIC if self._fewer else DEFAULT))
        self._see_tabs()

    def _see_tabs(self) -> None:
        """Offer the plots that the experiment has, beginners those that are seen and the basic ones."""
        for name, tab in self.tabs.items():
            wanted = not self._fewer or name in BASIC or name in self._shown
            tab.offered = name in self._suited and wanted
        self.strip.share()

    def simplify(self, on: bool) -> None:
        """Show the loss alone, or what was shown before."""
        if on and not self._before:
            self._before = list(self._shown)
            self._show([name for name in self._shown if name in BASIC] or list(BASIC))
        elif not on and self._before:
            known = [name for name in self._before if name in self._suited]
            self._before = []
            self._show(known or list(DEFAULT))
        self._fewer = on
        self.all.setVisible(on)
        self._see_tabs()

    def _offer_all(self) -> None:
        self._fewer = False
        self.all.hide()
        self._see_tabs()

    def ask(self, link: TrainingLink) -> None:
        """Let plots ask the run in front for what no snapshot holds."""
        self._link = link

    def show_layers(self, ids: Iterable[str]) -> None:
        """Let plots of one layer show one of these."""
        self._selected = tuple(ids)
        for plot in self.plots.values():
            if isinstance(plot, OverTimePlot | SharedWeightsPlot):
                plot.show_layers(self._selected)

    def end(self) -> None:
        """Let no plot work any more."""
        for plot in self.plots.values():
            if isinstance(plot, GradientOverTimePlot):
                plot.end()

    def set_folded(self, folded: bool) -> None:
        """Leave only the tabs, or show the plots below them."""
        if folded == self._folded:
            return
        self._folded = folded
        self._content.setVisible(not folded)
        self._show_fold()
        self.folded_changed.emit(folded)

    def _show_fold(self) -> None:
        words = self.tr("Unfold the plots") if self._folded else self.tr("Fold the plots")
        self._fold_button.setIcon(icon("right" if self._folded else "down", current().muted))
        self._fold_button.setToolTip(words)
        self._fold_button.setAccessibleName(words)
        self.update()

    @property
    def shows_details(self) -> bool:
        """Whether a plot of what is taken for what is among them."""
        return any(PLOTS[name] is ConfusionPlot for name in self._shown)

    def state(self) -> list[str]:
        """The plots that are shown, to be restored at the next start."""
        return [name for name in PLOTS if name in (self._before or self._shown)]

    def restore(self, state: Iterable[str]) -> None:
        """Show these plots; names that are not known are passed over."""
        known = [name for name in state if name in self._suited]
        shown = known[:MOST] or list(DEFAULT)
        if self._before:  # it is seen again without the beginner's view
            self._before = shown
        else:
            self._show(shown)

    def _toggle(self, name: str, on: bool) -> None:
        if self._folded:
            self.set_folded(False)
            on = True
        others = [shown for shown in self._shown if shown != name]
        self._show([*others, name][-MOST:] if on else others or [name])  # the oldest makes room

    def _show(self, names: list[str]) -> None:
        self._shown = names
        for name in names:
            if name not in self.plots:
                self._make(name)
        for name, plot in self.plots.items():
            plot.setVisible(name in names)
        for name, tab in self.tabs.items():
            tab.blockSignals(True)
            tab.setChecked(name in names)
            tab.blockSignals(False)
            tab.update()
        beside = [self._splitter.widget(place) for place in range(self._splitter.count())]
        self.details_asked.emit(self.shows_details)
        self._splitter.setSizes([1000 * plot.breadth for plot in beside if isinstance(plot, Figure)])

    def _make(self, name: str) -> None:
        """Make a plot, in the place that its tab has among those of the others."""
        plot = PLOTS[name](self._splitter)
        plot.setMinimumWidth(NARROWEST)
        if isinstance(plot, LatentPlot):
            plot.asked.connect(self.code_asked)
        order = list(PLOTS)
        earlier = [other for other in self.plots if order.index(other) < order.index(name)]
        self._splitter.insertWidget(len(earlier), plot)
        self.plots[name] = plot
        if isinstance(plot, OverTimePlot | SharedWeightsPlot):
            plot.show_layers(self._selected)
        if isinstance(plot, GradientOverTimePlot) and self._link is not None:
            plot.ask(self._link)
        if self._snapshot is not None:
            plot.show_snapshot(self._snapshot)
