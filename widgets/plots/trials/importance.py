"""What matters: how much of the differences between trials each setting explains, as bars."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter

from playground.numbers.writing import percent
from widgets.figures.columns import Columns
from widgets.plots.painted_figure import PaintedFigure
from widgets.theme import current

ROW, BAR = 25, 9
NAMES, SHARES = 0.4, 44
"""The part of the width that names take, and the pixels of what is written at the right."""


class ImportanceBars(PaintedFigure):
    """A bar for each setting, the one that matters most on top.

    Signals:
        setting_chosen: the place of the setting that was clicked.
    """

    setting_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(_tr("What matters"))
        self.shares: Mapping[str, float] = {}
        self._titles: Mapping[str, str] = {}
        self._place: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lie_on_panel()
        self.menu_button.hide()

    def show_shares(self, shares: Mapping[str, float], titles: Mapping[str, str]) -> None:
        """Show the share of each setting, by its place in the experiment."""
        if (shares, titles) != (self.shares, self._titles):
            self.shares = dict(sorted(shares.items(), key=lambda each: -each[1]))
            self._titles = titles
            told = [f"{self._title(place)} {percent(share)}" for place, share in self.shares.items()]
            self.setAccessibleDescription(", ".join(told))
            self.update()

    def columns(self) -> Columns:
        """Setting and share."""
        return {
            _tr("setting"): np.array([self._title(place) for place in self.shares], dtype=object),
            _tr("share"): np.array(list(self.shares.values())),
        }

    def sizeHint(self) -> QSize:
        """A line for each."""
        return QSize(240, ROW * max(len(self.shares), 4))

    def minimumSizeHint(self) -> QSize:
        """Little room."""
        return QSize(140, 2 * ROW)

    def paint(self, painter: QPainter) -> None:
        """Draw a line for each that there is room for."""
        shown = current()
        self.paint_ground(painter)
        left = self.width() * NAMES
        room = self.width() - left - SHARES - 8
        most = max(self.shares.values(), default=0.0) or 1.0
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, (setting, share) in enumerate(self.shares.items()):
            top = place * ROW
            if place == self._place:
                painter.fillRect(QRectF(0, top, self.width(), ROW), QColor(shown.hover))
            title = self._title(setting)
            words = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(left) - 8)
            painter.setPen(QColor(shown.text))
            painter.drawText(QRectF(0, top, left - 8, ROW), middle | Qt.AlignmentFlag.AlignLeft, words)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shown.accent))
            bar = QRectF(left, top + (ROW - BAR) / 2, max(room * share / most, 2), BAR)
            painter.drawRoundedRect(bar, 2, 2)
            painter.setPen(QColor(shown.muted))
            right = QRectF(self.width() - SHARES, top, SHARES - 2, ROW)
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, percent(share))

    def _title(self, place: str) -> str:
        return self._titles.get(place, place)

    # --- the pointer and keys ---------------------------------------------------------------------------

    def _go_to(self, place: int | None) -> None:
        if place is not None:
            place = min(max(place, 0), len(self.shares) - 1) if self.shares else None
        if place != self._place:
            self._place = place
            self.setToolTip("" if place is None else self._title(list(self.shares)[place]))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Bring out the line that is pointed at."""
        place = int(event.position().y() // ROW)
        self._go_to(place if 0 <= place < len(self.shares) else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Bring out none."""
        self._go_to(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a setting."""
        if event.button() == Qt.MouseButton.LeftButton and self._place is not None:
            self.setting_chosen.emit(list(self.shares)[self._place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from line to line, and choose one."""
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if way is not None:
            self._go_to(0 if self._place is None else self._place + way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._place is not None:
            self.setting_chosen.emit(list(self.shares)[self._place])
        else:
            super().keyPressEvent(event)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportanceBars", text)
