"""The plot of how large the gradient of the loss is at each step, in which one sees it vanish over time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from playground.analysis.over_time import SlopesOverTime, slopes_over_time
from playground.experiment import Experiment
from playground.training.snapshot import Snapshot
from widgets.asking import Asking, GivenUpYet, Known
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.over_time.content import reads_sequences
from widgets.sentences import layer_name
from widgets.theme import Theme, current
from widgets.training_link import TrainingLink

KEPT_WIDTH = 1.0
MOST_KEPT = 4


class GradientOverTimePlot(CurvePlot):
    """A curve for each layer that reads a sequence, worked out elsewhere at a gentle rate.

    Curves can be kept, to see another kind of layer beside them.
    """

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Gradient over time")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.name(), self.tr("step"), logarithmic=True, parent=parent)
        self.kept: list[tuple[str, np.ndarray]] = []
        """Curves of before, by their names."""
        self._asking: Asking | None = None
        self._snapshot: Snapshot | None = None
        self._found: dict[str, tuple[str, SlopesOverTime]] = {}
        self.menu.addSeparator()
        self.keep_action = self.menu.addAction(self.tr("Keep these curves to compare"), self.keep)
        self.forget_action = self.menu.addAction(self.tr("Forget kept curves"), self.forget)
        self.setToolTip(
            self.tr(
                "How large the gradient of the loss is with respect to what a layer is given at each step. "
                "Where it fades to the left, what lies that far back is not learnt."
            )
        )

    @classmethod
    def name(cls) -> str:
        """What is drawn, in the language of the person."""
        return QCoreApplication.translate("HistoryPlot", cls.NAME)

    @classmethod
    def suits(cls, experiment: Experiment) -> bool:
        """Whether a layer reads sequences."""
        return reads_sequences(experiment)

    def ask(self, link: TrainingLink) -> None:
        """Ask this run's network, whenever it knows something new."""
        self._asking = Asking(link, _work, self._show, self)

    def end(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.end()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """See what is new."""
        self._snapshot = snapshot
        if self.isVisible() and self._asking is not None:
            self._asking.see(snapshot)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def keep(self) -> None:
        """Let the curves of now stay for comparison."""
        named = [(self.tr("{0}, kept").format(name), slopes.given) for name, slopes in self._found.values()]
        self.kept = [*self.kept, *named][-MOST_KEPT:]
        self._draw_found()

    def forget(self) -> None:
        """Take away what was kept."""
        self.kept = []
        self._draw_found()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._draw_found()

    def _show(self, found: dict[str, tuple[str, SlopesOverTime]] | None) -> None:
        if found is not None:
            self._found = found
            self._draw_found()

    def _draw_found(self) -> None:
        steps = max((len(values) for values in self._all()), default=0)
        x = np.arange(1.0, steps + 1)
        self.x_limits = (1.0, max(float(steps), 2.0))
        self.show_curves(x, list(self._curves_of(steps)))
        self.keep_action.setEnabled(bool(self._found))
        self.forget_action.setEnabled(bool(self.kept))

    def _all(self) -> list[np.ndarray]:
        return [*(slopes.given for _, slopes in self._found.values()), *(values for _, values in self.kept)]

    def _curves_of(self, steps: int) -> Sequence[Curve]:
        """Those of now first; all end at the last step, however long their sequences are."""
        lines = current().lines
        now = [(name, slopes.given) for name, slopes in self._found.values()]
        found = [
            Curve(name, _behind(values, steps), lines[place % len(lines)])
            for place, (name, values) in enumerate(now)
        ]
        behind = [
            Curve(name, _behind(values, steps), lines[(len(now) + place) % len(lines)], KEPT_WIDTH)
            for place, (name, values) in enumerate(self.kept)
        ]
        return [*found, *behind]


def _behind(values: np.ndarray, steps: int) -> np.ndarray:
    return np.concatenate([np.full(steps - len(values), np.nan), values])


def _work(known: Known, given_up: GivenUpYet) -> Any:
    return partial(worked_out, known)


def worked_out(known: Known) -> dict[str, tuple[str, SlopesOverTime]]:
    """The slopes of each layer, and what it is called."""
    if known.moment is None:
        return {}
    network = known.moment.experiment.network  # that of now may be another, which cannot learn
    return {
        layer_id: (layer_name(network, network.index(layer_id)), slopes)
        for layer_id, slopes in slopes_over_time(known.moment).items()
    }
