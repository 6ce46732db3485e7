"""Two sheets made from the registry of actions: the command palette and the list of shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, QSortFilterProxyModel, Qt, QTimer
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets.actions import Actions

ICON = 18
LONGEST = 100
"""Letters that are looked for; Qt cannot look for thousands, such as a table that is pasted."""

BELOW_THE_TOP = 80
"""Pixels between the window's top and the palette."""


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


class CommandPalette(QDialog):
    """Type a few letters of any action, press Enter."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        self.setFixedWidth(460)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("What do you want to do?"))
        self.line.setAccessibleName(self.tr("Find an action"))
        self._model = QStandardItemModel(self)
        room = QPixmap(ICON, ICON)
        room.fill(Qt.GlobalColor.transparent)
        blank = QIcon(room)  # so that all texts begin on one line
        for command in actions.commands:
            action = actions[command.name]
            if command.name == "palette" or not action.isEnabled():
                continue
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            text = f"{_plain(command.menu)}: {_plain(action.text())}" + (f"    {keys}" if keys else "")
            item = QStandardItem(action.icon() if command.icon else blank, text)
            item.setData(command.name, Qt.ItemDataRole.UserRole)
            item.setToolTip(command.tip)
            self._model.appendRow(item)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._model)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = QListView()
        self.list.setIconSize(room.size())
        self.list.setModel(self._found)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Actions"))
        self.list.activated.connect(lambda _index: self.accept())
        self.list.clicked.connect(lambda _index: self.accept())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self.line.setMaxLength(LONGEST)
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self._filter("")

    def show_over(self, window: QWidget) -> None:
        """Show it in the upper middle of a window, ready to type."""
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + BELOW_THE_TOP)
        self.show()
        self.line.setFocus()

    def accept(self) -> None:
        """Close, and do what is selected once this is gone: it may ask something and wait for the answer."""
        index = self.list.currentIndex()
        if index.isValid():
            QTimer.singleShot(0, self._actions[index.data(Qt.ItemDataRole.UserRole)].trigger)
        super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move in the list while the line keeps the keyboard; Enter takes the selected one."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = (self.list.currentIndex().row() + step) % max(self._found.rowCount(), 1)
                self.list.setCurrentIndex(self._found.index(row, 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        self._found.setFilterFixedString(text)
        self.list.setCurrentIndex(self._found.index(0, 0))


class ShortcutSheet(QDialog):
    """All keys on one page."""

    def __init__(self, actions: Actions, more: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Shortcuts"))
        size = QSize(760, 600)
        self.resize(size if parent is None else size.boundedTo(parent.size()))
        content = QWidget(objectName="content")
        grid = QGridLayout(content)
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(1, 1)
        rows = [
            (actions[command.name].shortcut().toString(QKeySequence.SequenceFormat.NativeText), command.tip)
            for command in actions.commands
            if not actions[command.name].shortcut().isEmpty()
        ]
        for row, (keys, tip) in enumerate([*rows, *more.items()]):
            label = QLabel(keys)
            label.setProperty("role", "heading")
            grid.addWidget(label, row, 0)
            what = QLabel(tip)
            what.setWordWrap(True)
            grid.addWidget(what, row, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
