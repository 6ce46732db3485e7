"""The docks around the panels: their places, and a slim grip to drag each by in place of Qt's title bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QVBoxLayout, QWidget

from playground.record import record
from widgets import theme
from widgets.tab_order import go_on

MARGIN = 4
"""Pixels between a panel and the window's edge or its neighbour beyond the separator."""
SPARED = 160
"""The height that a panel keeps when it gives some to another."""


class Dock(QDockWidget):
    """A panel that can be moved, torn off, closed and brought back.

    A panel is made as a child of `place` from the start: Qt styles it anew, with all that it holds,
    whenever it is moved to another parent.
    """

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.place = QWidget()
        layout = QVBoxLayout(self.place)
        layout.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.setTitleBarWidget(_Grip(self))
        self.setWidget(self.place)

    def hold(self, panel: QWidget) -> None:
        """Take in the panel that was made in `place`."""
        self.place.layout().addWidget(panel)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Torn off, it is a window that Tab goes around in."""
        return go_on(self, forward) if self.isWindow() else super().focusNextPrevChild(forward)


@record
class Panel:
    """A dock to be: its name in kept layouts, its title, and the edge that it is at."""

    name: str
    title: str
    area: Qt.DockWidgetArea


class PanelDocks(dict[str, Dock]):
    """The docks of a page by name, and the places and sizes they have when nobody moved them."""

    def __init__(self, page: QMainWindow, panels: Iterable[Panel], suit: Callable[[], None]) -> None:
        """Make the docks; `suit` gives them sizes that suit the page."""
        self._page, self.suit = page, suit
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        page.setCorner(Qt.Corner.BottomLeftCorner, left)
        page.setCorner(Qt.Corner.BottomRightCorner, right)
        for panel in panels:
            self[panel.name] = Dock(panel.name, panel.title, page)
            page.addDockWidget(panel.area, self[panel.name])
        self._first = page.saveState()

    def reset(self) -> None:
        """Put every panel back to its place."""
        for dock in self.values():
            dock.setFloating(False)
            dock.show()
        self._page.restoreState(self._first)
        self.suit()

    def give_height(self, name: str, below: str, more: int) -> int:
        """Let a panel be so many pixels higher, as far as the one below can spare them; how many it can."""
        upper, lower = self[name], self[below]
        more = min(more, max(lower.height() - SPARED, 0))
        heights = [upper.height() + more, lower.height() - more]
        self._page.resizeDocks([upper, lower], heights, Qt.Orientation.Vertical)
        return more

    def restore(self, state: QByteArray | None) -> None:
        """Put the panels where they were kept; None for their first places."""
        if state is None or not self._page.restoreState(state):
            self.suit()


class _Grip(QWidget):
    """A strip of a few pixels with a handle that shows under the pointer."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        self._hovered = False
        self.setToolTip(
            self.tr("Drag to move this panel; double-click to tear it off; right-click for more.")
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def sizeHint(self) -> QSize:
        """As slim as can be grasped."""
        return QSize(40, 8)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the handle."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide it."""
        self._hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the handle."""
        if not self._hovered:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().outline))
            painter.drawRoundedRect(QRectF(self.width() / 2 - 18, self.height() / 2 - 1.5, 36, 3), 1.5, 1.5)

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        tear = menu.addAction(self.tr("Put back") if self._dock.isFloating() else self.tr("Tear off"))
        tear.triggered.connect(lambda: self._dock.setFloating(not self._dock.isFloating()))
        menu.addAction(self.tr("Close")).triggered.connect(self._dock.close)
        menu.exec(self.mapToGlobal(place))
        menu.deleteLater()
