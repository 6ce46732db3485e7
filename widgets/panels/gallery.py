"""The gallery of datasets, from which one is chosen by its picture."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from playground.data import Dataset
from widgets.panels.thumbnail import Thumbnail

COLUMNS = 4
GAP = 6


class Gallery(QWidget):
    """A thumbnail of every dataset there is; the arrow keys go from one to the next."""

    chosen = Signal(object)
    """The class of the dataset that a person chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnails = {member: Thumbnail(member) for member in Dataset.ready()}
        group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        for index, (member, thumbnail) in enumerate(self.thumbnails.items()):
            group.addButton(thumbnail)
            grid.addWidget(thumbnail, *divmod(index, COLUMNS))
            thumbnail.clicked.connect(lambda _checked, member=member: self.chosen.emit(member))
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def show_dataset(self, dataset: Dataset) -> None:
        """Mark the picture of this dataset."""
        self.thumbnails[type(dataset)].setChecked(True)
