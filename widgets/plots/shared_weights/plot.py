"""The plot of weights that are shared: W Wᵗ, which becomes 1 where an autoencoder is linear."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.analysis.shared_weights import is_linear_pair, sharing
from playground.experiment import Experiment
from playground.numbers.writing import figures
from playground.training.principal_angle import PrincipalAngle
from playground.training.snapshot import Snapshot
from widgets.asking import Asking, GivenUpYet, Known
from widgets.plots.heat_map.painter import BAR_ROOM, HeatMap
from widgets.plots.heat_map.plot import HeatMapPlot
from widgets.plots.shared_weights.content import SharedContent, chosen_owner, shared_content
from widgets.theme import current
from widgets.training_link import TrainingLink

LARGE_PIXELS = 20
GAP, ROW = 8.0, 44.0
"""How far the numbers are from the map, and how high each is."""
BESIDE, ENOUGH = 92.0, 230
Found = tuple[Experiment, float | None]


class SharedWeightsPlot(HeatMapPlot):
    """Live from the weights; the angle to principal components is worked out elsewhere at a gentle rate."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Shared weights")
    breadth = 2

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content: SharedContent | None = None
        self._asking: Asking | None = None
        self._owner = ""
        self._angle = PrincipalAngle()
        self._found: Found | None = None
        self.lay_out()
        self.setToolTip(
            self.tr(
                "Every two rows of W multiplied. Where a linear layer and its transpose learn to give the "
                "inputs back, W Wᵗ becomes 1, and the rows span the principal components (PCA): the angle "
                "becomes 0°."
            )
        )

    @classmethod
    def suits(cls, experiment: Experiment) -> bool:
        """Whether a layer shares its weights."""
        return bool(sharing(experiment.network))

    def ask(self, link: TrainingLink) -> None:
        """Ask this run for its data."""
        self._asking = Asking(link, self._work, self._take, self)

    def end(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.end()

    def take(self, snapshot: Snapshot) -> None:
        """See the weights as they are now, those that one of the selected layers shares."""
        self._owner = chosen_owner(snapshot, self._selected, self._owner)
        self.content = shared_content(snapshot, self._owner, self._angle_of(snapshot.experiment))
        if is_linear_pair(snapshot.experiment) and self._asking is not None:
            self._asking.see(snapshot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what there is room for."""
        super().resizeEvent(event)
        self.tell()

    def _work(self, known: Known, given_up: GivenUpYet) -> Any:
        return partial(worked_out, self._angle, known)

    def _take(self, found: Found | None) -> None:
        if found is not None:
            self._found = found
            self._see()

    def _angle_of(self, experiment: Experiment) -> float | None:
        """The newest angle, if it is one of this data and this network."""
        if self._found is None:
            return None
        known, angle = self._found
        return angle if (known.data, known.network) == (experiment.data, experiment.network) else None

    # --- how it is said -----------------------------------------------------------------------------

    def shown_content(self) -> SharedContent | None:
        """The products that are shown."""
        return self.content

    def nothing(self) -> str:
        """Why nothing is shown."""
        return self.tr("No layer here shares its weights, or the network cannot be built.")

    def heading(self) -> str:
        """The layer, and what is drawn of it."""
        return "" if self.content is None else f"{self.content.title} · W Wᵗ"

    def short_heading(self) -> str:
        """The numbers, where there is no room for them beside the map."""
        return self.heading() if self.beside() else self._numbers()

    def description(self) -> str:
        """All of it."""
        return f"{self.heading()} · {self._numbers()}"

    def _numbers(self) -> str:
        return " · ".join(f"{words} {number}" for words, number in self.told())

    def told(self) -> list[tuple[str, str]]:
        """The numbers that are told beside the map, and what they are."""
        content = self.content
        if content is None:
            return []
        away = (self.tr("max |W Wᵗ − 1|"), figures(content.away, 2))
        if content.angle is None:
            return [away]
        return [away, (self.tr("angle to PCA"), f"{figures(content.angle, 2)}°")]

    def beside(self) -> float:
        """How wide the numbers are; where the map has too little room without them, the caption has them."""
        return BESIDE if self.width() >= ENOUGH else 0.0

    def paint_beside(self, painter: QPainter, shown: HeatMap) -> None:
        """Write the numbers, each below what it is."""
        if not self.beside():
            return
        left = shown.area.right() + BAR_ROOM + GAP
        large = QFont(self.font())
        large.setPixelSize(LARGE_PIXELS)
        for row, (words, number) in enumerate(self.told()):
            place = QRectF(left, shown.area.top() + row * ROW, self.width() - left, ROW)
            painter.setFont(self.small_font())
            painter.setPen(QColor(current().muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignTop, words)
            painter.setFont(large)
            painter.setPen(QColor(current().text))
            painter.drawText(place.adjusted(0, 14, 0, 0), Qt.AlignmentFlag.AlignTop, number)


def worked_out(angle: PrincipalAngle, known: Known) -> Found:
    """The angle of what a run has learnt, None where it does not matter, and of which experiment it is."""
    moment, experiment = known.moment, known.experiment
    if moment is None or not is_linear_pair(moment.experiment):
        return experiment, None
    (owner,) = sharing(moment.experiment.network) or ("",)
    return moment.experiment, angle.of(moment, owner) if owner else None
