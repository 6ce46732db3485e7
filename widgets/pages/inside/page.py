"""The page Inside: a row of tabs, what the open one shows below it, and on demand what that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.analysis.inspection import Inspection
from playground.analysis.inspections import in_order
from playground.training.snapshot import Snapshot
from widgets import theme
from widgets.docks import MARGIN, Panel, PanelDocks
from widgets.icons import icon
from widgets.pages.inside.explaining import InspectionWords
from widgets.pages.inside.heads import TabHeads
from widgets.pages.inside.tab import InsideTab
from widgets.pages.inside.tabs import tab_of
from widgets.pages.page import Page
from widgets.plots.toggle_tab import ToggleTab
from widgets.preferences import Preferences
from widgets.sentences import said
from widgets.space_key import leave_space_key
from widgets.workspace import Workspace

EXPLAIN = 300
"""The width of what explains a tab, at first."""
TAB_GAP = 18


class InsidePage(Page):
    """One tab is open; each is made when it is first opened, and stays as it was left."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.kinds = {kind.tag(): kind for kind in in_order()}
        self.meant = lambda: self.kinds.get(self.open_kind)
        self.tabs = {name: self._tab(name, kind) for name, kind in self.kinds.items()}
        self.made: dict[str, InsideTab] = {}
        """Those that were opened so far, by kind."""
        self.open_kind = next(iter(self.kinds), "")
        self._kept: Callable[[str], str] = lambda _: ""
        self._heads, self._places = TabHeads(), QStackedWidget()
        self._lay_out()
        self._make_dock()
        theme.themes.changed.connect(self._recolour)
        self._recolour()

    # --- assembly ---------------------------------------------------------------------------------------

    def _tab(self, name: str, kind: type[Inspection]) -> ToggleTab:
        tab = ToggleTab(said(kind))
        tab.setToolTip(said(kind, "help"))
        tab.clicked.connect(lambda: self.open(name))
        return tab

    def _lay_out(self) -> None:
        centre, bar = QWidget(), QFrame()
        bar.setProperty("role", "panel")
        self.explains = QToolButton()
        self.explains.setAutoRaise(True)
        self.explains.setIconSize(QSize(16, 16))
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 4, 8, 6)
        row.setSpacing(TAB_GAP)
        for tab in self.tabs.values():
            row.addWidget(tab)
        row.addWidget(self._heads, 1)
        row.addWidget(self.explains)
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, 8, MARGIN, 0)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addWidget(bar)
        column.addWidget(self._places, 1)
        self.setCentralWidget(centre)

    def _make_dock(self) -> None:
        def suit() -> None:
            self.resizeDocks([self.docks["explain"]], [EXPLAIN], Qt.Orientation.Horizontal)

        right = Qt.DockWidgetArea.RightDockWidgetArea
        self.docks = PanelDocks(self, [Panel("explain", self.tr("Explain"), right)], suit)
        dock = self.docks["explain"]
        self.words = InspectionWords(self.workspace.document, dock.place)
        dock.hold(self.words)
        dock.hide()
        dock.visibilityChanged.connect(lambda _: self._explain())
        self.explains.setDefaultAction(dock.toggleViewAction())
        dock.toggleViewAction().setToolTip(self.tr("Explain what this tab shows, or hide that."))

    def _recolour(self) -> None:
        self.docks["explain"].toggleViewAction().setIcon(icon("info", theme.current().muted))
        self._explain()

    # --- going about ------------------------------------------------------------------------------------

    @property
    def tab(self) -> InsideTab | None:
        """What the open tab shows; None before the page was first seen."""
        return self.made.get(self.open_kind)

    def open(self, kind: str) -> InsideTab:
        """Bring what a kind of inspection shows to the front."""
        tab = self.made.get(kind) or self._make(kind)
        self.open_kind = kind
        for name, button in self.tabs.items():
            button.setChecked(name == kind)
        self._places.setCurrentWidget(tab)
        self._heads.show_head(tab.head)
        self._explain()
        if (latest := self.workspace.link.latest) is not None:
            tab.show_snapshot(latest)
        self.offers_changed.emit()
        return tab

    def _make(self, kind: str) -> InsideTab:
        tab = tab_of(kind)(self._as_left(self.kinds[kind]), self.workspace, self._places)
        self._places.addWidget(tab)
        tab.value_changed.connect(lambda _: self._explain())
        leave_space_key(tab)
        self.made[kind] = tab
        return tab

    def _as_left(self, kind: type[Inspection]) -> Inspection:
        """The settings at the last end; the usual ones where there are none that can be."""
        try:
            return kind.model_validate_json(self._kept(kind.tag()))
        except ValueError:
            return kind.usual()

    def _explain(self) -> None:
        """Say what the open tab shows, where that is seen."""
        if self.tab is not None and self.docks["explain"].isVisible():
            self.words.explain(self.tab.value)

    # --- what a page does -------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a snapshot in the open tab; the first opens it."""
        if self.tab is not None:
            self.tab.show_snapshot(snapshot)
        elif self.open_kind:
            self.open(self.open_kind)

    def take(self, thing: object) -> None:
        """Open a tab by the kind of its inspection, or that and what it is to show."""
        kind, shown = thing if isinstance(thing, tuple) else (thing, None)
        tab = self.open(str(kind))
        if shown is not None:
            tab.take(shown)

    def calls(self) -> dict[str, Callable[[], object]]:
        """Those of the open tab."""
        return super().calls() | (self.tab.calls() if self.tab is not None else {})

    def view_actions(self) -> Sequence[QAction]:
        """Show and hide what explains the tab."""
        return [dock.toggleViewAction() for dock in self.docks.values()]

    def keys(self) -> dict[str, str]:
        """Those of the open tab."""
        return self.tab.keys() if self.tab is not None else {}

    def take_focus(self) -> None:
        """Let the keyboard act on the open tab."""
        if self.tab is not None:
            self.tab.take_focus()

    def reset_layout(self) -> None:
        """Put away what explains."""
        self.docks.reset()
        self.docks["explain"].hide()

    def restore(self, preferences: Preferences) -> None:
        """Open the tab that was open, with the settings that each had."""
        layout = preferences.layout("inside")
        self.docks.restore(layout)
        self._kept = lambda kind: preferences.text(f"inside/{kind}")
        last = preferences.text("inside")
        if last in self.kinds:
            self.open_kind = last

    def keep(self, preferences: Preferences) -> None:
        """Keep the layout, the open tab and the settings of all."""
        preferences.keep_layout("inside", self.saveState())
        preferences.keep_text("inside", self.open_kind)
        for kind, tab in self.made.items():
            preferences.keep_text(f"inside/{kind}", tab.value.model_dump_json())

    def end(self) -> None:
        """Let no tab work any more."""
        for tab in self.made.values():
            tab.end()
