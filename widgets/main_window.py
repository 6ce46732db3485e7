"""The main window: it makes the panels, puts them in their places and connects them, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenuBar,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from playground.experiment import Experiment
from playground.files import examples
from playground.files.tf_playground import Display
from playground.training.snapshot import Snapshot, State
from playground.version import VERSION
from widgets import incoming, theme
from widgets.actions import Actions
from widgets.canvas import NetworkCanvas
from widgets.dialogs import notes
from widgets.dialogs.lookup import CommandPalette, ShortcutSheet
from widgets.docks import MARGIN, PanelDocks
from widgets.document import Document
from widgets.filing import Filing
from widgets.icons import icon
from widgets.incoming import Incoming
from widgets.notice import Notice
from widgets.panels.data import DataPanel
from widgets.panels.inspector import Inspector
from widgets.panels.output import OutputPanel
from widgets.panels.run_bar import RunBar
from widgets.panels.status import StatusLine
from widgets.preferences import Preferences
from widgets.presence import PresenceOfFiles
from widgets.recent_menu import RecentMenu
from widgets.room import DrawerTab, Room
from widgets.start_page import ExampleCard, StartPage
from widgets.training_link import TrainingLink

if TYPE_CHECKING:
    from widgets.plots.plots_panel import PlotsPanel

DEFAULT_SIZE = QSize(1440, 900)
MINIMUM_SIZE = QSize(1000, 560)


class MainWindow(QMainWindow):
    """One document, its training, and everything around them."""

    def __init__(
        self,
        preferences: Preferences | None = None,
        recovery_folder: Path | None = None,
        document: Document | None = None,
    ) -> None:
        super().__init__()
        self.preferences = preferences or Preferences()
        self.document = document or Document(parent=self)
        self.link = TrainingLink(self.document, self)
        self.filing = Filing(self.document, self.link, self.preferences, self, recovery_folder)
        self.actions_ = Actions(self)
        self._presence = PresenceOfFiles(self)
        self._state = State.PAUSED
        self._leaving = self._keeps = self.session_ends = False
        self.start_page: StartPage | None = None
        """Made when it is first shown."""
        self.plots: PlotsPanel | None = None
        """Made when the window has been seen."""
        self.setAcceptDrops(True)
        self._make_panels()
        self._make_docks()
        self._make_menus()
        self._connect_actions()
        self._connect_panels()
        self._restore_layout()
        self.link.start()
        self._show_title()

    # --- assembly ---------------------------------------------------------------------------------------

    def _make_panels(self) -> None:
        self.run_bar = RunBar(self.actions_)
        self.status = StatusLine()
        self.notice = Notice()
        centre = QWidget()
        frame = QFrame(centre)
        frame.setProperty("role", "panel")
        self.canvas = NetworkCanvas(self.document, frame)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.canvas)
        column = QVBoxLayout()
        column.setContentsMargins(MARGIN, 8, MARGIN, 0)
        column.setSpacing(6)
        column.addWidget(self.notice)
        column.addWidget(self.filing.waiting)
        column.addWidget(frame, 1)
        self._data_tab = DrawerTab(self.tr("Data"))
        beside = QHBoxLayout(centre)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self._data_tab)
        beside.addLayout(column, 1)
        self.setCentralWidget(centre)

        self.menu_bar = QMenuBar()
        top = QWidget()
        rows = QVBoxLayout(top)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.menu_bar)
        rows.addWidget(self.run_bar)
        self.setMenuWidget(top)
        self.setStatusBar(self.status)

    def _make_docks(self) -> None:
        docks = self.docks = PanelDocks(self)
        self.room = Room(self, docks, self._data_tab)
        self.data = DataPanel(self.document, docks["data"].place)
        self.output = OutputPanel(docks["output"].place)
        self.filing.picture = self.output.picture
        self.inspector = Inspector(self.document, docks["inspector"].place)
        for name, panel in (("data", self.data), ("output", self.output), ("inspector", self.inspector)):
            docks[name].hold(panel)

    def make_plots(self) -> None:
        """Make the plots, once the window is seen: what draws them takes longest of all to load."""
        from widgets.plots.plots_panel import PlotsPanel

        if self.plots is not None:
            return
        self.plots = PlotsPanel(self.docks["plots"].place)
        self.docks["plots"].hold(self.plots)
        self.room.share()  # only now do the panels know how much they need
        height = self.plots.FOLDED_HEIGHT
        self.plots.folded_changed.connect(lambda folded: self.room.size_plots(height if folded else None))
        self.room.plots_asked_to_fold.connect(self.plots.set_folded)
        self.plots.set_folded(self.room.low)
        if shown := self.preferences.text("layout/plots"):
            self.plots.restore(shown.split(","))
        if self.link.latest is not None:
            self.plots.show_snapshot(self.link.latest)
        _leave_space_key(self.plots)

    def _make_menus(self) -> None:
        file, _, view, *_ = self.actions_.fill(self.menu_bar)
        self._recent_menu = RecentMenu(self)
        self._recent_menu.chosen.connect(self.filing.open_file)
        self._recent_menu.cleared.connect(self._forget_recent)
        self._recent_menu.aboutToShow.connect(lambda: self._presence.ask(self.preferences.recent))
        self._presence.told.connect(self._recent_menu.mark)
        file.insertMenu(self.actions_["open_link"], self._recent_menu)
        self._show_recent()
        group = QActionGroup(self)
        for name in ("dark", "light", "system"):
            action = self.actions_[f"theme_{name}"]
            group.addAction(action)
            action.setChecked(self.preferences.theme == name)
        first = view.actions()[0]
        for dock in self.docks.values():
            view.insertAction(first, dock.toggleViewAction())
        view.insertSeparator(first)

    def _connect_actions(self) -> None:
        canvas, session, filing = self.canvas, self.link.session, self.filing
        undo_stack = self.document.undo_stack
        calls = {
            "new": filing.new,
            "open": filing.open,
            "open_link": filing.ask_for_link,
            "start_page": self.show_start_page,
            "save": lambda: filing.save(),
            "save_as": lambda: filing.save_as(),
            "copy_link": filing.copy_link,
            "notes": lambda: notes.edit(self.document, self.notice, self),
            "quit": self.close,
            "undo": undo_stack.undo,
            "redo": undo_stack.redo,
            "cut": canvas.cut,
            "copy": canvas.copy,
            "paste": canvas.paste,
            "duplicate": canvas.duplicate_selected,
            "delete": canvas.delete_selected,
            "rename": canvas.rename_selected,
            "select_all": canvas.select_all,
            "zoom_in": canvas.zoom_in,
            "zoom_out": canvas.zoom_out,
            "fit": canvas.fit,
            "actual_size": canvas.actual_size,
            "theme_dark": lambda: self.set_theme("dark"),
            "theme_light": lambda: self.set_theme("light"),
            "theme_system": lambda: self.set_theme("system"),
            "reset_layout": self.room.reset,
            "run": self.run_or_pause,
            "step_batch": session.step_batch,
            "step_epoch": session.step_epoch,
            "reset": self.draw_new_weights,
            "same_start": self.link.restart,
            "palette": self.show_palette,
            "shortcuts": self.show_shortcuts,
            "about": self._about,
        }
        for name, call in calls.items():
            self.actions_[name].triggered.connect(lambda _checked=False, call=call: call())
        undo, redo = self.actions_["undo"], self.actions_["redo"]
        undo.setEnabled(False)
        redo.setEnabled(False)
        undo_stack.canUndoChanged.connect(undo.setEnabled)
        undo_stack.canRedoChanged.connect(redo.setEnabled)
        undo_stack.undoTextChanged.connect(self._name_undo)
        undo_stack.redoTextChanged.connect(self._name_redo)

    def _name_undo(self, what: str) -> None:
        self.actions_["undo"].setText(self.tr("&Undo {what}").format(what=what))

    def _name_redo(self, what: str) -> None:
        self.actions_["redo"].setText(self.tr("&Redo {what}").format(what=what))

    def _connect_panels(self) -> None:
        link, document = self.link, self.document
        link.painted.connect(self._paint)
        link.failed.connect(self.tell_fault)
        document.changed.connect(self._see_experiment)
        document.title_changed.connect(self._show_title)
        theme.themes.changed.connect(self._recolour)
        self.canvas.selection_changed.connect(self.inspector.show_layers)
        self.canvas.focus_changed.connect(self._focus)
        self.canvas.weight_edited.connect(link.set_weight)
        self.canvas.view_changed.connect(lambda first_units: link.scroll_to(dict(first_units)))
        self.output.space_chosen.connect(link.look_over)
        self.canvas.message.connect(self.status.show_message)
        self.canvas.brought.connect(self.take)
        self.run_bar.speed_changed.connect(self._set_speed)
        self.run_bar.speed.set_speed(self.preferences.speed)
        self.status.problem_clicked.connect(lambda layer_id: self.canvas.set_selection((layer_id,)))
        self.filing.message.connect(self.status.show_message)
        self.filing.problem.connect(lambda sentence: self.notice.say(sentence))
        self.filing.not_saved.connect(
            lambda sentence, save_as: self.notice.say(sentence, {self.tr("Save as…"): save_as})
        )
        self.filing.recent_changed.connect(self._show_recent)
        self.filing.opened.connect(self._opened)
        self.filing.link_opened.connect(self._see_link)
        self._see_experiment(document.experiment)
        _leave_space_key(self)

    # --- showing ----------------------------------------------------------------------------------------

    def _paint(self, snapshot: Snapshot) -> None:
        """Show a snapshot everywhere."""
        if snapshot.state is not self._state:
            self._show_state(snapshot)
        self.run_bar.show_snapshot(snapshot)
        self.canvas.show_snapshot(snapshot)
        self.output.show_snapshot(snapshot)
        self.inspector.show_snapshot(snapshot)
        if self.plots is None:
            QTimer.singleShot(0, self.make_plots)
        else:
            self.plots.show_snapshot(snapshot)
        self.status.show_snapshot(snapshot, self.link.frames_per_second)

    def _show_state(self, snapshot: Snapshot) -> None:
        was, self._state = self._state, snapshot.state
        running = snapshot.state is State.RUNNING
        run = self.actions_["run"]
        run.setChecked(running)
        run.setText(self.tr("&Pause") if running else self.tr("&Run"))
        run.setIcon(icon("pause" if running else "run"))
        if snapshot.state is State.DIVERGED:
            self.notice.say(snapshot.message)
        elif snapshot.state is State.FINISHED and snapshot.message:
            self.notice.say(snapshot.message, bad=False)
        elif was in (State.DIVERGED, State.FINISHED):
            self.notice.clear()

    def _set_speed(self, speed: float | None) -> None:
        self.preferences.speed = speed
        self.link.session.set_speed(speed)

    def _recolour(self) -> None:
        self.actions_.recolour()
        self.actions_["run"].setIcon(icon("pause" if self._state is State.RUNNING else "run"))

    def _see_experiment(self, experiment: Experiment) -> None:
        problems = experiment.problems()
        for name in ("run", "step_batch", "step_epoch", "same_start"):
            action = self.actions_[name]
            action.setEnabled(not problems)
        self.status.show_document(self.document)

    def _focus(self, focus: object) -> None:
        self.link.look_at(focus if isinstance(focus, tuple) else None)
        self.output.set_focus_name(self.canvas.name_of(focus) if isinstance(focus, tuple) else "")

    def _show_title(self) -> None:
        mark = "● " if self.document.modified else ""
        self.setWindowTitle(f"{mark}{self.document.name} — Neural Playground")
        self.status.show_document(self.document)

    # --- what actions do --------------------------------------------------------------------------------

    def run_or_pause(self) -> None:
        """Train, or pause when training."""
        running = self._state is State.RUNNING
        self.actions_["run"].setChecked(running)  # until the training thread says otherwise
        (self.link.session.pause if running else self.link.session.run)()

    def draw_new_weights(self) -> None:
        """Begin at epoch 0 with other initial weights."""
        experiment = self.document.experiment
        self.document.edit(
            experiment.with_(weights_draw=experiment.weights_draw + 1), self.tr("New initial weights")
        )

    def set_theme(self, name: str) -> None:
        """Show dark, light or the system's colours, now and at the next start."""
        self.preferences.theme = name
        theme.apply(QApplication.instance(), name)

    def show_palette(self) -> None:
        """Find any action by name."""
        CommandPalette(self.actions_, self).show_over(self)

    def show_shortcuts(self) -> None:
        """All keys on one page."""
        ShortcutSheet(self.actions_, self.canvas.keys(), self).open()

    def _about(self) -> None:
        QMessageBox.about(
            self,
            self.tr("About Neural Playground"),
            self.tr("Neural Playground {version}\nSee neural networks learn.\nApache License 2.0").format(
                version=VERSION
            ),
        )

    def tell_fault(self, words: str) -> None:
        """Keep the work, then tell of a fault in the program."""
        self.filing.keeper.keep()
        self.notice.say(
            self.tr("A fault in the program: {words}. Please save your work.").format(words=words)
        )

    def _show_recent(self) -> None:
        recent = self.preferences.recent
        self._recent_menu.show_paths(recent)
        if self.start_page is not None:
            self.start_page.set_recent(recent)
        self._presence.ask(recent)

    def _forget_recent(self) -> None:
        self.preferences.clear_recent()
        self._show_recent()

    # --- start page ---------------------------------------------------------------------------

    def show_start_page(self) -> None:
        """Offer examples and recent files over the panels."""
        if self.start_page is None:
            self.start_page = self._make_start_page()
        self._show_recent()
        self.start_page.set_shows_at_start(self.preferences.shows_start_page)
        self._place_start_page()
        self.start_page.show()
        self.start_page.raise_()
        self.start_page.setFocus()

    def _make_start_page(self) -> StartPage:
        page = StartPage(_example_cards(), self)
        page.example_chosen.connect(self.filing.open_example)
        page.file_chosen.connect(self.filing.open_file)
        page.open_asked.connect(self.filing.open)
        page.link_given.connect(self.filing.open_link)
        page.closed.connect(self.hide_start_page)
        self._presence.told.connect(page.mark_recent)
        page.show_at_start_changed.connect(self._keep_start_page)
        _leave_space_key(page)
        return page

    def hide_start_page(self) -> None:
        """Show the panels again."""
        if self.start_page is not None:
            self.start_page.hide()
        self.canvas.setFocus()

    def offer_recovery(self) -> None:
        """Offer work that a crashed program left behind."""
        if self.filing.keeper.offer(self.notice):
            self.hide_start_page()

    def _keep_start_page(self, shows: bool) -> None:
        self.preferences.shows_start_page = shows

    def _opened(self) -> None:
        self.notice.clear()
        self.hide_start_page()
        QTimer.singleShot(0, self.canvas.fit)

    def _see_link(self, display: Display) -> None:
        """Show what a link says about the picture, and what may surprise in it."""
        self.output.set_display(display)
        notes.show(self.document, self.notice, self)

    def _place_start_page(self) -> None:
        if self.start_page is not None:
            top = self.menu_bar.height()
            self.start_page.setGeometry(0, top, self.width(), self.height() - top)

    # --- layout, leaving, dropping ----------------------------------------------------------------------

    def _restore_layout(self) -> None:
        self.setMinimumSize(MINIMUM_SIZE)
        if (geometry := self.preferences.layout("geometry")) is None or not self.restoreGeometry(geometry):
            self.resize(DEFAULT_SIZE.boundedTo(self.screen().availableSize()))
        self.room.restore(self.preferences.layout("docks"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out; the start page covers the panels."""
        super().resizeEvent(event)
        self.room.share()
        self._place_start_page()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once before unsaved work is lost; keep the layout."""
        if self.session_ends and self.filing.keeper.kept:
            self._leaving = self._keeps = True
        if not self._leaving:
            event.ignore()
            self.filing.leave(self._leave)
            return
        self.preferences.keep_layout("geometry", self.saveGeometry())
        self.preferences.keep_layout("docks", self.room.state())
        if self.plots is not None:
            self.preferences.keep_text("layout/plots", ",".join(self.plots.state()))
        self.link.close()
        self.filing.close(self._keeps)
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
        QTimer.singleShot(0, self, lambda: self.take(found))

    def take(self, found: Incoming) -> None:
        """Open what was dropped or pasted, or say why it cannot be."""
        if found.file is not None:
            self.filing.open_file(found.file)
        elif found.link:
            self.filing.open_link(found.link)
        else:
            unknown = self.tr("This is neither an experiment file nor a TensorFlow Playground link.")
            self.notice.say(found.refusal or unknown)


def _leave_space_key(parent: QWidget) -> None:
    """A click leaves the focus where it is, so that Space runs, unless Tab led to a button."""
    for button in parent.findChildren(QAbstractButton):
        if button.focusPolicy() & Qt.FocusPolicy.ClickFocus:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def _example_cards() -> list[ExampleCard]:
    return [
        ExampleCard(
            example.path,
            example.title,
            example.sentence,
            {name: example.path.with_name(f"{example.name}-{name}.png") for name in ("dark", "light")},
        )
        for example in examples.examples()
    ]
