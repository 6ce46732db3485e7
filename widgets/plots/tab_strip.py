"""A row of tabs; those that there is no room for are in a menu at its end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from widgets.icons import icon
from widgets.plots.toggle_tab import ToggleTab
from widgets.theme import current, themes

SPACING = 14


class TabStrip(QWidget):
    """As many tabs as fit, from the left."""

    def __init__(self, tabs: Sequence[ToggleTab], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = tabs
        self.more = QToolButton()
        self.more.setAutoRaise(True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setToolTip(self.tr("More plots"))
        self.more.setAccessibleName(self.tr("More plots"))
        self.more.setMenu(QMenu(self.more))
        self.more.menu().aboutToShow.connect(self._fill)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for tab in tabs:
            row.addWidget(tab)
        row.addWidget(self.more)
        row.addStretch(1)
        themes.changed.connect(self._recolour)
        self._recolour()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the menu and the widest tab."""
        widest = max(tab.sizeHint().width() for tab in self.tabs)
        height = max(tab.sizeHint().height() for tab in self.tabs)
        return QSize(widest + SPACING + self.more.sizeHint().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out."""
        super().resizeEvent(event)
        self.share()

    def share(self) -> None:
        """Show the tabs that are offered, as many as fit."""
        tabs = [tab for tab in self.tabs if tab.offered]
        widths = [tab.sizeHint().width() + SPACING for tab in tabs]
        everything = sum(widths) - SPACING <= self.width()
        room = self.width() - (0 if everything else self.more.sizeHint().width())
        seen = set()
        for tab, width in zip(tabs, widths, strict=True):
            room -= width
            if everything or room >= 0:
                seen.add(tab)
        for tab in self.tabs:
            tab.setVisible(tab in seen)
        self.more.setVisible(not everything)

    def _fill(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for tab in self.tabs:
            if tab.isHidden() and tab.offered:
                action = menu.addAction(tab.text(), tab.click)
                action.setCheckable(True)
                action.setChecked(tab.isChecked())

    def _recolour(self) -> None:
        self.more.setIcon(icon("more", current().muted))
