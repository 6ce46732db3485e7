"""A tool button that does what an action does, with an icon of its own colour and size."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from widgets import theme
from widgets.icons import icon

ICON = 18


class ActionButton(QToolButton):
    """Follows an action's texts, tick and availability; a checked one may wear another icon.

    A primary button is the large round one in the accent colour.
    """

    def __init__(
        self,
        action: QAction,
        icon_name: str,
        *,
        checked_icon: str = "",
        primary: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._action = action
        self._icons = icon_name, checked_icon or icon_name
        self._primary = primary
        self.setIconSize(QSize(ICON, ICON))
        if primary:
            self.setProperty("role", "primary")
        else:
            self.setFixedSize(32, 32)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        theme.themes.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        shown = theme.current()
        self.setIcon(
            icon(self._icons[self._action.isChecked()], shown.on_accent if self._primary else shown.text)
        )
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.text().replace("&", ""))
        self.setAccessibleDescription(self._action.statusTip())
