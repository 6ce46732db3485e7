"""What a film of training shows: network, map and curves as the window draws them, where nobody sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QRegion
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFrame, QVBoxLayout, QWidget

from playground.animation.reel import FilmFrame
from playground.cli.commands import FILM_VIEWS
from playground.experiment import Experiment
from playground.numbers.writing import epochs, loss
from playground.training.snapshot import Snapshot
from widgets import theme as themes
from widgets.canvas.view import NetworkView
from widgets.document import Document
from widgets.panels.output import OutputPanel
from widgets.plots.accuracy_plot import AccuracyPlot
from widgets.plots.history_plot import HistoryPlot
from widgets.plots.loss_plot import LossPlot
from widgets.theme import Theme

HEAD, GAP, SPACE = 36, 8, 18
PLOTS: dict[str, type[HistoryPlot]] = {"loss": LossPlot, "accuracy": AccuracyPlot}
SHARE_OF_CURVES = 0.29
SMALLEST_SCALE = 0.75
"""Below that text can no longer be read; what does not fit is left out."""
LOGICAL = 540
"""How high a film is in pixels of a screen; what is larger is drawn larger."""


@dataclass(frozen=True)
class FilmLook:
    """How a film looks: the views in it, its size in pixels, its colours, and what stands above.

    `last` is the epoch at which it ends, where curves end too; None where nobody knows.
    """

    views: tuple[str, ...] = FILM_VIEWS
    size: tuple[int, int] = (960, 540)
    theme: Theme = themes.DARK
    title: str = ""
    last: float | None = None

    @property
    def scale(self) -> float:
        """Pixels of the film for one of a screen."""
        return max(min(self.size[1] / LOGICAL, self.size[0] / 720), SMALLEST_SCALE)


Texts = list[tuple[str, str]]
"""Texts, each with its colour."""


class FilmStage(QWidget):
    """Views of a network, shown nowhere, and the frames that are made of them.

    All of it is the window's own, on the window's thread; a frame is made in short pieces.
    """

    def __init__(self, experiment: Experiment, look: FilmLook) -> None:
        super().__init__()
        self.look = look
        width, height = (round(side / look.scale) for side in look.size)
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.setStyleSheet(themes.style_sheet(look.theme))
        self.resize(width, height)
        self._document = Document(experiment, self)
        self._parts: dict[str, QWidget] = {}
        self._plots: dict[str, HistoryPlot] = {}
        self._image = QImage(QSize(*look.size), QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(look.scale)
        self._places = places(look.views, width, height)
        with themes.shown_as(look.theme):
            self.show()

    def _make(self) -> Iterator[None]:
        """The views, one after another."""
        if "network" in self.look.views:
            self._network = NetworkView(self._document)
            self._put("network", self._framed(self._network, 1))
            yield
        if "map" in self.look.views:
            self._output = OutputPanel(self)
            self._put("map", self._output)
            yield
        for name, kind in PLOTS.items() if "curves" in self.look.views else ():
            plot = self._plots[name] = kind()
            plot.x_limits = None if self.look.last is None else (0.0, max(self.look.last, 1.0))
            self._put(name, self._framed(plot, 8))
            yield

    def _put(self, name: str, part: QWidget) -> None:
        self._parts[name] = part
        part.setGeometry(self._places[name])
        part.show()

    def _framed(self, inner: QWidget, margin: int) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("role", "panel")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.addWidget(inner)
        return frame

    def pieces(self, snapshot: Snapshot) -> Iterator[None]:
        """Draw a moment in the colours of the film, a piece at a time; then `frame` has it."""
        pieces = self._draw(snapshot)
        while True:
            with themes.shown_as(self.look.theme):
                if next(pieces, self) is self:
                    return
            yield

    def _draw(self, snapshot: Snapshot) -> Iterator[None]:
        views = self.look.views
        if not self._parts:
            yield from self._make()
        if snapshot.experiment is not self._document.experiment:
            self._document.show_past(snapshot.experiment)
        if "network" in views:
            self._network.show_snapshot(snapshot)
            yield
        if "map" in views:
            self._output.show_snapshot(snapshot)
            self._hide_controls(self._output)
            yield
        for plot in self._plots.values():
            plot.show_snapshot(snapshot)
            self._hide_controls(plot)
            yield
        self._paint_ground(snapshot)
        for part in self._parts.values():
            yield
            with QPainter(self._image) as painter:
                part.render(painter, part.pos(), QRegion(), QWidget.RenderFlag.DrawChildren)
        yield

    def frame(self) -> FilmFrame:
        """The pixels of the moment that was drawn."""
        height, width = self._image.height(), self._image.width()
        rows = np.frombuffer(self._image.constBits(), np.uint8).reshape(height, -1)[:, : 4 * width]
        return np.ascontiguousarray(rows.reshape(height, width, 4)[..., 2::-1])

    def _hide_controls(self, part: QWidget) -> None:
        """Leave out what can be pressed."""
        for control in (*part.findChildren(QAbstractButton), *part.findChildren(QComboBox)):
            control.hide()
        if isinstance(part, OutputPanel):
            made = (vars(part).get(name) for name in ("read_out", "boxes", "space_bar", "writes_on"))
            for bar in made:
                if bar is not None:
                    bar.hide()

    def _paint_ground(self, snapshot: Snapshot) -> None:
        colours = self.look.theme
        self._image.fill(QColor(colours.window))
        with QPainter(self._image) as painter:
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            line = QRectF(GAP + 4, 0, self.width() - 2 * GAP - 8, HEAD)
            font = QFont(self.font())
            font.setPixelSize(13)
            painter.setFont(font)
            aside, middle = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
            for text, colour in _that_fit(_figures(snapshot, colours), painter, line.width()):
                painter.setPen(QColor(colour))
                painter.drawText(line, aside | middle, text)
                line.setRight(line.right() - painter.fontMetrics().horizontalAdvance(text) - SPACE)
            font.setPixelSize(14)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(colours.text))
            right = Qt.TextElideMode.ElideRight
            title = painter.fontMetrics().elidedText(self.look.title, right, round(line.width()))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | middle, title)


def _figures(snapshot: Snapshot, colours: Theme) -> Texts:
    """What is said of a moment, each with its colour."""
    said = [(_tr("epoch {0}").format(epochs(snapshot.progress)), colours.text)]
    for words, measures, colour in (
        (_tr("training loss {0}"), snapshot.train, colours.training),
        (_tr("test loss {0}"), snapshot.test, colours.test),
    ):
        if np.isfinite(measures.loss):
            said.append((words.format(loss(measures.loss)), colour))
    return said


def _that_fit(figures: Texts, painter: QPainter, room: float) -> Texts:
    """As many of them as there is room for, the first at least, from the right."""
    wide = painter.fontMetrics().horizontalAdvance
    while len(figures) > 1 and sum(wide(text) + SPACE for text, _ in figures) > room:
        figures = figures[:-1]
    return figures[::-1]


def places(views: tuple[str, ...], width: int, height: int) -> dict[str, QRect]:
    """Where each part of a film is."""
    left, top, right, bottom = GAP, HEAD, width - GAP, height - GAP
    low = top
    if "curves" in views and len(views) > 1:
        low = bottom - round(SHARE_OF_CURVES * height)
    found: dict[str, QRect] = {}
    upper = [view for view in ("network", "map") if view in views]
    end = (low - GAP) if "curves" in views else bottom
    edge = right
    if upper == ["network", "map"]:
        edge = right - min(end - top + 10, round(0.44 * width))
        found["network"] = _between(left, top, edge - GAP, end)
        found["map"] = _between(edge, top, right, end)
    elif upper:
        found[upper[0]] = _between(left, top, right, end)
    if "curves" in views:
        split = edge if edge < right else (left + right + GAP) // 2
        found["loss"] = _between(left, low, split - GAP, bottom)
        found["accuracy"] = _between(split, low, right, bottom)
    return found


def _between(left: int, top: int, right: int, bottom: int) -> QRect:
    return QRect(QPoint(left, top), QSize(right - left, bottom - top))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Film", text)
