"""The main window: menus, rail, run bar, pages and status bar around a workspace, and what connects them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QUndoGroup
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLayout, QMainWindow, QMenuBar, QWidget

from playground.training.snapshot import Snapshot
from widgets import incoming, pages
from widgets.actions import Actions, page_action, page_commands
from widgets.document import Document
from widgets.languages import shown_language
from widgets.lesson_desk import LessonDesk
from widgets.page_stack import HOME, PageStack
from widgets.pages.design.page import DesignPage
from widgets.panels.run_bar import RunBar
from widgets.panels.status import StatusLine
from widgets.preferences import Preferences
from widgets.rail import Rail
from widgets.search_plan import HOST
from widgets.space_key import leave_space_key
from widgets.tab_order import ReadingOrder
from widgets.window_commands import WindowCommands
from widgets.workspace import Lasting, Workspace

DEFAULT_SIZE = QSize(1440, 900)
MINIMUM_SIZE = QSize(1000, 560)
RAIL_WITH_TITLES = 1200
"""From this width on there is room for the titles of the pages."""


class MainWindow(ReadingOrder, QMainWindow):
    """A workspace on its pages, and everything around them."""

    def __init__(
        self,
        preferences: Preferences | None = None,
        recovery_folder: Path | None = None,
        document: Document | None = None,
    ) -> None:
        super().__init__()
        self.preferences = preferences or Preferences()
        self._recovery_folder = recovery_folder
        self.entries = pages.entries()
        self._leaving = self._keeps = self.session_ends = False
        self._narrow: bool | None = None
        self.setAcceptDrops(True)
        self._make_all(Lasting.fresh(document))
        self._restore_layout()
        leave_space_key(self)
        self.workspace.link.start()
        self._show_title()
        shown_language.changed.connect(self._reword)

    def _make_all(self, kept: Lasting) -> None:
        stacks = QUndoGroup(self)  # first, for it to end before the stacks do
        self.workspace = Workspace(self.preferences, self, self._recovery_folder, kept=kept)
        self.setProperty(HOST, self.workspace.search)
        self.actions_ = Actions(self, page_commands(self.entries))
        self._make_parts()
        self.commands = WindowCommands(
            self, self.actions_, self.workspace, self.pages, self.preferences, stacks, self.lessons
        )
        self.welcome = self.commands.welcome
        self.commands.fill(self.menu_bar, self.entries)
        self._connect_parts()

    def _reword(self) -> None:
        """Make all anew around what is kept, in the language that is shown now."""
        if self._leaving:
            return
        self.commands.handing_in.close()
        machine_begun, welcomes = self.workspace.machines.begun, self.welcome.shown
        self.pages.keep()
        self.pages.end()
        lessons = self.lessons.let_go()
        kept = self.workspace.let_go()
        for part in self.children():
            if not isinstance(part, QLayout):
                part.deleteLater()
        self._make_all(kept)
        self._place_all()
        self._show_title()
        if machine_begun:
            self.workspace.machines.begin()
        if (latest := kept.link.latest) is not None:
            kept.link.painted.emit(latest)
        self.lessons.go_on(lessons)
        if welcomes:
            self.welcome.show()

    @property
    def design(self) -> DesignPage:
        """The page that is there from the start."""
        page = self.pages.made[HOME]
        assert isinstance(page, DesignPage)
        return page

    # --- assembly ---------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.menu_bar = QMenuBar()
        self.setMenuWidget(self.menu_bar)
        self.run_bar = RunBar(self.actions_)
        self.status = StatusLine()
        self.setStatusBar(self.status)
        centre = QWidget()
        learn = self.actions_["learn"]
        self.rail = Rail(
            {entry: self.actions_[page_action(entry)] for entry in self.entries}, (pages.learn_entry(), learn)
        )
        self.pages = PageStack(self.entries, self.workspace, self.preferences, centre)
        around = self.run_bar.places() | {"pages": self.rail}
        self.lessons = LessonDesk(
            self, self.workspace, self.pages, self.preferences, around, self.rail.buttons, learn
        )
        self._grid = QGridLayout(centre)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addWidget(self.lessons.place, 1, 1)
        self._grid.addWidget(self.pages, 1, 2)
        self._grid.setRowStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.setCentralWidget(centre)

    def _connect_parts(self) -> None:
        workspace = self.workspace
        workspace.link.painted.connect(self._paint)
        workspace.message.connect(self.status.show_message)
        workspace.page_asked.connect(self.pages.open)
        workspace.handed.connect(self.pages.hand)
        workspace.document.changed.connect(self._show_document)
        workspace.document.title_changed.connect(self._show_title)
        workspace.links.opened.connect(self._show_notes)
        self.pages.opened.connect(self._see_page)
        self.welcome.left.connect(lambda: self.pages.page.take_focus())
        self.status.problem_clicked.connect(self._show_layer)
        self.status.findings_clicked.connect(self._show_diagnosis)
        self.status.lockstep_clicked.connect(lambda: self.pages.open("runs"))
        workspace.runs.changed.connect(
            lambda: self.status.show_lockstep([run.name for run in workspace.runs.runs])
        )
        workspace.doctor.found.connect(self.status.show_findings)
        self.run_bar.speed_changed.connect(self._set_speed)
        self.run_bar.speed.set_speed(self.preferences.speed)
        workspace.meant.connect(lambda places: self.rail.keep(places))
        parts = (self.rail, self.run_bar, self.status, self.pages)
        self.commands.beginner.begin(parts, lambda: self.pages.page.take_focus())

    # --- showing ----------------------------------------------------------------------------------------

    def _paint(self, snapshot: Snapshot) -> None:
        """Show a snapshot everywhere."""
        self.run_bar.show_snapshot(snapshot)
        self.pages.show_snapshot(snapshot)
        self.status.show_snapshot(snapshot, self.workspace.link.frames_per_second)

    def _set_speed(self, speed: float | None) -> None:
        self.preferences.speed = speed
        self.workspace.link.session.set_speed(speed)

    def _see_page(self, name: str) -> None:
        """Mark the page in front, and let the keyboard act there unless it is in the rail."""
        self.rail.show_front(name)
        self.run_bar.setVisible(self.pages.page.has_run_bar)
        if not self.rail.isAncestorOf(self.focusWidget() or self):
            self.pages.page.take_focus()

    def _show_document(self) -> None:
        self.status.show_document(self.workspace.document)

    def _show_notes(self) -> None:
        from widgets.dialogs import notes

        notes.show(self.workspace.document, self.workspace.notice, self)

    def _show_layer(self, layer_id: str) -> None:
        self.pages.open(HOME)
        self.workspace.layer_asked.emit(layer_id)

    def _show_diagnosis(self) -> None:
        self.pages.open(HOME)
        self.design.show_diagnosis()

    def _show_title(self) -> None:
        document = self.workspace.document
        mark = "● " if document.modified else ""
        self.setWindowTitle(f"{mark}{document.name} — Neural Playground")
        self.status.show_document(document)

    def offer_recovery(self) -> None:
        """Offer work that a crashed program left behind."""
        if self.workspace.filing.keeper.offer(self.workspace.notice):
            self.welcome.hide()

    # --- layout, leaving, dropping ----------------------------------------------------------------------

    def _restore_layout(self) -> None:
        self.setMinimumSize(MINIMUM_SIZE)
        if (geometry := self.preferences.layout("geometry")) is None or not self.restoreGeometry(geometry):
            self.resize(DEFAULT_SIZE.boundedTo(self.screen().availableSize()))
        self._place_all()

    def _place_all(self) -> None:
        self._narrow = None
        self._place_rail(narrow=self.width() < RAIL_WITH_TITLES)
        self.layout().activate()  # so that pages know their size when they put their panels in place
        self.pages.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the rail and the start page follow."""
        super().resizeEvent(event)
        self._place_rail(narrow=self.width() < RAIL_WITH_TITLES)
        self.welcome.place()

    def _place_rail(self, narrow: bool) -> None:
        """Put the rail beside the run bar, or below it where that needs the whole width."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.rail.set_narrow(narrow)
        self._grid.addWidget(self.rail, int(narrow), 0, 2 - narrow, 1)
        self._grid.addWidget(self.run_bar, 0, 1 - narrow, 1, 2 + narrow)
        self.lessons.show_slim(narrow)
        self._grid.activate()  # at once, so that pages share out the room that they have

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once before unsaved work is lost; keep the layout."""
        filing = self.workspace.filing
        if self.session_ends and filing.keeper.kept:
            self._leaving = self._keeps = True
        if not self._leaving:
            event.ignore()
            if self.lessons.holds_work:
                self.lessons.leave(lambda: QTimer.singleShot(0, self.close))
            else:
                filing.leave(self._leave)
            return
        self.preferences.keep_layout("geometry", self.saveGeometry())
        self.pages.keep()
        self.commands.handbook.close()
        self.commands.handing_in.close()
        self.pages.end()
        self.lessons.close(self._keeps)
        self.workspace.close(self._keeps)
        event.accept()

    def give_up(self, keeps: bool = False) -> None:
        """Close without a question; what is kept may be offered at the next start."""
        self._leaving, self._keeps = True, keeps
        self.close()

    def _leave(self) -> None:
        self._leaving = True
        QTimer.singleShot(0, self.close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space runs or pauses, unless what has the focus takes it itself; Enter presses a button."""
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat() and self.actions_["run"].isEnabled():
            self.actions_["run"].trigger()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QAbstractButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take whatever may be a file or a link: what it is after all is said when it is dropped."""
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped, later: the program it comes from waits for the end of the drop."""
        found = incoming.read(event.mimeData())
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.workspace.take(found))
