"""The plot of an autoencoder's codes: a plane to walk over, and beside it what the place is decoded to."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.engine.bottleneck import bottleneck
from playground.experiment import Experiment
from playground.numbers.writing import decimals
from playground.training.codes import Code, CodeView
from playground.training.snapshot import Snapshot
from widgets.figures.columns import Columns
from widgets.plots.confusion_matrix import TITLE
from widgets.plots.decision_map import ARROWS
from widgets.plots.figure import Figure
from widgets.plots.latent import painting
from widgets.plots.latent.content import CodeContent
from widgets.plots.latent.ground import Ground
from widgets.plots.toggle_tab import ToggleTab
from widgets.theme import Theme, current

CELL = 30
"""Pixels of a picture of the grid at least."""

MOST_CELLS = 160
STRIDE = 1 / 32
"""How far an arrow key leads, as a share of the plane's width or height; with Shift a quarter of it."""

PAIRS = ((0, 1), (0, 2), (1, 2))


class LatentPlot(Figure):
    """The pointer, or arrow keys, lead over the plane; what is there is decoded beside it, live.

    Signals:
        asked: the codes that are to be decoded (`CodeView`), or None while nothing of this is seen.
    """

    NAME: ClassVar[str] = QT_TRANSLATE_NOOP("HistoryPlot", "Latent space")
    breadth = 2
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.name(), parent)
        self.lie_on_panel()
        self.content: CodeContent | None = None
        self.point: Code = ()
        """The code that is decoded; empty before there is any."""
        self.ground = Ground()
        self.axes = PAIRS[0]
        self._asked: CodeView | None = None
        self._cells = (0, 0)
        self._dots: list[tuple[str, QPolygonF]] = []
        self._grid: QImage | None = None
        self._picture: QImage | None = None
        self.grid_tab = ToggleTab(self.tr("Grid"))
        self.grid_tab.setToolTip(self.tr("Decode places all over the plane, behind the samples."))
        self.grid_tab.toggled.connect(self._ask)
        self.pair_tabs = {pair: ToggleTab(f"{pair[0] + 1}, {pair[1] + 1}") for pair in PAIRS}
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("")
        self._lay_out()
        self._choose_pair(self.axes)

    @classmethod
    def name(cls) -> str:
        """What is drawn, in the language of the person."""
        return QCoreApplication.translate("HistoryPlot", cls.NAME)

    @classmethod
    def suits(cls, experiment: Experiment) -> bool:
        """Whether it is an autoencoder whose code is a place that can be looked at."""
        return experiment.data.targets == "inputs" and bottleneck(experiment.graph) is not None

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(0, 0, 0, 0)
        header.setSpacing(12)
        for pair, tab in self.pair_tabs.items():
            tab.setToolTip(self.tr("Show these two numbers of the code; the third stays as it is."))
            tab.clicked.connect(lambda _, pair=pair: self._choose_pair(pair))
            tab.hide()
            header.addWidget(tab)
        header.addStretch(1)
        header.addWidget(self.grid_tab)
        header.addWidget(self.menu_button)
        for tab in (*self.pair_tabs.values(), self.grid_tab):
            tab.setFixedHeight(round(TITLE))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(header)
        column.addStretch(1)

    # --- what is shown ------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the codes as they are at this moment."""
        content = CodeContent.of(snapshot, self.axes)
        if content is None:
            return
        self.content = content
        for tab in self.pair_tabs.values():
            tab.setVisible(content.size > 2)
        self._see()

    def _see(self) -> None:
        """Place what there is, and ask for what is missing."""
        content = self.content
        if content is None:
            return
        self.ground = replace(self.ground, area=self._plane()).around(content.places)
        if len(self.point) != content.size:
            self.point = content.middle
        self._dots = content.dots(self.ground, current())
        self._grid = content.grid(*self._cells) if self.grid_tab.isChecked() else None
        self._picture = content.picture()
        self.grid_tab.setVisible(content.codes.decoded is None or content.codes.decoded.ndim == 3)
        self._ask()
        self._tell()
        self.update()

    def _ask(self) -> None:
        content = self.content
        if not self.isVisible():
            asked = None
        elif content is None:
            asked = CodeView()
        else:
            asked = CodeView(self.point, self._grid_codes(content))
        if asked != self._asked:
            self._asked = asked
            self.asked.emit(asked)

    def _grid_codes(self, content: CodeContent) -> tuple[Code, ...]:
        area = self.ground.area
        if not self.grid_tab.isChecked() or content.size == 1 or self.grid_tab.isHidden():
            return ()
        cell = max(CELL, float(np.sqrt(max(area.width() * area.height(), 1) / MOST_CELLS)))
        self._cells = across, up = max(1, int(area.width() // cell)), max(1, int(area.height() // cell))
        return tuple(content.code(*place, held=self.point) for place in self.ground.cells(across, up))

    def _choose_pair(self, pair: tuple[int, int]) -> None:
        self.axes = pair
        for other, tab in self.pair_tabs.items():
            tab.setChecked(other == pair)
        if self.content is not None:
            self.content = replace(self.content, axes=pair)
            self.ground = Ground()
            self._see()

    def columns(self) -> Columns:
        """The code of each training sample, and what the dataset says of it."""
        if self.content is None:
            return {}
        codes = self.content.codes
        return {f"code {number + 1}": column for number, column in enumerate(codes.places.T)} | {
            "label": codes.labels
        }

    def _tell(self) -> None:
        words = self.tr("Code {code}").format(code=self._words())
        self.setAccessibleDescription(words)

    def _words(self) -> str:
        return ", ".join(decimals(number) for number in self.point)

    # --- painting -----------------------------------------------------------------------------------

    @property
    def _beside(self) -> QRectF:
        """Where the decoded sample stands."""
        width = min(self.width() * 0.42, max(self.height() - TITLE, 40.0))
        return QRectF(self.width() - width, TITLE, width, self.height() - TITLE)

    def _plane(self) -> QRectF:
        metrics = QFontMetricsF(self.small_font())
        strip = self.content is not None and self.content.size == 1
        left = 6.0 if strip else metrics.horizontalAdvance("−0.00") + 8
        bottom = self.height() - metrics.height() - 4
        right = self._beside.left() - 14
        return QRectF(left, TITLE, max(right - left, 10.0), max(bottom - TITLE, 10.0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plane and what is decoded, and that the plot has the focus of the keyboard."""
        with QPainter(self) as painter:
            self.paint_ground(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)
            self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw the plane and what is decoded."""
        self.paint_ground(painter)
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        content = self.content
        if content is None:
            return
        font = self.small_font()
        painting.paint_axes(painter, self.ground, font, up=content.size > 1)
        if self._grid is not None:
            painting.paint_grid(painter, self.ground.area, self._grid)
        painting.paint_dots(painter, self.ground.area, self._dots)
        painting.paint_point(painter, self.ground, content.place(self.point), strip=content.size == 1)
        shown = [tab for tab in self.pair_tabs.values() if not tab.isHidden()]
        left = max((tab.geometry().right() + 16 for tab in shown), default=round(self.ground.area.left()))
        header = QRectF(left, 0, self.grid_tab.x() - left - 12, TITLE)
        painting.paint_legend(painter, header, content, font)
        self._paint_decoded(painter, content)

    def _paint_decoded(self, painter: QPainter, content: CodeContent) -> None:
        area, font, decoded = self._beside, self.small_font(), content.codes.decoded
        line = QFontMetricsF(font).height()
        room = area.adjusted(0, 0, 0, -line - 4)
        bottom = area.bottom() - line
        if self._picture is not None:
            bottom = painting.paint_picture(painter, room, self._picture).bottom() + 4
        elif decoded is not None and decoded.ndim == 2:
            painting.paint_steps(painter, room, decoded)
        elif decoded is not None and content.codes.names:
            painting.paint_row(painter, room, content, font)
        painter.setFont(font)
        painter.setPen(QColor(current().muted))
        caption = QRectF(area.left(), bottom, area.width(), line)
        painter.drawText(caption, self.tr("code {code}").format(code=self._words()))

    # --- walking ------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go to the place under the pointer."""
        if self.content is not None and self.ground.area.contains(event.position()):
            self._go(*self.ground.to_code(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go a little in the direction of an arrow."""
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None or self.content is None:
            super().keyPressEvent(event)
            return
        share = STRIDE / 4 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STRIDE
        across, up = self.content.place(self.point)
        wide, high = np.subtract(self.ground.high, self.ground.low).tolist()
        self._go(*self.ground.kept(across + step[0] * share * wide, up + step[1] * share * high))

    def _go(self, across: float, up: float) -> None:
        assert self.content is not None
        self.point = self.content.code(across, up, self.point)
        self._ask()
        self._tell()
        self.update()

    # --- keeping up ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the places for the new size."""
        super().resizeEvent(event)
        self._see()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the codes."""
        super().showEvent(event)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing any more."""
        super().hideEvent(event)
        self._ask()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._see()
