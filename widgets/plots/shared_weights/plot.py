"""The plot of weights that are shared: W Wᵗ, which becomes 1 where an autoencoder is linear."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.analysis.ranges import nice_ceiling
from playground.analysis.shared_weights import sharing
from playground.experiment import Experiment
from playground.numbers.writing import figures
from playground.training.snapshot import Snapshot
from widgets.plots.heat_map.painter import BAR_ROOM, HeatMap
from widgets.plots.heat_map.plot import HeatMapPlot
from widgets.plots.shared_weights.content import SharedContent, chosen_owner, shared_content
from widgets.plots.sparkline import paint_sparkline
from widgets.theme import current

LARGE_PIXELS = 20
GAP, ROW = 8.0, 44.0
"""How far the numbers are from the map, and how high each is."""
BESIDE, ENOUGH = 92.0, 230
CURVE, ENOUGH_FOR_CURVE = 168.0, 430
"""How wide the curve of the angle is with its names, and the plot for it to have room."""
AROUND = 26.0
"""What is free left of the curve, for the ends of its scale."""


class SharedWeightsPlot(HeatMapPlot):
    """Live from the weights; the angle to principal components stands in the history, an epoch a value."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Shared weights")
    breadth = 2

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content: SharedContent | None = None
        self._owner = ""
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

    def take(self, snapshot: Snapshot) -> None:
        """See the weights as they are now, those that one of the selected layers shares."""
        self._owner = chosen_owner(snapshot, self._selected, self._owner)
        self.content = shared_content(snapshot, self._owner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what there is room for."""
        super().resizeEvent(event)
        self.tell()

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
        if self.width() < ENOUGH:
            return 0.0
        return BESIDE + (CURVE if self._has_curve() else 0)

    def _has_curve(self) -> bool:
        content = self.content
        return self.width() >= ENOUGH_FOR_CURVE and content is not None and len(content.angles) > 1

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
        if self.content is not None and self._has_curve():
            area = QRectF(left + BESIDE + AROUND, shown.area.top() + 18, CURVE - AROUND - 8, 0)
            area.setBottom(shown.area.bottom())
            self._paint_curve(painter, area, self.content)

    def _paint_curve(self, painter: QPainter, area: QRectF, content: SharedContent) -> None:
        """The angle over the epochs, from 0° to no less than it was."""
        top = min(nice_ceiling(float(content.angles.max())), 90.0)
        colours = current()
        painter.setFont(self.small_font())
        painter.setPen(QColor(colours.muted))
        beside, right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, area.left() - 5
        for y, value in ((area.top(), top), (area.bottom(), 0.0)):
            painter.drawText(QRectF(right - 40, y - 8, 40, 16), beside, f"{figures(value, 2)}°")
        below = QRectF(area.left(), area.bottom() + 3, area.width(), 16)
        first, last = (figures(float(epoch), 4) for epoch in content.epochs[[0, -1]])
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, first)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, last)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self.tr("epoch"))
        above = QRectF(area.left(), area.top() - 20, area.width(), 16)
        painter.drawText(above, Qt.AlignmentFlag.AlignHCenter, self.tr("angle to PCA"))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topLeft(), area.topRight())
        paint_sparkline(painter, area, content.epochs, content.angles, colours.accent, (0.0, top))
