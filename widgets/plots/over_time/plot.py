"""The plot of what goes on in a layer over time, of the chosen sample: a heat map that moves as it learns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.experiment import Experiment
from playground.training.snapshot import Snapshot
from widgets.elided_label import ElidedLabel
from widgets.forms.control import Combo
from widgets.plots.columns import Columns
from widgets.plots.figure import Figure
from widgets.plots.over_time.content import TimeContent, chosen_layer, reads_sequences, time_content, title_of
from widgets.plots.over_time.painter import HeatMap, paint_heat_map
from widgets.theme import current

HEADER = 30
MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class OverTimePlot(Figure):
    """States, gates or weights of attention of the selected layer; arrow keys move what is read out."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Over time")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.name(), parent)
        self.content: TimeContent | None = None
        self.pointed: tuple[int, int] | None = None
        """The row and the column that are read out."""
        self._snapshot: Snapshot | None = None
        self._selected: tuple[str, ...] = ()
        self._layer_id = self._wanted = ""
        self._names: tuple[str, ...] = ()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()

    @classmethod
    def name(cls) -> str:
        """What is drawn, in the language of the person."""
        return QCoreApplication.translate("HistoryPlot", cls.NAME)

    @classmethod
    def suits(cls, experiment: Experiment) -> bool:
        """Whether a layer reads sequences."""
        return reads_sequences(experiment)

    def _lay_out(self) -> None:
        self.box = Combo()
        self.box.setAccessibleName(self.tr("What is shown"))
        self.box.textActivated.connect(self._choose)
        self.caption = ElidedLabel()
        self.caption.setProperty("role", "muted")
        header = QHBoxLayout()
        header.setContentsMargins(0, 0, 0, 0)
        header.setSpacing(8)
        header.addWidget(self.box)
        header.addWidget(self.caption, 1)
        header.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(header)
        column.addStretch(1)

    # --- what is shown ------------------------------------------------------------------------------

    def show_layers(self, ids: Sequence[str]) -> None:
        """Show the layer of these that has something to show."""
        self._selected = tuple(ids)
        self._see()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the chosen sample as it is now."""
        self._snapshot = snapshot
        self._see()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        self._see()

    def _see(self) -> None:
        snapshot = self._snapshot
        if snapshot is None or not self.isVisible():
            return
        self._layer_id = chosen_layer(snapshot, self._selected, self._layer_id)
        self.content = time_content(snapshot, self._layer_id, self._wanted)
        self._offer()
        self._tell()
        self.update()

    def _offer(self) -> None:
        """Fill the box with what the layer shows."""
        content = self.content
        names = () if content is None else content.names
        if names != self._names:
            self._names = names
            self.box.clear()
            self.box.addItems([title_of(name) for name in names])
        self.box.setVisible(len(names) > 1)
        if content is not None:
            self.box.setCurrentIndex(names.index(content.name))

    def _choose(self, title: str) -> None:
        self._wanted = next((name for name in self._names if title_of(name) == title), "")
        self._see()

    def _tell(self) -> None:
        content = self.content
        if content is None:
            self.caption.setText("")
            return
        rows, columns = content.values.shape
        if self.pointed is not None and not (self.pointed[0] < rows and self.pointed[1] < columns):
            self.pointed = None
        words = content.words(*self.pointed) if self.pointed is not None else ""
        alone = "" if len(content.names) > 1 else f" · {title_of(content.name)}"
        self.caption.setText(words or f"{content.title}{alone}")
        self.setAccessibleDescription(f"{content.title}{alone} {words}".rstrip())

    def columns(self) -> Columns:
        """The numbers that are shown."""
        return {} if self.content is None else self.content.columns()

    # --- the pointer --------------------------------------------------------------------------------

    @property
    def map(self) -> HeatMap | None:
        """Where the heat map is; None where there is none."""
        if self.content is None:
            return None
        return HeatMap.of(self.content, QRectF(self.rect()).adjusted(0, HEADER, -10, 0), self.small_font())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out what is under the pointer."""
        self._point_to(None if self.map is None else self.map.place(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the read-out away."""
        self._point_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read out the place beside."""
        move = MOVES.get(Qt.Key(event.key()))
        if move is None or self.content is None:
            super().keyPressEvent(event)
            return
        rows, columns = self.content.values.shape
        row, column = (0, -1) if self.pointed is None else self.pointed
        row, column = row + move[0], max(column, 0 if self.pointed else -1) + move[1]
        self._point_to((min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)))

    def _point_to(self, place: tuple[int, int] | None) -> None:
        if place != self.pointed:
            self.pointed = place
            self._tell()
            self.update()

    # --- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map, and a ring when the keyboard led here."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)
            if self.focused_by_key:
                painter.setPen(QPen(QColor(current().accent), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw the name and the map."""
        painter.fillRect(self.rect(), QColor(current().panel))
        painter.setPen(QColor(current().text))
        painter.setFont(self.small_font())
        if self.content is not None:
            name = f"{self.content.title} · {title_of(self.content.name)}"
            painter.drawText(QPointF(2, HEADER / 2 + 4), name)
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        if (shown := self.map) is not None and self.content is not None:
            paint_heat_map(painter, shown, self.content, self.pointed, self.small_font())
            return
        painter.setPen(QColor(current().muted))
        words = self.tr("No layer here reads a sequence step by step, or no sample is chosen.")
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(self.rect()).adjusted(20, HEADER, -20, -10), flags, words)
