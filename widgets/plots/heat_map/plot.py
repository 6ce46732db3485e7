"""A plot that is a heat map: the pointer or arrow keys read a place out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.training.snapshot import Snapshot
from widgets.elided_label import ElidedLabel
from widgets.figures.columns import Columns
from widgets.plots.figure import Figure
from widgets.plots.heat_map.content import HeatContent
from widgets.plots.heat_map.painter import HeatMap, paint_heat_map
from widgets.theme import current

HEADER = 30
MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class HeatMapPlot(Figure):
    """A subclass calls `lay_out`, takes from a snapshot what is shown, and says what that is."""

    NAME: ClassVar[str]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.name(), parent)
        self.lie_on_panel()
        self._snapshot: Snapshot | None = None
        self._selected: tuple[str, ...] = ()
        self.pointed: tuple[int, int] | None = None
        """The row and the column that are read out."""
        self.caption = ElidedLabel()
        self.caption.setProperty("role", "muted")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @classmethod
    def name(cls) -> str:
        """What is drawn, in the language of the person."""
        return QCoreApplication.translate("HistoryPlot", cls.NAME)

    def lay_out(self, *first: QWidget) -> None:
        """Put the caption behind these, above the map."""
        header = QHBoxLayout()
        header.setContentsMargins(0, 0, 0, 0)
        header.setSpacing(8)
        for widget in first:
            header.addWidget(widget)
        header.addWidget(self.caption, 1)
        header.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(header)
        column.addStretch(1)

    # --- keeping up ---------------------------------------------------------------------------------

    def show_layers(self, ids: Sequence[str]) -> None:
        """Show what belongs to the layers that are selected."""
        self._selected = tuple(ids)
        self._see()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what there is now."""
        self._snapshot = snapshot
        self._see()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        self._see()

    def _see(self) -> None:
        if self._snapshot is not None and self.isVisible():
            self.take(self._snapshot)
            self.tell()
            self.update()

    # --- what a subclass says -----------------------------------------------------------------------

    def take(self, snapshot: Snapshot) -> None:
        """Work out what is shown of a moment, for the layers that are selected."""
        raise NotImplementedError

    def shown_content(self) -> HeatContent | None:
        """What is shown; None for nothing."""
        raise NotImplementedError

    def nothing(self) -> str:
        """Why nothing is shown."""
        raise NotImplementedError

    def heading(self) -> str:
        """What stands above the map in a file, and here where no place is read out."""
        raise NotImplementedError

    def short_heading(self) -> str:
        """The heading where other widgets beside it say the rest."""
        return self.heading()

    def description(self) -> str:
        """What a person hears who sees nothing."""
        return self.heading()

    def beside(self) -> float:
        """How wide what is drawn beside the map is."""
        return 0.0

    def paint_beside(self, painter: QPainter, shown: HeatMap) -> None:
        """Draw what belongs beside the map."""

    # --- reading out --------------------------------------------------------------------------------

    def tell(self) -> None:
        """Say what is shown, and what is at the place that is pointed at."""
        content = self.shown_content()
        if content is None:
            self.caption.setText("")
            return
        rows, columns = content.values.shape
        if self.pointed is not None and not (self.pointed[0] < rows and self.pointed[1] < columns):
            self.pointed = None
        words = content.words(*self.pointed) if self.pointed is not None else ""
        self.caption.setText(words or self.short_heading())
        self.setAccessibleDescription(f"{self.description()} {words}".rstrip())

    def columns(self) -> Columns:
        """The numbers that are shown."""
        content = self.shown_content()
        return {} if content is None else content.columns()

    @property
    def map(self) -> HeatMap | None:
        """Where the heat map is; None where there is none."""
        content = self.shown_content()
        if content is None:
            return None
        room = QRectF(self.rect()).adjusted(0, HEADER, -10 - self.beside(), 0)
        return HeatMap.of(content, room, self.small_font())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out what is under the pointer."""
        self._point_to(None if self.map is None else self.map.place(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the read-out away."""
        self._point_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read out the place beside."""
        move, content = MOVES.get(Qt.Key(event.key())), self.shown_content()
        if move is None or content is None:
            super().keyPressEvent(event)
            return
        rows, columns = content.values.shape
        row, column = (0, -1) if self.pointed is None else self.pointed
        row, column = row + move[0], max(column, 0 if self.pointed else -1) + move[1]
        self._point_to((min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)))

    def _point_to(self, place: tuple[int, int] | None) -> None:
        if place != self.pointed:
            self.pointed = place
            self.tell()
            self.update()

    # --- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map, and a ring when the keyboard led here."""
        with QPainter(self) as painter:
            self.paint_ground(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)
            self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw the name and the map."""
        self.paint_ground(painter)
        painter.setPen(QColor(current().text))
        painter.setFont(self.small_font())
        if self.shown_content() is not None:
            painter.drawText(QPointF(2, HEADER / 2 + 4), self.heading())
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        content, shown = self.shown_content(), self.map
        if shown is not None and content is not None:
            paint_heat_map(painter, shown, content, self.pointed, self.small_font())
            self.paint_beside(painter, shown)
            return
        painter.setPen(QColor(current().muted))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(self.rect()).adjusted(20, HEADER, -20, -10), flags, self.nothing())
