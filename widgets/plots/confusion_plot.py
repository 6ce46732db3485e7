"""The plot of what is taken for what: a confusion matrix of the training and of the test samples."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from playground.training.snapshot import Snapshot
from widgets.figures.columns import Columns
from widgets.plots.confusion_matrix import TITLE, MatrixPicture, Spot, paint_pointed
from widgets.plots.confusions import SIDES, Confusions
from widgets.plots.figure import Figure
from widgets.plots.spot_label import SpotLabel
from widgets.plots.toggle_tab import ToggleTab
from widgets.theme import Theme, current

BETWEEN = 28
BOTH_FROM = 540
"""The width from which both sides of the split are shown beside each other."""
RIGHT_MARGIN = 12


class ConfusionPlot(Figure):
    """Rows are true classes and columns predicted ones; one side of the split, or both where there is room.

    Arrow keys move the spot that is read out, as the pointer does.
    """

    NAME: ClassVar[str] = QT_TRANSLATE_NOOP("HistoryPlot", "Confusion")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.name(), parent)
        self.lie_on_panel()
        self.confusions = Confusions()
        """What is shown."""
        self._nothing_yet = self.tr("Nothing is classified yet.")
        self._numbers = self.tr(
            "Here numbers are predicted, and no classes.\nAccuracy shows how far off they are."
        )
        self.message = self._nothing_yet
        self.pointed: int | None = None
        """Which spot is read out."""
        self.side = "test"
        self.label = SpotLabel(self.small_font(), self)
        self._titles = {"training": self.tr("training"), "test": self.tr("test")}
        self.tabs = {side: ToggleTab(self._titles[side]) for side in SIDES}
        self._snapshot: Snapshot | None = None
        self._pictures: list[MatrixPicture] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self.show_theme(current())

    @classmethod
    def name(cls) -> str:
        """What is drawn, in the language of the person."""
        return QCoreApplication.translate("HistoryPlot", cls.NAME)

    def _lay_out(self) -> None:
        self._group = QButtonGroup(self)
        header = QHBoxLayout()
        header.setContentsMargins(0, 0, 0, 0)
        header.setSpacing(12)
        for side, tab in self.tabs.items():
            tab.setFixedHeight(round(TITLE))
            tab.setToolTip(self.tr("Show how these samples are classified."))
            tab.setChecked(side == self.side)
            tab.toggled.connect(lambda on, side=side: on and self.show_side(side))
            self._group.addButton(tab)
            header.addWidget(tab)
        header.addStretch(1)
        header.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(header)
        column.addStretch(1)

    # --- what is shown ------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how the samples are classified at this moment, once this is visible."""
        self._snapshot = snapshot
        if self.isVisible():
            self._see(snapshot)

    def _see(self, snapshot: Snapshot) -> None:
        after = self.confusions.followed_by(snapshot)
        if after is self.confusions:
            return
        self.confusions = after
        self.message = self._nothing_yet if after.names else self._numbers
        self._draw_anew()

    def show_side(self, side: str) -> None:
        """Show the "training" or the "test" samples, where there is room for one matrix only."""
        self.side = side
        self.tabs[side].setChecked(True)
        self._draw_anew()

    @property
    def shown(self) -> tuple[str, ...]:
        """The sides that are shown."""
        if not self.confusions.measures:
            return ()
        return SIDES if self.width() >= BOTH_FROM else (self.side,)

    def columns(self) -> Columns:
        """A row for each pair of a true and a predicted class, with the counts of both sides."""
        return self.confusions.columns()

    # --- painting -----------------------------------------------------------------------------------

    @property
    def pictures(self) -> list[MatrixPicture]:
        """The matrices where they are."""
        if self._pictures is None:
            self._pictures = self._make_pictures()
        return self._pictures

    def _make_pictures(self) -> list[MatrixPicture]:
        theme, count = current(), len(self.shown)
        colours = {"training": theme.training, "test": theme.test}
        width = (self.width() - RIGHT_MARGIN - BETWEEN * (count - 1)) / max(count, 1)
        height = self.height() - TITLE - 2
        return [
            MatrixPicture(
                title=self._titles[side],
                colour=colours[side],
                names=self.confusions.names,
                counts=self.confusions.measures[side].confusion,
                metrics=self.confusions.measures[side].metrics,
                area=QRectF(index * (width + BETWEEN), TITLE, width, height),
                font=self.small_font(),
            )
            for index, side in enumerate(self.shown)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the matrices, what is pointed at, and that the plot has the focus of the keyboard."""
        with QPainter(self) as painter:
            self.paint_ground(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, titles=len(self.shown) > 1)
            if self.pointed is not None:
                paint_pointed(painter, self._spots()[self.pointed].area, current())
            self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw the matrices and their titles."""
        self.paint_ground(painter)
        self._paint(painter, titles=True)

    def _paint(self, painter: QPainter, titles: bool) -> None:
        theme = current()
        if not self.confusions.measures:
            painter.setPen(QColor(theme.muted))
            inside = QRectF(self.rect()).adjusted(20, TITLE, -20, -TITLE)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.message)
        for picture in self.pictures:
            picture.paint(painter, theme)
            if titles:
                picture.paint_title(painter)

    # --- pointing -----------------------------------------------------------------------------------

    def _spots(self) -> list[Spot]:
        return [spot for picture in self.pictures for spot in picture.spots]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out the cell or figure under the pointer."""
        place = event.position()
        found = (index for index, spot in enumerate(self._spots()) if spot.area.contains(place))
        self._point_to(next(found, None))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the read-out away."""
        self._point_to(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the read-out away."""
        super().focusOutEvent(event)
        self._point_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read out another spot, from the first cell on when there is none."""
        key, classes, last = Qt.Key, len(self.confusions.names), len(self._spots()) - 1
        steps = {key.Key_Left: -1, key.Key_Right: 1, key.Key_Up: -classes, key.Key_Down: classes}
        step = steps.get(key(event.key()))
        if step is None or last < 0:
            super().keyPressEvent(event)
            return
        self._point_to(0 if self.pointed is None else min(max(self.pointed + step, 0), last))

    def _point_to(self, index: int | None) -> None:
        self.pointed = index
        self.label.show_spot(None if index is None else self._spots()[index])
        self.update()

    # --- keeping up ---------------------------------------------------------------------------------

    def _draw_anew(self) -> None:
        self._pictures = None
        one = bool(self.confusions.measures) and len(self.shown) == 1
        for tab in self.tabs.values():
            tab.setVisible(one)
        there = self.pointed is not None and self.pointed < len(self._spots())
        self._point_to(self.pointed if there else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the places for the new size."""
        super().resizeEvent(event)
        self._draw_anew()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was measured meanwhile."""
        super().showEvent(event)
        if self._snapshot is not None:
            self._see(self._snapshot)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self.label.show_theme(theme)
        self._draw_anew()
