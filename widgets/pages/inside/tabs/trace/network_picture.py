"""One sample on its way through the network: each unit with its value, and going back with its error term."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.analysis.inspections.trace.trace import Trace, TraceStage
from playground.numbers.writing import whole
from widgets.colouring import diverging_colours, places
from widgets.key_focus import KeyFocus
from widgets.pages.inside.tabs.trace.network_layout import TOP, UnitColumn, UnitEdges, columns_of, edges_of
from widgets.pages.inside.tabs.trace.sheet_painting import PALER, cell_text
from widgets.sentences import sentence
from widgets.theme import Theme, current, themes

FAINT = 0.1
"""Weights smaller than this share of the largest are not drawn."""


class NetworkPicture(KeyFocus):
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
        self._firsts: dict[str, int] = {}
        self._marked: tuple[str, int] | None = None
        self._edges: list[UnitEdges] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(180, 160)
        self.setAccessibleName(self.tr("One sample through the network"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(self.tr("Click a unit for what gives its value; the wheel shows others of a layer."))
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
        focus = self._focus
        size = self.width(), self.height()
        self.columns = columns_of(self._trace, titles, focus, size, self._firsts)
        self._edges = edges_of(self._trace, self.columns)

    def resizeEvent(self, event: object) -> None:
        """Lay the columns out anew."""
        self._lay()

    @property
    def _focus(self) -> str:
        """The layer that the step is at; "" for the input."""
        assert self._trace is not None
        return self._now.layer_id or titles_end(self._trace, self._now)

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

    # --- what is seen of large layers -------------------------------------------------------------------

    def move(self, layer_id: str, by: int) -> None:
        """Show the units of a layer from so many further on."""
        column = next((each for each in self.columns if each.layer_id == layer_id), None)
        if column is not None and column.more:
            self._firsts[layer_id] = min(max(column.first + by, 0), column.more)
            self._lay()
            self.update()

    def mark(self, layer_id: str, unit: int) -> None:
        """Mark a unit, and show it where it is not seen."""
        self._marked = layer_id, unit
        for column in self.columns:
            if column.layer_id == layer_id and not column.shown.start <= unit < column.shown.stop:
                self.move(layer_id, unit - column.first)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a unit, or show those before or behind."""
        place = event.position()
        for column in self.columns:
            for unit, rect in enumerate(column.rects):
                if rect.contains(place):
                    self.clicked.emit(column.layer_id, column.first + unit)
            for button, way in zip(column.buttons(), (-1, 1), strict=True):
                if button.contains(place):
                    self.move(column.layer_id, way * len(column.rects))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move the units of the column below the pointer."""
        x, turned = event.position().x(), event.angleDelta().y()
        nearest = min(self.columns, key=lambda each: abs(each.rects[0].center().x() - x), default=None)
        if nearest is not None and turned:
            self.move(nearest.layer_id, -1 if turned > 0 else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page through the units of the layer that the step is at."""
        if self._trace is None:
            return
        column = next((each for each in self.columns if each.layer_id == self._focus), None)
        page = len(column.rects) if column is not None else 0
        ways = {
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
        }
        if (by := ways.get(Qt.Key(event.key()))) is not None:
            self.move(self._focus, by)
        else:
            super().keyPressEvent(event)

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw edges, then units; there are none before there is a trace."""
        theme = current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for edges in self._edges:
                self._paint_edges(painter, edges, theme)
            for column in self.columns:
                self._paint_column(painter, column, theme)
            self.paint_focus(painter)

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
        room = self._title_room
        title = self.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, room - 2)
        wide = self.fontMetrics().horizontalAdvance(title) + 2
        left = min(max(middle - wide / 2, 0), self.width() - wide)
        painter.drawText(QRectF(left, 2, wide, TOP - 12), Qt.AlignmentFlag.AlignCenter, title)
        values = self._of_units(self._trace.values[column.letter])
        lit = not column.layer_id or self._reached("forward", column.layer_id)
        deltas = None
        if column.layer_id and self._reached("backward", column.layer_id):
            deltas = self._trace.of("delta", column.layer_id)
            deltas = self._trace.of("da", column.layer_id) if deltas is None else deltas
        colours = _tints(values[column.shown], values, theme)
        for place, rect in enumerate(column.rects):
            unit = column.first + place
            marked = (column.layer_id, unit) == self._marked
            self._paint_unit(painter, rect, colours[place] if lit else theme.panel, here, marked, theme)
            if lit:
                painter.setPen(QColor(theme.text))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, cell_text(float(values[unit])))
            if deltas is not None:
                below = QRectF(rect.center().x() - 40, rect.bottom(), 80, 16)
                painter.setPen(QColor(theme.warning))
                amount = cell_text(float(self._of_units(deltas)[unit]))
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"δ {amount}")
        if column.more:
            self._paint_more(painter, column, theme)

    def _paint_more(self, painter: QPainter, column: UnitColumn, theme: Theme) -> None:
        """Which of many units are shown, and the arrows to the others."""
        painter.setPen(QPen(QColor(theme.muted), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect, down in zip(column.buttons(), (-1, 1), strict=True):
            if not rect.isEmpty():
                tip = rect.center() + QPointF(0, 2.5 * down)
                painter.drawPolyline([tip + QPointF(-5, -5 * down), tip, tip + QPointF(5, -5 * down)])
        painter.setPen(QColor(theme.muted))
        middle, last = column.rects[-1].center().x(), column.rects[-1].bottom()
        half = min(45.0, middle, self.width() - middle)
        below = QRectF(middle - half, last + 28, 2 * half, 16)
        shown, count = column.shown, whole(column.units)
        span = f"{whole(shown.start + 1)}–{whole(shown.stop)}"
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, span)
        words = self.tr("of {count}").format(count=count)
        painter.drawText(below.translated(0, 15), Qt.AlignmentFlag.AlignCenter, words)

    @property
    def _title_room(self) -> int:
        """How wide the title of a column may be."""
        if len(self.columns) < 2:
            return self.width()
        first, second, *_ = self.columns
        return int(second.rects[0].x() - first.rects[0].x()) - 4

    def _of_units(self, values: np.ndarray) -> np.ndarray:
        """Values (units, samples) as they are shown: those of the sample, or the mean over a batch."""
        assert self._trace is not None
        return values.mean(axis=1) if self._trace.tracing.of == "batch" else values[:, 0]

    def _paint_unit(
        self, painter: QPainter, rect: QRectF, fill: str, here: bool, marked: bool, theme: Theme
    ) -> None:
        width = 3.0 if marked else 1.6 if here else 1.0
        painter.setPen(QPen(QColor(theme.accent if here or marked else theme.border), width))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(rect, 5, 5)


def titles_end(trace: Trace, stage: TraceStage) -> str:
    """Where a stage that is of no layer belongs: the input at the left, or the output."""
    return "" if stage.kind == "input" else trace.ran.network.graph.nodes[-1].layer.id


def _tints(shown: np.ndarray, values: np.ndarray, theme: Theme) -> list[str]:
    level = float(np.abs(values[np.isfinite(values)]).max(initial=0)) * PALER or 1.0
    seen = places(np.clip(np.nan_to_num(shown), -level, level), -level, level)
    return diverging_colours(seen, theme)
