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

    @property
    def is_basic(self) -> bool:
        """Whether it is for beginners too."""
        return self in (Group.TWO_CLASSES, Group.MORE_CLASSES, Group.OWN)

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
        self._groups = _grouped()
        self.tiles: dict[type[Dataset], Tile] = {}
        """The pictures of those groups that were unfolded so far."""
        self._shown: type[Dataset] | None = None
        self._fewer = False
        self._buttons = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.sections = {group: self._section(group) for group in Group if group in self._groups.values()}

    def _section(self, group: Group) -> Section:
        tip = self.tr("Show or hide these datasets.")
        section = Section(group.title, lambda: self._make(group), tip, "group")
        section.unfolded.connect(lambda: self._fold_all_but(section))
        self._column.addWidget(section)
        return section

    def _make(self, group: Group) -> QWidget:
        """The pictures of a group."""
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, GAP)
        grid.setSpacing(GAP)
        members = [member for member, of in self._groups.items() if of is group]
        for index, member in enumerate(members):
            grid.addWidget(self._add(member), *divmod(index, COLUMNS))
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        return content

    def _add(self, member: type[Dataset]) -> Tile:
        if member is Painted:
            tile: Tile = PaintedTile()
            tile.clicked.connect(self.painting_asked)
        else:
            tile = Thumbnail(member)
            tile.clicked.connect(lambda: self.chosen.emit(member))
        self.tiles[member] = tile
        self._buttons.addButton(tile)
        return tile

    def _fold_all_but(self, shown: Section) -> None:
        for section in self.sections.values():
            if section is not shown:
                section.fold()

    def show_dataset(self, dataset: Dataset) -> None:
        """Mark the picture of this dataset, if there is one, and unfold its group when it is another one."""
        member = type(dataset)
        if member is self._shown:
            return
        self._shown = member
        self._see_groups()
        if member in self._groups:
            self._seen(member).setChecked(True)
        elif (marked := self._buttons.checkedButton()) is not None:
            self._buttons.setExclusive(False)
            marked.setChecked(False)
            self._buttons.setExclusive(True)

    def show_fewer(self, on: bool) -> None:
        """Show the groups for beginners, and that of the dataset that is chosen; or all again."""
        self._fewer = on
        self._see_groups()

    def _see_groups(self) -> None:
        chosen = None if self._shown is None else self._groups.get(self._shown)
        for group, section in self.sections.items():
            section.setVisible(not self._fewer or group.is_basic or group is chosen)

    def _seen(self, member: type[Dataset]) -> Tile:
        """The picture of a dataset, in its group unfolded."""
        self.sections[self._groups[member]].unfold()
        return self.tiles[member]

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
        order = [member for member, group in self._groups.items() if not self.sections[group].isHidden()]
        place = min(max(order.index(here.member) + step, 0), len(order) - 1)
        there = self._seen(order[place])
        there.setFocus(Qt.FocusReason.TabFocusReason)
        there.click()


def _grouped() -> dict[type[Dataset], Group]:
    """Every dataset that has a picture, and where it stands, in the order of the groups."""
    groups = {member: Group.of(member.usual()) for member in Dataset.ready()} | {Painted: Group.OWN}
    return dict(sorted(groups.items(), key=lambda item: item[1].value))
