"""The plot of how a side of the split is judged: loss by class, calibration, or what is taken for what."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from playground.analysis.calibration import SideJudged
from widgets.figures.columns import Columns
from widgets.forms.control import Combo
from widgets.plots.confusion_matrix import TITLE, MatrixPicture, Spot, paint_pointed
from widgets.plots.figure import Figure
from widgets.plots.spot_label import SpotLabel
from widgets.plots.spread import judged_pictures as pictures
from widgets.plots.toggle_tab import ToggleTab
from widgets.theme import Theme, current

HEAD = 34.0
VIEWS = ("loss", "calibration", "confusion")


class JudgedPlot(Figure):
    """Shows one view of one side; arrow keys move the spot that is read out, as the pointer does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Judged by class"), parent)
        self.lie_on_panel()
        self.names: tuple[str, ...] = ()
        """Of the classes; of numbers one for all."""
        self.sides: Mapping[str, SideJudged] = {}
        """What is shown, by side."""
        self.view = "loss"
        self.pointed: int | None = None
        titles = (self.tr("Loss by class"), self.tr("Calibration"), self.tr("Confusion"))
        self.tabs = {view: ToggleTab(title) for view, title in zip(VIEWS, titles, strict=True)}
        self.side = Combo()
        self.side.setAccessibleName(self.tr("Samples"))
        self.side.setToolTip(self.tr("Which samples are judged."))
        self.side.currentIndexChanged.connect(lambda _: self._show_anew())
        self._words = {
            "training": self.tr("training"), "test": self.tr("test"), "validation": self.tr("validation"),
        }  # fmt: skip
        self.label = SpotLabel(self.small_font(), self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self.show_theme(current())

    def _lay_out(self) -> None:
        self._group, head = QButtonGroup(self), QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 0)
        head.setSpacing(14)
        for view, tab in self.tabs.items():
            tab.setChecked(view == self.view)
            tab.toggled.connect(lambda on, view=view: on and self.show_view(view))
            self._group.addButton(tab)
            head.addWidget(tab)
        head.addStretch(1)
        head.addWidget(self.side)
        head.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addStretch(1)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_sides(self, names: tuple[str, ...], sides: Mapping[str, SideJudged]) -> None:
        """Show how these sides are judged."""
        self.names, self.sides = names or (self.tr("all samples"),), sides
        known = [self.side.itemData(place) for place in range(self.side.count())]
        if known != list(sides):
            before = self.side.currentData() or "test"
            self.side.blockSignals(True)
            self.side.clear()
            for side in sides:
                self.side.addItem(self._words[side], side)
            self.side.setCurrentIndex(max(self.side.findData(before), 0))
            self.side.blockSignals(False)
        self._show_anew()

    def show_view(self, view: str) -> None:
        """Show another view."""
        self.view = view
        self.tabs[view].setChecked(True)
        self._show_anew()

    @property
    def judged(self) -> SideJudged | None:
        """The side that is shown; None before there is any."""
        return self.sides.get(self.side.currentData())

    @property
    def _nothing(self) -> str:
        """Why there is nothing to see; empty where there is something."""
        judged = self.judged
        if judged is None:
            return self.tr("Nothing is judged yet.")
        if self.view == "confusion" and judged.confusion is None:
            return self.tr("Here numbers are predicted, and no classes.")
        if self.view == "calibration" and judged.calibration is None:
            return self.tr("Its outputs are no probabilities, so that it does not say how sure it is.")
        return ""

    @property
    def spots(self) -> list[Spot]:
        """What can be pointed at."""
        judged = self.judged
        if judged is None or self._nothing:
            return []
        if self.view == "loss":
            return pictures.loss_spots(judged, self.names, self._area)
        if self.view == "calibration":
            return pictures.calibration_spots(judged.calibration, self._area)
        return self._matrix(judged).spots

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(8, HEAD + 4, -12, -4)

    def _matrix(self, judged: SideJudged) -> MatrixPicture:
        area = self._area.adjusted(0, TITLE - 8, 0, 0)
        return MatrixPicture(
            "", current().muted, self.names, judged.confusion, judged.metrics, area, self.small_font()
        )

    def columns(self) -> Columns:
        """A row for each class: the mean loss and the count of every side."""
        if not self.sides:
            return {}
        found: Columns = {self.tr("class"): np.array(self.names)}
        for side, judged in self.sides.items():
            word = self._words[side]
            found |= {f"{word} {self.tr('loss')}": judged.losses, f"{word} {self.tr('count')}": judged.counts}
        return found

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, what is pointed at, and that the plot has the focus of the keyboard."""
        with QPainter(self) as painter:
            self.paint_ground(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)
            if self.pointed is not None and self.pointed < len(spots := self.spots):
                paint_pointed(painter, spots[self.pointed].area, current())
            self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw what is shown on a ground, with its title."""
        self.paint_ground(painter)
        painter.setPen(QColor(current().text))
        painter.setFont(self.small_font())
        title = f"{self.tabs[self.view].text()}  {self.side.currentText()}"
        painter.drawText(QRectF(8, 8, self.width(), HEAD), title)
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        judged, theme, font = self.judged, current(), self.small_font()
        if judged is None or self._nothing:
            painter.setPen(QColor(theme.muted))
            painter.drawText(
                self._area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._nothing
            )
        elif self.view == "loss":
            pictures.paint_losses(painter, judged, self.names, self._area, font, theme)
        elif self.view == "calibration":
            pictures.paint_calibration(painter, judged.calibration, self._area, font, theme)
        else:
            self._matrix(judged).paint(painter, theme)

    # --- pointing ---------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out what is under the pointer."""
        place = event.position()
        found = (index for index, spot in enumerate(self.spots) if spot.area.contains(place))
        self._point_to(next(found, None))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the read-out away."""
        self._point_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read out another spot."""
        key = Qt.Key
        steps = {key.Key_Left: -1, key.Key_Up: -1, key.Key_Right: 1, key.Key_Down: 1}
        step, last = steps.get(key(event.key())), len(self.spots) - 1
        if step is None or last < 0:
            super().keyPressEvent(event)
            return
        self._point_to(0 if self.pointed is None else min(max(self.pointed + step, 0), last))

    def _point_to(self, index: int | None) -> None:
        self.pointed = index
        spots = self.spots
        self.label.show_spot(spots[index] if index is not None and index < len(spots) else None)
        self.update()

    def _show_anew(self) -> None:
        self._point_to(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the places for the new size."""
        super().resizeEvent(event)
        self._show_anew()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self.label.show_theme(theme)
