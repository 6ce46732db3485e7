"""The part of the data panel where augmentations are chosen, set, put in order, and seen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from playground.data import Augmentation, Data
from playground.data.data import MOST_AUGMENTATIONS
from widgets import theme
from widgets.gesture import new_gesture
from widgets.icons import icon
from widgets.labels import label
from widgets.panels.augmentation.preview import AugmentationPreview
from widgets.panels.augmentation.rows import AugmentationRows
from widgets.sentences import said


class AugmentationEditor(QWidget):
    """Shows the augmentations of the data; it changes nothing itself, and asks by `edited`."""

    edited = Signal(object, int, str)
    """The augmentations asked for, the gesture, and words for the undo menu."""

    def __init__(self, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: Data | None = None
        self.rows = AugmentationRows(label_width)
        self.add = QToolButton()
        self.preview = AugmentationPreview()
        self._lay_out()
        self.rows.edited.connect(self._edit)
        self.rows.moved.connect(self._move)
        self.rows.removed.connect(self._remove)
        theme.themes.changed.connect(self._recolour)
        self._recolour()

    def _lay_out(self) -> None:
        words = self.tr(
            "Training samples are varied anew in each epoch.  Every loss shown is of them as they are."
        )
        self.add.setText(self.tr("Add"))
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add.setAccessibleName(self.tr("Add an augmentation"))
        menu = QMenu(self.add)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)
        self.add.setMenu(menu)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(words, "caption", wraps=True))
        column.addWidget(self.rows)
        column.addLayout(row)
        column.addWidget(self.preview)

    def show_data(self, data: Data) -> None:
        """Show the augmentations of these data; nothing is emitted."""
        self._data = data
        self.rows.show_augmentations(data.augmentations)
        self.rows.setVisible(bool(data.augmentations))
        self._allow_more(data)
        self.preview.show_data(data)

    # --- adding -----------------------------------------------------------------------------------------

    def _allow_more(self, data: Data) -> None:
        why_not = ""
        if len(data.augmentations) == MOST_AUGMENTATIONS:
            why_not = self.tr("There are {count}, and no more can be.").format(count=MOST_AUGMENTATIONS)
        elif not _fitting(data):
            why_not = self.tr("None fits these samples.")
        self.add.setEnabled(not why_not)
        self.add.setToolTip(why_not or self.tr("Add an augmentation that fits these samples."))

    def _fill(self) -> None:
        menu = self.add.menu()
        menu.clear()
        for member in _fitting(self._data):
            action = menu.addAction(said(member))
            action.setToolTip(said(member, "help"))
            action.triggered.connect(lambda _=False, member=member: self._add(member))

    def _add(self, member: type[Augmentation]) -> None:
        text = self.tr("Add {name}").format(name=said(member))
        self._ask([*self._data.augmentations, member()], text)

    # --- editing ----------------------------------------------------------------------------------------

    def _edit(self, place: int, value: Augmentation, gesture: int, text: str) -> None:
        augmentations = list(self._data.augmentations)
        augmentations[place] = value
        self.edited.emit(tuple(augmentations), gesture, text)

    def _move(self, place: int, target: int) -> None:
        augmentations = list(self._data.augmentations)
        moved = augmentations.pop(place)
        augmentations.insert(target, moved)
        grip = self.rows.rows[place].grip
        self._ask(augmentations, self.tr("Move {name}").format(name=said(type(moved))))
        grip.setFocus()

    def _remove(self, place: int) -> None:
        augmentations = list(self._data.augmentations)
        removed = augmentations.pop(place)
        self._ask(augmentations, self.tr("Remove {name}").format(name=said(type(removed))))

    def _ask(self, augmentations: list[Augmentation], text: str) -> None:
        self.edited.emit(tuple(augmentations), new_gesture(), text)

    def _recolour(self) -> None:
        self.add.setIcon(icon("plus", theme.current().muted))


def _fitting(data: Data) -> list[type[Augmentation]]:
    return [member for member in Augmentation.members() if member.fits(data.dataset)]
