"""One sample on its way through the network: each unit with its value, and going back with its error term."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.analysis.inspections.trace.trace import Trace, TraceStage
from playground.numbers.writing import whole
from widgets.colouring import diverging_colours, places
from widgets.pages.inside.tabs.trace.matrices import PALER, cell_text
from widgets.pages.inside.tabs.trace.network_layout import TOP, UnitColumn, UnitEdges, columns_of, edges_of
from widgets.sentences import sentence
from widgets.theme import Theme, current, themes

FAINT = 0.1
"""Weights smaller than this share of the largest are not drawn."""


class NetworkPicture(QWidget):
    """Shows the units of all layers, lit as far as the step has come.

    Signals:
        clicked: a unit of a layer ("" for the input), by its number.
    """

    clicked = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trace: Trace | None = None
        self._stage = 0
        self.columns: list[UnitColumn] = []
        self._edges: list[UnitEdges] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(180, 160)
        self.setAccessibleName(self.tr("One sample through the network"))
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(330, 400)

    def show_trace(self, trace: Trace, stage: int) -> None:
        """Show a step as far as one of its stages."""
        self._trace, self._stage = trace, min(stage, len(trace.stages) - 1)
        self._lay()
        self.update()

    def _lay(self) -> None:
        if self._trace is None:
            return
        titles = {stage.layer_id: sentence(stage.name) for stage in self._trace.stages if stage.layer_id}
        titles[""] = "x"
        now = self._now
        focus = now.layer_id if now.layer_id else titles_end(self._trace, now)
        self.columns = columns_of(self._trace, titles, focus, self.width(), self.height())
        self._edges = edges_of(self._trace, self.columns)

    def resizeEvent(self, event: object) -> None:
        """Lay the columns out anew."""
        self._lay()

    @property
    def _now(self) -> TraceStage:
        assert self._trace is not None
        return self._trace.stages[self._stage]

    def _reached(self, kind: str, layer_id: str) -> bool:
        """Whether the step has come to a stage of a layer."""
        assert self._trace is not None
        return any(
            (stage.kind, stage.layer_id) == (kind, layer_id)
            for stage in self._trace.stages[: self._stage + 1]
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a unit."""
        for column in self.columns:
            for unit, rect in enumerate(column.rects):
                if rect.contains(event.position()):
                    self.clicked.emit(column.layer_id, unit)

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw edges, then units."""
        if self._trace is None:
            return
        theme = current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for edges in self._edges:
                self._paint_edges(painter, edges, theme)
            for column in self.columns:
                self._paint_column(painter, column, theme)

    def _paint_edges(self, painter: QPainter, edges: UnitEdges, theme: Theme) -> None:
        largest = float(np.abs(edges.weights[np.isfinite(edges.weights)]).max(initial=0)) or 1.0
        here = edges.target.layer_id == self._now.layer_id
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for start, end, weight in edges.lines():
            share = min(abs(weight) / largest, 1.0) if np.isfinite(weight) else 0.0
            if share < FAINT:
                continue
            colour = QColor(theme.positive if weight >= 0 else theme.negative)
            colour.setAlphaF((0.2 + 0.6 * share) * (1.0 if here else 0.55))
            painter.setPen(QPen(colour, 0.6 + 2.6 * share))
            path = QPainterPath(start)
            bend = (end.x() - start.x()) / 2
            path.cubicTo(start.x() + bend, start.y(), end.x() - bend, end.y(), end.x(), end.y())
            painter.drawPath(path)

    def _paint_column(self, painter: QPainter, column: UnitColumn, theme: Theme) -> None:
        assert self._trace is not None
        here = column.layer_id == self._now.layer_id and (bool(column.layer_id) or self._now.kind == "input")
        middle = column.rects[0].center().x()
        painter.setPen(QColor(theme.accent if here else theme.muted))
        title = self.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, 78)
        left = min(max(middle - 40, 0), self.width() - 80)
        painter.drawText(QRectF(left, 2, 80, TOP - 12), Qt.AlignmentFlag.AlignCenter, title)
        values = self._of_units(self._trace.values[column.letter])
        lit = not column.layer_id or self._reached("forward", column.layer_id)
        deltas = None
        if column.layer_id and self._reached("backward", column.layer_id):
            deltas = self._trace.of("delta", column.layer_id)
            deltas = self._trace.of("da", column.layer_id) if deltas is None else deltas
        colours = _tints(values[: len(column.rects)], values, theme)
        for unit, rect in enumerate(column.rects):
            self._paint_unit(painter, rect, colours[unit] if lit else theme.panel, here, theme)
            if lit:
                painter.setPen(QColor(theme.text))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, cell_text(float(values[unit])))
            if deltas is not None:
                below = QRectF(rect.center().x() - 40, rect.bottom(), 80, 16)
                painter.setPen(QColor(theme.warning))
                amount = cell_text(float(self._of_units(deltas)[unit]))
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"δ {amount}")
        if column.more:
            painter.setPen(QColor(theme.muted))
            last = column.rects[-1]
            below = QRectF(min(max(middle - 45, 0), self.width() - 90), last.bottom() + 15, 90, 16)
            words = self.tr("… of {count}").format(count=whole(column.units))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)

    def _of_units(self, values: np.ndarray) -> np.ndarray:
        """Values (units, samples) as they are shown: those of the sample, or the mean over a batch."""
        assert self._trace is not None
        return values.mean(axis=1) if self._trace.tracing.of == "batch" else values[:, 0]

    def _paint_unit(self, painter: QPainter, rect: QRectF, fill: str, here: bool, theme: Theme) -> None:
        painter.setPen(QPen(QColor(theme.accent if here else theme.border), 1.6 if here else 1))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(rect, 5, 5)


def titles_end(trace: Trace, stage: TraceStage) -> str:
    """Where a stage that is of no layer belongs: the input at the left, or the output."""
    return "" if stage.kind == "input" else trace.ran.network.graph.nodes[-1].layer.id


def _tints(shown: np.ndarray, values: np.ndarray, theme: Theme) -> list[str]:
    level = float(np.abs(values[np.isfinite(values)]).max(initial=0)) * PALER or 1.0
    seen = places(np.clip(np.nan_to_num(shown), -level, level), -level, level)
    return diverging_colours(seen, theme)
