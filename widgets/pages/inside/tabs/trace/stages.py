"""The stages of a step as a row of chips, with a slider below: which one is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from playground.analysis.inspections.trace.trace import TraceStage
from widgets.icons import icon
from widgets.sentences import sentence
from widgets.spoken import SpokenSlider
from widgets.theme import current, themes

HEIGHT, PADDING, GAP = 24, 11, 6
BEAT = 1100
"""Milliseconds that each stage is shown while they play."""


def stage_name(stage: TraceStage) -> str:
    """What a chip says: Dense 1, δ Dense 1."""
    name = sentence(stage.name)
    return f"δ {name}" if stage.kind == "backward" else name


class StageChips(QWidget):
    """A row of chips, as far along as it takes for the chosen one to be seen."""

    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: list[str] = []
        self.current = 0
        self.setFixedHeight(HEIGHT + 2)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        themes.changed.connect(self.update)

    def show_chips(self, names: list[str], at: int) -> None:
        """Show these, one of them chosen."""
        self.names, self.current = names, at
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(600, HEIGHT + 2)

    def rects(self) -> list[QRectF]:
        """Where the chips are; some may lie beyond the ends."""
        metrics, x, found = self.fontMetrics(), 1.0, []
        for name in self.names:
            width = metrics.horizontalAdvance(name) + 2 * PADDING
            found.append(QRectF(x, 1, width, HEIGHT))
            x += width + GAP
        if not found or x - GAP <= self.width():
            return found
        middle = found[min(self.current, len(found) - 1)].center().x() - self.width() / 2
        shift = min(max(middle, 0), x - GAP - self.width() + 1)
        return [rect.translated(-shift, 0) for rect in found]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chips; those that are done are brighter than those to come."""
        theme = current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, (name, rect) in enumerate(zip(self.names, self.rects(), strict=True)):
                chosen = number == self.current
                painter.setPen(Qt.PenStyle.NoPen if chosen else QPen(QColor(theme.border), 1))
                fill = theme.accent if chosen else theme.control if number < self.current else theme.panel
                painter.setBrush(QColor(fill))
                painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), HEIGHT / 2, HEIGHT / 2)
                ink = theme.text if number < self.current else theme.muted
                painter.setPen(QColor(theme.on_accent if chosen else ink))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a chip."""
        for number, rect in enumerate(self.rects()):
            if rect.contains(event.position()):
                self.clicked.emit(number)


class StageStrip(QWidget):
    """Chips, a slider, and a button that plays through the stages.

    Signals:
        chosen: another stage, by its number.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = StageChips(self)
        self.slider = SpokenSlider(self)
        self.slider.words = self._words
        self.slider.setAccessibleName(self.tr("Step of the calculation"))
        self.slider.setToolTip(self.tr("Step of the calculation: ← and → go one back and on."))
        self.play = QToolButton(self)
        self.play.setAutoRaise(True)
        self.play.setCheckable(True)
        self.play.setAccessibleName(self.tr("Play through the steps"))
        self.play.setToolTip(self.tr("Play through the steps of the calculation (P)"))
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT)  # rare enough for those who like less motion, and asked for
        self._beat.timeout.connect(self._go_on)
        self._lay_out()
        self.chips.clicked.connect(self.choose)
        self.slider.valueChanged.connect(self.choose)
        self.play.toggled.connect(self._play)
        themes.changed.connect(self._recolour)
        self._recolour()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.chips)
        column.addWidget(self.slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.addLayout(column, 1)
        row.addWidget(self.play, 0, Qt.AlignmentFlag.AlignVCenter)

    def _recolour(self) -> None:
        name = "pause-fill" if self.play.isChecked() else "play-fill"
        self.play.setIcon(icon(name, current().muted))

    def _words(self) -> str:
        """The stage at which the slider stands."""
        return self.chips.names[self.slider.value()] if self.chips.names else ""

    @property
    def current(self) -> int:
        """The number of the stage that is looked at."""
        return self.slider.value()

    def show_stages(self, stages: Sequence[TraceStage]) -> None:
        """Show these stages; the one that is looked at stays, where it is there."""
        names = [stage_name(stage) for stage in stages]
        if names != self.chips.names:
            self.slider.blockSignals(True)
            self.slider.setRange(0, max(len(names) - 1, 0))
            self.slider.blockSignals(False)
        self.chips.show_chips(names, self.slider.value())

    def choose(self, number: int) -> None:
        """Look at a stage."""
        number = min(max(number, 0), self.slider.maximum())
        changed = number != self.chips.current
        self.slider.setValue(number)
        if changed and self.chips.names:
            self.chips.show_chips(self.chips.names, number)
            self.chosen.emit(number)

    def step(self, by: int) -> None:
        """Go on or back by so many stages."""
        self.choose(self.slider.value() + by)

    def _play(self, on: bool) -> None:
        if on and self.slider.value() == self.slider.maximum():
            self.choose(0)
        (self._beat.start if on else self._beat.stop)()
        self._recolour()

    def _go_on(self) -> None:
        self.step(1)
        if self.slider.value() == self.slider.maximum():
            self.play.setChecked(False)

    def end(self) -> None:
        """Play no more."""
        self.play.setChecked(False)
