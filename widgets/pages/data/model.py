"""The rows of the samples for a table view: a cell is made when it is looked at, and not before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QImage, QPainter

from playground.data.typed_sequence import written
from playground.numbers.writing import NONE
from widgets.pages.data.samples import SampleRows
from widgets.pages.data.sheet import Meaning, Sheet, SheetColumn
from widgets.pictures import grey_image, picture_image
from widgets.sequence_picture import paint_answered
from widgets.theme import class_colours, current

Index = QModelIndex | QPersistentModelIndex
ROW, TALL_ROW = 25, 36
"""How high a row is, and one with a picture."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MOST_COLOURED = 8
"""Categories that are told by a colour as well; more would repeat colours."""


@dataclass(frozen=True, eq=False)
class Cell:
    """What is drawn in a cell; `tone` is the name of a colour of the theme."""

    text: str
    tone: str = ""
    swatch: str = ""
    picture: QImage | None = None
    draw: Callable[[QPainter, QRectF], None] | None = None
    right: bool = False


class SamplesModel(QAbstractTableModel):
    """The rows as they are arranged."""

    def __init__(self, samples: SampleRows) -> None:
        super().__init__(samples)
        self.samples = samples
        self._rows = np.empty(0, np.int64)
        samples.sheet_changed.connect(self._begin_anew)
        samples.arranged.connect(self._rearrange)
        samples.answered.connect(self._see_answers)

    @property
    def columns(self) -> tuple[SheetColumn, ...]:
        """Those of the sheet."""
        sheet = self.samples.sheet
        return sheet.columns if sheet is not None else ()

    def sample(self, shown: int) -> int:
        """Which sample a row shows."""
        return int(self._rows[shown])

    def cell(self, shown: int, place: int) -> Cell:
        """What there is to draw."""
        sheet, column = self.samples.sheet, self.columns[place]
        assert sheet is not None
        row = self.sample(shown)
        match column.meaning:
            case Meaning.PICTURE if sheet.dataset.shape.is_sequence:
                return self._sequence(sheet, row)
            case Meaning.PICTURE:
                return Cell("", picture=_picture(sheet, row))
            case Meaning.SAID | Meaning.LOSS:
                return self._answer(sheet, row, column)
        text = sheet.text(row, column)
        if not text:
            return Cell(_tr("missing"), "warning")
        swatch = ""
        if column.meaning is Meaning.TARGET and 0 < len(column.categories) <= MOST_COLOURED:
            swatch = class_colours(len(column.categories))[int(sheet.value(row, column))]
        muted = column.meaning in (Meaning.NUMBER, Meaning.SIDE)
        return Cell(text, "muted" if muted else "", swatch, right=not column.categories)

    def _sequence(self, sheet: Sheet, row: int) -> Cell:
        verdict, dataset = self.samples.verdict, sheet.dataset
        raw, target = sheet.raw(row), sheet.label(row)
        said = None if verdict is None or dataset.task.classes else verdict.outputs[row]

        def draw(painter: QPainter, area: QRectF) -> None:
            paint_answered(painter, dataset, raw, target, said, area, current())

        return Cell(written(raw, dataset.shape), draw=draw)

    def _answer(self, sheet: Sheet, row: int, column: SheetColumn) -> Cell:
        verdict = self.samples.verdict
        right = column.meaning is Meaning.LOSS
        if verdict is None:
            return Cell(NONE, "muted", right=right)
        text = verdict.text(row, column)
        if column.meaning is Meaning.LOSS or verdict.classes is None:
            return Cell(text, right=True)
        target = next(each for each in self.columns if each.meaning is Meaning.TARGET)
        wrong = verdict.is_wrong(row, sheet.value(row, target))
        return Cell(f"✗ {text}", "bad") if wrong else Cell(text, "good")

    # --- what Qt asks for -------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (it never changes)
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (it never changes)
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, for a screen reader and for whoever copies it."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.cell(index.row(), index.column()).text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The name of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].name if section < len(self.columns) else None
        return None

    # --- what changes -----------------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        self.beginResetModel()
        self._take_rows()
        self.endResetModel()

    def _rearrange(self) -> None:
        """Show other rows; what is selected stays selected where it is still seen."""
        arrangement = self.samples.arrangement
        if arrangement is None or len(arrangement.rows) != len(self._rows):
            self._begin_anew()
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        shown = [int(arrangement.shown[self._rows[index.row()]]) for index in before]
        self._take_rows()
        after = [
            self.index(row, index.column()) if row >= 0 else QModelIndex()
            for row, index in zip(shown, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _take_rows(self) -> None:
        arrangement = self.samples.arrangement
        self._rows = np.empty(0, np.int64) if arrangement is None else arrangement.rows

    def _see_answers(self) -> None:
        answers = [
            place
            for place, column in enumerate(self.columns)
            if column.meaning in (Meaning.PICTURE, Meaning.SAID, Meaning.LOSS)
        ]
        if answers and len(self._rows):
            last = self.index(len(self._rows) - 1, answers[-1])
            self.dataChanged.emit(self.index(0, answers[0]), last)


def _picture(sheet: Sheet, row: int) -> QImage:
    """A sample as a picture: as it looks, or its values in grey."""
    raw = sheet.raw(row)
    return picture_image(raw) if raw.ndim == 3 else grey_image(np.atleast_2d(raw))


def picture_size(room: QSize, picture: QImage) -> QSize:
    """How large a picture is drawn where there is so much room."""
    return picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sheet", text)
