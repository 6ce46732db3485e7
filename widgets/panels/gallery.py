"""The gallery of datasets, from which one is chosen by its picture."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from playground.data import Dataset
from playground.data.datasets.painted import Painted
from widgets.panels.painted_tile import PaintedTile
from widgets.panels.section import Section
from widgets.panels.thumbnail import Thumbnail, Tile

COLUMNS = 4
GAP = 6


class Group(Enum):
    """What stands together, in this order."""

    TWO_CLASSES = auto()
    MORE_CLASSES = auto()
    SURFACES = auto()
    CURVES = auto()
    TABLES = auto()
    PICTURES = auto()
    SEQUENCES = auto()
    GRAPHS = auto()
    OWN = auto()

    @classmethod
    def of(cls, dataset: Dataset) -> Group:
        """Where a dataset stands: by who made it, what its samples are and what is to be learnt of them."""
        if dataset.own:
            return cls.OWN
        if dataset.shape.is_sequence:
            return cls.SEQUENCES
        if dataset.are_nodes or dataset.shape.is_graph:
            return cls.GRAPHS
        if not dataset.shape.is_row:
            return cls.PICTURES
        if not all(column.coordinate for column in dataset.columns):
            return cls.TABLES
        if dataset.task.classes:
            return cls.TWO_CLASSES if dataset.task.classes == 2 else cls.MORE_CLASSES
        return cls.CURVES if len(dataset.columns) == 1 else cls.SURFACES

    @property
    def title(self) -> str:
        """Its heading."""
        return {
            Group.TWO_CLASSES: _tr("Plane, two classes"),
            Group.MORE_CLASSES: _tr("Plane, more classes"),
            Group.SURFACES: _tr("Plane, values"),
            Group.CURVES: _tr("Line, values"),
            Group.TABLES: _tr("Tables"),
            Group.PICTURES: _tr("Pictures"),
            Group.SEQUENCES: _tr("Sequences"),
            Group.GRAPHS: _tr("Graphs"),
            Group.OWN: _tr("Your own"),
        }[self]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gallery", text)


class Gallery(QWidget):
    """A thumbnail of every dataset there is, in groups of which one is unfolded.

    The arrow keys go from one dataset to the next, through all groups.
    """

    chosen = Signal(object)
    """The class of the dataset that a person chose."""
    painting_asked = Signal()
    """Points are to be painted by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        by_group: dict[Group, list[type[Dataset]]] = {group: [] for group in Group}
        for member in Dataset.ready():
            by_group[Group.of(member())].append(member)
        self.thumbnails = {member: Thumbnail(member) for members in by_group.values() for member in members}
        self.painted = PaintedTile()
        self.painted.clicked.connect(self.painting_asked)
        by_tile = {group: [self.thumbnails[member] for member in by_group[group]] for group in Group}
        by_tile[Group.OWN].append(self.painted)
        self._groups: dict[Tile, Group] = {tile: group for group, tiles in by_tile.items() for tile in tiles}
        self.sections: dict[Group, Section] = {}
        self._shown: type[Dataset] | None = None
        self._buttons = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for group, tiles in by_tile.items():
            if tiles:
                self._add(group, tiles)
        for tile in self._groups:
            self._buttons.addButton(tile)
        for member, thumbnail in self.thumbnails.items():
            thumbnail.clicked.connect(lambda _checked, member=member: self.chosen.emit(member))

    def _add(self, group: Group, tiles: list[Tile]) -> None:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, GAP)
        grid.setSpacing(GAP)
        for index, tile in enumerate(tiles):
            grid.addWidget(tile, *divmod(index, COLUMNS))
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        section = Section(group.title, content, self.tr("Show or hide these datasets."), "group")
        section.unfolded.connect(lambda: self._fold_all_but(section))
        self.sections[group] = section
        self._column.addWidget(section)

    def _fold_all_but(self, shown: Section) -> None:
        for section in self.sections.values():
            if section is not shown:
                section.fold()

    def inputs(self) -> list[QWidget]:
        """Everything that takes the keyboard focus, from top to bottom."""
        found: list[QWidget] = []
        for section in self.sections.values():
            found += [section.header, *section.content.findChildren(Tile)]
        return found

    def show_dataset(self, dataset: Dataset) -> None:
        """Mark the picture of this dataset, if there is one, and unfold its group when it is another one."""
        member = type(dataset)
        if member is self._shown:
            return
        self._shown = member
        tile = self.painted if member is Painted else self.thumbnails.get(member)
        if tile is not None:
            tile.setChecked(True)
            self.sections[self._groups[tile]].unfold()
        elif (marked := self._buttons.checkedButton()) is not None:
            self._buttons.setExclusive(False)
            marked.setChecked(False)
            self._buttons.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next dataset, or to the one below."""
        aside = -1 if self.isRightToLeft() else 1
        steps = {
            Qt.Key.Key_Right: aside,
            Qt.Key.Key_Left: -aside,
            Qt.Key.Key_Down: COLUMNS,
            Qt.Key.Key_Up: -COLUMNS,
        }
        here = self.focusWidget()
        if event.key() in steps and isinstance(here, Tile):
            self._go(here, steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _go(self, here: Tile, step: int) -> None:
        """Choose the dataset so many places on, as far as there is one."""
        order = list(self._groups)
        place = min(max(order.index(here) + step, 0), len(order) - 1)
        there = order[place]
        self.sections[self._groups[there]].unfold()
        there.setFocus(Qt.FocusReason.TabFocusReason)
        there.click()
