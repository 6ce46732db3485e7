"""A row a class: what it is called, how many pictures are in it, and some of them as they will be learnt."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from playground.data.pictures.album import Album
from playground.numbers.writing import whole
from widgets.dialogs.parts import plain
from widgets.pictures import image_of_bytes

Index = QModelIndex | QPersistentModelIndex
CLASS, COUNT, SOME = range(3)
PICTURE, GAP = 44, 4
ROW = PICTURE + 2 * GAP
MOST = 24
"""Pictures of a class that are shown, where there is room for so many."""


class ClassesModel(QAbstractTableModel):
    """A row a class of an album."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._counts: list[int] = []
        self._images: list[list[QImage]] = []
        self._album: Album | None = None

    def show_album(self, album: Album | None) -> None:
        """Show another album, or none."""
        self.beginResetModel()
        self._album = album
        self._names = album.class_names if album else ()
        self._counts = np.bincount(album.labels, minlength=len(self._names)).tolist() if album else []
        self._images = [[] for _ in self._names]
        self.endResetModel()

    def images(self, row: int) -> list[QImage]:
        """Some pictures of a class, evenly from all of them; made when they are seen."""
        if not self._images[row] and self._album is not None:
            members = np.flatnonzero(self._album.labels == row)
            chosen = members[np.linspace(0, len(members) - 1, min(MOST, len(members))).astype(int)]
            self._images[row] = [image_of_bytes(self._album.pixels[place]) for place in chosen]
        return self._images[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (it never changes)
        """How many classes there are."""
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (it never changes)
        """Name, number and some pictures."""
        return 0 if parent.isValid() else SOME + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if not index.isValid():
            return None
        name, count = self._names[index.row()], whole(self._counts[index.row()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (name, count, None)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (name, count, _tr("some pictures of {name}").format(name=name))[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What the columns are."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        titles = (_tr("Class"), _tr("Pictures"), _tr("Some of them"))
        return titles[section] if role == Qt.ItemDataRole.DisplayRole else None


class Wall(QTableView):
    """Shows an album class by class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.classes = ClassesModel(self)
        self.setModel(self.classes)
        self.setItemDelegateForColumn(SOME, _Pictures(self))
        self.setAccessibleName(_tr("Classes"))
        plain(self, ROW)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self.setColumnWidth(CLASS, 170)
        self.setColumnWidth(COUNT, 80)
        header.setSectionResizeMode(SOME, QHeaderView.ResizeMode.Stretch)


class _Pictures(QStyledItemDelegate):
    """Draws as many pictures beside one another as there is room for."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for one at least."""
        return QSize(PICTURE, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw them, their pixels as they are."""
        model = index.model()
        assert isinstance(model, ClassesModel)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        room = int((area.width() - GAP) // (PICTURE + GAP))
        for place, image in enumerate(model.images(index.row())[:room]):
            corner = QPointF(area.left() + place * (PICTURE + GAP), area.top() + GAP)
            painter.drawImage(QRectF(corner, QSizeF(PICTURE, PICTURE)), image)
        painter.restore()


def _tr(text: str) -> str:
    return QCoreApplication.translate("PictureWall", text)
