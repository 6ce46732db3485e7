"""Draw one: the pad with its links, its colours where pictures have some, and what the network gets of it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.data.pictures.looks import Looks
from playground.data.pictures.strokes import PEN
from playground.data.sample import Floats
from widgets.labels import link_button
from widgets.pictures import picture_image
from widgets.plots.painting.swatches import Swatch
from widgets.plots.pictures.attribution import LEGEND, HangsOn, paint_hangs_on
from widgets.plots.pictures.ink import sample_of
from widgets.plots.pictures.pad import DrawingPad
from widgets.theme import current, themes
from widgets.tips import tip

COALESCE = 30
"""Milliseconds in which many moves of the pointer are one change."""

SEEN = 56
COLOURS = ("#ffffff", "#000000", "#e53935", "#fb8c00", "#fdd835", "#43a047", "#1e88e5", "#6d4c41")
PENS = {0.05: "S", PEN: "M", 0.2: "L"}
"""Widths of the pen, in sides of the pad."""


class DrawPanel(QWidget):
    """Gives what is drawn as a sample of the set.

    Signals:
        drawn: the sample (height, width, channels) that the drawing makes; None when the pad is empty.
    """

    drawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad = DrawingPad()
        self.seen = SeenPicture(SEEN)
        self.answer = QLabel()
        self.answer.setWordWrap(True)
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setAccessibleName(self.tr("The network says"))
        self.undo = link_button(self.tr("undo"), tip(self.tr("Take the last stroke back.")))
        self.clear = link_button(self.tr("clear"), tip(self.tr("Begin anew.")))
        self.colours, self.pens = QButtonGroup(self), QButtonGroup(self)
        self._tools = self._make_tools()
        self._later = QTimer(self, singleShot=True, interval=COALESCE)
        self._later.timeout.connect(self._tell)
        self._lay_out()
        self.undo.clicked.connect(self.pad.undo)
        self.clear.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._see_change)
        self._see_change()
        self._later.stop()

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Draw one"))
        heading.setProperty("role", "heading")
        head, body, beside = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(self.undo)
        head.addWidget(self.clear)
        beside.addWidget(self.seen)
        beside.addWidget(self.answer)
        beside.addStretch(1)
        body.addWidget(self.pad)
        body.addLayout(beside, 1)
        body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._tools)
        column.addLayout(body)

    def _make_tools(self) -> QWidget:
        """Colours and widths, for pictures that have them."""
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._palette = [self._swatch(colour) for colour in COLOURS]
        for swatch in self._palette:
            row.addWidget(swatch)
        for width, letter in PENS.items():
            button = QToolButton(text=letter, autoRaise=True)
            button.setToolTip(tip(self.tr("The width of the pen.")))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(self.tr("Pen {size}").format(size=letter))
            button.setCheckable(True)
            button.setChecked(width == PEN)
            button.clicked.connect(lambda _, width=width: setattr(self.pad, "pen", width))
            self.pens.addButton(button)
            row.addWidget(button)
        return tools

    def _swatch(self, colour: str) -> Swatch:
        swatch = Swatch()
        swatch.colour = colour
        swatch.setAccessibleName(self.tr("Colour {name}").format(name=colour))
        swatch.setToolTip(tip(self.tr("Draw in this colour.")))
        self.colours.addButton(swatch)
        levels = np.array(QColor(colour).getRgbF()[:3])
        swatch.clicked.connect(lambda: setattr(self.pad, "colour", levels))
        return swatch

    # --- what is shown ----------------------------------------------------------------------------------

    def show_looks(self, looks: Looks | None) -> None:
        """Draw what belongs to these pictures; what is drawn already is brought to look like them."""
        if looks is self.pad.looks:
            return
        self.pad.show_looks(looks)
        coloured = looks is not None and looks.shape[2] == 3
        for swatch in self._palette:
            swatch.setVisible(coloured)
        self._tools.setVisible(looks is not None and looks.fill is None)
        if self.pad.strokes:
            self._later.start()
        self._show_seen()

    def show_answer(self, words: str) -> None:
        """Show what the network takes the drawing for."""
        self.answer.setText(words if self.pad.strokes else "")

    def sample(self) -> Floats | None:
        """The sample that the drawing makes; None of an empty pad."""
        looks, strokes = self.pad.looks, self.pad.strokes
        return sample_of(strokes, looks) if looks is not None and strokes else None

    def _see_change(self) -> None:
        for button in (self.undo, self.clear):
            button.setEnabled(bool(self.pad.strokes))
        if not self.pad.strokes:
            self.answer.clear()
        if not self._later.isActive():
            self._later.start()

    def _tell(self) -> None:
        self._show_seen()
        self.drawn.emit(self.sample())

    def _show_seen(self) -> None:
        looks, sample = self.pad.looks, self.sample()
        ends = None if looks is None else (looks.low, looks.high)
        self.seen.show_picture(sample, ends)


class SeenPicture(QWidget):
    """The picture that the network gets, small."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.picture: Floats | None = None
        self.hangs_on: HangsOn | None = None
        self._ends: tuple[float, float] | None = None
        self.setAccessibleName(self.tr("What the network gets"))
        self._explain()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def show_picture(self, picture: Floats | None, ends: tuple[float, float] | None) -> None:
        """Show a sample, or nothing."""
        self.picture, self._ends = picture, ends
        self.update()

    def show_hangs_on(self, shown: HangsOn | None) -> None:
        """Lay over it what the answer hangs on, or nothing."""
        if shown is not self.hangs_on:
            self.hangs_on = shown
            self._explain()
            self.updateGeometry()
            self.update()

    def _explain(self) -> None:
        words = self.tr("The drawing as the network gets it: brought to the place and size of the others.")
        self.setToolTip(tip(words if self.hangs_on is None else self.hangs_on.words))
        self.setAccessibleDescription("" if self.hangs_on is None else self.hangs_on.words)

    def sizeHint(self) -> QSize:
        """A small square, and below it what colours mean where there are any."""
        return QSize(self._side, self._side + (0 if self.hangs_on is None else round(LEGEND)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it pixel by pixel."""
        room = QRectF(0.5, 0.5, self._side - 1, self._side - 1)
        with QPainter(self) as painter:
            if self.picture is not None:
                image = picture_image(self.picture, self._ends)
                square = QSize(self._side, self._side)
                size = image.size().scaled(square, Qt.AspectRatioMode.KeepAspectRatio)
                room = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
                painter.drawImage(room, image)
            if self.hangs_on is not None:
                paint_hangs_on(painter, room, self.hangs_on)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(current().border), 1))
            painter.drawRect(room)
