"""The list of augmentations in the order in which they act, with a line where a dragged one would land."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.data import Augmentation
from widgets import theme
from widgets.panels.augmentation.row import AugmentationRow

GAP = 8
LINE = 2


class AugmentationRows(QWidget):
    """Shows augmentations one below the other, and asks for changes."""

    edited = Signal(int, object, int, str)
    """Which place has which value now; the gesture, and words for the undo menu."""
    moved = Signal(int, int)
    """From which place to which."""
    removed = Signal(int)

    def __init__(self, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[AugmentationRow] = []
        self._label_width = label_width
        self._landing: int | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)

    def show_augmentations(self, augmentations: tuple[Augmentation, ...]) -> None:
        """Show these."""
        wanted = [type(augmentation) for augmentation in augmentations]
        if wanted != [row.member for row in self.rows]:
            self._arrange(wanted)
        for row, augmentation in zip(self.rows, augmentations, strict=True):
            row.form.set_value(augmentation)

    def _arrange(self, wanted: list[type[Augmentation]]) -> None:
        """Take rows that are there into the new order, make the others, put away what is left."""
        there = defaultdict(list)
        for row in self.rows:
            self._column.removeWidget(row)
            there[row.member].append(row)
        self.rows = [there[member].pop(0) if there[member] else self._made(member) for member in wanted]
        for row in self.rows:
            self._column.addWidget(row)
        for row in (row for rows in there.values() for row in rows):
            row.put_away()

    def _made(self, member: type[Augmentation]) -> AugmentationRow:
        row = AugmentationRow(member, self._label_width)
        row.form.edited.connect(partial(self._edit, row))
        row.remove.clicked.connect(lambda: self.removed.emit(self.rows.index(row)))
        row.grip.stepped.connect(lambda step: self._step(row, step))
        row.grip.dragged.connect(lambda y: self._mark(self._place(row, y)))
        row.grip.dropped.connect(lambda y: self._drop(row, y))
        row.grip.cancelled.connect(lambda: self._mark(None))
        return row

    def _edit(self, row: AugmentationRow, value: Augmentation, gesture: int, text: str) -> None:
        self.edited.emit(self.rows.index(row), value, gesture, text)

    # --- order ------------------------------------------------------------------------------------------

    def _step(self, row: AugmentationRow, step: int) -> None:
        place = self.rows.index(row)
        if 0 <= place + step < len(self.rows):
            self.moved.emit(place, place + step)

    def _place(self, row: AugmentationRow, y: float) -> int:
        """Before which row the pointer is, which is so far down in a row's grip."""
        there = row.grip.mapTo(self, QPoint(0, round(y))).y()
        return sum(each.geometry().center().y() < there for each in self.rows)

    def _mark(self, place: int | None) -> None:
        self._landing = place
        self.update()

    def _drop(self, row: AugmentationRow, y: float) -> None:
        place, target = self.rows.index(row), self._place(row, y)
        self._mark(None)
        target -= target > place
        if target != place:
            self.moved.emit(place, target)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw where what is dragged would land."""
        if self._landing is None or not self.rows:
            return
        last = self._landing == len(self.rows)
        edge = self.rows[-1].geometry().bottom() - LINE if last else self.rows[self._landing].y() - GAP / 2
        with QPainter(self) as painter:
            painter.fillRect(QRectF(0, max(edge, 0), self.width(), LINE), QColor(theme.current().accent))
