"""Panels around the views: a head line with names to choose from, a remark, and the menu of the view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from widgets import theme
from widgets.elided_label import ElidedLabel
from widgets.icons import icon
from widgets.labels import label
from widgets.plots.painted_figure import PaintedFigure
from widgets.plots.toggle_tab import ToggleTab


class ViewFrame(QFrame):
    """One view, or several of which the tab that is chosen shows one."""

    def __init__(
        self, titles: Sequence[str], views: Sequence[PaintedFigure], extras: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.views = tuple(views)
        self.remark = ElidedLabel()
        self.remark.setProperty("role", "muted")
        self.menu = QToolButton()
        self.menu.setAutoRaise(True)
        self.menu.setToolTip(self.tr("Copy or save this plot."))
        self.menu.clicked.connect(self._open_menu)
        self._stack = QStackedLayout()
        for view in views:
            self._stack.addWidget(view)
        head = QHBoxLayout()
        head.setSpacing(12)
        self.tabs = self._make_tabs(titles)
        for part in self.tabs or (label(titles[0], "heading"),):
            head.addWidget(part)
        head.addStretch(1)
        for extra in extras:
            head.addWidget(extra)
        head.addWidget(self.remark)
        head.addWidget(self.menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4 if self.tabs else 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        theme.themes.changed.connect(self._recolour)
        self._recolour()
        self.show_view(0)

    def _make_tabs(self, titles: Sequence[str]) -> tuple[ToggleTab, ...]:
        if len(titles) < 2:
            return ()
        tabs, group = tuple(ToggleTab(title) for title in titles), QButtonGroup(self)
        for place, tab in enumerate(tabs):
            group.addButton(tab)
            tab.clicked.connect(lambda _checked=False, place=place: self.show_view(place))
        return tabs

    @property
    def view(self) -> PaintedFigure:
        """The one that is shown."""
        return self.views[self._stack.currentIndex()]

    def show_view(self, place: int) -> None:
        """Show one of them."""
        if self.tabs:
            self.tabs[place].setChecked(True)
        self._stack.setCurrentIndex(place)
        self.menu.setAccessibleName(self.tr("Menu of {plot}").format(plot=self.view.title))

    def _open_menu(self) -> None:
        self.view.menu.popup(self.menu.mapToGlobal(self.menu.rect().bottomLeft()))

    def _recolour(self) -> None:
        self.menu.setIcon(icon("more", theme.current().muted))


def titled(title: str, content: QWidget, extras: Sequence[QWidget]) -> QFrame:
    """A panel with a head line around what is no plot."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(label(title, "heading"))
    head.addStretch(1)
    for extra in extras:
        head.addWidget(extra)
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(2)
    column.addLayout(head)
    column.addWidget(content, 1)
    return frame
