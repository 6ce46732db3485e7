"""The main window: menus, rail, run bar, pages and status bar around a workspace, and what connects them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QMainWindow,
    QMenuBar,
    QMessageBox,
    QWidget,
)

from playground.experiment import Experiment
from playground.training.snapshot import Snapshot, State
from playground.version import VERSION
from widgets import incoming, pages, theme
from widgets.actions import Actions, page_action, page_commands
from widgets.dialogs import notes
from widgets.dialogs.lookup import CommandPalette, ShortcutSheet
from widgets.document import Document
from widgets.icons import icon
from widgets.page_stack import HOME, PageStack
from widgets.pages.design.page import DesignPage
from widgets.panels.run_bar import RunBar
from widgets.panels.status import StatusLine
from widgets.preferences import Preferences
from widgets.rail import Rail
from widgets.space_key import leave_space_key
from widgets.welcome import Welcome
from widgets.workspace import Workspace

DEFAULT_SIZE = QSize(1440, 900)
MINIMUM_SIZE = QSize(1000, 560)
RAIL_WITH_TITLES = 1200
"""From this width on there is room for the titles of the pages."""


class MainWindow(QMainWindow):
    """A workspace on its pages, and everything around them."""

    def __init__(
        self,
        preferences: Preferences | None = None,
        recovery_folder: Path | None = None,
        document: Document | None = None,
    ) -> None:
        super().__init__()
        self.preferences = preferences or Preferences()
        self.workspace = Workspace(self.preferences, self, recovery_folder, document)
        self.entries = pages.entries()
        self.actions_ = Actions(self, page_commands(self.entries))
        self._leaving = self._keeps = self.session_ends = False
        self._narrow: bool | None = None
        self.setAcceptDrops(True)
        self._make_parts()
        self._make_menus()
        self._connect_actions()
        self._connect_parts()
        self._restore_layout()
        leave_space_key(self)
        self.workspace.link.start()
        self._show_title()

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
        self.rail = Rail({entry: self.actions_[page_action(entry)] for entry in self.entries})
        self.pages = PageStack(self.entries, self.workspace, self.preferences, centre)
        self._grid = QGridLayout(centre)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.addWidget(self.pages, 1, 1)
        self._grid.setRowStretch(1, 1)
        self._grid.setColumnStretch(1, 1)
        self.setCentralWidget(centre)

    def _make_menus(self) -> None:
        file, _, self._view_menu, *_ = self.actions_.fill(self.menu_bar)
        self._view_top = self._view_menu.insertSeparator(self._view_menu.actions()[0])
        self.welcome = Welcome(self, self.workspace.filing, self.preferences)
        file.insertMenu(self.actions_["open_link"], self.welcome.menu)
        themes, shown_pages = QActionGroup(self), QActionGroup(self)
        for name in ("dark", "light", "system"):
            action = themes.addAction(self.actions_[f"theme_{name}"])
            action.setChecked(self.preferences.theme == name)
        for entry in self.entries:
            shown_pages.addAction(self.actions_[page_action(entry)])

    def _connect_actions(self) -> None:
        workspace, filing, document = self.workspace, self.workspace.filing, self.workspace.document
        session, undo_stack = workspace.link.session, document.undo_stack
        calls = {
            "new": filing.new,
            "open": filing.open,
            "open_link": filing.ask_for_link,
            "start_page": self.welcome.show,
            "save": lambda: filing.save(),
            "save_as": lambda: filing.save_as(),
            "copy_link": filing.copy_link,
            "notes": lambda: notes.edit(document, workspace.notice, self),
            "quit": self.close,
            "undo": undo_stack.undo,
            "redo": undo_stack.redo,
            "theme_dark": lambda: self.set_theme("dark"),
            "theme_light": lambda: self.set_theme("light"),
            "theme_system": lambda: self.set_theme("system"),
            "run": self.run_or_pause,
            "step_batch": session.step_batch,
            "step_epoch": session.step_epoch,
            "reset": workspace.draw_new_weights,
            "same_start": workspace.link.restart,
            "palette": self.show_palette,
            "shortcuts": self.show_shortcuts,
            "about": self._about,
        }
        calls |= {
            page_action(entry): lambda entry=entry: self.pages.open(entry.name) for entry in self.entries
        }
        for name, call in calls.items():
            self.actions_[name].triggered.connect(lambda _checked=False, call=call: call())
        self._of_pages = [name for name in self.actions_ if name not in calls]
        for name in self._of_pages:
            self.actions_[name].triggered.connect(lambda _checked=False, n=name: self.pages.page.calls()[n]())
        self._connect_undo()

    def _connect_undo(self) -> None:
        stack = self.workspace.document.undo_stack
        undo, redo = self.actions_["undo"], self.actions_["redo"]
        undo.setEnabled(False)
        redo.setEnabled(False)
        stack.canUndoChanged.connect(undo.setEnabled)
        stack.canRedoChanged.connect(redo.setEnabled)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)

    def _name_undo(self, what: str) -> None:
        self.actions_["undo"].setText(self.tr("&Undo {what}").format(what=what))

    def _name_redo(self, what: str) -> None:
        self.actions_["redo"].setText(self.tr("&Redo {what}").format(what=what))

    def _connect_parts(self) -> None:
        workspace = self.workspace
        workspace.link.painted.connect(self._paint)
        workspace.state_changed.connect(self._show_state)
        workspace.message.connect(self.status.show_message)
        workspace.document.changed.connect(self._see_experiment)
        workspace.document.title_changed.connect(self._show_title)
        workspace.filing.link_opened.connect(lambda _: notes.show(workspace.document, workspace.notice, self))
        self.pages.opened.connect(self._see_page)
        self.welcome.left.connect(lambda: self.pages.page.take_focus())
        self.status.problem_clicked.connect(self._show_layer)
        self.run_bar.speed_changed.connect(self._set_speed)
        self.run_bar.speed.set_speed(self.preferences.speed)
        theme.themes.changed.connect(self._recolour)
        self._see_experiment(workspace.document.experiment)

    # --- showing ----------------------------------------------------------------------------------------

    def _paint(self, snapshot: Snapshot) -> None:
        """Show a snapshot everywhere."""
        self.run_bar.show_snapshot(snapshot)
        self.pages.show_snapshot(snapshot)
        self.status.show_snapshot(snapshot, self.workspace.link.frames_per_second)

    def _show_state(self, state: State) -> None:
        running = state is State.RUNNING
        run = self.actions_["run"]
        run.setChecked(running)
        run.setText(self.tr("&Pause") if running else self.tr("&Run"))
        run.setIcon(icon("pause" if running else "run"))

    def _set_speed(self, speed: float | None) -> None:
        self.preferences.speed = speed
        self.workspace.link.session.set_speed(speed)

    def _recolour(self) -> None:
        self.actions_.recolour()
        self._show_state(self.workspace.state)

    def _see_experiment(self, experiment: Experiment) -> None:
        problems = experiment.problems()
        for name in ("run", "step_batch", "step_epoch", "same_start"):
            self.actions_[name].setEnabled(not problems)
        self.status.show_document(self.workspace.document)

    def _see_page(self, name: str) -> None:
        """Offer what the page in front can do."""
        page = self.pages.page
        self.rail.show_front(name)
        self.actions_[f"page_{name}"].setChecked(True)
        can = page.calls()
        for action in self._of_pages:
            self.actions_[action].setEnabled(action in can)
        for action in self._view_menu.actions():
            if action is self._view_top:
                break
            self._view_menu.removeAction(action)
        self._view_menu.insertActions(self._view_top, page.view_actions())
        if not self.rail.isAncestorOf(self.focusWidget() or self):
            page.take_focus()

    def _show_layer(self, layer_id: str) -> None:
        self.pages.open(HOME)
        self.workspace.layer_asked.emit(layer_id)

    def _show_title(self) -> None:
        document = self.workspace.document
        mark = "● " if document.modified else ""
        self.setWindowTitle(f"{mark}{document.name} — Neural Playground")
        self.status.show_document(document)

    # --- what actions do --------------------------------------------------------------------------------

    def run_or_pause(self) -> None:
        """Train, or pause when training."""
        running = self.workspace.state is State.RUNNING
        self.actions_["run"].setChecked(running)  # until the training thread says otherwise
        self.workspace.run_or_pause()

    def set_theme(self, name: str) -> None:
        """Show dark, light or the system's colours, now and at the next start."""
        self.preferences.theme = name
        theme.apply(QApplication.instance(), name)

    def show_palette(self) -> None:
        """Find any action by name."""
        CommandPalette(self.actions_, self).show_over(self)

    def show_shortcuts(self) -> None:
        """All keys on one page."""
        ShortcutSheet(self.actions_, self.pages.page.keys(), self).open()

    def _about(self) -> None:
        QMessageBox.about(
            self,
            self.tr("About Neural Playground"),
            self.tr("Neural Playground {version}\nSee neural networks learn.\nApache License 2.0").format(
                version=VERSION
            ),
        )

    def offer_recovery(self) -> None:
        """Offer work that a crashed program left behind."""
        if self.workspace.filing.keeper.offer(self.workspace.notice):
            self.welcome.hide()

    # --- layout, leaving, dropping ----------------------------------------------------------------------

    def _restore_layout(self) -> None:
        self.setMinimumSize(MINIMUM_SIZE)
        if (geometry := self.preferences.layout("geometry")) is None or not self.restoreGeometry(geometry):
            self.resize(DEFAULT_SIZE.boundedTo(self.screen().availableSize()))
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
        self._grid.addWidget(self.run_bar, 0, 1 - narrow, 1, 1 + narrow)
        self._grid.activate()  # at once, so that pages share out the room that they have

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once before unsaved work is lost; keep the layout."""
        filing = self.workspace.filing
        if self.session_ends and filing.keeper.kept:
            self._leaving = self._keeps = True
        if not self._leaving:
            event.ignore()
            filing.leave(self._leave)
            return
        self.preferences.keep_layout("geometry", self.saveGeometry())
        self.pages.keep()
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
        """Space runs or pauses, unless what has the focus takes the key for itself (a field, a button)."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat() and self.actions_["run"].isEnabled():
            self.run_or_pause()
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
